"""A question and its hits in → what it names and the articles don't speak of, out."""

import re
from collections.abc import Sequence

from bot.content_word import ASKING, Words, content_words, known
from index import Hit, is_everyday, plain, terms

VERSIONED = re.compile(r"(?<![\w.])([A-Za-z][A-Za-z]+)(?:-|\s|)(v?\d+(?:\.\d+)*[A-Za-z]?)(?![\w.]*\d)")
# Words with a capital letter within a sentence, and names with a hyphen; those that follow each other are one name.
WITHIN = re.compile(r"(?<=[a-z0-9,;:)’'] )[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*")
HYPHENED = re.compile(r"(?<![\w-])[A-Za-z]{3,}-(?:\d[\w.]*|[A-Za-z]{1,2})(?![\w-])")
TITLED = 0.6  # share of a question's words with a capital letter from which it is written like a title
SEPARATORS = re.compile(r"[\W_]+")
BETWEEN = r"[\s_‐‑–-]*v?"  # what may stand between a name and its version


def unspoken(question: str, hits: Sequence[Hit], words: Words, models: Sequence[str] = ()) -> list[str]:
    """What the question names and the articles don't speak of; not empty means that it can't be answered.

    These are names that no article holds, and versions and models that no hit speaks of. `models` are those that the
    results lack. A name with a version is spoken of only where the same version is: GPT-6 is not GPT-5.4.
    """
    question = plain(question)
    texts = [f"{hit.passage.context} {hit.text}".casefold() for hit in hits]
    missing = [model for model in models if not any(_compact(model) in _compact(text) for text in texts)]
    for match in VERSIONED.finditer(question):
        family, version = match[1].casefold(), re.escape(match[2].casefold().removeprefix("v"))
        if set(terms(match[1])) <= ASKING:
            continue  # "in 2025", "top 3"
        if not any(re.search(rf"{family}{BETWEEN}\d", text) for text in texts):
            is_name = " " not in match[0] and not is_everyday(family)
            known = not is_name or any(family in text for text in texts)
        else:
            known = any(re.search(rf"{family}{BETWEEN}{version}(?!\.?\d)", text) for text in texts)
        if not known and not any(match[0].casefold() == name.casefold() for name in missing):
            missing.append(match[0])
    missing += [name for name in _strangers(question, words) if not any(name in other for other in missing)]
    return [name for name in missing if not any(name != other and name in other for other in missing)]


def _strangers(question: str, words: Words) -> list[str]:
    """The names in a question of which no article holds any part."""
    written = re.findall(r"[^\W\d_]{3,}", question)
    if sum(word[0].isupper() for word in written) >= TITLED * len(written):
        return []
    named = [*WITHIN.findall(question), *HYPHENED.findall(question)]
    return [name for name in dict.fromkeys(named) if content_words(name) and not known(name, words)]


def unheard(question: str, words: Words) -> list[str]:
    """The words of a question that no article holds, where they are most of it."""
    asked = content_words(question)
    unknown = [word for word in asked if not words.knows(word)]
    return unknown if len(unknown) * 2 > len(asked) else []


def _compact(text: str) -> str:
    return SEPARATORS.sub("", text.casefold())
