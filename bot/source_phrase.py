"""A question and the names of sources in → whose word it asks for, and the question without that, out."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Literal, NamedTuple

from bot.asking_words import ORDINARY
from bot.vocabulary import Word, words
from index import is_everyday, joined

LONGEST_NAME = 12  # words of a publisher's name or a title
REPORT = (
    r"(?:articles?|reports?|pieces?|stor(?:y|ies)|reviews?|posts?|blogs?|blog posts?|briefs?|coverage|announcements?"
    r"|texts?|write-?ups?|analys[ei]s|pages?|newsletters?)"
)
# What an outlet has, rather than what it is called: "The Next Web's numbers", "its view of the licence".
OWN = (
    r"(?:own |main |final |overall )*(?:scores?|numbers?|figures?|results?|values?|tables?|lists?|rankings?|ratings?"
    r"|claims?|views?|opinions?|takes?|verdicts?|conclusions?|summar(?:y|ies)|positions?|assessments?|judge?ments?"
    r"|descriptions?|explanations?|accounts?|predictions?|recommendations?|benchmarks?|quotes?|words|criticisms?|headlines?|sources?)"
)
MARK = "\ue000"  # in a question's patterns: the names of sources; no question that is asked holds it
SOURCE = rf"(?:(?:the\s+|an?\s+)?{REPORT}\s+(?:of|by|from|in|on|at)\s+)?(?:the\s+)?\ue000"
VIEW = r"(?:own\s+)?(?:views?|opinions?|takes?|positions?|stance|verdict|assessment|judge?ment|thoughts|line)"
S = rf"{SOURCE}(?:['’]s?)?(?:\s+(?:own\s+|latest\s+|new\s+)?{REPORT}\b)?"
ADVERBS = r"(?:ever|also|even|actually|really|explicitly|anywhere|itself|first|finally|still|just|both|all|already)"
LEAD = r"(?P<lead>\W*(?:(?:and|so|but|ok|okay|well|then|hey)\W+)*)"
SAY = (
    r"(?:say|said|says|saying|report|state|mention|note|argue|claim|think|thought|write|wrote|written|writes|give"
    r"|given|gave|gives|tell|told|tells|show|shown|list|cite|quote|find|found|believe|put|assert|maintain|insist|admit|add"
    r"|measure|record|observe|obtain|get|got|gets|clock|test|benchmark|publish|reproduce|run|ran|see|saw|calculate)"
)
STATE = r"(?:sa(?:y|id)|claim|think|thought|argue|believe|assert|maintain|insist|admit|state|wr[io]t|t[eo]l[ld])"
OTHER = (
    r"(?:recommend|suggest|describe|conclude|advise|warn|judge|explain|call|compare|rank|rate|predict|expect|critici[sz]e"
    r"|praise|see|seen|consider|blame|credit|attribute|emphasi[sz]e|highlight|stress|estimate|frame|summari[sz]e|define"
    r"|identify|present|assess|evaluate|view|name|point\s+out|count|cover|discuss)"
)
END = r"(?:s|d|ed|es|ing)?\b"
ABOUT = (
    r"(?:about|of|on|upon|to|for|as|in|at|with|before|after|when|if|by|from|against|over|under|regarding|concerning)\b"
)
MENTION = (
    r"(?:mention|name|discuss|cover|talk\s+(?:about|of)|refer\s+to|bring\s+up|cite|quote|speak\s+(?:of|about)"
    r"|touch\s+(?:up)?on|address|write\s+(?:about|of)|include|report\s+(?:on|about)"
    r"|say\s+(?:anything|something|much|a\s+word|nothing)\s+(?:about|of|on)|mentioned|named|discussed|covered"
    r"|talked\s+about|referred\s+to|cited|quoted|addressed|written\s+about"
    r"|said\s+(?:anything|something)\s+(?:about|of|on)"
    r"|have\s+(?:anything|something)\s+(?:about|on|to\s+say\s+(?:about|on)))"
)
CREDITED = (
    r"(?:according\s+to|as\s+per|per|(?:as\s+)?(?:reported|stated|claimed|said|written|told|put|given)\s+(?:by|in)"
    r"|in\s+the\s+(?:words|view|opinion|eyes)\s+of|going\s+by|judging\s+by|based\s+(?:only\s+|solely\s+)?on"
    r"|using(?:\s+only)?|if\s+(?:you|we|i)\s+(?:believe|trust|ask|go\s+by)|citing|quoting|says)"
)


BETWEEN = re.compile(r"\s*(?:,|,?\s*\b(?:and|or|vs\.?|versus|&)|&|/)\s*(?:the\s+)?", re.IGNORECASE)
REPORT_OF = re.compile(rf"{MARK}(?:['’]s?)?\s+{REPORT}\b|{REPORT}\s+\w+\s+(?:the\s+)?{MARK}", re.IGNORECASE)


class Asked(NamedTuple):
    """Whose word is asked for; the question without it; `mentioned` is what they are asked to mention."""

    sources: tuple[str, ...]
    question: str
    mentioned: str | None = None


class _Named(NamedTuple):
    """Sources named at question[start:end], by one name or several; by an outlet's name, or a maker's of models."""

    start: int
    end: int
    sources: tuple[str, ...]
    is_several: bool
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
        for form in FORMS:
            match = re.search(form.pattern, masked, re.IGNORECASE) if form.suits(named) else None
            if match is None or (named.is_maker and not REPORT_OF.search(match[0])):
                continue
            rest = form.rewrite(match)
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
            found.append(_Named(start, end, sources[key], False, key in makers, key in outlets and not common))
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
        if kept and BETWEEN.fullmatch(between):
            before = kept[-1]
            sources = tuple(dict.fromkeys((*before.sources, *each.sources)))
            is_maker, is_outlet = before.is_maker or each.is_maker, before.is_outlet and each.is_outlet
            kept[-1] = _Named(before.start, each.end, sources, True, is_maker, is_outlet)
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


def _without_owner(match: re.Match[str]) -> str:
    return f"{match.string[: match.start()]}the {match.string[match.end() :]}"


def _said_about(match: re.Match[str]) -> Asked:
    return Asked((), f"what is said about {match['what']}?", match["what"])


def _form(*pattern: str) -> str:
    return "".join(pattern)


class _Form(NamedTuple):
    """A way to ask for somebody's word, the question that it leaves, and which names it takes."""

    pattern: str  # compiled when a question names a source: all take a tenth of a second, which others need not wait
    rewrite: Rewriting
    takes: Literal["any", "several", "outlet"] = "any"

    def suits(self, named: _Named) -> bool:
        """Can these names stand in it?"""
        return self.takes == "any" or (named.is_several if self.takes == "several" else named.is_outlet)


AUX = r"(?:do|does|did|has|have|had|would|will|can)"
DOES_IT = rf"{AUX}\s+{S}\s+(?:{ADVERBS}\s+)*"
TELLS = rf"(?P<verb>(?:{SAY}|{OTHER}){END})"
NEXT_TO = r"(?:own\s+|latest\s+|new\s+)?"
BY = r"(?:of|by|from|in|on|at)\s+(?:the\s+)?"
MENTIONED = r"(?:mentioned|named|discussed|covered|cited|quoted|addressed)"
ANYTHING = r"(?:is|are)\s+there\s+(?:anything|something|a\s+word)"
CLOSE = r"[\s?.!]*$"
FORMS = (
    _Form(
        _form(
            rf"\b{AUX}\s+(?P<source>{S})\s+(?:{ADVERBS}\s+)*",
            r"(?:agree|disagree|differ|contradict|conflict|match|say\s+the\s+same)",
        ),
        _in_place("the sources"),
        "several",
    ),
    _Form(_form(rf"\b(?:between|compare)\s+(?P<source>{S})"), _in_place("the sources"), "several"),
    _Form(_form(rf",?\s*\b{CREDITED}\s+{S}(?=\W|$),?"), _removed),
    _Form(_form(rf"^{LEAD}{DOES_IT}{MENTION}\s+(?P<what>\S.*?)(?:\s+(?:anywhere|at\s+all|too))?{CLOSE}"), _mentioned),
    _Form(
        _form(
            rf"^{LEAD}(?:is|are|was|were)\s+(?:there\s+)?(?P<what>\S.*?)\s+(?:{ADVERBS}\s+)*{MENTIONED}\s+",
            rf"(?:(?:anywhere|at\s+all)\s+)?(?:in|by)\s+{S}(?:\s+at\s+all)?{CLOSE}",
        ),
        _mentioned,
    ),
    _Form(_form(rf"^{LEAD}{ANYTHING}\s+(?:about|on)\s+(?P<what>\S.*?)\s+in\s+{S}{CLOSE}"), _said_about),
    _Form(_form(rf"^{LEAD}{ANYTHING}\s+in\s+{S}\s+(?:about|on)\s+(?P<what>\S.*?){CLOSE}"), _said_about),
    _Form(_form(rf"^{LEAD}{DOES_IT}{TELLS}\s+(?:that\s+|whether\s+)?(?P<rest>\S.*)$"), _said),
    _Form(_form(rf"^{LEAD}(?P<head>\S.*?)\s+{DOES_IT}{TELLS}(?P<rest>.*)$"), _of_what),
    _Form(
        _form(
            rf"^{LEAD}(?P<head>\S.*?)\s+{DOES_IT}(?P<verb>have)",
            r"(?P<rest>\s+(?:for|on|about|to\s+say)\b.*)$",
        ),
        _of_what,
    ),
    _Form(_form(rf",\s*(?:as\s+)?{S}\s+{SAY}{END}(?={CLOSE})"), _removed),
    _Form(_form(rf"^{LEAD}{S}\s+{SAY}{END}\s+(?:that\s+)?(?=\S)"), _removed),
    _Form(_form(rf",?\s*\b(?:in|from|by|on|at)\s+(?:the\s+)?{MARK}(?:['’]s?)?\s+{NEXT_TO}{REPORT}\b,?"), _removed),
    _Form(_form(rf",?\s*\b(?:in|from|by|on)\s+(?:the\s+|an?\s+)?{REPORT}\s+{BY}{MARK},?"), _removed),
    _Form(
        _form(
            rf"^{LEAD}what(?:['’]?s|\s+is|\s+was)\s+{SOURCE}['’]s?\s+{VIEW}\s+",
            r"(?:on|of|about)\s+(?P<what>\S.*)$",
        ),
        lambda match: f"what is said about {match['what']}",
    ),
    _Form(_form(rf"(?:the\s+)?{MARK}['’]s?\s+(?=(?:[^\s,]+\s+){{0,5}}?{OWN}\b)"), _without_owner),
    _Form(_form(rf"(?P<source>(?:the\s+)?{MARK}(?:['’]s?)?\s+{REPORT})\b"), _in_place("the article")),
    _Form(_form(rf"(?P<source>(?:the\s+|an?\s+)?{REPORT}\s+{BY}{MARK})"), _in_place("the article")),
    _Form(_form(rf"^(?:in|from)\s+(?:the\s+)?{MARK}[,:]\s*"), _removed, "outlet"),
    _Form(
        _form(
            rf",?\s*\b(?:in|from|by)\s+(?:the\s+)?{MARK}",
            rf"(?={CLOSE}|,|\s+(?:for|about|on|of|with|that)\b)",
        ),
        _removed,
        "outlet",
    ),
    _Form(_form(rf"^(?:the\s+)?{MARK}\s*[:–—]\s*"), _removed, "outlet"),
    _Form(_form(rf"^(?:ask|only|just)\s+(?:the\s+)?{MARK}[,:]?\s+(?:only\s+)?(?:about\s+)?"), _removed, "outlet"),
)
