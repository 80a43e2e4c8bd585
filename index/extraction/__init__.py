"""An article in → the benchmark results that it states, in reading order, out."""

from index.article import Article
from index.block import blocks
from index.catalogue import Catalogue
from index.extraction.credit import Credits
from index.extraction.finding import Finding
from index.extraction.prose import Reader
from index.extraction.table import table_findings
from index.names import Names
from index.result import BenchmarkResult

READING = 1  # raised when the same article gives other results, so that indexes read it again


def read_results(article: Article, catalogue: Catalogue) -> tuple[BenchmarkResult, ...]:
    """Every result of an article, each stated place once. Time grows with the text's length."""
    names = Names(catalogue)
    reader = Reader(article.text, names)
    findings: list[Finding] = []
    for block in blocks(article.text):
        if block.kind == "heading":
            findings.extend(reader.heading(block.start, block.end))
        elif block.kind == "table":
            findings.extend(table_findings(article.text, block.start, block.end, names))
        else:
            findings.extend(reader.paragraph(block.start, block.end, is_list=block.kind == "list"))
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
