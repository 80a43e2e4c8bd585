"""Questions with marked sentences in → groups of question–sentence pairs to learn from, out."""

import gzip
import json
import math
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from index.judge import Said

if TYPE_CHECKING:
    from index.hit import Judgment

WORD = re.compile(r"[^\W_]+")
# Words that a hurried person leaves out.
SPARE = frozenset("what is was are were the a an of did does do in which who by to for how".split())  # noqa: SIM905


# A name within a question, not its first word.
NAMED = re.compile(r"(?<=[a-z,] )[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*")
SWAPPED = 0.3  # share of the answered questions that are asked of another name as well, where one is named


class Line(NamedTuple):
    """A question, the sentences of a passage in order, and the numbers of those that answer it (none: no answer)."""

    question: str
    sentences: tuple[str, ...]
    positive: frozenset[int]
    ordered: bool


class Pair(NamedTuple):
    """A question, a sentence, what stands before the sentence (may be empty), and whether the sentence answers."""

    question: str
    sentence: str
    before: str
    answers: bool


def read_lines(path: Path, shuffled: bool = False) -> list[Line]:
    """The lines of a .jsonl or .jsonl.gz file with `sentences`, and `question` and `positive` or several `questions`.

    `shuffled` tells that the sentences don't stand in their text's order, so that none is the context of another.
    """
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [
        Line(question, tuple(line["sentences"]), frozenset(positive), not shuffled)
        for line in map(json.loads, filter(str.strip, content.decode().splitlines()))
        for question, positive in line.get("questions") or [(line["question"], line["positive"])]
        if line["sentences"]
    ]


class Sampler:
    """Draws groups of pairs from lines: an answering sentence beside those of its passage that look most like one.

    Which do is told by an earlier judge where there is one, else by the words that they share with the question.
    """

    def __init__(self, lines: Sequence[Line], seed: int, judge: "Judgment | None" = None) -> None:
        self._judge = judge
        self._random = random.Random(seed)  # noqa: S311 - a draw to learn from, no secret
        self._names = sorted({name for line in lines for name in NAMED.findall(line.question)})
        counts = Counter(word for line in lines for sentence in line.sentences for word in set(_words(sentence)))
        total = sum(len(line.sentences) for line in lines)
        self._rarity = {word: math.log(total / count) for word, count in counts.items()}

    def groups(self, lines: Sequence[Line], negatives: int) -> Iterator[list[Pair]]:
        """One group a line, in random order: an answering sentence if there is one, and up to `negatives` others."""
        for line in self._random.sample(lines, len(lines)):
            question = self._hurried(line.question)
            rest = self._tempting(line, negatives)
            chosen = ([self._random.choice(sorted(line.positive))] if line.positive else []) + rest
            group = [self._pair(line, question, number) for number in chosen]
            if len(group) > 1 or not line.positive:
                yield group
            if line.positive and self._random.random() < SWAPPED and (other := self._of_another(line, chosen[0])):
                yield [self._pair(line, other, chosen[0])._replace(answers=False)]

    def _of_another(self, line: Line, number: int) -> str | None:
        """The question with a name in it changed for another line's: what is said of one answers nothing of another."""
        said = line.sentences[number]
        names = [name for name in NAMED.findall(line.question) if name in said]
        if not names or not self._names:
            return None
        other = self._random.choice(self._names)
        if other in " ".join(line.sentences):
            return None
        changed = line.question.replace(self._random.choice(names), other)
        return changed.lower() if self._random.random() < 0.5 else changed

    def _pair(self, line: Line, question: str, number: int) -> Pair:
        before = self._before(line, number) if self._random.random() < 0.6 else ""
        return Pair(question, line.sentences[number], before, number in line.positive)

    def _tempting(self, line: Line, count: int) -> list[int]:
        """Sentences that don't answer: half of them of those that look most like an answer, half at random."""
        rest = [number for number in range(len(line.sentences)) if number not in line.positive]
        looks = self._looks(line, rest)
        rest.sort(key=lambda number: (-looks[number], number))
        half = (count + 1) // 2
        # Not just the very first: it may be an answer that no one marked.
        hard = self._random.sample(rest[: 2 * half], min(half, len(rest)))
        left = [number for number in rest if number not in hard]
        return hard + self._random.sample(left, min(count - len(hard), len(left)))

    def _looks(self, line: Line, numbers: Sequence[int]) -> dict[int, float]:
        """How much each of these sentences looks like an answer."""
        if self._judge is not None:
            said = [Said(line.sentences[number], self._before(line, number)) for number in numbers]
            return dict(zip(numbers, map(float, self._judge(line.question, said)), strict=True))
        asked = set(_words(line.question))
        return {
            number: sum(self._rarity.get(word, 8.0) for word in asked & set(_words(line.sentences[number])))
            for number in numbers
        }

    def _before(self, line: Line, number: int) -> str:
        return line.sentences[number - 1] if line.ordered and number > 0 else ""

    def _hurried(self, question: str) -> str:
        """Sometimes as people type it: no question mark, no small words, a slip of the finger."""
        if self._random.random() < 0.4:
            question = question.rstrip("?. ").lower()
            words = question.split()
            if self._random.random() < 0.3:
                kept = [word for word in words if word not in SPARE]
                words = kept if len(kept) >= 2 else words
            if self._random.random() < 0.15:
                at = self._random.randrange(len(words))
                words[at] = self._slip(words[at])
            question = " ".join(words)
        return question

    def _slip(self, word: str) -> str:
        if len(word) < 4:
            return word
        at = self._random.randrange(1, len(word) - 1)
        swapped = word[at + 1] + word[at] if self._random.random() < 0.5 else word[at + 1]
        return word[:at] + swapped + word[at + 2 :]


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())
