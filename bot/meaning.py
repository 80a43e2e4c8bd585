"""What a question names in → the same with what other words stand for (a maker for its models), out."""

import re

from bot.asked_value import WHO_SAYS
from bot.intent import LAGS, LEADS, NUMBERS, PLENTY, RANK, SCORED, SUPERLATIVE, VALUE, VERSUS
from bot.mention import BENCHMARK_LIKE, Mentions, Unknown
from bot.vocabulary import Vocabulary, key_of

# Products that people name where they mean a model; which model answers in them changes.
ASSISTANTS = frozenset({"chatgpt", "copilot", "bard", "perplexity", "siri", "alexa"})
STATING = re.compile(r"\b(?:which|what) (?:source|article|outlet|publication)s?\b")
BARE_NUMBERS = re.compile(
    r"\W*(?:(?:the|all|any|your|some|show|me|give|us|please|pls|what|are|is|list|of)\W+)*"
    r"(?:benchmarks?|scores?|numbers?|results?|stats|evals?|benchmark (?:scores?|results?|numbers?))"
    r"(?:\W+(?:please|pls|thanks|overview|table|summary|then|now))*\W*"
)
WHERE_IT = re.compile(r"\b(?:where|on what|at what|in what|(?:in|on|at) which)\b.*\bit\b")
ELO = re.compile(r"\belo\b")
REPORTER_SCORED = re.compile(r"\b(?:did|does|has|how|is) ‹r› (?:get|got|score[sd]?|do|doing|reach|have|achieve[sd]?)\b")


def meaning(said: Mentions, known: Vocabulary) -> Mentions:
    """Every word read as the name that it stands for, where it stands where a name would."""
    said = _with_elo(_with_unknown_benchmark(said), known)
    return _with_subject(_with_value(_with_unknown_model(_with_makers(said, known)), known), known)


def _with_value(said: Mentions, known: Vocabulary) -> Mentions:
    """ "Who says 36.2": a number that is stated for one thing only names it."""
    if said.benchmarks or said.unknown_benchmarks or said.unknown_models or said.topics:
        return said
    stated = {pair for match in VALUE.finditer(said.shape) for pair in known.values.get(float(match[0]), ())}
    meant = sorted(pair for pair in stated if not said.models or pair[1] in said.models)
    if len(meant) != 1:
        return said
    (benchmark, model), *_ = meant
    shape = said.shape if WHO_SAYS.search(said.shape) else STATING.sub(" ", said.shape)
    return said._replace(benchmarks=(benchmark,), models=(model,), shape=shape)


def _with_subject(said: Mentions, known: Vocabulary) -> Mentions:
    """ "Where does it lag?" and a bare "benchmarks?" are about the model that the articles are about."""
    named = said.models or said.unknown_models or said.benchmarks or said.unknown_benchmarks or said.topics
    if named or said.strange or said.sources or said.reporters or known.subject is None:
        return said
    bare = BARE_NUMBERS.fullmatch(said.shape)
    side = WHERE_IT.search(said.shape) and (LEADS.search(said.shape) or LAGS.search(said.shape))
    return said._replace(models=(known.subject,)) if bare or side else said


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


def _with_elo(said: Mentions, known: Vocabulary) -> Mentions:
    """ "The elo of opus" asks for the benchmarks that are counted so."""
    if said.benchmarks or said.unknown_benchmarks or said.topics or not ELO.search(said.shape):
        return said
    if not said.models and not (SUPERLATIVE.search(said.shape) or RANK.search(said.shape)):
        return said
    return said._replace(benchmarks=known.rated)


def _with_makers(said: Mentions, known: Vocabulary) -> Mentions:
    """ "OpenAI vs Google on GPQA" is about their models; beside a model's name a maker is one who says something."""
    compared = VERSUS.search(said.shape)
    spoken = said.reporters if compared or REPORTER_SCORED.search(said.shape) else ()
    makers = [word for word in dict.fromkeys((*said.rest, *map(key_of, spoken))) if word in known.developers]
    asks = said.benchmarks or (said.topics and compared)
    if not makers or not asks or ((said.models or said.unknown_models) and not compared):
        return said
    models, unknown = list(said.models), list(said.unknown_models)
    for maker in makers:
        own = known.developers[maker]
        if set(own) & set(models):
            continue
        reported = [model for model in own if model in known.reported_models]
        pairs = [model for model in reported if any((name, model) in known.pairs for name in said.benchmarks)]
        models += pairs or reported
        unknown += [] if reported else [Unknown(maker, ())]
    strange = tuple(word for word in said.strange if word not in makers)
    reporters = tuple(name for name in said.reporters if key_of(name) not in makers)
    return said._replace(models=tuple(models), unknown_models=tuple(unknown), strange=strange, reporters=reporters)


def _with_unknown_model(said: Mentions) -> Mentions:
    """A word that nobody knows, where a model's name would stand: "zorblatt on gpqa"."""
    if not said.benchmarks or said.unknown_models:
        return said
    named = [word for word in said.strange if word in ASSISTANTS]
    if not named and not said.models and len(said.strange) == 1 and _stands_for_a_model(said.strange[0], said.shape):
        named = list(said.strange)
    strange = tuple(word for word in said.strange if word not in named)
    return said._replace(unknown_models=tuple(Unknown(word, ()) for word in named), strange=strange)


def _stands_for_a_model(word: str, shape: str) -> bool:
    name = rf"{re.escape(word)}(?:['’]?s)?(?:\s+[\d.]+)?"
    scoring = r"(?:get|gets|got|score|scores|scored|have|has|reach|do|did|perform)"
    return bool(
        re.search(
            rf"(?:^|\b(?:did|does|of|for|by|about|is|was)\s+){name}\s+(?:{scoring}\s+)?(?:on|at|in)\s+(?:the\s+)?‹b›",
            shape,
        )
        or re.search(rf"‹b›\s+(?:{NUMBERS.pattern}\s+)?(?:of|for|by)\s+{name}\W*$", shape)
    )
