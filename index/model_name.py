"""A model's name, however it is written, in → what tells it from every other; results of one model → one name, out."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from functools import lru_cache

from index.catalogue import SIGNS
from index.result import BenchmarkResult

# Characters that are written for a hyphen and for a blank.
HYPHENS = "\u00ad\u2010\u2011\u2012\u2212\u2043\ufe58\ufe63\uff0d"
BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
LOOKALIKES = str.maketrans(HYPHENS + BLANKS, "-" * len(HYPHENS) + " " * len(BLANKS))
# A dash parts what it stands between, but in "GPT–5.4" it is a hyphen.
DASH = re.compile(r"(?<=[^\W\d_])[–—](?=\d)")
# "gpt-5-4" and "claude-opus-4-5-20251101" write a version's dot as a hyphen; "llama-3-8b" has a size behind it, and
# "r1-05-28" a date.
HYPHENED = re.compile(
    r"(?P<before>[^\W\d_][\s-]?)(?P<major>\d{1,2})-(?P<minor>\d|[1-9]\d)(?![\w.]|-\d{1,2}(?![\dBbMmKk]))"
)
TOKEN = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)*|\+")
EFFORTS = ("xhigh", "x-high", "high", "medium", "low", "minimal")
EFFORT = re.compile(rf"[\s-]*(?:[\s-]\(?|\()(?P<effort>{'|'.join(EFFORTS)})\)?\Z", re.IGNORECASE)
# "GPT-5.4 high scores" has high scores.
EFFORT_BEHIND = re.compile(
    rf"(?:[\s-]({'|'.join(EFFORTS)})|\s\(({'|'.join(EFFORTS)})\))(?![\w-])"
    r"(?!\s+(?:scores?|accurac\w+|marks?|numbers?|results?|costs?|prices?|latency|performance|quality|end|effort"
    r"|reasoning|compute|thinking|mode|setting)\b)",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """A text with one hyphen and one blank for all that look like them; each character keeps its place."""
    return text if text.isascii() else DASH.sub("-", text.translate(LOOKALIKES))


def versioned(name: str) -> str:
    """A model's name with a dot in its version where a hyphen stands for it; each character keeps its place."""
    return HYPHENED.sub(lambda match: f"{match['before']}{match['major']}.{match['minor']}", plain(name))


@lru_cache(maxsize=20_000)  # each name in a text is compared with every known one
def identity(name: str) -> str:
    """One spelling for all that differ in case, blanks, hyphens or a version's dot.

    "GPT-5.4", "gpt 5.4", "GPT5.4" and "gpt-5-4" are one. Numbers beside each other stay apart: Llama 3 8B is not
    Llama 38B.
    """
    decomposed = unicodedata.normalize("NFKD", versioned(name).translate(SIGNS)).casefold()
    return joined(TOKEN.findall(decomposed))


def joined(words: Sequence[str]) -> str:
    """Words as one, with a hyphen between numbers."""
    whole = ""
    for word in words:
        whole += f"-{word}" if whole[-1:].isdigit() and word[0].isdigit() else word
    return whole


def parted(name: str, known: Collection[str], sizes: Collection[str]) -> tuple[str, str | None]:
    """A model's name without the effort that it was run with, and that effort: "GPT-5.4 xhigh" is GPT-5.4.

    A name among the `known` identities is whole. Efforts follow a version; "medium" is a size in families that have
    others beside it (`sizes`): Phi-3-medium.
    """
    match = EFFORT.search(name)
    if match is None or identity(name) in known or not re.search(r"\d", name[: match.start()]):
        return name, None
    effort, family = match["effort"].casefold(), re.match(r"[^\W\d_]*", name)
    if effort == "medium" and family and family[0].casefold() in sizes:
        return name, None
    return name[: match.start()], effort.replace("-", "")


def one_name_each(results: Sequence[BenchmarkResult]) -> tuple[BenchmarkResult, ...]:
    """Results of articles that spell a model in several ways, under the spelling that most of them have.

    Of spellings that are as frequent the first stays. Names of the catalogue are one already.
    """
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for result in results:
        spellings[identity(result.model)][result.model] += 1
    names = {key: counted.most_common(1)[0][0] for key, counted in spellings.items()}
    return tuple(
        result if (name := names[identity(result.model)]) == result.model else result.model_copy(update={"model": name})
        for result in results
    )
