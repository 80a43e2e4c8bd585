"""A question, the questions before it and the vocabulary in → what is asked of the benchmark results, out."""

import re
from collections.abc import Sequence
from typing import Literal

from bot.answer import Intent, Interpreted, Record
from bot.mention import BENCHMARK_LIKE, Mentions, Unknown, find_mentions
from bot.vocabulary import Vocabulary, key_of, words
from index import Origin

Aspect = Literal["all", "leads", "lags"]
Listing = Literal["benchmarks", "models", "sources"]

CONFLICT = re.compile(
    r"\b(?:(?:dis)?agree\w*|(?:in)?consisten\w+|conflict\w*|contradict\w*|discrepan\w+|dispute\w*|differ|differing"
    r"|match(?:es)?|line up|same (?:\S+ ){0,3}(?:numbers?|scores?|values?|results?|figures?|thing)"
    r"|different (?:\S+ ){0,3}(?:numbers?|scores?|values?|results?|figures?))\b"
)
GAP = re.compile(
    r"\b(?:gap|margin|distance|deficit|delta|how far|by how (?:much|many|far)|(?:lead|advantage) (?:over|of)"
    r"|how (?:much|many)(?: \w+){0,3} (?:better|worse|higher|lower|ahead|behind|above|below|more|less|fewer)"
    r"|how many(?: \w+){0,2} points|difference between|points? (?:ahead|behind|apart)"
    r"|(?:trail|lag|lead|win|lose|beat)s?\b.*\bby)\b"
)
RANK = re.compile(
    r"\b(?:rank\w*|order|(?:best|top|highest) to (?:worst|bottom|lowest)|(?:what|which) (?:place|position|spot)"
    r"|where does .* (?:place|stand|land)|leaderboard|standings?|sort(?:ed)?|league table"
    r"|top (?:\d|three|five)|podium|reihenfolge)\b"
)
SUPERLATIVE = re.compile(
    r"\b(?:best|top|tops|lead|leads|leader|leading|leaders|first|number one|number 1|no\.? ?1|winner|wins|won"
    r"|win|highest|ahead|strongest|sota|state of the art|crown|king|champion|champ|on top|most|fewest|least|lowest"
    r"|worst|last|bottom|weakest"
    r"|beste[nrs]?|führt|gewinnt)\b|#1|#\s?1\b"
)
LOWEST = re.compile(r"\b(?:worst|last|bottom|weakest|lowest)\b")
VERSUS = re.compile(
    r"\b(?:vs|versus|v|against|compare[ds]?|comparison|compares|beat|beats|beaten|better|worse|stronger|weaker"
    r"|outperform\w*"
    r"|than|head to head|or|higher|lower|surpass\w*|stack up|besser)\b"
)
LEADS = re.compile(
    r"\b(?:leads?|leading|ahead|strong\w*|strengths?|best|number (?:one|1)|wins?|winning|good|excels?|top|tops|first|beats?"
    r"|shines?|dominate\w*)\b|#1"
)
LAGS = re.compile(
    r"\b(?:lags?|lagging|behind|trail\w*|weak\w*|worst|los(?:e|es|ing)|bad|poor\w*|struggl\w*|fall\w* short|"
    r"beaten|worse|not the best|not lead\w*)\b"
)
NUMBERS = re.compile(
    r"\b(?:scores?|scored|scorecards?|scoring|numbers?|results?|benchmarks?|benchmarked|figures?|values?"
    r"|points?|elo|rating"
    r"|evals?|percent(?:age)?|measured|report card|stats|metrics?|tests?|performance|perform|punkte|ergebnisse?)\b"
)
PLENTY = re.compile(
    r"\b(?:all|every|each|full|complete|list|everything|entire|whole|overview|summary|scorecard|profile|table|alle)\b"
)
RIVALS = re.compile(
    r"\b(?:rivals?|others?|competit\w+|everyone|everybody|the rest|rest|field|all models|other models"
    r"|any(?:one|body)?)\b"
)
ABOUT_TEST = re.compile(
    r"^\s*why\b|\b(?:what (?:is|are|does|do|'s)|whats|explain|define|who (?:made|makes|created|built|runs"
    r"|wrote|invented|owns)"
    r"|how (?:is|are|does)) .*\b(?:mean|means|measure|measures|test|tests|made|work|works|calculated|built"
    r"|stand for|evaluate)\b"
    r"|\b(?:gamed?|gaming|cheat\w*|manipulat\w*|contaminat\w*|trust\w*|leak\w*|really independent"
    r"|fully independent|credible|"
    r"reliab\w+|skeptic\w*)\b|^\s*who (?:made|makes|created|built|runs|invented|owns)\b|\bhow come\b|\breasons?\b"
)
DEFINITION = re.compile(r"^\s*(?:what(?:'s| is|s| are)|define|explain|tell me about)(?: an?| the)? *$")
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
    r"|first|on top|leading|the best|in front|behind)))"
)
TOOL_WORDS = frozenset(re.findall(r"\S+", "tools without using model score mode public preview"))
SETTING_NUMBER = re.compile(r"\bv\d+(?:\.\d+)*\b|\bpass@\d+|\b\d+[- ]shot\b")
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
PER_TOKEN = re.compile(r"\b(?:pric\w+|costs?|per|windows?|context|seconds?|speed|limits?|latency|dollars?)\b|\$")
NUMBERS_ASKED = re.compile(r"\b(?:scores?|results?|numbers?|values?|stats)\b")
SCORED = re.compile(r"\b(?:scores?|scored|elo|percent)\b")
FARES = re.compile(r"\b(?:do|does|did|fares?|perform\w*|good|scores?|how is|wie gut)\b")
PRONOUN = re.compile(r"\b(?:it|its|this|that|they|them|their)\b")
FOLLOWING = re.compile(
    r"^(?:and|but|so|ok|okay|or|what about|how about|what of|und|versus|vs|only|just|without|with|in|on|for"
    r"|compared to)\b"
    r"|\b(?:it|its|that|this|they|them|those|these|there|same|one|ones|he|she|both|the other)\b"
)
WITHOUT_TOOLS = re.compile(r"\b(?:without|no|w/o|wo|ohne|minus)\s+(?:any\s+)?tools?\b|\btool[- ]free\b")
WITH_TOOLS = re.compile(r"\b(?:with|w/|using|mit|plus)\s*(?:\w+\s)?tools?\b|\btools? (?:on|enabled|allowed)\b")
INDEPENDENT = re.compile(r"\bindependen\w*|third[- ]party\b")
VENDOR = re.compile(r"\b(?:vendor|self[- ]reported|official|own (?:numbers?|claims?|results?|figures?))\b")
AHEAD_OF = re.compile(
    r"\b(?:ahead of|better than|beats?|above|higher than|outperforms?|in front of|surpass\w*|outscores?|tops?)\b"
)
ASKS_WHO = re.compile(r"^\W*(?:and |but |so |ok )?(?:who|whos|which|what|anyone|any|anything|is anyone|does any\w*)\b")


class Question(Record):
    """What is asked of the results, with nothing left to look up in earlier questions."""

    asked: str
    interpreted: Interpreted
    named_topic: bool = False
    unknown_benchmarks: tuple[Unknown, ...] = ()
    unknown_models: tuple[Unknown, ...] = ()
    read_as: tuple[tuple[str, str], ...] = ()
    aspect: Aspect = "all"
    listing: Listing | None = None
    lowest: bool = False
    ahead_of: str | None = None
    sources: tuple[str, ...] = ()
    reporter: str | None = None
    origin: Origin | None = None

    @property
    def is_benchmark(self) -> bool:
        """Whether the results answer it; the passages answer the rest."""
        return self.interpreted.intent != "passage"


def understand(question: str, history: Sequence[str], vocabulary: Vocabulary) -> Question:
    """Read a question; what it leaves out comes from the question before it, where it leans on that."""
    said = _with_unknown_benchmark(find_mentions(question, vocabulary))
    alone = _question(question, said, _intent(said, vocabulary), vocabulary)
    if not history or not _leans(said, alone.interpreted.intent):
        return alone
    before = understand(history[-1], history[:-1], vocabulary)
    if before.is_benchmark:
        return _followed(question, said, before, vocabulary)
    if said.models or not PRONOUN.search(said.shape):
        return alone
    said = said._replace(models=find_mentions(history[-1], vocabulary).models)  # "it" is what was spoken of
    return _question(question, said, _intent(said, vocabulary), vocabulary)


def _with_unknown_benchmark(said: Mentions) -> Mentions:
    """A word that nobody knows, where a benchmark's name would stand: "frobbench", or what a model scored in."""
    like = [word for word in said.strange if BENCHMARK_LIKE.search(word)]
    if not like and said.models and len(said.strange) == 1 and SCORED.search(said.shape) and len(said.rest) < 5:
        like = list(said.strange) if not PLENTY.search(said.shape) and not said.benchmarks else []
    if not like:
        return said
    strange = tuple(word for word in said.strange if word not in like)
    unknown = tuple(Unknown(word, ()) for word in like)
    return said._replace(unknown_benchmarks=(*said.unknown_benchmarks, *unknown), strange=strange)


def _question(question: str, said: Mentions, intent: Intent, known: Vocabulary) -> Question:
    shape = said.shape
    topical = not said.benchmarks and not said.unknown_benchmarks
    by_topic = said.topics if intent in ("list", "profile") else said.main_topics or said.topics
    benchmarks = said.benchmarks or ((said.weak_benchmarks or by_topic) if topical else ())
    ahead_of = said.models[0] if _asks_who_is_ahead(intent, said) else None
    return Question(
        asked=question,
        interpreted=Interpreted(
            intent=intent,
            benchmarks=benchmarks,
            models=_with_subject(intent, said, known),
            setting=_setting(shape, known),
            question=question,
        ),
        named_topic=bool(said.topics) and topical and not said.weak_benchmarks,
        unknown_benchmarks=said.unknown_benchmarks,
        unknown_models=said.unknown_models,
        read_as=said.read_as,
        aspect=_aspect(shape),
        listing=_listing(shape) if intent == "list" else None,
        lowest=bool(LOWEST.search(shape)),
        ahead_of=ahead_of,
        sources=said.sources,
        reporter=_reporter(said),
        origin="independent" if INDEPENDENT.search(shape) else "vendor" if VENDOR.search(shape) else None,
    )


def _intent(said: Mentions, known: Vocabulary) -> Intent:
    """What kind of question it is; "passage" for all that the results can't answer."""
    shape = said.shape
    named = bool(said.benchmarks or said.unknown_benchmarks)
    people = len(said.models) + len(said.unknown_models)
    if set(said.benchmarks) and set(said.benchmarks) <= known.token_counts and PER_TOKEN.search(shape):
        return "passage"
    if named and CONFLICT.search(shape):
        return "conflict"
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


def _benchmark_intent(said: Mentions, shape: str, named: bool, people: int) -> Intent | None:
    if LISTED.search(shape) and not (SUPERLATIVE.search(shape) or VERSUS_ONLY.search(shape)):
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
    if said.topics and not named and not people and PROFILE.search(shape):
        return "lookup" if NUMBERS_ASKED.search(shape) else "list"
    return None


def _intent_without_benchmark(said: Mentions, shape: str, people: int, known: Vocabulary) -> Intent:
    plenty = PLENTY.search(shape)
    calm = not said.strange or (len(said.strange) == 1 and plenty and PROFILE.search(shape))
    if not calm:
        return "passage"
    if people > 1 and (VERSUS.search(shape) or _aspect(shape) != "all"):
        return "compare"
    aspect = _aspect(shape)
    if people and aspect == "all" and ONLY_NAMES.search(shape):
        return "list"
    if people and (PROFILE.search(shape) or (aspect != "all" and ASKS_WHERE.search(shape))):
        return "list" if re.search(r"\bmodels?\b", shape) and COMPARED.search(shape) else "profile"
    if LISTED.search(shape) and aspect == "all" and not SUPERLATIVE.search(shape):
        return "list"
    if _setting(shape, known) and people and NUMBERS.search(shape):
        return "profile"
    if said.sources and PROFILE.search(shape):
        return "profile"
    return "passage"


def _aspect(shape: str) -> Aspect:
    """Which half of a profile is asked for."""
    leads, lags = bool(LEADS.search(shape)), bool(LAGS.search(shape))
    if leads == lags:
        return "all"
    return "leads" if leads else "lags"


def _listing(shape: str) -> Listing:
    match = LISTED.search(shape)
    thing = match["thing"] if match else "benchmarks"
    if thing.startswith("model"):
        return "models"
    return "benchmarks" if thing.startswith(("benchmark", "eval", "test")) else "sources"


def _with_subject(intent: Intent, said: Mentions, known: Vocabulary) -> tuple[str, ...]:
    """The models asked about; a comparison that names one is with the corpus' main subject."""
    models = said.models
    lone = len(models) == 1 and not said.unknown_models and known.subject not in (None, *models)
    if lone and known.subject and (intent == "gap" or (intent == "compare" and not RIVALS.search(said.shape))):
        return (known.subject, *models)
    return models


def _asks_who_is_ahead(intent: Intent, said: Mentions) -> bool:
    return (
        intent == "leader"
        and len(said.models) == 1
        and bool(ASKS_WHO.search(said.shape))
        and bool(AHEAD_OF.search(said.shape))
    )


def _reporter(said: Mentions) -> str | None:
    """Whose measurement is asked for. A maker's name means its index where no other benchmark is named."""
    if said.reporters:
        return key_of(said.reporters[0])
    return key_of(said.makers[0]) if said.makers and said.benchmarks else None


def _setting(shape: str, known: Vocabulary) -> str | None:
    """The setting asked for, in the words of the results' own settings."""
    both = WITHOUT_TOOLS.search(shape) and WITH_TOOLS.search(WITHOUT_TOOLS.sub("", shape))
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
    versions = [match[0] for match in SETTING_NUMBER.finditer(shape)]
    return ", ".join(part for part in (tools, *modes, *versions) if part) or None


def _leans(said: Mentions, intent: Intent) -> bool:
    """Whether a question leaves something out that the one before it may say."""
    named_without_version = any(not re.search(r"\d", unknown.name) for unknown in said.unknown_models)
    if said.strange or named_without_version or (said.unknown_models and said.benchmarks):
        return False
    shape = said.shape
    if WHY_WHEN.search(shape):
        return False
    leaning = bool(FOLLOWING.search(shape))
    benchmarks = bool(said.benchmarks or said.unknown_benchmarks or said.weak_benchmarks or said.topics)
    models = bool(said.models or said.unknown_models)
    if benchmarks and models:
        return False
    asks = any(pattern.search(shape) for pattern in (CONFLICT, GAP, RANK, SUPERLATIVE, VERSUS, NUMBERS))
    short = len(said.rest) <= 3
    if benchmarks:
        return (intent == "lookup" and (leaning or not asks)) or (intent in ("passage", "list") and leaning)
    if models:
        return (intent == "passage" and (leaning or short or asks)) or bool(GAP.search(shape))
    specific = bool(said.sources or said.reporters or SETTING_ONLY.search(shape))
    return asks or specific or ((leaning and short and not said.rest) and bool(SETTING_ONLY.search(shape)))


def _followed(question: str, said: Mentions, before: Question, known: Vocabulary) -> Question:
    """A leaning question with its empty slots filled by the one before it."""
    past = before.interpreted
    own = bool(said.benchmarks or said.unknown_benchmarks or said.weak_benchmarks or said.topics)
    shape = said.shape
    aspect_only = _aspect(shape) != "all" and ASKS_WHERE.search(shape) and not own and not GAP.search(shape)
    filled = said
    if not own and not aspect_only:
        filled = filled._replace(benchmarks=past.benchmarks, unknown_benchmarks=before.unknown_benchmarks)
    filled = filled._replace(models=_followed_models(filled, past, shape))
    if not filled.models and not filled.unknown_models and not WHO_ONLY.search(shape):
        filled = filled._replace(unknown_models=before.unknown_models)
    intent = _intent(filled, known)
    asks = any(pattern.search(shape) for pattern in (CONFLICT, GAP, RANK, SUPERLATIVE, VERSUS_ONLY))
    if not asks and intent in ("lookup", "compare", "passage", "profile") and past.intent not in ("list", "profile"):
        intent = past.intent if past.intent != "compare" or len(filled.models) > 1 else "lookup"
        if past.intent == "leader" and said.models:
            intent = "lookup"
    if intent == "passage":
        intent = past.intent
    whole = _question(question, filled, intent, known)
    setting = whole.interpreted.setting or (past.setting if not own else None)
    interpreted = whole.interpreted.model_copy(update={"setting": setting})
    interpreted = interpreted.model_copy(update={"question": _spelled_out(interpreted, whole)})
    return whole.model_copy(
        update={
            "interpreted": interpreted,
            "aspect": whole.aspect if asks or whole.aspect != "all" else before.aspect,
            "sources": whole.sources or before.sources,
            "ahead_of": whole.ahead_of,
        }
    )


def _followed_models(said: Mentions, past: Interpreted, shape: str) -> tuple[str, ...]:
    if said.unknown_models and not said.models:
        return past.models[:1] if past.intent in ("compare", "gap") else ()
    if not said.models:
        return () if WHO_ONLY.search(shape) else past.models
    paired = past.intent in ("compare", "gap") or VERSUS_ONLY.search(shape) or GAP.search(shape)
    if paired and past.models and len(said.models) == 1 and said.models[0] != past.models[0]:
        return (past.models[0], *said.models)
    return said.models


def _spelled_out(asked: Interpreted, question: Question) -> str:
    """A follow-up as the complete question that it stands for."""
    models = " and ".join((*asked.models, *(unknown.name for unknown in question.unknown_models)))
    benchmarks = " and ".join((*asked.benchmarks, *(unknown.name for unknown in question.unknown_benchmarks)))
    place = " ".join(part for part in (f"on {benchmarks}" if benchmarks else "", asked.setting or "") if part)
    whose = f" by {question.origin} sources" if question.origin else ""
    match asked.intent:
        case "leader" if question.ahead_of:
            words_ = f"Who is ahead of {question.ahead_of} {place}"
        case "leader":
            words_ = f"Who leads {place}"
        case "rank":
            words_ = f"How do the models rank {place}"
        case "gap":
            words_ = f"How far apart are {models} {place}"
        case "compare":
            words_ = f"How do {models} compare {place}"
        case "conflict":
            words_ = f"Do the sources agree on {models} {place}" if models else f"Do the sources agree {place}"
        case "profile":
            side = {"all": "are the results of", "leads": "leads", "lags": "lags"}[question.aspect]
            words_ = f"What {side} {models}" if question.aspect == "all" else f"Where does {models} {side[:-1]}"
        case _:
            words_ = f"What is the score of {models} {place}" if models else f"What are the scores {place}"
    return f"{' '.join((words_ + whose).split())}?"
