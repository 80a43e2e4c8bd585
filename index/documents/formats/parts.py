"""A file that packs parts, as books and Word documents do, in → the bytes of a part, out."""

import io
import zipfile
import zlib

from index.documents.formats import MAX_BYTES
from index.errors import ArticleError


class Parts:
    """The parts of a packed file, by name. Together they unpack to at most MAX_BYTES, whatever sizes they state."""

    def __init__(self, data: bytes, where: str) -> None:
        self._where = where
        self._left = MAX_BYTES
        try:
            self._file = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise self._broken(error) from error

    def read(self, name: str) -> bytes | None:
        """A part's bytes; None where there is none of that name. Raises ArticleError."""
        try:
            with self._file.open(name) as part:
                content = part.read(self._left + 1)
        except KeyError:
            return None
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
            raise self._broken(error) from error
        self._left -= len(content)
        if self._left < 0:
            raise ArticleError(f"{self._where}: unpacks to more than {MAX_BYTES / 1e6:.0f} MB. Split it.")
        return content

    def needed(self, name: str) -> bytes:
        """A part without which the file is none of its kind. Raises ArticleError."""
        content = self.read(name)
        if content is None:
            raise ArticleError(f"{self._where}: the file has no part {name!r}. Save it again, or as text.")
        return content

    def _broken(self, error: Exception) -> ArticleError:
        return ArticleError(f"{self._where}: the file is broken or locked ({error}). Save it again, or as text.")
