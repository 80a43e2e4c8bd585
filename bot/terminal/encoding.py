"""Marks that the terminal's encoding lacks in → the nearest that it has, each as wide as the mark, out."""

import codecs
import sys
import unicodedata

NAME = "presscheck.nearest"
NEAREST = {
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("‘’‹›", "'"),
    **dict.fromkeys("–—−‑", "-"),
    **dict.fromkeys("·•", "*"),
    **dict.fromkeys("█▉▊▋▌▍▎▏━╸╺", "#"),
    "≠": "!",
    "…": ".",
    "×": "x",
    "→": ">",
    "↓": "v",
    "✓": "+",
    "✗": "x",
    "τ": "t",
}


def write_nearest() -> None:
    """From now on stdout and stderr get the nearest mark for what they can't encode, instead of an error."""
    codecs.register_error(NAME, _nearest)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=NAME)


def _nearest(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(nearest, error.object[error.start : error.end])), error.end


def nearest(mark: str) -> str:
    """One ASCII mark for one that is not."""
    plain = NEAREST.get(mark) or unicodedata.normalize("NFKD", mark)[:1]
    return plain if plain.isascii() and plain.isprintable() else "?"
