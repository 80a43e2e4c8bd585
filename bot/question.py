"""A question, the questions before it and the vocabulary in → what is asked of the benchmark results, out."""

import re
from collections.abc import Sequence

from bot.answer import Intent, Interpreted, Record
from bot.asked_value import AskedValue
from bot.intent import (
    AHEAD_OF,
    ASKS_WHO,
    CONFLICT,
    FOLLOWING,
    GAP,
    INDEPENDENT,
    LAST,
    NUMBERS,
    PRONOUN,
    RANK,
    RIVALS,
    SETTING_ONLY,
    SUPERLATIVE,
    VENDOR,
    VERSUS,
    VERSUS_ONLY,
    WHERE,
    WHO_ONLY,
    WHY_WHEN,
    Aspect,
    Extreme,
    Listing,
    aspect_of,
    extreme_of,
    intent_of,
    listing_again,
    listing_of,
    place_of,
    setting_of,
    value_of,
)
from bot.meaning import meaning
from bot.mention import Mentions, Unknown, find_mentions
from bot.origin_question import ASKS_ORIGIN, asks_origin
from bot.standing_alone import is_definition, is_everywhere, stands_alone, without_existence
from bot.vocabulary import Vocabulary, key_of
from index import Origin

THE_POINT = re.compile(r"\bpoint (?:of|in|to)\b")  # none that is scored
BARE = re.compile(r"^\W*(?:(?:what|how) about|and|so|sorry|ok|show me)?\W*‹[fm]›\W*$")


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
    lowest: bool = False  # who is last?
    extreme: Extreme | None = None
    ahead_of: str | None = None
    place: int | None = None  # who is second?
    sources: tuple[str, ...] = ()
    reporter: str | None = None
    origin: Origin | None = None
    value: AskedValue | None = None  # a number that is to be checked
    asks_origin: bool = False  # who measured it?

    @property
    def is_benchmark(self) -> bool:
        """Whether the results answer it; the passages answer the rest."""
        return self.interpreted.intent != "passage"


def understand(question: str, history: Sequence[str], vocabulary: Vocabulary) -> Question:
    """Read a question; what it leaves out comes from the question before it, where it leans on that."""
    said = meaning(find_mentions(question, vocabulary), vocabulary)
    alone = _question(question, said, intent_of(said, vocabulary), vocabulary)
    if not history:
        return _of_the_model(alone, said, vocabulary)
    if not _leans(said, alone.interpreted.intent):
        return alone
    before = understand(history[-1], history[:-1], vocabulary)
    if before.is_benchmark:
        return _followed(question, said, before, vocabulary)
    if said.models or not PRONOUN.search(said.shape):
        return alone
    said = said._replace(models=find_mentions(history[-1], vocabulary).models)  # "it" is what was spoken of
    return _question(question, said, intent_of(said, vocabulary), vocabulary)


def _of_the_model(alone: Question, said: Mentions, known: Vocabulary) -> Question:
    """A model's name and nothing else asks for what it scored; what all articles are about is more than its scores."""
    asked = alone.interpreted
    bare = len(asked.models) == 1 and len(said.rest) < 3 and not said.strange and not said.sources
    if asked.intent != "passage" or not bare or not BARE.search(said.shape):
        return alone
    if asked.models[0] == known.subject or asked.models[0] not in known.reported_models:
        return alone
    return alone.model_copy(update={"interpreted": asked.model_copy(update={"intent": "profile"})})


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
            setting=setting_of(shape, known),
            question=question,
        ),
        named_topic=bool(said.topics) and topical and not said.weak_benchmarks,
        unknown_benchmarks=said.unknown_benchmarks,
        unknown_models=said.unknown_models,
        read_as=said.read_as,
        aspect=aspect_of(shape),
        listing=listing_of(shape) if intent == "list" else None,
        lowest=bool(LAST.search(shape)),
        extreme=extreme_of(shape),
        ahead_of=ahead_of,
        place=place_of(shape),
        sources=said.sources,
        reporter=_reporter(said),
        value=value_of(said) if intent == "verify" else None,
        asks_origin=intent == "lookup" and asks_origin(shape),
        origin="independent" if INDEPENDENT.search(shape) else "vendor" if VENDOR.search(shape) else None,
    )


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


def _leans(said: Mentions, intent: Intent) -> bool:
    """Whether a question leaves something out that the one before it may say.

    One that is put as a sentence of its own, about something that it names, leaves nothing out.
    """
    named_without_version = any(not re.search(r"\d", unknown.name) for unknown in said.unknown_models)
    if said.strange or named_without_version or (said.unknown_models and said.benchmarks):
        return False
    shape = said.shape
    if WHY_WHEN.search(shape) and not asks_origin(shape):
        return False
    leaning = bool(FOLLOWING.search(without_existence(shape)))
    benchmarks = bool(said.benchmarks or said.unknown_benchmarks or said.weak_benchmarks or said.topics)
    models = bool(said.models or said.unknown_models)
    alone = stands_alone(shape)
    if (benchmarks and models) or (intent == "list" and alone):
        return False
    asks = any(pattern.search(shape) for pattern in (CONFLICT, GAP, RANK, SUPERLATIVE, VERSUS, NUMBERS, ASKS_ORIGIN))
    short = len(said.rest) <= 3
    if benchmarks:
        return not alone and (
            (intent == "lookup" and (leaning or not asks)) or (intent in ("passage", "list") and leaning)
        )
    if models:
        whole = alone and not (asks and not THE_POINT.search(shape))
        return (intent == "passage" and not whole and (leaning or short or asks)) or bool(GAP.search(shape))
    if (leaning and aspect_of(shape) != "all" and len(said.rest) < 4) or listing_again(shape):
        return True
    if is_everywhere(shape) or (is_definition(shape) and not asks):
        return False
    specific = bool(said.sources or said.reporters or SETTING_ONLY.search(shape))
    return asks or specific or ((leaning and short and not said.rest) and bool(SETTING_ONLY.search(shape)))


def _followed(question: str, said: Mentions, before: Question, known: Vocabulary) -> Question:
    """A leaning question with its empty slots filled by the one before it."""
    past = before.interpreted
    again = listing_again(said.shape)
    if past.intent == "list" and again:
        asked = past.model_copy(update={"question": question})
        return before.model_copy(update={"asked": question, "interpreted": asked, "listing": again})
    own = bool(said.benchmarks or said.unknown_benchmarks or said.weak_benchmarks or said.topics)
    shape = said.shape
    aspect_only = aspect_of(shape) != "all" and WHERE.search(shape) and not own and not GAP.search(shape)
    filled = said
    if not own and not aspect_only:
        filled = filled._replace(benchmarks=past.benchmarks, unknown_benchmarks=before.unknown_benchmarks)
    filled = filled._replace(models=_followed_models(filled, past, shape))
    if not filled.models and not filled.unknown_models and not WHO_ONLY.search(shape):
        filled = filled._replace(unknown_models=before.unknown_models)
    intent = intent_of(filled, known)
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
        case "verify" if question.value:
            words_ = f"Is {question.value.written} given for {models} {place}"
        case "profile":
            side = {"all": "are the results of", "leads": "leads", "lags": "lags"}[question.aspect]
            words_ = f"What {side} {models}" if question.aspect == "all" else f"Where does {models} {side[:-1]}"
        case _ if question.asks_origin:
            words_ = f"Who is credited with the score of {models} {place}"
        case _:
            words_ = f"What is the score of {models} {place}" if models else f"What are the scores {place}"
    return f"{' '.join((words_ + whose).split())}?"
