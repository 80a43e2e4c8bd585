"""A file's bytes in → its text, out, whatever encoding it is in. Home of charset-normalizer."""

import codecs
import re

from index.errors import ArticleError

# UTF-32 stands before UTF-16, whose little-endian mark its own begins with.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARED = re.compile(
    rb"<\?xml[^>]{0,80}encoding\s*=\s*[\"']([\w.:-]{2,30})|<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]{2,30})", re.I
)
HEAD = 4_096  # bytes in which a page declares its charset; the standard asks for the first 1,024
# Browsers read these names as the encodings that contain them, and so do the people who save pages.
WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
SAMPLE = 200_000  # bytes that the detector looks at
LONE = 0.6  # share of non-ASCII bytes that stand alone in a text of Western letters; in others they come in runs
ZEROS = 0.3  # share of zero bytes at even or odd places from which a text is UTF-16 without a mark
STRANGE = re.compile("[\udc80-\udcff]")  # how Python keeps a byte that is not UTF-8
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
RUNS = re.compile(rb"[\x80-\xff]+")
PUNCTUATION = range(0x80, 0xA0)  # quotes and dashes of Windows-1252


def decoded(data: bytes, where: str) -> str:
    """The text, `\\r\\n` read as `\\n`. Raises ArticleError for bytes that are no text."""
    text = _marked(data) if data else ""
    if text is None:
        text = _utf16(data) or _utf8(data) or _declared(data) or _mended(data) or _detected(data)
    if text is None:
        raise ArticleError(
            f"{where}: not a text file, or in an encoding that can't be told. Save it as UTF-8 and try again."
        )
    if "\0" in text:
        raise ArticleError(f"{where}: not a text file (it holds a zero byte). Save it as UTF-8 text and try again.")
    return text.replace("\r\n", "\n")


def read_as(data: bytes, charset: str) -> str | None:
    """The text in a named charset; None where that is unknown or doesn't fit."""
    try:
        name = codecs.lookup(charset).name
        return data.decode(WIDER.get(name, name))
    except (LookupError, UnicodeError):
        return None


def _marked(data: bytes) -> str | None:
    mark, encoding = next((each for each in MARKS if data.startswith(each[0])), (b"", ""))
    if encoding == "utf-8":
        return _utf8(data[len(mark) :]) or _mended(data[len(mark) :])
    try:
        return data[len(mark) :].decode(encoding) if encoding else None
    except UnicodeDecodeError:
        return None


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: letters of most languages have a zero byte beside them, always on one side."""
    head = data[:HEAD]
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if len(data) % 2 == 0 and zeros.count(0) > ZEROS * len(zeros) and head.count(0) < 1.1 * zeros.count(0):
            return read_as(data, encoding)
    return None


def _utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _declared(data: bytes) -> str | None:
    match = DECLARED.search(data[:HEAD])
    return read_as(data, (match[1] or match[2]).decode("ascii")) if match else None


def _mended(data: bytes) -> str | None:
    """UTF-8 into which bytes of Windows-1252 were pasted: curly quotes, most of the time."""
    text = data.decode("utf-8", errors="surrogateescape")
    strange = [ord(character) - 0xDC00 for character in STRANGE.findall(text)]
    good = len(NOT_ASCII.findall(text)) - len(strange)
    if good >= len(strange) or (good and all(byte in PUNCTUATION for byte in strange)):
        return STRANGE.sub(lambda match: bytes([ord(match[0]) - 0xDC00]).decode("cp1252", errors="replace"), text)
    return None


def _detected(data: bytes) -> str | None:
    import charset_normalizer  # most files are UTF-8

    if _is_western(data):
        return data.decode("cp1252", errors="replace")
    best = charset_normalizer.from_bytes(data[:SAMPLE]).best()
    return read_as(data, best.encoding) if best else None


def _is_western(data: bytes) -> bool:
    runs = [len(run) for run in RUNS.findall(data[:SAMPLE])]
    return runs.count(1) > LONE * sum(runs)
