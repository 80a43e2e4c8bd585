"""Telegram's rich HTML in → the text as people see it, out; refuses what is malformed or beyond the limits."""

from html.parser import HTMLParser

from tests.bot_api.refusal import Refused

BLOCKS = {
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "footer",
    "blockquote",
    "details",
    "table",
    "tr",
    "li",
    "pre",
    "aside",
}
INLINE = {"b", "i", "u", "s", "mark", "sub", "sup", "code", "a", "tg-reference", "tg-spoiler", "tg-time"}
OTHER = {"ul", "ol", "summary", "caption", "th", "td", "hr", "br", "cite"}
VOID = {"br", "hr"}
PARENTS = {
    "tr": {"table"},
    "td": {"tr"},
    "th": {"tr"},
    "li": {"ul", "ol"},
    "summary": {"details"},
    "caption": {"table"},
}
ATTRIBUTES = {
    "table": {"bordered", "striped", "compact"},
    "td": {"colspan", "rowspan", "align", "valign"},
    "th": {"colspan", "rowspan", "align", "valign"},
    "a": {"href", "name"},
    "tg-reference": {"name"},
    "details": {"open"},
    "blockquote": {"cite", "expandable"},
}


class _Checker(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.open: list[str] = []
        self.blocks = 0
        self.columns: list[int] = []
        self.references: set[str] = set()
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in BLOCKS | INLINE | OTHER:
            raise _refused(f'unsupported start tag "{tag}"')
        if unknown := {name for name, _ in attrs} - ATTRIBUTES.get(tag, set()):
            raise _refused(f'unexpected attribute {unknown} in "{tag}"')
        if tag in PARENTS and (not self.open or self.open[-1] not in PARENTS[tag]):
            raise _refused(f'"{tag}" stands in the wrong place')
        if tag in BLOCKS and set(self.open) & (INLINE | {"p", "td", "th", "summary", "caption", "footer"}):
            raise _refused(f'"{tag}" can\'t stand inside of a line')
        self.blocks += tag in BLOCKS
        self._note(tag, dict(attrs))
        if tag not in VOID:
            self.open.append(tag)
        if len(self.open) > 16:
            raise _refused("nested too deeply")

    def _note(self, tag: str, attributes: dict[str, str | None]) -> None:
        match tag:
            case "tr":
                self.columns.append(0)
            case "td" | "th":
                self.columns[-1] += int(attributes.get("colspan") or 1)
            case "br":
                self.text += "\n"
            case "tg-reference":
                self.references.add(attributes["name"] or "")
            case "a" if (attributes.get("href") or "").startswith("#"):
                self.links.add((attributes["href"] or "")[1:])

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise _refused(f'unmatched end tag "{tag}"')
        self.text += "\n" if tag in BLOCKS | {"summary", "caption"} else " " if tag in {"td", "th"} else ""

    def handle_data(self, data: str) -> None:
        self.text += data


def check_rich(source: str) -> str:
    """The text that people see. Raises Refused."""
    checker = _Checker()
    checker.feed(source)
    checker.close()
    if checker.open:
        raise _refused(f'can\'t find end tag corresponding to start tag "{checker.open[-1]}"')
    if not checker.text.strip():
        raise Refused("Bad Request: message text is empty")
    if len(checker.text) > 32_768 or checker.blocks > 500:
        raise Refused("Bad Request: message is too long")
    if max(checker.columns, default=0) > 20:
        raise Refused("Bad Request: too many columns in a table")
    if missing := checker.links - checker.references:
        raise _refused(f"links to references that are not there: {missing}")
    return checker.text.strip()


def _refused(reason: str) -> Refused:
    return Refused(f"Bad Request: can't parse rich message: {reason}")
