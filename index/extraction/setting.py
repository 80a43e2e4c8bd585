"""A name with what is said beside it, in → the name and the setting, out."""

import re

from index.names import Names

SETTING = re.compile(
    r"\b(?:with(?:out)?|w/o?|no)\s?(?:tools?|python|search|images?|thinking|reasoning|a\s+harness)\b"
    r"|\b(?:contemplating|thinking|non-thinking|high|xhigh|low|medium|max(?:imum)?\s+effort|extended\s+thinking)\b(?:\s+mode)?"
    r"|\bpass@\d+|\bmaj@\d+|\bavg@\d+|\b\d+-shot\b|\btext[\s-]only\b|\bv\d+(?:\.\d+)?\b|\btext\s+subset\b",
    re.IGNORECASE,
)
BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*")
SPLIT = re.compile(r"\s+[—–-]\s+|;\s*|,\s*")


def settings_in(text: str) -> str | None:
    """The settings that a stretch of text states, in their order, or None."""
    found = [" ".join(match[0].split()) for match in SETTING.finditer(text)]
    return "; ".join(dict.fromkeys(found)) or None


def split_setting(name: str, names: Names, is_model: bool = False) -> tuple[str, str | None]:
    """A header's name and its setting: "HLE (w/ tools)" → "HLE", "w/ tools"; brackets that explain are left out."""
    known = names.knows_model(name) if is_model else names.knows_benchmark(name)
    if known:
        return name, None
    inside = "; ".join(match for match in BRACKETS.findall(name))
    bare = BRACKETS.sub(" ", name).strip()
    dashed = re.split(r"\s+[—–]\s+", bare, maxsplit=1)
    if len(dashed) == 2 and settings_in(dashed[1]):
        bare, inside = dashed[0], "; ".join(part for part in (inside, dashed[1]) if part)
    setting = settings_in(inside)
    if setting is None and is_model is False:
        trailing = SETTING.search(bare)
        if trailing and trailing.end() == len(bare) and trailing.start() > 0:
            bare, setting = bare[: trailing.start()].strip(" ,-–—"), trailing[0]
    bare = re.sub(r"\s+[Ee]lo$", "", bare)
    return bare, setting
