"""An article in → the benchmark results that it states, in reading order, out."""

from collections.abc import Callable, Iterator

from index.block import blocks
from index.catalogue import Catalogue
from index.documents.article import Article
from index.extraction.credit import Credits
from index.extraction.direction import direction
from index.extraction.finding import Finding
from index.extraction.prose import Reader, unified
from index.extraction.table import table_findings
from index.extraction.tables import tables
from index.names import Names
from index.result import BenchmarkResult

READING = 15  # raised when the same article gives other results, so that indexes read it again


def read_results(
    article: Article, catalogue: Catalogue, beat: Callable[[], None] = lambda: None
) -> tuple[BenchmarkResult, ...]:
    """Every result of an article, each stated place once. Time grows with the text's length; `beat` is called often."""
    heard = article.model_copy(update={"text": article.said})  # its places are the article's
    names = Names(catalogue).learned(heard.text, article.title)
    credited = Credits(heard, names)
    once: dict[tuple[str, str, int], BenchmarkResult] = {}
    for finding in unified(_findings(heard, names, beat)):
        beat()
        reported_by, origin = credited.of(finding)
        once.setdefault(
            (finding.benchmark, finding.model, finding.at),
            BenchmarkResult(
                benchmark=finding.benchmark,
                model=finding.model,
                value=finding.number.value,
                unit=finding.number.unit or names.units.get(finding.benchmark, "score"),
                setting=finding.setting,
                approximate=finding.number.approximate,
                source=article.id,
                reported_by=reported_by,
                origin=origin,
                start=finding.start,
                end=finding.end,
                quote=article.text[finding.start : finding.end],
                higher_is_better=_higher_is_better(finding),
            ),
        )
    return tuple(sorted(once.values(), key=lambda result: (result.start, result.end)))


def _higher_is_better(finding: Finding) -> bool | None:
    said = finding.higher_is_better
    return direction(finding.benchmark) if said is None else said


def _findings(article: Article, names: Names, beat: Callable[[], None]) -> Iterator[Finding]:
    grids, rest = tables(article.text, names)
    reader = Reader(rest, article.title, names)
    waiting = iter(grids)
    grid = next(waiting, None)
    for block in blocks(rest):
        beat()
        while grid is not None and grid.start < block.end:
            yield from table_findings(grid, names, reader.scene(grid.start))
            grid = next(waiting, None)
        if block.kind == "heading":
            yield from reader.heading(
                block.start, block.end, block.level if rest[block.start : block.end].lstrip().startswith("#") else 0
            )
        elif rest[block.start : block.end].strip():
            yield from reader.paragraph(block.start, block.end)
    while grid is not None:
        yield from table_findings(grid, names, reader.scene(grid.start))
        grid = next(waiting, None)
