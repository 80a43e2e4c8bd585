"""What a question names, and how it is put, in → its intent, out."""

import re
from typing import Literal

from bot.answer import Intent
from bot.asked_value import AskedValue, asked_value
from bot.mention import Mentions
from bot.origin_question import asks_origin
from bot.vocabulary import Vocabulary, words

Aspect = Literal["all", "leads", "lags"]
Listing = Literal["benchmarks", "models", "sources"]
Extreme = Literal["lowest", "highest"]

CONFLICT = re.compile(
    r"\b(?:(?:dis)?agree\w*|(?:in)?consisten\w+|conflict\w*|contradict\w*|discrepan\w+|dispute\w*|differ|differing"
    r"|match(?:es)?|line up|same (?:\S+ ){0,3}(?:numbers?|scores?|values?|results?|figures?|thing)"
    r"|different (?:\S+ ){0,3}(?:numbers?|scores?|values?|results?|figures?))\b"
)
GAP = re.compile(
    r"\b(?:how (?:big|large|wide|small|long) (?:is|was|are) .*\b(?:lead|advantage|edge)"
    r"|gap|margin|distance|deficit|delta|how far|by how (?:much|many|far)|(?:lead|advantage) (?:over|of)"
    r"|how (?:much|many)(?: \w+){0,3} (?:better|worse|higher|lower|ahead|behind|above|below|more|less|fewer)"
    r"|how many(?: \w+){0,2} points|difference between|points? (?:ahead|behind|apart)"
    r"|(?:trail|lag|lead|win|lose|beat)s?\b.*\bby)\b"
)
RANK = re.compile(
    r"\b(?:rank\w*|order|(?:best|top|highest) to (?:worst|bottom|lowest)|(?:what|which) (?:place|position|spot)"
    r"|where does .* (?:place|stand|land)|leaderboard|standings?|sort(?:ed)?|league table"
    r"|top (?:\d|three|five)|podium|reihenfolge"
    r"|(?:who|which|what)\b[^?]{0,40}\b(?:second|third|fourth|fifth|2nd|3rd|4th|5th|runner[- ]?up))\b"
)
SUPERLATIVE = re.compile(
    r"\b(?:best|top|tops|lead|leads|leader|leading|leaders|first|number one|number 1|no\.? ?1|winner|wins|won"
    r"|win|winning|in front|in the lead|dominat\w+|goat"
    r"|highest|ahead|strongest|sota|state of the art|crown|king|champion|champ|on top|most|fewest|least|lowest"
    r"|worst|last|bottom|weakest"
    r"|beste[nrs]?|führt|gewinnt)\b|#1|#\s?1\b"
)
LAST = re.compile(r"\b(?:worst|last|bottom|weakest)\b")
# Of numbers, whichever end is the better one.
EXTREMES: tuple[tuple[Extreme, re.Pattern[str]], ...] = (
    ("lowest", re.compile(r"\b(?:lowest|fewest|least|smallest)\b")),
    ("highest", re.compile(r"\b(?:highest|most|largest)\b")),
)
VERSUS = re.compile(
    r"\b(?:vs|versus|v|against|compare[ds]?|comparison|compares|beat|beats|beaten|better|worse|stronger|weaker"
    r"|outperform\w*"
    r"|than|head to head|or|higher|lower|surpass\w*|stack up|besser)\b"
)
LEADS = re.compile(
    r"\b(?:leads?|leading|ahead|strong\w*|strengths?|best|number (?:one|1)"
    r"|wins?|winning|good|excels?|top|tops|first|beats?"
    r"|shines?|dominate\w*)\b|#1"
)
LAGS = re.compile(
    r"\b(?:lags?|lagging|behind|trail\w*|weak\w*|worst|los(?:e|es|ing)|bad|poor\w*|struggl\w*|fall\w* short|"
    r"beaten|worse|sucks?|not the best|not lead\w*)\b"
)
NUMBERS = re.compile(
    r"\b(?:scores?|scored|scorecards?|scoring|numbers?|results?|benchmarks?|benchmarked|figures?|values?"
    r"|points?|elo|rating"
    r"|evals?|percent(?:age)?|measured|report card|stats|metrics?|tests?|performance|perform|punkte|ergebnisse?)\b"
)
PLENTY = re.compile(
    r"\b(?:all|every|each|full|complete|list|everything|entire|whole|overview|summary|scorecard|profile|table|alle)\b"
)
BIGGEST_GAP = re.compile(r"\b(?:biggest|largest|widest|smallest) (?:lead|gap|margin|deficit|weakness|strength)")
RIVALS = re.compile(
    r"\b(?:rivals?|others?|competit\w+|everyone|everybody|the rest|rest|field|all models|other models"
    r"|any(?:one|body)?)\b"
)
# What is counted or named beside a benchmark may be anything: "how many problems", "which harness", "number of runs".
COUNTED = re.compile(r"\b(?:how (?:many|much)|(?:number|amount|count) of|which|what)(?: ‹\w›)? ([^\W\d_]+)")
# Who did something with it: "who wrote up the ‹b›". And how many of what no benchmark counts.
WHO_DID = re.compile(r"^\W*(?:who|(?:which|what) (?:company|companies|lab|team|people|person|group)) ([^\W\d_]+)")
HOW_MANY = re.compile(r"\b(?:how many|(?:number|amount) of) ([^\W\d_]+)")
COUNTED_BY_SCORES = re.compile(
    r"(?:points?|percent\w*|elo|benchmarks?|evals?|tests?|models?|sources?|articles?|outlets?|places?|others?|rivals?"
    r"|of|more|less|fewer|better|worse|did|does|do|has|have|are|were|is|times|wins?|leads?|first|numbers?|scores?"
    r"|results?|categories|areas)"
)
ABOUT_TEST = re.compile(
    r"^\s*why\b|\b(?:what (?:is|are|does|do|'s)|whats|explain|define|who (?:made|makes|created|built|runs"
    r"|wrote|invented|owns)"
    r"|how (?:is|are|does)) .*\b(?:mean|means|measure|measures|test|tests|made|work|works|calculated|built|graded"
    r"|judged|marked|stand for|evaluate)\b"
    r"|\b(?:gamed?|gaming|cheat\w*|manipulat\w*|contaminat\w*|trust\w*|leak\w*|really independent"
    r"|fully independent|credible|"
    r"reliab\w+|skeptic\w*)\b|^\s*who (?:made|makes|created|built|runs|invented|owns)\b|\bhow come\b|\breasons?\b"
)
DEFINITION = re.compile(
    r"^\s*(?:(?:and|but|so|ok|okay) )*(?:what(?:'s| is|s| are)|define|explain|tell me about)(?: an?| the)? *$"
)
LISTED = re.compile(
    r"\b(?:which|what|list|name|show|any|how many|enumerate|give me|‹t›)"
    r"(?:\W+(?!scores?\b|numbers?\b|results?\b|values?\b|percent)[\w‹›]+){0,4}?\W+"
    r"(?P<thing>benchmarks?|evals|tests|models?|sources?|articles?|outlets|publications|publishers)\b"
)
SOURCES = re.compile(r"\b(?:sources?|articles?|outlets?|publications?|they|reports?|press)\b")
COMPARED = re.compile(r"\b(?:compared?|pitted|measured against|set against|up against|next to)\b")
ASKS_WHERE = re.compile(
    r"\b(?:where|which|what|on what|in what|how|list|show|tell|benchmarks?|areas?|tests?|strengths?"
    r"|weakness\w*|weak ?spots?)\b"
)
VERSUS_ONLY = re.compile(
    r"\b(?:vs|versus|beats?|beaten|better|worse|stronger|weaker|outperform\w*|than|surpass\w*|compared?|against)\b"
)
WHO_ONLY = re.compile(
    r"^\W*(?:and |but |so |ok )?(?:who|whos|which model|what model|the best|best|leader|ranking|rank"
    r"|leaderboard|top)\b(?!.*\b(?:it|that|them)\b)"
)
WHY_WHEN = re.compile(
    r"^\W*(?:and |but |so )?(?:why|when|where can|how come|how do i|can|who (?:is|was|made)\b(?! (?:ahead|best"
    r"|first|on top|leading|the best|in front|behind|second|third|fourth|2nd|3rd|last|worst)))"
)
TOOL_WORDS = frozenset(re.findall(r"\S+", "tools without using model score mode public preview effort"))
SETTING_NUMBER = re.compile(r"\bv\d+(?:\.\d+)*\b|\bpass@\d+|\b\d+[- ]?shots?\b|\bzero[- ]shot\b")
PLACES = {
    2: ("second", "2nd", "runner up", "runner-up"),
    3: ("third", "3rd"),
    4: ("fourth", "4th"),
    5: ("fifth", "5th"),
}
PLACE = re.compile(r"\b(second|third|fourth|fifth|2nd|3rd|4th|5th|runner[- ]up)\b")
ASKED_MODE = re.compile(
    r"\b(?:instant|thinking|non-?thinking|standard|fast|heavy|extended|deep think)(?= (?:mode|version)\b)"
    r"|\bx-?high\b|\b(?:high|low|medium|minimal|max) (?=(?:effort|reasoning|compute)\b)"
    r"|(?<=‹[mf]› )\(?(?:high|low|medium|minimal)\b(?!\W*(?:scores?|numbers?|results?|enough|up|cost|price)\b)"
)
LIST_OF = re.compile(
    r"\W*(?:(?:and|so|ok|what about|how about|the|which|what|list|all|also)\W+)*"
    r"(benchmarks?|evals|tests|models?|sources?|articles?|outlets)(?:\W+(?:then|too|please|are (?:there|covered)))*\W*"
)
WHERE = re.compile(
    r"\b(?:where|what (?:areas?|benchmarks?|tests?)|(?:on|in|at) (?:what|which)|strengths?|weakness\w*|weak ?spots?|"
    r"areas?|benchmarks?|tests?)\b"
)
VALUE = re.compile(r"(?<![\w.])\d{1,3}\.\d+(?![\w.]*\d)")  # a number as scores have them
SETTING_ONLY = re.compile(
    r"\b(?:with|without|no|w/o|using)\s+tools?\b|\bindependen\w*|\bvendor|\bofficial|\bmode\b|\bthird[- ]party"
)
PROFILE = re.compile(
    r"\b(?:scores?|scored|scorecards?|numbers?|results?|benchmarks?|benchmarked|evals?|stats|metrics?"
    r"|report card|ergebnisse?)\b"
)
ONLY_NAMES = re.compile(
    r"\b(?:which|what|how many) benchmarks? (?:was|were|is|are|has|have|does|do|did|cover\w*|include)\b"
)
PER_TOKEN = re.compile(
    r"\b(?:(?:pre)?train\w*|pric\w+|costs?|per|windows?|context|seconds?|speed|limits?|latency|dollars?)\b|\$"
)
NUMBERS_ASKED = re.compile(r"\b(?:scores?|results?|numbers?|values?|stats)\b")
SCORED = re.compile(r"\b(?:scores?|scored|elo|percent)\b")
FARES = re.compile(r"\b(?:do|does|did|fares?|perform\w*|good|scores?|how is|wie gut)\b")
PRONOUN = re.compile(r"\b(?:it|its|this|that|they|them|their)\b")
FOLLOWING = re.compile(
    r"^(?:and|but|so|ok|okay|or|what about|how about|what of|und|versus|vs|only|just|without|with|in|on|for"
    r"|compared to)\b"
    r"|\b(?:it|its|that|this|they|them|those|these|there|same|one|ones|he|she|both|the other)\b"
)
USING = r"(?:us(?:e|ing)|(?:the )?use of|access to|having|calling)"
OFF = r"(?:off|disabled|forbidden|banned|not (?:allowed|permitted|enabled|available)|disallowed|removed)"
WITHOUT_TOOLS = re.compile(
    rf"\b(?:without|no|w/o|wo|ohne|minus|not|never|(?:was|did|were|had|could)n'?t)\s+(?:\w+\s+){{0,2}}?(?:{USING}\s+)?"
    rf"(?:any\s+|its\s+)?tools?\b|\btool[- ](?:free|less)\b|\btools?(?: use)?(?: \w+)? {OFF}\b"
)
WITH_TOOLS = re.compile(
    rf"\b(?:with|w/|using|mit|plus|had|given|got)\s*(?:\w+\s)?tools?\b|\b{USING} (?:any |its )?tools?\b"
    r"|\btools?(?: use)?(?: \w+)? (?:on|enabled|allowed|permitted|available)\b|\btool[- ](?:use|assisted|augmented)\b"
)
BOTH_WAYS = re.compile(
    r"\bwith(?:\s+tools)?\W+(?:and|or|vs\.?|versus)\s+without\b|\bwithout\W+(?:and|or|vs\.?)\s+with\b"
)
INDEPENDENT = re.compile(r"\bindependen\w*|third[- ]party\b")
VENDOR = re.compile(r"\b(?:vendor|self[- ]reported|official|own (?:numbers?|claims?|results?|figures?))\b")
AHEAD_OF = re.compile(
    r"\b(?:ahead of|better than|beats?|above|higher than|outperforms?|in front of|surpass\w*|outscores?|tops?)\b"
)
ASKS_WHO = re.compile(r"^\W*(?:and |but |so |ok )?(?:who|whos|which|what|anyone|any|anything|is anyone|does any\w*)\b")


def intent_of(said: Mentions, known: Vocabulary) -> Intent:
    """What kind of question it is; "passage" for all that the results can't answer."""
    shape = said.shape
    if value_of(said) is not None:
        return "verify"
    named = bool(said.benchmarks or said.unknown_benchmarks)
    people = len(said.models) + len(said.unknown_models)
    if named and (people or VALUE.search(shape)) and asks_origin(shape):
        return "lookup"
    counts_tokens = bool(said.benchmarks) and set(said.benchmarks) <= known.token_counts
    if counts_tokens and PER_TOKEN.search(shape):
        return "passage"
    if named and CONFLICT.search(shape):
        return "conflict"
    if any(counted in said.strange for counted in (*COUNTED.findall(shape), *WHO_DID.findall(shape))):
        return "passage"
    if not all(map(COUNTED_BY_SCORES.fullmatch, HOW_MANY.findall(shape))):
        return "passage"
    if ABOUT_TEST.search(shape) or (
        not people and DEFINITION.search(" ".join(said.rest) + " ") and not NUMBERS.search(shape)
    ):
        return "passage"
    if not named and said.weak_benchmarks:
        named = len(said.strange) < 2 and bool(
            people or NUMBERS.search(shape) or RANK.search(shape) or SUPERLATIVE.search(shape)
        )
    if CONFLICT.search(shape) and (
        named or (not said.strange and (people or SOURCES.search(shape) or NUMBERS.search(shape)))
    ):
        return "conflict"
    if named or (said.topics and not said.strange):
        by_benchmark = _benchmark_intent(said, shape, named, people)
        if by_benchmark is not None:
            return by_benchmark
    if named:
        return "lookup" if people or NUMBERS.search(shape) or len(said.strange) < 2 else "passage"
    return _intent_without_benchmark(said, shape, people, known)


def value_of(said: Mentions) -> AskedValue | None:
    """The number that is to be checked; None where the question names what nobody knows, or asks for more."""
    if said.unknown_benchmarks or said.unknown_models or len(said.strange) > bool(said.benchmarks):
        return None
    return asked_value(said.shape, bool(said.benchmarks), bool(said.models))


def _benchmark_intent(said: Mentions, shape: str, named: bool, people: int) -> Intent | None:
    if LISTED.search(shape) and len(said.strange) < 2 and not (SUPERLATIVE.search(shape) or VERSUS_ONLY.search(shape)):
        return "list"
    if GAP.search(shape) and (people or not said.topics):
        return "gap"
    if people < 2 and (RANK.search(shape) or (not people and PLENTY.search(shape) and VERSUS.search(shape))):
        return "rank"
    if people > 1:
        return "compare"
    if people and RIVALS.search(shape) and (VERSUS.search(shape) or SUPERLATIVE.search(shape)):
        return "leader"
    if people and named and ASKS_WHO.search(shape) and AHEAD_OF.search(shape):
        return "leader"
    if people and named and VERSUS.search(shape) and not SUPERLATIVE.search(shape):
        return "compare"
    if SUPERLATIVE.search(shape) or (not people and ASKS_WHO.search(shape) and AHEAD_OF.search(shape)):
        return "leader"
    if said.topics and not named and people and (FARES.search(shape) or PROFILE.search(shape)):
        return "lookup"
    if said.topics and people and not said.rest:
        return "lookup"
    if said.topics and not named and not people and PROFILE.search(shape):
        return "lookup" if NUMBERS_ASKED.search(shape) else "list"
    return None


def _intent_without_benchmark(said: Mentions, shape: str, people: int, known: Vocabulary) -> Intent:
    plenty = PLENTY.search(shape)
    calm = not said.strange or (len(said.strange) == 1 and plenty and PROFILE.search(shape))
    if not calm:
        return "passage"
    if people > 1 and (VERSUS.search(shape) or aspect_of(shape) != "all" or plenty or BIGGEST_GAP.search(shape)):
        return "compare"
    if people == 1 and BIGGEST_GAP.search(shape):
        return "compare" if re.search(r"\b(?:to|over|with|against) ‹", shape) else "profile"
    if people == 1 and RIVALS.search(shape) and (COMPARED.search(shape) or NUMBERS.search(shape)):
        return "profile"
    aspect = aspect_of(shape)
    if people and aspect == "all" and ONLY_NAMES.search(shape):
        return "list"
    if people and (PROFILE.search(shape) or (aspect != "all" and ASKS_WHERE.search(shape))):
        return "list" if re.search(r"\bmodels?\b", shape) and COMPARED.search(shape) else "profile"
    if LISTED.search(shape) and aspect == "all" and not SUPERLATIVE.search(shape) and not VALUE.search(shape):
        return "list"
    if setting_of(shape, known) and people and NUMBERS.search(shape):
        return "profile"
    if said.sources and PROFILE.search(shape):
        return "profile"
    return "passage"


def aspect_of(shape: str) -> Aspect:
    """Which half of a profile is asked for."""
    leads, lags = bool(LEADS.search(shape)), bool(LAGS.search(shape))
    if leads == lags:
        return "all"
    return "leads" if leads else "lags"


def extreme_of(shape: str) -> Extreme | None:
    """Which end of the numbers is asked for: "the lowest error rate", "the highest score"."""
    found = [name for name, words_ in EXTREMES if words_.search(shape)]
    return found[0] if len(found) == 1 else None


def place_of(shape: str) -> int | None:
    """The place that is asked for: "who is second on …"."""
    match = PLACE.search(shape)
    return next((place for place, words_ in PLACES.items() if match and match[1] in words_), None)


def listing_again(shape: str) -> Listing | None:
    """ "And the models?", after a list of something else."""
    match = LIST_OF.fullmatch(shape)
    return listing_of(f"list {match[1]}") if match else None


def listing_of(shape: str) -> Listing:
    match = LISTED.search(shape)
    thing = match["thing"] if match else "benchmarks"
    if thing.startswith("model"):
        return "models"
    return "benchmarks" if thing.startswith(("benchmark", "eval", "test")) else "sources"


def setting_of(shape: str, known: Vocabulary) -> str | None:
    """The setting asked for, in the words of the results' own settings."""
    both = BOTH_WAYS.search(shape) or (WITHOUT_TOOLS.search(shape) and WITH_TOOLS.search(WITHOUT_TOOLS.sub("", shape)))
    tools = (
        None
        if both
        else "without tools"
        if WITHOUT_TOOLS.search(shape)
        else "with tools"
        if WITH_TOOLS.search(shape)
        else None
    )
    said = {word.key for word in words(shape)}
    own = {
        word.key for setting in known.settings for word in words(setting) if len(word.key) > 4 and word.key.isalpha()
    }
    modes = sorted(said & (own - TOOL_WORDS))
    asked = [match[0].strip(" (").replace("x-high", "xhigh") for match in ASKED_MODE.finditer(shape)]
    modes += [mode for mode in asked if not said & set(modes) & set(mode.split())]
    versions = [match[0] for match in SETTING_NUMBER.finditer(shape)]
    return ", ".join(part for part in (tools, *modes, *versions) if part) or None
