"""A stretch of text in → the places of its sentences, out. Home of sentencex."""

import re

import sentencex

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
        for line_start, line_end in _logical_lines(text, start, end)
        for part in sentencex.get_sentence_boundaries("en", text[line_start:line_end])
    ]
    return [(first, last) for first, last in found if first < last]


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
