"""A word as it was typed, and words as articles write them, in → the one that was meant, out. Home of rapidfuzz."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA, Levenshtein

from bot.content_word import Words, content_words
from bot.vocabulary import CAMEL, key_of
from index import Hit, is_everyday, terms

LONG = 10  # letters from which a word may hold two slips
ACRONYM = range(2, 7)  # letters
LETTERS = re.compile(r"[^\W\d_]+")


def strange_words(question: str, words: Words) -> list[str]:
    """The words of a question that no article holds and that are no everyday English: names of others, or slips."""
    return [
        word
        for word in content_words(question)
        if LETTERS.fullmatch(word)
        and not words.knows(word)
        and (not is_everyday(word.casefold()) or (word.isupper() and len(word) in ACRONYM))
    ]


def meant_by(words: Sequence[str], hits: Iterable[Hit]) -> dict[str, str]:
    """For words that were typed, the one word in the hits that each misspells; none where several are as near."""
    texts = [f"{hit.passage.context} {hit.text}" for hit in hits]
    written = Counter(word for text in texts for word in LETTERS.findall(text))
    found = {}
    for word in words:
        if spelt_out := _spelt_out(word, texts):
            found[word] = spelt_out
            continue
        near: dict[tuple[int, bool], list[str]] = {}
        typed = word.casefold()
        for other in written:
            letters = other.casefold()
            slips = slips_between(typed, other) if letters[0] == typed[0] else None
            if slips == 1 or (slips and len(word) >= LONG):
                # "modle" has all the letters of "model", and not those of "mode".
                near.setdefault((slips, sorted(typed) != sorted(letters)), []).append(other)
        nearest = near[min(near)] if near else []
        if len({tuple(terms(other)) for other in nearest}) == 1:
            found[word] = max(nearest, key=lambda other: (written[other], other))
    return found


def _spelt_out(word: str, texts: Iterable[str]) -> str | None:
    """The one name in capitals whose initials the word is: "EU" is "European Union"."""
    if not (word.isupper() and len(word) in ACRONYM):
        return None
    name = re.compile(r"\b" + r"(?:[ -](?:of|the|and|for))*[ -]".join(f"{letter}[a-z]+" for letter in word) + r"\b")
    found = {match[0] for text in texts for match in name.finditer(text)}
    return found.pop() if len(found) == 1 else None


def respelled(question: str, meant: dict[str, str]) -> str:
    """The question with these words as they were meant."""
    for typed, word in meant.items():
        question = re.sub(rf"\b{re.escape(typed)}\b", word, question)
    return question


def slips_between(typed: str, name: str) -> int | None:
    """How many keys were mistyped, None for another name.

    In a word ("Health", "Bench") any letter may slip but the first; in an acronym ("VQA") or a number only two
    neighbours that changed places, because there another letter makes another name.
    """
    target = key_of(name)
    allowed = 0 if len(typed) < 4 else 1 if len(typed) < 8 else 2
    if typed == target or abs(len(typed) - len(target)) > allowed:
        return None
    slips = OSA.distance(typed, target, score_cutoff=allowed)
    if slips > allowed:
        return None
    if sorted(typed) == sorted(target):
        return slips if (slips == 1 and typed[0] == target[0]) or (len(typed) > 4 and slips == 1) else None
    fixed = _fixed_places(name)
    for operation in Levenshtein.editops(target, typed):
        at = operation.src_pos
        if operation.tag == "insert":
            if at in fixed and at - 1 in fixed:
                return None
        elif at in fixed:
            return None
    return slips if len(typed) > 4 else None


def _fixed_places(name: str) -> set[int]:
    """Places in a folded name whose letter is what tells it from others: first letters, acronyms, digits."""
    fixed: set[int] = set()
    at = 0
    for part in CAMEL.findall(name):
        size = len(key_of(part))
        fixed.update(range(at, at + size) if part.isupper() or not part.isalpha() else [at])
        at += size
    return fixed
