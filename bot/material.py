"""Everything that the words of an answer from results are made from."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.answer import Disagreement, Verdict
from bot.citation import source_name
from bot.comparison import Group
from bot.question import Question
from bot.standing import Direction, Placement
from index import Article, BenchmarkResult


class Material(NamedTuple):
    """The question, what was found for it, and what follows from that."""

    question: Question
    facts: Sequence[BenchmarkResult]
    sides: Sequence[Group]
    verdict: Verdict | None
    disagreements: Sequence[Disagreement]
    articles: Mapping[str, Article]
    higher: Direction
    placements: Sequence[Placement] = ()

    @property
    def benchmarks(self) -> tuple[str, ...]:
        """The benchmarks of the facts, in the question's order."""
        own = {fact.benchmark: None for fact in self.facts}
        asked = [name for name in self.question.interpreted.benchmarks if name in own]
        return tuple(dict.fromkeys([*asked, *own]))

    @property
    def models(self) -> tuple[str, ...]:
        """The models of the facts."""
        return tuple(dict.fromkeys(fact.model for fact in self.facts))

    @property
    def names(self) -> dict[str, str]:
        """The sources as they are named within a sentence."""
        named = {source: source_name(article) for source, article in self.articles.items()}
        return {source: f"the {name}" if name.startswith("brief of ") else name for source, name in named.items()}
