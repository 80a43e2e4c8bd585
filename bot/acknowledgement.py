"""A message in → whether it asks nothing ("👍", "ok great", "lol", "…"), out."""

import re
from typing import NamedTuple

# What people write to say that they have read it, as words; letters that are drawn out count once.
WORDS = frozenset(
    re.findall(
        r"\S+",
        """
        bye ok okay okey oki oke okie okeydokey k kk kay alright allright aight roger noted understood gotcha copy
        yes yep yeah yup ya yea yess aye sure certainly absolutely definitely totally exactly indeed true right correct
        agreed agree fair no nope nah naw not
        great good nice cool fine perfect awesome amazing excellent fantastic wonderful brilliant superb super sweet
        neat lovely interesting impressive clear helpful useful fascinating wild crazy insane funny hilarious nuts
        wow woah whoa omg wtf damn dang jeez gosh huh hm hmm hmmm mhm mm mmm uh uhuh um erm ah aha ahh oh ooh oops
        lol lmao lmfao rofl haha hahaha hah ha hehe hihi xd
        bravo congrats congratulations kudos yay hooray hurray woohoo nvm nevermind welcome sorry
        ja jo jep klar genau gut super toll prima danke nein oui non merci d'accord bien si claro vale gracias sí
        да нет ок окей спасибо хорошо понятно 好 好的 谢谢 ok了 はい ありがとう ok네
        """,
    )
)
# Words that may stand around these without asking for anything.
AROUND = frozenset(
    re.findall(
        r"\S+",
        """
        a all an and answer bot enough for got guys i i'm it it's is job just know look looks makes man mate me mind
        much never now of pretty quite really say see sense so sounds that that's thats the then this thx to too totally
        ty thanks thank u very was well what work you your info point one love like makes
        """,
    )
)
# What takes more than one word to say so.
PHRASES = re.compile(
    r"\b(?:makes? sense|got it|got ya|i see|i know|i understand|never ?mind|forget it|of course|no (?:worries|problem)"
    r"|my bad|not bad|for sure|good to know|fair enough|no way|oh my(?: god)?|is all|will do|you're welcome)\b"
)
ASKS = re.compile(
    r"[?？؟]|^\W*(?:is|are|was|were|do|does|did|can|could|will|would|has|have|had|should)\s+\w+\s+\w|"
    r"\b(?:what|who|whom|whose|which|when|where|why|how)\b(?!\s+an?\b)",
    re.IGNORECASE,
)
EMOTICON = re.compile(
    r"(?<!\w)(?:[:;=8xX][-o'^]?[)(\][dDpPoO3/\\|*sS]+|<3+|\^[_.]?\^|-_+-|[oO]_[oO]|\+1+|[tT]_[tT])(?!\w)"
)
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


class _Said(NamedTuple):
    plain: str
    words: list[str]


def asks_nothing(message: str) -> bool:
    """Whether a message holds no question: no word at all, or only such as acknowledge what was said."""
    said = _said(message)
    if not said.words:
        return True
    if ASKS.search(said.plain):
        return False
    known = [_in(word, WORDS) for word in said.words]
    return any(known) and all(one or _in(word, AROUND) for one, word in zip(known, said.words, strict=True))


def _said(message: str) -> _Said:
    plain = PHRASES.sub("ok", EMOTICON.sub(" ", message.replace("’", "'")).casefold())
    return _Said(plain, WORD.findall(plain))


def _in(word: str, words: frozenset[str]) -> bool:
    """Is it one of these, however its letters are drawn out: "okaaay", "hahahaha", "nooo"?"""
    return bool({word, re.sub(r"(\w)\1+", r"\1", word), re.sub(r"(\w)\1{2,}", r"\1\1", word)} & words) or bool(
        re.fullmatch(r"(?:a?(?:ha|he|hi)){2,}h?|lo+l(?:ol)*", word)
    )
