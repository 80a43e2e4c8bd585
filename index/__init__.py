"""Articles in → an index that finds passages and benchmark results in them, out. Others import from here only.

A name's home is imported when the name is first used: a list of results needs neither FAISS nor ONNX Runtime.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.additions import read_added
    from index.builder import Builder, Report
    from index.catalogue import Benchmark, Catalogue, Model, fold, load_catalogue
    from index.documents.article import Article, Kind
    from index.documents.corpus import SHIPPED, article_files, corpus_files, read_corpus
    from index.documents.document import Original, parse_article, read_article
    from index.documents.formats import MAX_BYTES, SUFFIXES, stem_of, suffix_of
    from index.documents.left_out import LeftOut
    from index.errors import (
        ArticleError,
        BrokenIndexError,
        BusyError,
        CatalogueError,
        CorpusError,
        EncoderError,
        LedgerError,
        LostError,
        NewerIndexError,
        NoIndexError,
        PressCheckError,
        StoppedError,
        StorageError,
        StoreError,
    )
    from index.export import DEFAULT_ENCODER
    from index.hit import Hit, Sentence
    from index.lexicon import is_everyday
    from index.library import Added
    from index.model_name import EFFORTS, identity, joined, plain, versioned
    from index.names import Names
    from index.passage import Passage
    from index.reader import Index
    from index.result import BenchmarkResult, Origin
    from index.said import said_text
    from index.sanitize import ascii_controls, foreign, visible
    from index.sentence import sentences
    from index.statement import ITEM_MARK
    from index.store import Store
    from index.takeout import take_out
    from index.term import terms
    from index.watcher import Changes, Watcher

HOMES = {
    "additions": ("read_added",),
    "builder": ("Builder", "Report"),
    "catalogue": ("Benchmark", "Catalogue", "Model", "fold", "load_catalogue"),
    "documents.article": ("Article", "Kind"),
    "documents.corpus": ("SHIPPED", "article_files", "corpus_files", "read_corpus"),
    "documents.document": ("Original", "parse_article", "read_article"),
    "documents.formats": ("MAX_BYTES", "SUFFIXES", "stem_of", "suffix_of"),
    "documents.left_out": ("LeftOut",),
    "errors": (
        "ArticleError",
        "BrokenIndexError",
        "BusyError",
        "CatalogueError",
        "CorpusError",
        "EncoderError",
        "LedgerError",
        "LostError",
        "NewerIndexError",
        "NoIndexError",
        "PressCheckError",
        "StoppedError",
        "StorageError",
        "StoreError",
    ),
    "export": ("DEFAULT_ENCODER",),
    "hit": ("Hit", "Sentence"),
    "model_name": ("EFFORTS", "identity", "joined", "plain", "versioned"),
    "lexicon": ("is_everyday",),
    "library": ("Added",),
    "names": ("Names",),
    "passage": ("Passage",),
    "reader": ("Index",),
    "result": ("BenchmarkResult", "Origin"),
    "said": ("said_text",),
    "sanitize": ("ascii_controls", "foreign", "visible"),
    "sentence": ("sentences",),
    "statement": ("ITEM_MARK",),
    "store": ("Store",),
    "takeout": ("take_out",),
    "term": ("terms",),
    "watcher": ("Changes", "Watcher"),
}

__all__ = [
    "DEFAULT_ENCODER",
    "EFFORTS",
    "ITEM_MARK",
    "MAX_BYTES",
    "SHIPPED",
    "SUFFIXES",
    "Added",
    "Article",
    "ArticleError",
    "Benchmark",
    "BenchmarkResult",
    "BrokenIndexError",
    "Builder",
    "BusyError",
    "Catalogue",
    "CatalogueError",
    "Changes",
    "CorpusError",
    "EncoderError",
    "Hit",
    "Index",
    "Kind",
    "LedgerError",
    "LeftOut",
    "LostError",
    "Model",
    "Names",
    "NewerIndexError",
    "NoIndexError",
    "Origin",
    "Original",
    "Passage",
    "PressCheckError",
    "Report",
    "Sentence",
    "StoppedError",
    "StorageError",
    "Store",
    "StoreError",
    "Watcher",
    "article_files",
    "ascii_controls",
    "corpus_files",
    "fold",
    "foreign",
    "identity",
    "is_everyday",
    "joined",
    "load_catalogue",
    "parse_article",
    "plain",
    "read_added",
    "read_article",
    "read_corpus",
    "said_text",
    "sentences",
    "stem_of",
    "suffix_of",
    "take_out",
    "terms",
    "versioned",
    "visible",
]


def __getattr__(name: str) -> object:
    for home, names in HOMES.items():
        if name in names:
            value = getattr(import_module(f"index.{home}"), name)
            globals()[name] = value  # the next use finds it without asking
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
