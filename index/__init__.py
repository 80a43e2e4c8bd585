"""Articles in → an index that finds passages and benchmark results in them, out. Others import from here only."""

from index.article import Article, Kind, parse_article, read_article
from index.result import BenchmarkResult, Origin

__all__ = [
    "Article",
    "BenchmarkResult",
    "Kind",
    "Origin",
    "parse_article",
    "read_article",
]
