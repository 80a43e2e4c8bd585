"""A stretch of an article in → its plain characters without markup, each with its place, out."""

import html
import re
from collections.abc import Sequence
from typing import NamedTuple

# Every repetition is bounded, so that the time stays linear whatever the text.
MARKUP = re.compile(
    r"(?P<drop>!\[[^\[\]\n]{0,200}\]\([^()\s]{0,500}\)"  # a picture
    r"|\\?\[\^?\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,9}\\?\](?!\()"  # a footnote mark, escaped where it comes from a page
    r"|(?<=[\w%)*])(?<![Tt]au)(?<!τ)[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,2}(?=[\s.,;:)]|$)"  # a note's number
    r"|(?<=[\w%)*])(?<!τ)(?<![Tt]au)\s?<sup>[^<>]{0,12}</sup>"
    r"|\\(?:textbf|textit|emph|underline|mathbf|text|mathrm|bf|it)\s?\{|\\(?=[^\w\s])|[{}]"
    r"|\*+|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|`+|~~"
    r"|\](?=\()|(?<=\])\([^()\s]{0,500}(?:\s\"[^\"\n]{0,200}\")?\)|\[(?=[^\[\]\n]{0,200}\]\()"
    r"|</?(?!br\b)[a-zA-Z][^<>]{0,300}>"
    r"|\$(?=\\?[\d.,]{1,9}\s?(?:\\pm\s?[\d.,]{1,9}\s?)?(?:\\?%)?\$)"
    r"|(?<=%)\$|(?<=\d)\$(?=%)"  # a percentage set as a formula is no price
    r"|[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff])"
    r"|(?P<about>\\pm\b)|(?P<blank><br\s?/?>)|(?P<entity>&(?:#\d{1,6}|[a-zA-Z]{2,8});)"
)
MARKED = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹⁰\\\[{}*_`~<$&\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# One character for another, so that places stay: full-width forms, in which Asian keyboards write, and kinds of blanks.
SAME_LENGTH = str.maketrans(
    {0xFF01 + place: chr(0x21 + place) for place in range(94)}
    | {0x066A: "%", 0x00A0: " ", 0x202F: " ", 0x2009: " ", 0x3000: " ", 0x2010: "-", 0x2011: "-"}
    | {0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2212: "-"}
)


class Reading(NamedTuple):
    """`text` is what a reader sees; its n-th character stands at places[n] in the article."""

    text: str
    places: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where text[start:end] stands in the article."""
        return self.places[start], self.places[end - 1] + 1 if end > start else self.places[start]


def read(text: str, start: int, end: int) -> Reading:
    """text[start:end] without Markdown, HTML and LaTeX markup. The last place is the end."""
    raw = text[start:end]
    if not MARKED.search(raw):
        return Reading(raw.translate(SAME_LENGTH), range(start, end + 1))
    parts: list[str] = []
    places: list[int] = []
    position = 0
    for match in MARKUP.finditer(raw):
        parts.append(raw[position : match.start()])
        places.extend(range(start + position, start + match.start()))
        shown = _shown(match)
        if shown:
            parts.append(shown)
            places.append(start + match.start())
        position = match.end()
    parts.append(raw[position:])
    places.extend(range(start + position, end + 1))
    return Reading("".join(parts).translate(SAME_LENGTH), places)


def _shown(match: re.Match[str]) -> str:
    if match["about"]:
        return "±"
    if match["blank"]:
        return " "
    if match["entity"]:
        character = html.unescape(match["entity"])
        return character if len(character) == 1 else " "
    return ""
