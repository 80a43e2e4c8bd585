"""A benchmark result in → its number in the words of its article, out."""

import re
from collections.abc import Sequence

from index import BenchmarkResult

NUMBER = re.compile(
    r"(\d{1,3}(?:[\u00a0\u2009\u202f ]\d{3})+(?![.,]?\d)|\d[\d,.]*\d|\d)"
    r"(?:[\s-]?(million|billion|thousand|mn|bn|[kmb])\b)?(\s?[%٪％])?",
    re.IGNORECASE,
)
SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9}
SPELLED = re.findall(
    r"\S+",
    """
    no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty
""",
)
ORDINALS = re.findall(r"\S+", "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth")


def written(result: BenchmarkResult) -> str:
    """The number as the quote has it: "58 million", "1,444", "42.8%"; never a digit that the quote lacks."""
    match = number_in_quote(result)
    if match is None:
        return plain_number(result.value)
    said = " ".join(match[0].split())
    return f"~{said}" if result.approximate else said


def number_in_quote(result: BenchmarkResult) -> re.Match[str] | None:
    """Where the quote has the number: after the model's name, where that is possible."""
    found = [match for match in NUMBER.finditer(result.quote) if _equal(match, result.value)]
    if not found:
        found = [match for match in _glued(result.quote) if _equal(match, result.value)]
    name = result.quote.casefold().find(result.model.casefold().split()[-1])
    after = [match for match in found if match.start() > name]
    return next(iter(after or found), None)


def plain_number(value: float) -> str:
    """A number that is not quoted: a difference, with the digits that it needs."""
    return f"{value:,.4f}".rstrip("0").rstrip(".")


def spelled(count: int) -> str:
    """A count in words, so that every figure on the screen is an article's."""
    return SPELLED[count] if 0 < count < len(SPELLED) else "no" if count == 0 else "many"


def counted(count: int, thing: str) -> str:
    """ "1 article", "3 articles"."""
    return f"{count} {thing}{'s' if count != 1 else ''}"


def ordinal(place: int) -> str:
    """A place in words."""
    return ORDINALS[place - 1] if 0 < place <= len(ORDINALS) else "further down"


def listed(names: Sequence[str]) -> str:
    """Names as in a sentence: "A, B and C"."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _glued(quote: str) -> list[re.Match[str]]:
    """Numbers run together with a name's version: the end of "GPT-5.457" is 57."""
    return [match for at in range(len(quote)) if quote[at].isdigit() and (match := NUMBER.match(quote, at))]


def _equal(match: re.Match[str], value: float) -> bool:
    scale = SCALES.get((match[2] or "").lower(), 1.0)
    digits = re.sub(r"\s", "", match[1]).rstrip(".,")
    readings = {digits.replace(",", ""), digits.replace(".", "").replace(",", ".")}
    for reading in readings:
        try:
            if abs(float(reading) * scale - value) <= 1e-9 * max(1.0, abs(value)):
                return True
        except ValueError:
            continue
    return False
