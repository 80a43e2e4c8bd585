"""A question as it was typed in → the same with its asking words spelt right ("ahaed" is "ahead"), out."""

import re

from bot.asking_words import NEVER_TYPOS, ORDINARY
from bot.spelling import slips_between
from bot.vocabulary import Vocabulary
from index import is_everyday

TYPED = re.compile(r"(?<![\w.’'-])[a-z]{3,}(?![\w’'-]|\.\w)")  # names have capitals, figures and hyphens
SHORT = 4  # letters up to which only two neighbours may have changed places


def well_asked(question: str, known: Vocabulary) -> str:
    """The question with the one asking word that each misspelt word can mean; names and everyday words stay."""
    named = {*known.model_words, *known.benchmarks, *known.shorthands, *known.models, *known.topics, *known.sources}
    return TYPED.sub(lambda match: _meant(match[0], named), question)


def _meant(typed: str, named: set[str]) -> str:
    if typed in ORDINARY or typed in NEVER_TYPOS or typed in named or is_everyday(typed):
        return typed
    near = [word for word in ORDINARY if typed[0] == word[0] and _is_slip(typed, word)]
    swapped = [word for word in near if sorted(word) == sorted(typed)] or near
    return swapped[0] if len(swapped) == 1 else typed


def _is_slip(typed: str, word: str) -> bool:
    if len(typed) <= SHORT:
        apart = [at for at, (one, other) in enumerate(zip(typed, word, strict=False)) if one != other]
        return sorted(typed) == sorted(word) and len(apart) == 2 and apart[1] - apart[0] == 1
    return len(word) > SHORT and slips_between(typed, word) == 1
