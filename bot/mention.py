"""A question and the vocabulary in → what it names: benchmarks, models, topics, sources, out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.asking_words import NEVER_TYPOS, ORDINARY
from bot.source_phrase import asked_sources, bare_source
from bot.spelling import slips_between
from bot.vocabulary import VARIANTS, Vocabulary, Word, key_of, with_version, words
from index import EFFORTS, identity, is_everyday, joined

LONGEST = 9  # words in a name
# Benchmarks whose names are everyday words as well: without a result, only capitals name them.
EVERYDAY_NAMES = frozenset(
    re.findall(
        r"\S+", "apps arena blink collie drop facts frames gaia helmet loft math multiple quality race ruler spider"
    )
)
BENCHMARK_LIKE = re.compile(r"\w(?:bench|evals?|qa|vqa|arena|gym|mmlu)$|^mmlu")
# Words that make another benchmark of the name that they follow.
BENCHMARK_VARIANTS = VARIANTS | frozenset(
    re.findall(
        r"\S+",
        """
    verified diamond extended professional consensus multilingual multimodal easy full elite redux prime
""",
    )
)
MAX_VERSION = 20  # "GPT-5", "Llama 4"; larger numbers after a name are scores, except years
YEARS = range(2020, 2040)


class Unknown(NamedTuple):
    """A name that is like a known one, but of something that no article speaks of: another version or variant."""

    name: str
    near: tuple[str, ...]


class Mentions(NamedTuple):
    """What a question names."""

    benchmarks: tuple[str, ...] = ()
    weak_benchmarks: tuple[str, ...] = ()  # named by their maker's name, which may mean the maker as well
    models: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()  # the benchmarks of every topic named
    main_topics: tuple[str, ...] = ()  # of these, the ones that bear the topic's name: "health" → HealthBench
    makers: tuple[str, ...] = ()  # as written
    reporters: tuple[str, ...] = ()  # as written
    sources: tuple[str, ...] = ()
    unknown_benchmarks: tuple[Unknown, ...] = ()
    unknown_models: tuple[Unknown, ...] = ()
    read_as: tuple[tuple[str, str], ...] = ()  # (as written, as read), where they differ by more than spelling
    shape: str = ""  # the question in small letters, each name replaced by what it names
    rest: tuple[str, ...] = ()  # words that name nothing
    strange: tuple[str, ...] = ()  # of these, the ones that no plain question has


class Found(NamedTuple):
    """One name, with the words that it takes."""

    kind: str
    names: tuple[str, ...]
    first: int
    last: int


def find_mentions(question: str, known: Vocabulary) -> Mentions:
    """Every name in the question, the longest reading first."""
    said = words(with_version(question, known))
    found = _scan(said, known)
    found = _with_makers(question, said, _with_typos(said, found, known), known)
    found = [_completed(said, name, question, known) for name in found]
    return _sorted(question, said, found, known)


def respelled(question: str, known: Vocabulary) -> str:
    """The question with its models' names as results and catalogue spell them: "gpt5.4" is "GPT-5.4"."""
    for name in reversed(_scan(said := words(with_version(question, known)), known)):
        start, end = said[name.first].start, said[name.last].end
        if name.kind == "model" and identity(question[start:end]) == identity(name.names[0]):
            question = f"{question[:start]}{name.names[0]}{question[end:]}"
    return question


def _with_makers(question: str, said: Sequence[Word], found: Sequence[Found], known: Vocabulary) -> list[Found]:
    """A model's name with its maker's right before it: "Anthropic's Opus 9.7" asks for nothing that Anthropic says."""
    whole = [_with_maker(question, said, name, known) for name in found]
    taken = {place for name in whole for place in range(name.first, name.last + 1) if name.kind in ("model", "family")}
    return [name for name in whole if name.kind in ("model", "family") or name.first not in taken]


def _with_maker(question: str, said: Sequence[Word], name: Found, known: Vocabulary) -> Found:
    if name.kind not in ("model", "family") or name.first == 0:
        return name
    before = name.first - 1 - (said[name.first - 1].key == "s" and name.first > 1)
    beside = re.fullmatch(r"(?:['’]s)?\s+", question[said[before].end : said[name.first].start])
    is_maker = said[before].key in known.developers and said[before].key not in known.model_words
    return name._replace(first=before) if beside and is_maker else name


def _scan(said: Sequence[Word], known: Vocabulary) -> list[Found]:
    found: list[Found] = []
    place = 0
    while place < len(said):
        name = _name_at(said, place, known)
        if name is None:
            place += 1
        else:
            found.append(name)
            place = name.last + 1
    return found


def _name_at(said: Sequence[Word], first: int, known: Vocabulary) -> Found | None:
    for last in range(min(first + LONGEST, len(said)) - 1, first - 1, -1):
        key = joined([word.key for word in said[first : last + 1]])
        kind_names = _named(key, known, is_capital=first == last and said[first].is_capital)
        if kind_names is None and last > first and said[last].key.isdigit():
            kind_names = _named(f"{key}.0", known)
        if kind_names is not None:
            kind, names = kind_names
            if kind == "model":
                longer = _family_at(said, first, known)
                if longer is not None and longer.last > last:
                    return longer
            return Found(kind, names, first, last)
    return _family_at(said, first, known)


def _named(key: str, known: Vocabulary, is_capital: bool = False) -> tuple[str, tuple[str, ...]] | None:
    if key in known.makers:
        return "maker", (known.makers[key],)
    exact = known.benchmarks.get(key)
    if exact in known.reported_benchmarks and exact is not None:
        return "benchmark", (exact,)
    if key in known.shorthands:
        return "benchmark", known.shorthands[key]
    if exact is not None and key not in ORDINARY and (is_capital or key not in EVERYDAY_NAMES):
        return "benchmark", (exact,)
    if key in known.models:
        return "model", (known.models[key],)
    if key in known.topics:
        return "topic", known.topics[key]
    if key in known.sources and key not in ORDINARY:
        return "source", known.sources[key]
    if key in known.reporters and key not in ORDINARY:
        return "reporter", (key,)
    return None


def _family_at(said: Sequence[Word], first: int, known: Vocabulary) -> Found | None:
    """A run of words that all stand in one model's name: "opus", "gemini pro", "llama 4"."""
    if said[first].key[0].isdigit() or said[first].key not in known.model_words:
        return None
    models, last = known.model_words[said[first].key], first
    run = [said[first].key]
    while last + 1 < len(said) and (further := models & known.model_words.get(said[last + 1].key, frozenset())):
        if said[last + 1].key in run:
            break  # the family's next model: "opus 4.5 & opus 4.6"
        models, last = further, last + 1
        run.append(said[last].key)
    if not any(len(word) > 2 and word not in VARIANTS and word not in ORDINARY and word.isalpha() for word in run):
        return None
    return Found("family", tuple(sorted(models)), first, last)


def _with_typos(said: Sequence[Word], found: Sequence[Found], known: Vocabulary) -> list[Found]:
    taken = {place for name in found for place in range(name.first, name.last + 1)}
    fixed = list(found)
    place = 0
    while place < len(said):
        typo = None if place in taken else _typo_at(said, place, taken, known)
        if typo is not None:
            fixed.append(typo)
            taken.update(range(typo.first, typo.last + 1))
        place += 1
    return sorted(fixed, key=lambda name: name.first)


def _typo_at(said: Sequence[Word], first: int, taken: set[int], known: Vocabulary) -> Found | None:
    for last in range(min(first + 4, len(said)) - 1, first - 1, -1):
        run = said[first : last + 1]
        if taken & set(range(first, last + 1)) or all(word.key in ORDINARY for word in run):
            continue
        typed = "".join(word.key for word in run)
        if len(typed) < 4 or typed in NEVER_TYPOS:
            continue
        target = _meant(typed, known)
        if target is not None:
            kind, names = target
            name = Found(kind, names, first, last)
            return _grown(said, name, known) if kind == "family" else name
    return None


def _grown(said: Sequence[Word], name: Found, known: Vocabulary) -> Found:
    """A misspelt family word with the words after it that fit: "geminni 3.1 pro"."""
    models, last = frozenset(name.names), name.last
    while last + 1 < len(said) and (further := models & known.model_words.get(said[last + 1].key, frozenset())):
        models, last = further, last + 1
    return Found("family", tuple(sorted(models)), name.first, last)


def _meant(typed: str, known: Vocabulary) -> tuple[str, tuple[str, ...]] | None:
    """The one name that the typed word misspells; None where none or several are as near."""
    near: dict[tuple[str, tuple[str, ...]], int] = {}
    for name in sorted(known.reported_benchmarks):
        for spelling in _typo_targets(name):
            if (slips := slips_between(typed, spelling)) is not None:
                target = ("benchmark", (name,))
                near[target] = min(slips, near.get(target, slips))
    reported = known.reported_models
    for word, models in known.model_words.items():
        spelt_out = len(word) > 3 and word.isalpha() and word not in VARIANTS and models & reported
        if spelt_out and (slips := slips_between(typed, word.capitalize())) is not None:
            near["family", tuple(sorted(models))] = slips
    for key, name in known.benchmarks.items():  # a spelling that is known is no misspelling of another name
        if key == typed and key not in EVERYDAY_NAMES:
            return "benchmark", (name,)
    best = min(near.values(), default=0)
    nearest = [target for target, slips in near.items() if slips == best]
    if len(nearest) > 1 and all(kind == "benchmark" for kind, _ in nearest):
        return "benchmark", tuple(sorted({name for _, names in nearest for name in names}))
    return nearest[0] if len(nearest) == 1 else None


def _typo_targets(name: str) -> list[str]:
    """Spellings that people aim at: the whole name, and its first word."""
    parts = re.split(r"[\s\-–—_/()]+", name)
    targets = ["".join(parts[:count]) for count in range(1, len(parts) + 1)]
    return [target for target in targets if len(target) > 3]


def _completed(said: Sequence[Word], name: Found, question: str, known: Vocabulary) -> Found:
    """A name that goes on in a version or variant which nobody reports becomes an unknown name."""
    if name.kind not in ("benchmark", "model", "family") or name.last + 1 >= len(said):
        return name
    last = name.last
    if name.kind == "family" and _is_unknown_sibling(said, name, question, known):
        return Found("unknown model", name.names, name.first, last + 1)
    variants = BENCHMARK_VARIANTS if name.kind == "benchmark" else VARIANTS
    own_digits = said[last].key[-1].isdigit()
    follower = said[last + 1]
    glued = not question[said[last].end : follower.start].strip(" -–") and follower.start - said[last].end < 2
    counts_shots = last + 2 < len(said) and said[last + 2].key in ("shot", "shots")  # "gsm8k 8-shot" is a setting
    is_version = _is_version(follower.key) and not counts_shots and not _is_score(follower.key, name, known)
    if glued and is_version and not (own_digits and name.kind != "benchmark"):
        last += 1
    while last + 1 < len(said) and (
        said[last + 1].key in variants
        and len(said[last + 1].key) > 1
        and not (said[last + 1].key in ORDINARY or said[last + 1].key in ("thinking", "reasoning", "high", "vision"))
        and not (said[last + 1].key in EFFORTS and name.kind != "benchmark" and said[last].key[-1].isdigit())
    ):
        last += 1
    if last + 1 < len(said) and said[last].key == "deep" and said[last + 1].key == "think":
        last += 1
    if last > name.last and said[last].key == "deep":
        last -= 1
    if last == name.last:
        return name
    return Found(f"unknown {'benchmark' if name.kind == 'benchmark' else 'model'}", name.names, name.first, last)


def _is_unknown_sibling(said: Sequence[Word], name: Found, question: str, known: Vocabulary) -> bool:
    """A vendor's family word and then a word that nothing explains: "claude mythos" is no Claude that is known.

    An everyday word in small letters is about the family instead: "can claude handle", "claude pricing".
    """
    after = said[name.last + 1]
    follower = after.key
    if name.first != name.last or len(follower) < 4 or not follower.isalpha():
        return False
    if (question.istitle() or not question[after.start].isupper()) and is_everyday(follower):
        return False
    settings = {word.key for setting in known.settings for word in words(setting)}
    return not _is_explained(follower, known, settings)


def _is_explained(word: str, known: Vocabulary, settings: set[str]) -> bool:
    plural = word.removesuffix("s")
    return (
        word in ORDINARY | settings | VARIANTS | BENCHMARK_VARIANTS
        or word in EFFORTS
        or plural in ORDINARY
        or BENCHMARK_LIKE.search(word) is not None
        or _named(word, known) is not None
        or word in known.model_words
        or any(key.startswith(word) for key in (*known.benchmarks, *known.shorthands))
        or _meant(word, known) is not None
    )


def _is_version(key: str) -> bool:
    if not key[0].isdigit():
        return False
    try:
        number = float(key)
    except ValueError:
        return True
    return number < MAX_VERSION or number in YEARS


def _is_score(key: str, name: Found, known: Vocabulary) -> bool:
    """A number behind a name that is stated for it: "healthbench hard 14.8"."""
    stated = known.values.get(float(key), ()) if "." in key and key.count(".") == 1 else ()
    return any(one in name.names for pair in stated for one in pair)


def _sorted(question: str, said: Sequence[Word], found: Sequence[Found], known: Vocabulary) -> Mentions:
    benchmarks = _merge(name.names for name in found if name.kind == "benchmark")
    counted = tuple(name for name in benchmarks if name in known.token_counts)
    benchmarks = counted or benchmarks  # "tokens used on the index" asks for the tokens, not for the index
    taken = {place for name in found for place in range(name.first, name.last + 1)}
    written = {name: question[said[name.first].start : said[name.last].end] for name in found}
    settings = {word.key for setting in known.settings for word in words(setting)}
    rest = tuple(word.key for place, word in enumerate(said) if place not in taken)
    return Mentions(
        benchmarks=benchmarks,
        models=_models(said, found, benchmarks, known),
        topics=_merge(name.names for name in found if name.kind == "topic"),
        main_topics=tuple(
            name for n in found if n.kind == "topic" for name in n.names if key_of(name).startswith(key_of(written[n]))
        ),
        makers=tuple(written[name] for name in found if name.kind == "maker"),
        weak_benchmarks=_merge(name.names for name in found if name.kind == "maker"),
        reporters=tuple(written[name] for name in found if name.kind == "reporter"),
        sources=_sources(question, known),
        unknown_benchmarks=tuple(Unknown(written[n], n.names) for n in found if n.kind == "unknown benchmark"),
        unknown_models=tuple(Unknown(written[n], n.names) for n in found if n.kind == "unknown model"),
        read_as=_read_as(found, written, known.benchmarks),
        shape=_shape(question, said, found),
        rest=rest,
        strange=tuple(
            word for word in rest if word not in ORDINARY | settings and word not in EFFORTS and not word[0].isdigit()
        ),
    )


def _sources(question: str, known: Vocabulary) -> tuple[str, ...]:
    """The sources whose word is asked for; one that is merely spoken of is none."""
    asked = asked_sources(question, known.sources, known.all_makers, known.outlets)
    return asked.sources or bare_source(question, known.sources)


def _shape(question: str, said: Sequence[Word], found: Sequence[Found]) -> str:
    """What is left to read when names are out of the way: "who leads on humanity's last exam" has no "last"."""
    parts, at = [], 0
    for name in found:
        parts += [question[at : said[name.first].start], f" ‹{name.kind[:1]}› "]
        at = said[name.last].end
    return " ".join("".join([*parts, question[at:]]).casefold().replace("’", "'").split())


def _models(
    said: Sequence[Word], found: Sequence[Found], benchmarks: Sequence[str], known: Vocabulary
) -> tuple[str, ...]:
    models: list[str] = []
    for name in found:
        if name.kind == "model":
            models += name.names
        elif name.kind == "family":
            run = {word.key for word in said[name.first : name.last + 1]}
            models += _of_family(run, name.names, benchmarks, known)
    return tuple(dict.fromkeys(models))


def _of_family(run: set[str], models: Sequence[str], benchmarks: Sequence[str], known: Vocabulary) -> list[str]:
    """Which of a family are meant: those with a result for what is asked, and no variant that nobody named."""
    asked = [model for model in models if any((benchmark, model) in known.pairs for benchmark in benchmarks)]
    reported = [model for model in models if model in known.reported_models]
    among = asked or reported or list(models)
    parts = {model: {word.key for word in words(model)} for model in among}
    return [
        model
        for model in among
        if not any(parts[other] < parts[model] and (parts[model] - parts[other]) - run for other in among)
    ]


def _merge(names: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for group in names for name in group))


def _read_as(
    found: Sequence[Found], written: Mapping[Found, str], spellings: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """Shorthands and misspellings of benchmarks: what was written, and how it was read."""
    return tuple(
        (written[name], other)
        for name in found
        if name.kind == "benchmark"
        for other in name.names
        if spellings.get(key_of(written[name])) != other
    )
