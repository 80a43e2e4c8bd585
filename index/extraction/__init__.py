"""An article in → the benchmark results that it states, in reading order, out."""

from collections.abc import Iterator, Sequence

from index.article import Article
from index.block import blocks
from index.catalogue import Catalogue
from index.extraction.credit import Credits
from index.extraction.finding import Finding
from index.extraction.grid import Grid, html_tables, markdown_grid
from index.extraction.prose import Reader
from index.extraction.table import table_findings
from index.names import Names
from index.result import BenchmarkResult

READING = 2  # raised when the same article gives other results, so that indexes read it again


def read_results(article: Article, catalogue: Catalogue) -> tuple[BenchmarkResult, ...]:
    """Every result of an article, each stated place once. Time grows with the text's length."""
    names = Names(catalogue)
    reader = Reader(article.text, names)
    findings: list[Finding] = []
    tables = html_tables(article.text)
    for _, _, grid in tables:
        findings.extend(table_findings(grid, names))
    for block in blocks(article.text):
        for start, end in _outside(block.start, block.end, tables):
            if block.kind == "heading":
                findings.extend(reader.heading(start, end))
            elif block.kind == "table" and (pipes := markdown_grid(article.text, start, end)):
                findings.extend(table_findings(pipes, names))
            elif block.kind != "table":
                findings.extend(reader.paragraph(start, end, is_list=block.kind == "list"))
    credited = Credits(article, names)
    once: dict[tuple[str, str, int], BenchmarkResult] = {}
    for finding in findings:
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
            ),
        )
    return tuple(sorted(once.values(), key=lambda result: (result.start, result.end)))


def _outside(start: int, end: int, tables: Sequence[tuple[int, int, Grid]]) -> Iterator[tuple[int, int]]:
    """The stretches of text[start:end] that are in no HTML table."""
    for first, last, _ in tables:
        if last <= start or first >= end:
            continue
        if start < first:
            yield start, first
        start = max(start, last)
    if start < end:
        yield start, end
