"""A stretch of text in → the places of its sentences, out. Home of sentencex."""

import re
from collections.abc import Iterator

import sentencex

LONG = 10_000  # characters of a line that are split at once: sentencex takes the square of an unclosed quote's length
WRAPPED = 60  # a line at least this long that ends without a stop was broken by an editor, not by its writer
STOP = re.compile(r"[.!?:;…][\"'”’)\]*_]*\s*\Z")
MARKER = re.compile(r"\s*(?:[-*+•▪‣–]\s+|\d{1,3}[.)]\s+|>\s+|#{1,6}\s+)")


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Start and end, in characters of `text`, of each sentence in text[start:end]; no blank around them.

    A line break ends a sentence where the line ends with a stop, is short (a list, a label, a flattened table) or a
    list item follows; the break of a hard-wrapped paragraph doesn't. List markers stay outside of sentences.
    """
    found = [
        _trim(text, line_start + part["start_index"], line_start + part["end_index"])
        for whole_start, whole_end in _logical_lines(text, start, end)
        for line_start, line_end in _stretches(text, whole_start, whole_end)
        for part in sentencex.get_sentence_boundaries("en", text[line_start:line_end])
    ]
    return _rejoined(text, [(first, last) for first, last in found if first < last])


def _rejoined(text: str, places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places with what was taken for a sentence's end and a beginning made whole: "９４．３", "![a picture](…)"."""
    joined: list[tuple[int, int]] = []
    for first, last in places:
        number = text[first].isdigit() and text[first - 2 : first - 1].isdigit()
        if joined and joined[-1][1] == first and (number or text[first - 1 : first + 1] == "!["):
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def _stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A line as it is; a very long one in pieces that end behind a stop, or at least a blank."""
    while end - start > LONG:
        stop = max(text.rfind(mark, start + LONG // 2, start + LONG) for mark in (". ", "! ", "? ", ".” ", '." '))
        blank = stop if stop >= 0 else text.rfind(" ", start + LONG // 2, start + LONG)
        middle = text.find(" ", blank) + 1 if blank >= 0 else start + LONG
        yield start, middle
        start = middle
    yield start, end


def _logical_lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    position = start
    while position < end:
        newline = text.find("\n", position, end)
        line_end = end if newline < 0 else newline + 1
        if lines and _goes_on(text[slice(*lines[-1])], text[position:line_end]):
            lines[-1] = (lines[-1][0], line_end)
        else:
            lines.append((position, line_end))
        position = line_end
    return lines


def _goes_on(line: str, following: str) -> bool:
    last = line.rstrip("\n").rpartition("\n")[2]
    return (
        len(last) >= WRAPPED
        and not STOP.search(last)
        and following.strip() != ""
        and not (MARKER.match(following) or last.lstrip().startswith("|"))
    )


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    marker = MARKER.match(text, start, end)
    if marker:
        start = marker.end()
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
