"""What can go wrong: a reason with the value seen, in → one typed error that names the next step, out."""


class PressCheckError(Exception):
    """Something a person can put right. `str(error)` is one sentence for them; logs carry the cause."""


class ArticleError(PressCheckError):
    """A file can't become an article: unreadable, not text, too large, or its front matter is wrong."""


class CorpusError(PressCheckError):
    """A corpus folder is missing, empty or names two articles alike."""


class CatalogueError(PressCheckError):
    """`benchmarks.yaml` or `models.yaml` is not as it should be; names the file and the line."""


class EncoderError(PressCheckError):
    """The encoder is missing, or its weights are not the ones that their digest promises."""


class StoreError(PressCheckError):
    """The index folder holds no usable index."""


class NoIndexError(StoreError):
    """There is no index yet."""


class BrokenIndexError(StoreError):
    """An index is there but damaged, from another encoder, or from a newer version."""


class NewerIndexError(BrokenIndexError):
    """An index of a newer version: not to be read, and not to be written over."""


class LedgerError(StoreError):
    """The list of what was added and removed is damaged."""


class LostError(StoreError):
    """Something that was added or removed can't be read any more, neither from its bytes nor from the index."""


class BusyError(StoreError):
    """Another process is writing this index."""


class StorageError(StoreError):
    """The folder can't be written: no room, no permission."""


class StoppedError(PressCheckError):
    """Whoever is told of the progress wants no more of it. The index stays as it was."""
