"""A name with what is said beside it, in → the name and the setting, out."""

import re

from index.names import Names

SETTING = re.compile(
    r"\b(?:with(?:out)?|w/o?|no|using)\s?(?:external\s+|any\s+)?(?:tools?(?:\s+use)?|python|web\s+search|search(?:\s+and\s+"
    r"code(?:\s+execution)?)?|images?|thinking|reasoning|code(?:\s+execution)?|browsing|terminal|a\s+harness|parallel"
    r"(?:\s+test-time)?\s+compute)\b"
    r"|\b(?:tool[\s-]use|tools)\s+(?:enabled|disabled)\b"
    r"|\b(?:instant|standard|deep\s+think|x?high|low|medium|max|fast|heavy)\s+mode\b"
    r"|\b(?:contemplating|non-thinking|(?:\d+k\s+|extended\s+)?thinking|non-reasoning)\b(?:\s+mode\b)?"
    r"(?!\s+(?:models?|time|tokens?|phases?))"
    r"|\b(?:x?high|medium|low|minimal|max(?:imum)?)(?:\s+(?:effort|reasoning|compute))\b"
    r"|\b(?:pass|maj|cons|avg|best|mean|acc)(?:@|\^|\s@\s)\w+|\b(?:\d+|zero|one|few)[\s-]shots?\b(?:[\s,]*CoT\b)?|\bCoT\b"
    r"|(?<=\bfor\s)(?:x-?high|high|medium|low|minimal)\b(?=\s*(?:[,.;)]|and\b|$))"
    r"|\btext[\s-]only\b|\btext\s+subset\b|\bsingle[\s-]attempt\b|\bmultiple\s+attempts\b|\bparallel\s+test-time\s+compute\b"
    r"|(?<![\w.-])v\d+(?:\.\d+)?\b|\baverage\s+of\s+\d+\s+runs\b|\bwithout\s+hints\b",
    re.IGNORECASE,
)
ALONE = re.compile(
    r"(?:x?high|medium|low|minimal|max(?:imum)?|strict|loose|retail|airline|EM|F1|acc\.?|\d+k?)", re.IGNORECASE
)
# These hold for the model that they are said of, where the others are about the test.
MODE = re.compile(r"contemplating|thinking|reasoning|mode\b|effort|instant|deep\s+think", re.IGNORECASE)
BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]{0,120})[)\]]\s*")
DATES = re.compile(r"\d{4,6}\s?[-–]\s?\d{4,6}|\d{4}-\d{2}(?:-\d{2})?")


def settings_in(text: str) -> str | None:
    """The settings that a stretch of text states, in their order, or None."""
    found = [" ".join(match[0].split()) for match in SETTING.finditer(text)]
    return "; ".join(dict.fromkeys(found)) or None


def joined(*settings: str | None) -> str | None:
    """Settings of one number, each once, or None."""
    parts = [part for setting in settings if setting for part in setting.split("; ")]
    return "; ".join(dict.fromkeys(parts)) or None


def one_of_each(setting: str | None, count: int) -> list[str | None] | None:
    """The settings of a cell's numbers, where it says "no tools / with tools"; None where it names no such list."""
    parts = (setting or "").split("; ")
    lists = [part for part in parts if part.count("/") == count - 1 and not part.startswith("w/")]
    if not lists:
        return None
    options = [option.strip() for option in lists[0].split("/")]
    return [joined(*(option if part is lists[0] else part for part in parts)) for option in options]


def of_the_test(setting: str | None) -> str | None:
    """What is left for other models when the modes of one are taken away."""
    return "; ".join(part for part in (setting or "").split("; ") if not MODE.search(part)) or None


def own_setting(written: str, model: str, names: Names) -> str | None:
    """The settings in a row's name that hold for a model: "(with tools; Kimi K2 in Thinking mode)" has one for all."""
    parts = re.split(r"[;,()]|\s[—–]\s", written)
    owners = [{mention.name for mention in names.models(part)} for part in parts]
    return joined(
        *(settings_in(part) for part, owner in zip(parts, owners, strict=True) if not owner or model in owner)
    )


def split_setting(title: str, names: Names, is_model: bool = False) -> tuple[str, str | None]:
    """A title's name and its setting: "HLE (w/ tools)" → "HLE", "w/ tools"; brackets that explain are left out."""
    known = names.knows_benchmark(title) if not is_model else False
    if known:
        return title, None
    inside = [part.strip() for part in BRACKETS.findall(title)]
    bare = BRACKETS.sub(" ", title).strip(" :–—-|")
    head, _, tail = (*re.split(r"\s+([—–|:-])\s+|,\s+", bare, maxsplit=1), "", "")[:3]
    if tail and settings_in(tail):
        bare, inside = head, [*inside, tail]
    elif tail and not is_model and names.knows_benchmark(head):
        bare = head
    setting = joined(*map(_bracketed, inside))
    if not is_model and not names.knows_benchmark(bare):
        trailing = [match for match in SETTING.finditer(bare) if match.start() > 0 and match.end() == len(bare)]
        if trailing:
            bare, setting = bare[: trailing[0].start()].strip(" ,:–—-"), joined(trailing[0][0], setting)
    return re.sub(r"(?:\s+(?:Elo|accuracy|score|scores|benchmark|\(?%\)?))+$", "", bare, flags=re.IGNORECASE), setting


def _bracketed(inside: str) -> str | None:
    """What stands in brackets is a setting as a whole, or holds one, or explains."""
    if ALONE.fullmatch(inside) or DATES.fullmatch(inside):
        return inside
    parts = [part.strip() for part in inside.split("/")]
    listed = len(parts) > 1 and all(ALONE.fullmatch(part) or SETTING.fullmatch(part) for part in parts)
    if listed or (SETTING.match(inside) and len(inside) <= 60):
        return inside
    return settings_in(inside)
