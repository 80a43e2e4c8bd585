"""The complete, typed result of a question, before any word is laid out for a screen."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from index import BenchmarkResult, Kind, ascii_controls

AnswerKind = Literal["benchmark", "passages", "not_found", "about"]
Intent = Literal[
    "lookup", "compare", "leader", "rank", "gap", "profile", "conflict", "list", "verify", "passage", "about"
]
Holds = Literal["yes", "no", "disputed", "not_said"]
Reason = Literal["wording", "rounding", "setting", "time", "origin", "unexplained"]
# What a model gives, as far as it is the same on every processor.
ModelFloat = Annotated[float, AfterValidator(lambda value: round(value, 2))]


class Record(BaseModel):
    """A step's result, handed on unchanged."""

    model_config = ConfigDict(frozen=True)


class Interpreted(Record):
    """What was understood, after follow-ups are resolved: `question` is the question as it was asked of the corpus."""

    intent: Intent
    benchmarks: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    setting: str | None = None
    question: str
    sources: tuple[str, ...] = ()  # the only ones that were asked; empty: all
    since: date | None = None
    until: date | None = None


class Fact(BenchmarkResult):
    """A benchmark result in an answer; `citation` is the number of the citation that shows it, if `text` has one."""

    citation: int | None = None


class Disagreement(Record):
    """Different values for one benchmark and model, with one reason.

    `setting` is the one under which values contradict each other, None where none is stated or several are.
    """

    class Value(Record):
        """One of the values, the articles that state it, and the setting that it holds under, where one is stated."""

        value: float
        sources: tuple[str, ...]
        setting: str | None = None

    benchmark: str
    model: str
    setting: str | None
    values: tuple[Value, ...]
    reason: Reason


class CitedPassage(Record):
    """A passage that speaks to the question; `highlight` is the place of its sentence that answers best.

    `also` names the places of near-copies in other articles, folded into this one.
    """

    class Place(Record):
        """Where a near-copy stands."""

        source: str
        start: int
        end: int

    source: str
    start: int
    end: int
    text: str
    score: ModelFloat
    highlight: tuple[int, int]
    also: tuple[Place, ...] = ()


class Citation(Record):
    """The article at a place: `quote == article.text[start:end]`, shown in `text` as [n]."""

    n: int
    source: str
    title: str
    publisher: str | None
    author: str | None
    published: date | None
    url: str | None
    kind: Kind = "article"
    start: int
    end: int
    quote: str


class Verdict(Record):
    """The conclusion. Which fields are set follows from the intent (lookup has no verdict at all).

    `best` and `order` are empty where sources dispute who is ahead. `disputed` and `tied` are
    benchmarks; in a rank, `disputed` are the models whose place depends on the source.
    """

    class Gap(Record):
        """How far apart two models are in one source: value = to − from."""

        source: str
        from_model: str = Field(serialization_alias="from")
        to_model: str = Field(serialization_alias="to")
        value: float

    best: tuple[str, ...] | None = None
    order: tuple[tuple[str, float], ...] | None = None
    gaps: tuple[Gap, ...] | None = None
    conflict: bool | None = None
    reason: Reason | None = None
    leads: tuple[str, ...] | None = None
    lags: tuple[str, ...] | None = None
    disputed: tuple[str, ...] | None = None
    tied: tuple[str, ...] | None = None
    items: tuple[str, ...] | None = None
    holds: Holds | None = None


class Answer(Record):
    """What every surface shows; surfaces differ only in layout. The JSON contract is `schema: 1`."""

    schema_version: Literal[1] = Field(default=1, serialization_alias="schema")
    id: str | None = None
    question: str
    kind: AnswerKind
    text: str
    interpreted: Interpreted
    facts: tuple[Fact, ...] = ()
    verdict: Verdict | None = None
    disagreements: tuple[Disagreement, ...] = ()
    passages: tuple[CitedPassage, ...] = ()
    citations: tuple[Citation, ...] = ()
    missing: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    confidence: ModelFloat
    # For tables: whether more is better on a benchmark of `facts`; programs outside know their benchmarks.
    higher_is_better: Mapping[str, bool] = Field(default={}, exclude=True)

    @property
    def body(self) -> str:
        """The text without its closing list of sources, for surfaces that show sources in a way of their own."""
        body, _, last = self.text.rpartition("\n\n")
        return body if last and all(re.match(r"(?:\[\d+\])+ ", line) for line in last.splitlines()) else self.text

    def to_json(self) -> str:
        """One line of JSON, as programs outside read it."""
        return ascii_controls(self.model_dump_json(by_alias=True))
