"""A question as it was typed in → the same with its asking words spelt right ("ahaed" is "ahead"), out."""

import re

from bot.asking_words import NEVER_TYPOS, ORDINARY
from bot.spelling import slips_between
from bot.vocabulary import Vocabulary
from index import is_everyday

TYPED = re.compile(r"(?<![\w.’'-])[a-z]{5,}(?![\w’'-]|\.\w)")  # names have capitals, figures and hyphens
SHORTEST = 5  # letters of an asking word that may be meant


def well_asked(question: str, known: Vocabulary) -> str:
    """The question with the one asking word that each misspelt word can mean; names and everyday words stay."""
    named = {*known.model_words, *known.benchmarks, *known.shorthands, *known.models, *known.topics, *known.sources}
    return TYPED.sub(lambda match: _meant(match[0], named), question)


def _meant(typed: str, named: set[str]) -> str:
    if typed in ORDINARY or typed in NEVER_TYPOS or typed in named or is_everyday(typed):
        return typed
    near = [word for word in ORDINARY if len(word) >= SHORTEST and _is_slip(typed, word)]
    swapped = [word for word in near if sorted(word) == sorted(typed)] or near
    return swapped[0] if len(swapped) == 1 else typed


def _is_slip(typed: str, word: str) -> bool:
    return typed[0] == word[0] and slips_between(typed, word) == 1
