"""An article's text in → the same text with blanks in place of what it doesn't say, out.

Comments, hidden elements and struck words stand in a file, but its reader doesn't see them or sees them taken back. The
text keeps its length and its lines, so that a place in the one is a place in the other.
"""

import re
from collections.abc import Iterable, Iterator

SAID = 1  # raised when the same text says something else, so that indexes cut it again

# A sign without which a text has nothing to take out.
SIGN = re.compile(
    r"<!--|%%|~~|==|\[\[|\{/\*|>[ \t]*\[!|\s\^\w|</?(?:del|s|strike|template|script|style)\b"
    r"|<[^<>]{0,500}(?:hidden|none)",
    re.IGNORECASE,
)
SHOWN_AS_IT_IS = (
    r"(?P<fence>^[ \t]*(?:```|~~~)[^\n~`]*$)|(?P<code>(?P<tick>`{1,3})(?!`)[^\n]{1,500}?(?<!`)(?P=tick)(?!`))"
)
ELEMENT = (
    r"<(?P<tag>del|s|strike|template|script|style)\b[^<>]{0,500}(?<!/)>"
    r"|<(?P<hidden>p|div|span|section|aside|table|tr|td|th|ul|ol|li|figure|blockquote|details|h[1-6]|em|strong|b|i|a)\b"
    r"(?=[^<>]{0,500}?(?:\shidden(?![\w-])|aria-hidden\s*=\s*[\"']?true|display\s*:\s*none|visibility\s*:\s*hidden))"
    r"[^<>]{0,500}(?<!/)>"
)
UNSAID = re.compile(
    rf"{SHOWN_AS_IT_IS}|{ELEMENT}"
    r"|(?P<comment><!--)|(?P<note>(?<![^\s>])%%(?!%))|(?P<module>\{/\*)|(?P<struck>(?<![~\\])~~(?=[^\s~]))"
    r"|(?P<embed>!\[\[[^\[\]\n]{1,300}\]\])"
    r"|\[\[(?P<target>[^\[\]|\n\\]{1,200})(?:\\?\|(?P<alias>[^\[\]|\n]{1,200}))?\]\]"
    r"|(?<![=\w])==(?=[^\s=])(?P<marked>[^\n=]{1,500}?)(?<=[^\s=])==(?!=)"
    r"|(?P<callout>(?<=>)[ \t]*\[!\w[\w-]{0,30}\][+-]?)"
    r"|(?P<block>(?<=\s)\^[A-Za-z0-9-]{1,40}(?=[ \t]*(?:\||$)))",
    re.IGNORECASE | re.MULTILINE,
)
# How each ends, and within how many characters; struck words don't go on behind an empty line.
ENDS = {
    "comment": (re.compile("-->"), 50_000),
    "note": (re.compile("%%"), 50_000),
    "module": (re.compile(r"\*/\}"), 50_000),
    "struck": (re.compile(r"(?<=[^\s~\\])~~(?!~)|(?P<over>\n[ \t]*\n)"), 2_000),
    "fence": (re.compile(r"^[ \t]*(?:```|~~~)[ \t]*$", re.MULTILINE), 1_000_000),
}


def said_text(text: str) -> str:
    """The text with blanks in place of what it doesn't say."""
    return blanked(text, _unsaid(text)) if SIGN.search(text) else text


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with blanks in place of what stands at `spans`, which come in order; line breaks stay."""
    parts, position = [], 0
    for start, end in spans:
        parts.append(text[position:start])
        parts.append(re.sub(r"[^\n]", " ", text[start:end]))
        position = end
    return "".join([*parts, text[position:]])


def _unsaid(text: str) -> Iterator[tuple[int, int]]:
    """The places of comments, hidden elements, struck words, and of the marks that a note puts around its words."""
    ends = _Ends(text)
    position = 0
    while match := UNSAID.search(text, position):
        position = match.end()
        kind = next((kind for kind in ENDS if match[kind]), None)
        if match["code"]:
            continue
        if match["target"] or match["marked"]:
            start, end = match.span(_shown(match))
            yield match.start(), start
            yield end, match.end()
        elif kind or match["tag"] or match["hidden"]:
            end = ends.of(kind, position) if kind else ends.of_element(match["tag"] or match["hidden"], position)
            if end and kind != "fence":  # what stands in code is shown as it is
                yield match.start(), end
            position = end or position
        else:
            yield match.span()


class _Ends:
    """Where what was opened ends. An end that is missing is not looked for again in the same stretch of text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._none_before: dict[str, int] = {}

    def of(self, kind: str, position: int) -> int:
        """The place behind the end; 0 where it has none."""
        pattern, longest = ENDS[kind]
        if position < self._none_before.get(kind, 0):
            return 0
        match = pattern.search(self._text, position, position + longest)
        if match and not match.groupdict().get("over"):
            return match.end()
        self._none_before[kind] = match.start() if match else position + longest
        return 0

    def of_element(self, tag: str, position: int) -> int:
        """The place behind an element's end, elements of its kind within it counted; 0 where it has none."""
        if position < self._none_before.get(tag.casefold(), 0):
            return 0
        depth = 1
        tags = re.compile(rf"<(?P<closes>/)?{tag}\b[^<>]{{0,500}}>", re.IGNORECASE)
        for match in tags.finditer(self._text, position):
            depth += -1 if match["closes"] else 1
            if depth == 0:
                return match.end()
        self._none_before[tag.casefold()] = len(self._text)
        return 0


def _shown(match: re.Match[str]) -> str:
    """Which part of a mark is read: of a link its words, unless they only shorten the name of what it leads to."""
    if match["marked"]:
        return "marked"
    alias = match["alias"]
    return "alias" if alias and alias.strip().casefold() not in match["target"].casefold() else "target"
