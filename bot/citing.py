"""The facts of an answer in → marks for its text and the citations they stand for, numbered in order of use, out."""

from collections.abc import Iterable, Mapping, Sequence

from bot.answer import Citation, Fact
from bot.citation import cite
from index import Article, BenchmarkResult

LONGEST_SHARED = 700  # characters of a quote that may stand for the shorter ones inside it


class Citing:
    """Gives each quote its number when the text first uses it."""

    def __init__(self, results: Iterable[BenchmarkResult], articles: Mapping[str, Article]) -> None:
        """`results` are all that the text may cite; a quote inside another one shares its citation."""
        self._articles = articles
        self._places = _shared_places(results)
        self._numbers: dict[tuple[str, int, int], int] = {}

    def marks(self, results: Iterable[BenchmarkResult]) -> str:
        """ "[1][2]": the citations that show these results."""
        numbers = sorted({self._number(result) for result in results})
        return "".join(f"[{number}]" for number in numbers)

    def fact(self, result: BenchmarkResult) -> Fact:
        """The result as a fact, with its citation's number if the text has used it."""
        number = self._numbers.get(self._place(result))
        return Fact(**result.model_dump(), citation=number)

    def citations(self) -> tuple[Citation, ...]:
        """Everything that the text has cited."""
        return tuple(
            cite(number, self._articles[source], start, end) for (source, start, end), number in self._numbers.items()
        )

    def _number(self, result: BenchmarkResult) -> int:
        return self._numbers.setdefault(self._place(result), len(self._numbers) + 1)

    def _place(self, result: BenchmarkResult) -> tuple[str, int, int]:
        own = (result.source, result.start, result.end)
        return self._places.get(own, own)


def _shared_places(results: Iterable[BenchmarkResult]) -> dict[tuple[str, int, int], tuple[str, int, int]]:
    places = sorted({(result.source, result.start, result.end) for result in results})
    return {place: _home(place, places) for place in places}


def _home(place: tuple[str, int, int], places: Sequence[tuple[str, int, int]]) -> tuple[str, int, int]:
    source, start, end = place
    homes = [
        other
        for other in places
        if other[0] == source and other[1] <= start and end <= other[2] and other[2] - other[1] <= LONGEST_SHARED
    ]
    return max(homes, key=lambda home: (home[2] - home[1], -home[1]), default=place)
