"""A text in → the facts that its front matter states, and where the text after it begins, out. Home of PyYAML."""

import json
import re
import tomllib
from typing import Any, NamedTuple

import yaml

from index.errors import ArticleError

# The C parser takes a tenth of the time; PyYAML comes without it where libyaml was missing.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_FRONT = 100_000  # characters; the longest that engines write have a few thousand
YAML = re.compile(r"\s*^---[ \t]*\n(?P<front>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
TOML = re.compile(r"\s*^\+\+\+[ \t]*\n(?P<front>.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
JSON = re.compile(r"\s*(?=\{\s*\"\w)")
AFTER_JSON = re.compile(r"[ \t]*(?:;;;)?[ \t]*(?:\n|\Z)")
# A line as people write it who don't know that YAML gives a second colon, or a leading quote, a meaning.
LOOSE = re.compile(r"(?P<key>[A-Za-z_][\w -]{0,40}?)[ \t]*:(?:[ \t]+(?P<value>.*\S))?[ \t]*")
ITEM = re.compile(r"[ \t]*-[ \t]+(?P<value>.*\S)[ \t]*")


class Front(NamedTuple):
    """What stands in front of a text: its facts, and the place at which the text begins."""

    facts: dict[str, Any]
    end: int


NONE = Front({}, 0)


def front_matter(text: str, where: str) -> Front:
    """Read YAML between `---`, TOML between `+++`, or a JSON object. Raises ArticleError where it can't be read."""
    head = text[:MAX_FRONT]
    if match := YAML.match(head):
        return _yaml(match, where)
    if match := TOML.match(head):
        return _toml(match, where)
    return _json(head)


def _yaml(match: re.Match[str], where: str) -> Front:
    """A text that begins with a ruled-off line has no front matter."""
    try:
        facts = yaml.load(match["front"], Loader=LOADER)  # noqa: S506 - one of the two safe loaders
    except (yaml.YAMLError, ValueError) as error:  # ValueError: YAML reads 2026-13-45 as a date and fails on it
        facts = _loose(match["front"])
        if facts is None:
            mark = getattr(error, "problem_mark", None)
            line = f" line {mark.line + match.string.count(chr(10), 0, match.start('front')) + 1}:" if mark else ""
            reason = getattr(error, "problem", None) or error
            raise ArticleError(f"{where}:{line} the front matter can't be read ({reason}). Correct it.") from error
    if facts is None:
        facts = {}
    return Front(facts, match.end()) if isinstance(facts, dict) else NONE


def _loose(front: str) -> dict[str, Any] | None:
    """Lines of `key: value`, whatever the value holds, and of `- value` in lists. None where a line is neither."""
    facts: dict[str, Any] = {}
    key = ""
    for line in front.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        item, match = ITEM.fullmatch(line), LOOSE.fullmatch(line)
        if item and key:
            old = facts[key]
            facts[key] = [*(old if isinstance(old, list) else []), _unquoted(item["value"])]
        elif match:
            key = match["key"]
            facts[key] = _unquoted(match["value"] or "")
            if _is_open(facts[key]):
                return None  # what it should have been can't be told
        elif not (key and line[:1].isspace()):  # of what is nested, nothing is needed
            return None
    return facts


def _is_open(value: str) -> bool:
    return any(value.startswith(opening) and not value.endswith(closing) for opening, closing in ("[]", "{}"))


def _unquoted(value: str) -> str:
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if is_quoted else value


def _toml(match: re.Match[str], where: str) -> Front:
    try:
        return Front(tomllib.loads(match["front"]), match.end())
    except tomllib.TOMLDecodeError as error:
        raise ArticleError(f"{where}: the front matter can't be read ({error}). Correct it.") from error


def _json(head: str) -> Front:
    """An object at the very top that has a title: any other is the text itself."""
    match = JSON.match(head)
    if not match:
        return NONE
    try:
        facts, end = json.JSONDecoder().raw_decode(head, match.end())
    except (ValueError, RecursionError):
        return NONE
    after = AFTER_JSON.match(head, end)
    return Front(facts, after.end()) if after and "title" in {key.casefold() for key in facts} else NONE
