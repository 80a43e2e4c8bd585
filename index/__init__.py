"""Articles in → an index that finds passages and benchmark results in them, out. Others import from here only."""

from index.article import SUFFIXES, Article, Kind, parse_article, read_article
from index.builder import Builder, Report
from index.catalogue import Benchmark, Catalogue, Model, fold, load_catalogue
from index.corpus import SHIPPED, article_files
from index.errors import (
    ArticleError,
    BrokenIndexError,
    BusyError,
    CatalogueError,
    CorpusError,
    EncoderError,
    NoIndexError,
    PressCheckError,
    StorageError,
    StoreError,
)
from index.export import DEFAULT_ENCODER
from index.hit import Hit
from index.names import Names
from index.passage import Passage
from index.reader import Index
from index.result import BenchmarkResult, Origin
from index.sentence import sentences
from index.store import Store
from index.words import terms

__all__ = [
    "DEFAULT_ENCODER",
    "SHIPPED",
    "SUFFIXES",
    "Article",
    "ArticleError",
    "Benchmark",
    "BenchmarkResult",
    "BrokenIndexError",
    "Builder",
    "BusyError",
    "Catalogue",
    "CatalogueError",
    "CorpusError",
    "EncoderError",
    "Hit",
    "Index",
    "Kind",
    "Model",
    "Names",
    "NoIndexError",
    "Origin",
    "Passage",
    "PressCheckError",
    "Report",
    "StorageError",
    "Store",
    "StoreError",
    "article_files",
    "fold",
    "load_catalogue",
    "parse_article",
    "read_article",
    "sentences",
    "terms",
]
