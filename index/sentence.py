"""A stretch of text in → the places of its sentences, out. Home of sentencex."""

import re
from collections.abc import Iterator

import sentencex

RULES = 2  # raised when the same text gives other sentences, so that indexes cut it again
LONG = 10_000  # characters of a line that are split at once: sentencex takes the square of an unclosed quote's length
FULL = 60  # characters: a line this long can be as long as its paragraph was allowed to be
PHRASE = 30  # characters: a line this short is a label or a cell, unless it breaks off
STOP = re.compile(r"[.!?:;…][\"'”’)\]*_]*\s*\Z")
# A line that ends with one of these breaks off.
OPEN = re.compile(
    r"\b(?:a|an|the|this|that|these|those|its|his|her|their|our|your|of|to|in|on|at|by|for|from|with|into|than|as|and"
    r"|or|but|nor|which|who|whose|is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|not)\s*\Z"
)
CONTINUATION = re.compile(r"[\"'“‘(\[*_`]*[a-z][a-z'’-]*(?:[\s,;:)\]]|\Z)")  # an everyday word, no path or identifier
MARKER = re.compile(r"\s*(?:[-*+•▪‣–]\s+|\d{1,3}[.)]\s+|>\s+|#{1,6}\s+)")


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Start and end, in characters of `text`, of each sentence in text[start:end]; no blank around them.

    A line break ends a sentence where the line ends with a stop, a list item follows, or both lines could stand alone
    (labels, a flattened table); the break of a paragraph that was wrapped at some width, or after each phrase, doesn't.
    List markers stay outside of sentences.
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
    longest = max(map(len, text[start:end].split("\n")))
    position = start
    while position < end:
        newline = text.find("\n", position, end)
        line_end = end if newline < 0 else newline + 1
        if lines and _goes_on(text[slice(*lines[-1])], text[position:line_end], longest):
            lines[-1] = (lines[-1][0], line_end)
        else:
            lines.append((position, line_end))
        position = line_end
    return lines


def _goes_on(line: str, following: str, longest: int) -> bool:
    """Whether a line's last sentence goes on in the following one; `longest` is the paragraph's longest line."""
    last = line.rstrip("\n").rpartition("\n")[2].rstrip()
    if STOP.search(last) or last.lstrip().startswith("|") or not following.strip() or MARKER.match(following):
        return False
    if OPEN.search(last) or (len(last) >= PHRASE and CONTINUATION.match(following.lstrip())):
        return True
    next_word = following.split(maxsplit=1)[0]
    return len(last) >= FULL and len(last) + 1 + len(next_word) > longest  # it had no room there


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    marker = MARKER.match(text, start, end)
    if marker:
        start = marker.end()
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
