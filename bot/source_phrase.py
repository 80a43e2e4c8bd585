"""A question and the names of sources in → whose word it asks for, and the question without that, out."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from bot.asking_words import ORDINARY
from bot.vocabulary import Word, words
from index import is_everyday, joined

LONGEST_NAME = 12  # words of a publisher's name or a title
REPORT = (
    r"(?:articles?|reports?|pieces?|stor(?:y|ies)|reviews?|posts?|blogs?|blog posts?|briefs?|coverage|announcements?|texts?"
    r"|write-?ups?|analys[ei]s|pages?|newsletters?)"
)
# What an outlet has, rather than what it is called: "The Next Web's numbers", "its view of the licence".
OWN = (
    r"(?:own |main |final |overall )*(?:scores?|numbers?|figures?|results?|values?|tables?|lists?|rankings?|ratings?|claims?|views?"
    r"|opinions?|takes?|verdicts?|conclusions?|summar(?:y|ies)|positions?|assessments?|judge?ments?|descriptions?|explanations?"
    r"|accounts?|predictions?|recommendations?|benchmarks?|quotes?|words|criticisms?|headlines?|sources?)"
)
MARK = "\ue000"  # in a question's patterns: the names of sources; no question that is asked holds it
SOURCE = rf"(?:(?:the\s+|an?\s+)?{REPORT}\s+(?:of|by|from|in|on|at)\s+)?(?:the\s+)?\ue000"
VIEW = r"(?:own\s+)?(?:views?|opinions?|takes?|positions?|stance|verdict|assessment|judge?ment|thoughts|line)"
S = rf"{SOURCE}(?:['’]s?)?(?:\s+(?:own\s+|latest\s+|new\s+)?{REPORT}\b)?"
ADVERBS = r"(?:ever|also|even|actually|really|explicitly|anywhere|itself|first|finally|still|just|both|all|already)"
LEAD = r"(?P<lead>\W*(?:(?:and|so|but|ok|okay|well|then|hey)\W+)*)"
SAY = (
    r"(?:say|said|says|saying|report|state|mention|note|argue|claim|think|thought|write|wrote|written|writes|give|given|gave|gives"
    r"|tell|told|tells|show|shown|list|cite|quote|find|found|believe|put|assert|maintain|insist|admit|add)"
)
STATE = r"(?:sa(?:y|id)|claim|think|thought|argue|believe|assert|maintain|insist|admit|state|wr[io]t|t[eo]l[ld])"
OTHER = (
    r"(?:recommend|suggest|describe|conclude|advise|warn|judge|explain|call|compare|rank|rate|predict|expect|critici[sz]e|praise"
    r"|see|seen|consider|blame|credit|attribute|emphasi[sz]e|highlight|stress|estimate|frame|summari[sz]e|define|identify|present"
    r"|assess|evaluate|view|name|point\s+out|count|cover|discuss)"
)
END = r"(?:s|d|ed|es|ing)?\b"
ABOUT = (
    r"(?:about|of|on|upon|to|for|as|in|at|with|before|after|when|if|by|from|against|over|under|regarding|concerning)\b"
)
MENTION = (
    r"(?:mention|name|discuss|cover|talk\s+(?:about|of)|refer\s+to|bring\s+up|cite|quote|speak\s+(?:of|about)|touch\s+(?:up)?on"
    r"|address|write\s+(?:about|of)|include|say\s+(?:anything|something|much|a\s+word|nothing)\s+(?:about|of|on)|report\s+(?:on|about)"
    r"|mentioned|named|discussed|covered|talked\s+about|referred\s+to|cited|quoted|addressed|written\s+about|said\s+(?:anything"
    r"|something)\s+(?:about|of|on)|have\s+(?:anything|something)\s+(?:about|on|to\s+say\s+(?:about|on)))"
)
CREDITED = (
    r"(?:according\s+to|as\s+per|per|(?:as\s+)?(?:reported|stated|claimed|said|written|told|put|given)\s+(?:by|in)|in\s+the\s+(?:words"
    r"|view|opinion|eyes)\s+of|going\s+by|judging\s+by|based\s+(?:only\s+|solely\s+)?on|using\s+(?:only\s+)?|if\s+(?:you|we|i)\s+"
    r"(?:believe|trust|ask|go\s+by)|citing|quoting|says)"
)


class Asked(NamedTuple):
    """Whose word is asked for; the question without it; `mentioned` is what they are asked to mention."""

    sources: tuple[str, ...]
    question: str
    mentioned: str | None = None


class _Named(NamedTuple):
    """Sources named at question[start:end]; `count` names, and whether all are what others are called as well."""

    start: int
    end: int
    sources: tuple[str, ...]
    count: int
    is_maker: bool
    is_outlet: bool


Rewriting = Callable[[re.Match[str]], str | Asked]


def asked_sources(
    question: str,
    sources: Mapping[str, tuple[str, ...]],
    makers: Collection[str] = (),
    outlets: Collection[str] = (),
) -> Asked:
    """Whose word a question asks for: only where words say so, as "according to …" and "what does … say" do.

    `sources` maps the keys of names to articles. One of `makers` is spoken of far more often than cited, so that it
    needs "its article" or the like. `outlets` are the keys that publishers and authors are known by: only these can be
    asked with a mere "in" or "from".
    """
    for named in _coordinated(question, _found(question, sources, makers, outlets)):
        masked = f"{question[: named.start]}{MARK}{question[named.end :]}"
        for pattern, rewrite, suits in FORMS:
            match = pattern.search(masked) if suits(named) else None
            if match is None or (
                named.is_maker
                and not re.search(rf"\ue000(?:['’]s?)?\s+{REPORT}\b|{REPORT}\s+\w+\s+(?:the\s+)?\ue000", match[0])
            ):
                continue
            rest = rewrite(match)
            asked = rest if isinstance(rest, Asked) else Asked((), rest)
            left = _tidy(asked.question)
            whole = left if _says_something(left) else question
            return Asked(named.sources, whole, asked.mentioned and _tidy(asked.mentioned))
    return Asked((), question)


def bare_source(question: str, sources: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The sources of a question that names nothing else: "and The Next Web?"."""
    named = _coordinated(question, _found(question, sources, (), ()))
    if not named:
        return ()
    rest = f"{question[: named[0].start]} {question[named[0].end :]}"
    return named[0].sources if all(word.key in ORDINARY for word in words(rest)) else ()


def _found(
    question: str, sources: Mapping[str, tuple[str, ...]], makers: Collection[str], outlets: Collection[str]
) -> list[_Named]:
    said, found, place = words(question), list[_Named](), 0
    while place < len(said):
        last = _longest(said, place, sources)
        if last is None:
            place += 1
            continue
        key = joined([word.key for word in said[place : last + 1]])
        start, end = said[place].start, said[last].end
        common = place == last and question[start].islower() and is_everyday(key)
        if not common or key in outlets:
            found.append(_Named(start, end, sources[key], 1, key in makers, key in outlets and not common))
        place = last + 1
    return found


def _longest(said: Sequence[Word], first: int, sources: Mapping[str, tuple[str, ...]]) -> int | None:
    for last in range(min(first + LONGEST_NAME, len(said)) - 1, first - 1, -1):
        key = joined([word.key for word in said[first : last + 1]])
        if key in sources and key not in ORDINARY:
            return last
    return None


def _coordinated(question: str, found: Sequence[_Named]) -> list[_Named]:
    """Names that stand in one list as one: "The Next Web and FlowVideo"."""
    kept: list[_Named] = []
    for each in found:
        between = question[kept[-1].end : each.start] if kept else ""
        if kept and re.fullmatch(
            r"\s*(?:,|,?\s*\b(?:and|or|vs\.?|versus|&)|&|/)\s*(?:the\s+)?", between, re.IGNORECASE
        ):
            before = kept[-1]
            sources = tuple(dict.fromkeys((*before.sources, *each.sources)))
            kept[-1] = _Named(
                before.start, each.end, sources, before.count + 1, before.is_maker or each.is_maker,
                before.is_outlet and each.is_outlet,
            )  # fmt: skip
        else:
            kept.append(each)
    return kept


def _tidy(question: str) -> str:
    plain = " ".join(question.replace(MARK, "").split())
    return re.sub(r"\s+(?=[?.!,;:])|^[\s,;:]+|[\s,;:]+$", "", plain)


def _says_something(question: str) -> bool:
    joining = {"and", "but", "so", "or", "ok", "what", "how", "about", "the", "then", "only", "just"}
    return any(word.key not in joining for word in words(question))


def _removed(match: re.Match[str]) -> str:
    return f"{match.string[: match.start()]} {match.string[match.end() :]}"


def _mentioned(match: re.Match[str]) -> Asked | str:
    what = match["what"]
    if re.match(r"(?:that|whether|how|why|if|which|who|when|where)\b", what, re.IGNORECASE):
        return f"{match['lead']}do articles say {what}"
    return Asked((), f"{match['lead']}what is said about {what}?", what)


def _said(match: re.Match[str]) -> str:
    """ "Does X claim that it is free": whether it is said at all."""
    verb = "say" if re.match(STATE, match["verb"], re.IGNORECASE) else _infinitive(match["verb"])
    that = "that " if verb == "say" and not re.match(ABOUT, match["rest"]) else ""
    return f"{match['lead']}do articles {verb} {that}{match['rest']}"


def _of_what(match: re.Match[str]) -> str:
    """ "Which inputs does X list" is about the inputs: what is asked in the end, with X's verb where it tells."""
    head, rest = f"{match['lead']}{match['head']}", match["rest"].strip()
    bare, mark = rest.rstrip("?!. "), "?" if "?" in rest else ""
    are = "are" if re.search(r"(?<!s)s$", head) else "is"
    if re.match(SAY + END, match["verb"], re.IGNORECASE):
        if not bare or re.match(ABOUT, bare, re.IGNORECASE):
            given = "said" if re.match(r"(?:about|of)\b", bare, re.IGNORECASE) else "given"
            return f"{head} {are} {given} {bare}{mark}"
        return f"{head} {bare.removeprefix('that ')}{mark}"
    return f"{head} do they {_infinitive(match['verb'])} {bare}{mark}"


def _infinitive(verb: str) -> str:
    return re.sub(r"(?<=[a-z]{3})(?:ing|ed|s)$", "", verb)


def _in_place(words_: str) -> Rewriting:
    """What stands in the place of the names."""
    return lambda match: f"{match.string[: match.start('source')]}{words_}{match.string[match.end('source') :]}"


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _any(named: _Named) -> bool:
    return True


def _several(named: _Named) -> bool:
    return named.count > 1


def _outlet(named: _Named) -> bool:
    return named.is_outlet


AUX = r"(?:do|does|did|has|have|had|would|will|can)"
FORMS: tuple[tuple[re.Pattern[str], Rewriting, Callable[[_Named], bool]], ...] = (
    (
        _form(rf"\b{AUX}\s+(?P<source>{S})\s+(?:{ADVERBS}\s+)*(?:agree|disagree|differ|contradict|conflict|match|say\s+the\s+same)"),
        _in_place("the sources"),
        _several,
    ),
    (_form(rf"\b(?:between|compare)\s+(?P<source>{S})"), _in_place("the sources"), _several),
    (_form(rf",?\s*\b{CREDITED}\s+{S}\b,?|,?\s*\b{CREDITED}\s+{S}(?=\W|$),?"), _removed, _any),
    (
        _form(rf"^{LEAD}{AUX}\s+{S}\s+(?:{ADVERBS}\s+)*{MENTION}\s+(?P<what>\S.*?)(?:\s+(?:anywhere|at\s+all|too))?[\s?.!]*$"),
        _mentioned,
        _any,
    ),
    (
        _form(
            rf"^{LEAD}(?:is|are|was|were)\s+(?:there\s+)?(?P<what>\S.*?)\s+(?:{ADVERBS}\s+)*(?:mentioned|named|discussed|covered|cited"
            rf"|quoted|addressed)\s+(?:(?:anywhere|at\s+all)\s+)?(?:in|by)\s+{S}(?:\s+at\s+all)?[\s?.!]*$"
        ),
        _mentioned,
        _any,
    ),
    (
        _form(
            rf"^{LEAD}(?:is|are)\s+there\s+(?:anything|something|a\s+word)\s+(?:about|on)\s+(?P<what>\S.*?)\s+in\s+{S}[\s?.!]*$"
            rf"|^{LEAD.replace('lead', 'lead2')}(?:is|are)\s+there\s+(?:anything|something)\s+in\s+{S}\s+(?:about|on)\s+(?P<what2>\S.*?)[\s?.!]*$"
        ),
        lambda match: Asked((), f"what is said about {match['what'] or match['what2']}?", match["what"] or match["what2"]),
        _any,
    ),
    (_form(rf"^{LEAD}{AUX}\s+{S}\s+(?:{ADVERBS}\s+)*(?P<verb>(?:{SAY}|{OTHER}){END})\s+(?:that\s+|whether\s+)?(?P<rest>\S.*)$"), _said, _any),
    (
        _form(rf"^{LEAD}(?P<head>\S.*?)\s+{AUX}\s+{S}\s+(?:{ADVERBS}\s+)*(?P<verb>(?:{SAY}|{OTHER}){END})(?P<rest>.*)$"),
        _of_what,
        _any,
    ),
    (
        _form(rf"^{LEAD}(?P<head>\S.*?)\s+{AUX}\s+{S}\s+(?:{ADVERBS}\s+)*(?P<verb>have)(?P<rest>\s+(?:for|on|about|to\s+say)\b.*)$"),
        _of_what,
        _any,
    ),
    (_form(rf",\s*(?:as\s+)?{S}\s+(?:{SAY}){END}(?=[\s?.!]*$)"), _removed, _any),
    (_form(rf"^{LEAD}{S}\s+(?:{SAY}){END}\s+(?:that\s+)?(?=\S)"), _removed, _any),
    (_form(rf",?\s*\b(?:in|from|by|on|at)\s+(?:the\s+)?\ue000(?:['’]s?)?\s+(?:own\s+|latest\s+|new\s+)?{REPORT}\b,?"), _removed, _any),
    (_form(rf",?\s*\b(?:in|from|by|on)\s+(?:the\s+|an?\s+)?{REPORT}\s+(?:of|by|from|in|on|at)\s+(?:the\s+)?\ue000,?"), _removed, _any),
    (
        _form(rf"^{LEAD}what(?:['’]?s|\s+is|\s+was)\s+{SOURCE}['’]s?\s+{VIEW}\s+(?:on|of|about)\s+(?P<what>\S.*)$"),
        lambda match: f"what is said about {match['what']}",
        _any,
    ),
    (_form(rf"(?:the\s+)?\ue000['’]s?\s+(?=(?:[^\s,]+\s+){{0,5}}?{OWN}\b)"), lambda match: f"{match.string[: match.start()]}the {match.string[match.end() :]}", _any),
    (_form(rf"(?P<source>(?:the\s+)?\ue000(?:['’]s?)?\s+{REPORT})\b"), _in_place("the article"), _any),
    (_form(rf"(?P<source>(?:the\s+|an?\s+)?{REPORT}\s+(?:of|by|from|in|on|at)\s+(?:the\s+)?\ue000)"), _in_place("the article"), _any),
    (_form(r"^(?:in|from)\s+(?:the\s+)?\ue000[,:]\s*"), _removed, _outlet),
    (_form(r",?\s*\b(?:in|from|by)\s+(?:the\s+)?\ue000(?=[\s?.!]*$|,|\s+(?:for|about|on|of|with|that)\b)"), _removed, _outlet),
    (_form(r"^(?:the\s+)?\ue000\s*[:–—]\s*|^(?:ask|only|just)\s+(?:the\s+)?\ue000[,:]?\s+(?:only\s+)?(?:about\s+)?"), _removed, _outlet),
)  # fmt: skip
