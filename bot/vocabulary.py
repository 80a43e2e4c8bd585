"""Results, catalogue and articles in → the words that questions may name things with, out."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from index import Article, BenchmarkResult, Catalogue, fold, joined, plain, versioned

WORD = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)*|\+")
CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]+|[a-z]+|\d+(?:\.\d+)*|[^\W\d_]+")
# First words of benchmark names that are words of everyday language too: alone they name nothing.
EVERYDAY = frozenset(
    re.findall(
        r"\S+",
        """
    agent artificial big chart chat code deep general graph hard health humanity index intelligence live long
    math medical multi omni open output real science search simple terminal text tool video vision visual web
    writing
""",
    )
)
# Words in model names that alone name no model.
VARIANTS = frozenset(
    re.findall(
        r"\S+",
        """
    pro mini nano flash lite max ultra turbo codex instruct air plus base chat coder preview high low medium
    large small thinking reasoning fast next exp experimental vision deep think it distill heavy b v r
""",
    )
)

# Other words for the catalogue's topics.
TOPIC_WORDS = {
    "overall": "index",
    "medical": "health",
    "medicine": "health",
    "healthcare": "health",
    "visual": "vision",
    "image": "vision",
    "programming": "coding",
    "code": "coding",
    "softwareengineering": "coding",
    "agents": "agentic",
    "maths": "math",
    "mathematics": "math",
    "scientific": "science",
}
TITLE_ENDS = re.compile(r"\s+[–—|-]\s+|[:;]\s+")
COUNTED = tuple(
    f"{adjective}token{noun}"
    for adjective in ("", "output")
    for noun in ("s", "susage", "usage", "sused", "use", "count", "efficiency", "consumption", "sspent", "sburned")
)


class Word(NamedTuple):
    """A word of a question or name: its spelling for comparison, and where it stands."""

    key: str
    start: int
    end: int
    is_capital: bool  # "DROP", which "drop" is not


class Vocabulary(NamedTuple):
    """What questions can name. A key is a folded spelling; names are as results and catalogue write them."""

    benchmarks: Mapping[str, str]  # every full spelling
    models: Mapping[str, str]
    shorthands: Mapping[str, tuple[str, ...]]  # "swebench" → the benchmarks with results whose names go on from there
    model_words: Mapping[str, frozenset[str]]  # "opus" → every model with that word in its name
    topics: Mapping[str, tuple[str, ...]]  # "vision" → benchmarks with results
    pairs: frozenset[tuple[str, str]]  # (benchmark, model) that have a result
    settings: tuple[str, ...]
    reporters: frozenset[str]
    token_counts: frozenset[str]  # benchmarks that count what a run used
    sources: Mapping[str, tuple[str, ...]]  # "thenextweb" → the ids of its articles
    outlets: frozenset[str]  # of these keys, the names of publishers and authors
    makers: Mapping[str, str]  # who makes a benchmark → the benchmark that bears that name, where it has a result
    developers: Mapping[str, tuple[str, ...]]  # who makes models → the models
    rated: tuple[str, ...]  # benchmarks with results in Elo
    values: Mapping[float, tuple[tuple[str, str], ...]]  # a number → what it is stated for: (benchmark, model)
    subject: str | None  # the model with most results: who is meant where nobody is named

    @property
    def all_makers(self) -> frozenset[str]:
        """Who makes models and benchmarks, by key: spoken of more often than cited."""
        return frozenset(self.makers) | frozenset(self.developers)

    @property
    def reported_benchmarks(self) -> frozenset[str]:
        """Benchmarks that have a result."""
        return frozenset(benchmark for benchmark, _ in self.pairs)

    @property
    def reported_models(self) -> frozenset[str]:
        """Models that have a result."""
        return frozenset(model for _, model in self.pairs)


def words(text: str) -> list[Word]:
    """The words of a text; letters part from digits, so "gpt5.4" and "GPT-5.4" read alike."""
    found = (Word(fold(match[0]), match.start(), match.end(), match[0].isupper()) for match in WORD.finditer(text))
    return [word for word in found if word.key]


@lru_cache(maxsize=10_000)  # each word of a question is compared with every name
def key_of(text: str) -> str:
    """One spelling for all that differ in case, spaces and hyphens only; numbers beside each other stay apart."""
    return joined([word.key for word in words(text)])


def model_key(name: str) -> str:
    """One spelling for a model's name, with "gpt-5-4" read as 5.4."""
    return key_of(versioned(name))


def with_version(question: str, known: Vocabulary) -> str:
    """ "gpt-5-4" with a dot in its version; elsewhere "4-5" stays. Each character keeps its place."""
    dotted = versioned(question)
    if dotted == question:
        return question
    before = [(word.key, word.end) for word in words(plain(question))]
    families = [end for key, end in before if key in known.model_words]
    return "".join(
        dotted[at] if dotted[at] != "." or any(0 < at - end < 4 for end in families) else question[at]
        for at in range(len(question))
    )


def vocabulary(results: Sequence[BenchmarkResult], catalogue: Catalogue, articles: Mapping[str, Article]) -> Vocabulary:
    """Everything that a question about these results may name."""
    pairs = frozenset((result.benchmark, result.model) for result in results)
    reported = sorted({benchmark for benchmark, _ in pairs})
    benchmarks = _spellings([(entry.name, entry.aliases) for entry in catalogue.benchmarks], reported)
    listed_models = [(entry.name, entry.aliases) for entry in catalogue.models]
    models = _spellings(listed_models, sorted({model for _, model in pairs}), model_key)
    counted = Counter(result.model for result in results)
    counts = frozenset(result.benchmark for result in results if result.unit == "tokens")
    shorthands = _shorthands([name for name in reported if name not in counts], benchmarks)
    shorthands |= {key: tuple(sorted(counts)) for key in COUNTED} if counts else {}
    model_words, topics = _model_words(models), _topics(reported, catalogue)
    return Vocabulary(
        benchmarks=benchmarks,
        token_counts=counts,
        models=models,
        shorthands=shorthands,
        model_words=model_words,
        topics=topics,
        pairs=pairs,
        settings=tuple(sorted({result.setting for result in results if result.setting})),
        reporters=frozenset(key_of(result.reported_by) for result in results if result.reported_by),
        sources=_sources(articles, {*benchmarks, *models, *shorthands, *model_words}),
        outlets=outlets(articles.values()),
        makers=_makers(reported, catalogue),
        developers=_developers(catalogue, models),
        rated=tuple(sorted({result.benchmark for result in results if result.unit == "elo"})),
        values=_values(results),
        subject=min(counted, key=lambda model: (-counted[model], model), default=None),
    )


def _values(results: Sequence[BenchmarkResult]) -> dict[float, tuple[tuple[str, str], ...]]:
    found: dict[float, dict[tuple[str, str], None]] = defaultdict(dict)
    for result in results:
        found[result.value][result.benchmark, result.model] = None
    return {value: tuple(pairs) for value, pairs in found.items()}


def _spellings(
    entries: Iterable[tuple[str, tuple[str, ...]]], reported: Sequence[str], key_of: Callable[[str], str] = key_of
) -> dict[str, str]:
    """Every spelling → the name that results use, else the catalogue's."""
    used = {key_of(name): name for name in reported}
    found: dict[str, str] = {}
    for name, aliases in entries:
        keys = [key_of(spelling) for spelling in (name, *aliases)]
        known = next((used[key] for key in keys if key in used), name)
        for key in keys:
            found.setdefault(key, known)
    return found | used


def _shorthands(reported: Sequence[str], spellings: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The beginnings of names that stand for the whole: "SWE-bench" for "SWE-bench Verified", "tbench" too."""
    found: dict[str, set[str]] = defaultdict(set)
    plain = {name.replace("²", ""): name for name in reported if "²" in name}  # people say "tau bench" for τ²-Bench
    for name in (*reported, *plain):
        parts = [part for part in re.split(r"[\s\-–—_/()]+", name) if key_of(part)]
        for count in range(1, len(parts)):
            found[key_of("".join(parts[:count]))].add(name)
        camel = [key_of(part) for part in CAMEL.findall(parts[0])] if parts else []
        for count in range(2, len(camel)):
            found["".join(camel[:count])].add(name)
        if len(parts) > 1 and key_of(parts[1]) == "bench" and parts[0].isascii():
            found[key_of(parts[0])[0] + "bench"].add(name)
    for spelling, name in plain.items():
        found[key_of(spelling)].add(name)
    found = {key: {plain.get(name, name) for name in names} for key, names in found.items()}
    return {
        key: tuple(sorted(names))
        for key, names in found.items()
        if len(key) > 2 and key not in EVERYDAY and spellings.get(key) not in names
    }


def _model_words(models: Mapping[str, str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name in set(models.values()):
        for word in words(versioned(name)):
            found[word.key].add(name)
    return {word: frozenset(names) for word, names in found.items()}


def _developers(catalogue: Catalogue, models: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for entry in catalogue.models:
        if entry.developer:
            found[key_of(entry.developer)].add(models[model_key(entry.name)])
    return {developer: tuple(sorted(names)) for developer, names in found.items()}


def _topics(reported: Sequence[str], catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """A topic's benchmarks; where the topic's own word begins a benchmark's name, that one is meant first."""
    listed = {key_of(spelling): entry for entry in catalogue.benchmarks for spelling in (entry.name, *entry.aliases)}
    found: dict[str, list[str]] = defaultdict(list)
    for name in reported:
        entry = listed.get(key_of(name))
        for topic in entry.topics if entry else ():
            found[key_of(topic)].append(name)
    named = {topic: tuple(names) for topic, names in found.items()}
    return {word: named[topic] for word, topic in TOPIC_WORDS.items() if topic in named} | named


def outlets(articles: Iterable[Article]) -> frozenset[str]:
    """The keys of the names that publishers and authors are known by."""
    return frozenset(key for article in articles for key in _outlet_keys(article))


def _outlet_keys(article: Article) -> list[str]:
    """ "The Next Web": that, without the article, and its initials; the first word of "FlowVideo AI Research"."""
    publisher = article.publisher or ""
    named = [part for part in publisher.split() if part[0].isupper()]
    initials = "".join(part[0] for part in named) if len(named) > 2 else ""
    joined_by = (re.sub(r"\s*&\s*", " and ", publisher), re.sub(r"\s+and\s+", " ", publisher))
    plain = [name.removeprefix("The ") for name in joined_by]
    keys = map(key_of, (publisher, publisher.removeprefix("The "), *joined_by, *plain, initials, article.author or ""))
    first = words(publisher)[:1]
    return [key for key in keys if len(key) > 2] + ([first[0].key] if first and len(first[0].key) > 4 else [])


def _sources(articles: Mapping[str, Article], others: Collection[str]) -> dict[str, tuple[str, ...]]:
    """What articles may be called by: publisher, author, title and its main part, id. A name of `others` calls none."""
    found: dict[str, tuple[str, ...]] = {}
    for article in sorted(articles.values(), key=lambda article: article.id):
        main = TITLE_ENDS.split(article.title)[0]
        named = map(key_of, (article.title, main, article.title.removeprefix("The "), article.id))
        keys = [*_outlet_keys(article), *(key for key in named if len(key) > 2)]
        for key in dict.fromkeys(keys):
            if key not in others:
                found[key] = (*found.get(key, ()), article.id)
    return found


def _makers(reported: Sequence[str], catalogue: Catalogue) -> dict[str, str]:
    """ "Artificial Analysis" says its index as well as who measured something: a benchmark if no other is named."""
    makers = sorted({key_of(entry.developer) for entry in catalogue.benchmarks if entry.developer})
    named = [(maker, [name for name in reported if key_of(name).startswith(maker)]) for maker in makers]
    return {maker: min(names, key=len) for maker, names in named if names}
