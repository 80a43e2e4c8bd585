"""Text that somebody else wrote, made safe to show: it can't steer a terminal, reverse a line or pose as our citation.

Places in an article count the characters of its text as it is, so the text itself stays unchanged; what is shown of it
passes through here.
"""

import re

PICTURES = 0x2400  # the Unicode block of control pictures: ␀ stands for U+0000, ␛ for U+001B
DELETE, DELETE_PICTURE = 0x7F, "␡"
REPLACEMENT = "\ufffd"
# C1 controls have no pictures. Overrides and isolates reorder what a reader sees; separators break a line unseen.
UNPICTURED = [*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028, 0x2029]
CONTROLS = {
    **{code: chr(PICTURES + code) for code in range(0x20) if chr(code) not in "\n\t"},
    DELETE: DELETE_PICTURE,
    **dict.fromkeys(UNPICTURED, REPLACEMENT),
}
JSON_ESCAPES = {code: f"\\u{code:04x}" for code in (DELETE, *UNPICTURED)}
# An article's own [2], [^2], [1, 3] or 【2】, in whatever brackets look like ours.
OPENING, CLOSING = "[［【〔⟦❲⁅", "]］】〕⟧❳⁆"
BRACKETS = frozenset(OPENING)
# What takes no room between a bracket and its number: joiners, combining strokes, soft hyphens and the like.
UNSEEN = r"[\s\u00ad\u0300-\u036f\u061c\u115f\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]*"
REFERENCE_MARK = re.compile(
    rf"[{re.escape(OPENING)}]{UNSEEN}\^?{UNSEEN}"
    rf"(\d+(?:{UNSEEN}[,;–-]?{UNSEEN}\d+)*){UNSEEN}[{re.escape(CLOSING)}]"
)


def visible(text: str) -> str:
    """The text with every control character but tab and newline replaced by a mark that shows where it stood."""
    return text.translate(CONTROLS)


def foreign(text: str) -> str:
    """The text as it may stand in an answer: controls visible, and its own reference marks in round brackets."""
    return REFERENCE_MARK.sub(r"(\1)", visible(text))


def ascii_controls(json: str) -> str:
    """A JSON text whose strings hold no raw control character: JSON itself escapes only those below U+0020."""
    return json.translate(JSON_ESCAPES)


def label(text: str, longest: int) -> str:
    """A name or title on one line, as `foreign`, cut after a word where it is longer than `longest` characters."""
    if len(text) <= longest and text.isprintable() and not BRACKETS & set(text):
        return text  # nearly every name, and an index has thousands
    line = " ".join(foreign(text).split())
    if len(line) <= longest:
        return line
    cut = line[: longest - 1]
    head, _, tail = cut.rpartition(" ")
    return f"{head if len(tail) < longest // 2 and head else cut}…"
