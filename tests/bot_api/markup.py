"""Telegram's classic HTML in → the text as people see it and its entities, out; refuses what Telegram refuses."""

import html
import re
from typing import NamedTuple

from tests.bot_api.refusal import Refused

TOKEN = re.compile(
    r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[^<>]*)?)>|(<)|&(#x?[0-9a-fA-F]+|[a-z]+);|(&)|([^<&]+)", re.DOTALL
)
ATTRIBUTE = re.compile(r"\s*([a-z-]+)(?:=\"([^\"]*)\")?")
ATTRIBUTES: dict[str, set[str]] = {
    **{tag: set() for tag in ("b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "pre", "tg-spoiler")},
    "a": {"href"},
    "code": {"class"},
    "span": {"class"},
    "blockquote": {"expandable"},
    "tg-emoji": {"emoji-id"},
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
MAX_UNITS = 4096
MAX_ENTITIES = 100


class Parsed(NamedTuple):
    """What a person sees of a message."""

    text: str
    entities: tuple[tuple[str, str], ...]  # tag, and the text in it


def parse(source: str) -> Parsed:
    """Parse as Telegram does. Raises Refused with its words."""
    text, entities = "", []
    open_tags: list[tuple[str, int]] = []
    for token in TOKEN.finditer(source):
        closing, tag, attributes, bare, entity, ampersand, words = token.groups()
        offset = len(source[: token.start()].encode())
        if bare:
            raise _refused(f'unsupported start tag "" at byte offset {offset}')
        if tag and not closing:
            _check_tag(tag, attributes, [name for name, _ in open_tags], offset)
            open_tags.append((tag, len(text)))
        elif tag:
            if not open_tags or open_tags[-1][0] != tag:
                expected = f'expected "</{_last(open_tags)}>", found "</{tag}>"'
                raise _refused(f"unmatched end tag at byte offset {offset}, {expected}")
            _, start = open_tags.pop()
            entities.append((tag, text[start:]))
        elif entity:
            text += _character(entity)
        else:
            text += ampersand or words
    if open_tags:
        raise _refused(f'can\'t find end tag corresponding to start tag "{_last(open_tags)}"')
    return Parsed(text, tuple(entities))


def check_text(text: str, limit: int = MAX_UNITS, entities: int = 0) -> str:
    """The text as it is stored, without space at its ends. Raises Refused if it is empty or too long."""
    text = text.strip()
    if not text:
        raise Refused("Bad Request: message text is empty")
    if len(text.encode("utf-16-le")) // 2 > limit:
        raise Refused("Bad Request: message is too long")
    if entities > MAX_ENTITIES:
        raise Refused("Bad Request: too many entities")  # stricter than Telegram, which drops the rest in silence
    return text


def _check_tag(tag: str, attributes: str, inside: list[str], offset: int) -> None:
    if tag not in ATTRIBUTES:
        raise _refused(f'unsupported start tag "{tag}" at byte offset {offset}')
    found = {match[1]: match[2] for match in ATTRIBUTE.finditer(attributes)}
    if unknown := set(found) - ATTRIBUTES[tag]:
        raise _refused(f'unexpected attribute {unknown} in "{tag}" at byte offset {offset}')
    if tag in inside or (tag == "a" and "a" in inside) or (set(inside) & {"pre", "code"} and tag != "code"):
        raise _refused(f'"{tag}" can\'t be nested at byte offset {offset}')
    if tag == "a" and not re.match(r"(https?|tg|mailto|tel):", html.unescape(found.get("href") or "")):
        raise _refused(f"empty or wrong href at byte offset {offset}")


def _character(entity: str) -> str:
    if entity.startswith("#"):
        return chr(int(entity[2:], 16) if entity[1:2] == "x" else int(entity[1:]))
    return NAMED.get(entity, f"&{entity};")


def _last(open_tags: list[tuple[str, int]]) -> str:
    return open_tags[-1][0] if open_tags else ""


def _refused(reason: str) -> Refused:
    return Refused(f"Bad Request: can't parse entities: {reason}")
