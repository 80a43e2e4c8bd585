"""The text of a page or of an office file's part in → its tree of elements, out. Home of lxml."""

import re
from typing import Any

from index.errors import ArticleError

Element = Any  # an lxml element; lxml ships no types
UNSAID_TAGS = ("template", "script", "style", "noscript", "svg", "del", "s", "strike")
UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
WHOLE = frozenset({"html", "body", "main", "article"})  # hidden until a script has run: the text is meant to be read
DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")


def page_tree(text: str) -> Element | None:
    """The tree of an HTML page, whatever is wrong with it; None where there is nothing to read."""
    from lxml import etree, html

    parser = html.HTMLParser(remove_pis=True, huge_tree=False)
    try:
        return html.document_fromstring(DECLARATION.sub("", text), parser=parser)
    except (etree.ParserError, ValueError):
        return None


def part_tree(data: bytes, where: str) -> Element:
    """The tree of an XML part. Entities are not resolved, so none can swell. Raises ArticleError."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ArticleError(f"{where}: a part of the file is broken ({error}). Save it again, or as text.") from error


def without_unsaid(tree: Element) -> Element:
    """The tree without comments, hidden elements and struck text, which a reader of the page doesn't see as said."""
    from lxml import etree

    for element in list(tree.iter()):
        if element.tag is etree.Comment or (isinstance(element.tag, str) and _is_unsaid(element)):
            _drop(element)
    return tree


def _is_unsaid(element: Element) -> bool:
    if element.tag in UNSAID_TAGS:
        return True
    is_hidden = (
        "hidden" in element.attrib
        or element.get("aria-hidden", "").strip().lower() == "true"
        or UNSEEN.search(element.get("style", "")) is not None
    )
    return is_hidden and element.tag not in WHOLE


def _drop(element: Element) -> None:
    """Take an element out; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)
