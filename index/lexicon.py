"""A word in → whether everyday English has it, out."""

import json
from functools import lru_cache
from pathlib import Path

PIECES = Path(__file__).parent / "judge" / "tokenizer.json"


def is_everyday(word: str) -> bool:
    """Is this word, in small letters, one that the judge's tokenizer has whole? It has the 20,000 most frequent."""
    return word in _whole()


@lru_cache(maxsize=1)  # read when a question first holds a word that may be a name
def _whole() -> frozenset[str]:
    pieces = json.loads(PIECES.read_text(encoding="utf-8"))["model"]["vocab"]
    return frozenset(piece for piece in pieces if piece.isalpha())
