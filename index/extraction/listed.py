"""A sentence that lists numbers or compares two of them, in → each with its names in the same order, out."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from index.extraction.line import Line
from index.extraction.number import Number
from index.names import Mention

AND = r"(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s*/\s*)"
JOINT = re.compile(rf"(?:{AND}(?:both\s+)?|\s*)(?:(?:OpenAI|Anthropic|Google|Meta|xAI|Alibaba|DeepSeek)['’]s\s+)?")
BETWEEN = re.compile(r"\s*(?:,\s*(?:and\s+)?|and\s+|vs\.?\s+|versus\s+|to\s+|/|&\s*|,?\s*compared\s+(?:to|with)\s+)\s*")
TO = re.compile(r"\s*(?:%|points)?\s*(?:to|→|->)\s*(?:an?\s+|about\s+)?")
FROM = re.compile(r"\bfrom\s*(?:about\s+|roughly\s+)?$", re.IGNORECASE)
UP_FROM = re.compile(
    r"[^;.\d]{0,60}?\b(?:up|down|rose|rising|improv\w+|jump\w*|increas\w+|climb\w*)?\s*,?\s*from\s*$", re.IGNORECASE
)
FOR = re.compile(
    r"[\s)]*(?:for|of|with|by|on|in)\s+(?:the\s+|its\s+|our\s+|their\s+)?(?:predecessor|(?:previous|older|last)\s+\w+)?,?\s*$"
)
AGAINST = re.compile(
    r"\b(?:compared\s+(?:to|with)|over|than|versus|vs\.?|relative\s+to|of|from)\s+(?:the\s+|its\s+|\w+\s+)?$",
    re.IGNORECASE,
)


RESPECTIVELY = re.compile(r",?\s+(?:\w+\s+)?respectively\b")
WITH = re.compile(r"(?:\b(?:with|at|by|scoring|reaching|achieving)|[:(–—])\s*(?:a\s+score\s+of\s+)?$")
AGAINST_EACH = re.compile(r"\s*(?:vs\.?|versus|against|compared\s+(?:to|with))\s+")


UNKNOWN_BEFORE = re.compile(r"(?:[A-Z]\w+['’]s\s)?(?P<name>[A-Z][\w.-]*(?:\s[A-Z][\w.-]*){0,3})\s*$")


class Claim(NamedTuple):
    """The sentence says that `model` has `number` on `benchmark`; without a model, that the number is nobody's."""

    benchmark: str
    model: str | None
    number: Number


BenchmarkOf = Callable[[Number], str | None]
SubjectsOf = Callable[[Number], list[str]]


def listed_claims(
    line: Line, subject: str | None, benchmark_of: BenchmarkOf, subjects_of: SubjectsOf, spoken: str | None = None
) -> Iterator[Claim]:
    """Changes ("from 70.3 to 74.2"), pairs ("57.9 vs 46.2 and 45.3") and lists ("…, respectively")."""
    if len(line.numbers) < 2:
        return
    done: set[int] = set()
    for claim in (
        *_changes(line, benchmark_of, subjects_of),
        *_brackets(line, subject, benchmark_of),
        *_against(line, benchmark_of),
        *_lists(line, benchmark_of, subjects_of, spoken),
    ):
        if claim.number.start not in done:
            yield claim
        done.add(claim.number.start)


def paired_claims(line: Line, pair: Sequence[str], spoken: str | None) -> list[Claim]:
    """ "On MATH it was closer, 74.2 vs 75.8", after a sentence that compared two models; "…, respectively" for more."""
    benchmark = line.benchmarks[0].name if line.benchmarks else spoken
    if not benchmark or line.models or len(line.benchmarks) > 1:
        return []
    for group in groups(line):
        one_each = len(pair) == len(group) > 1
        against = one_each and len(group) == 2 and AGAINST_EACH.fullmatch(line.text, group[0].after, group[1].start)
        if against or (one_each and RESPECTIVELY.match(line.text, group[-1].after)):
            return [Claim(benchmark, model, number) for model, number in zip(pair, group, strict=True)]
    return []


def coordinated(line: Line, model: Mention, forward: bool = False) -> list[str]:
    """Models that share what is said of one: "Gemini 3.1 Pro and GPT-5.4 reach about 76%"."""
    place = line.models.index(model)
    shared = []
    step = 1 if forward else -1
    here, joined_by_and = model, False
    while 0 <= place + step < len(line.models):
        place += step
        other = line.models[place]
        left, right = (here, other) if forward else (other, here)
        joint = line.text[left.end : right.start] if right.start >= left.end else ""
        if not JOINT.fullmatch(joint) or (joint.strip() == "" and right.start >= left.end):
            break
        joined_by_and = joined_by_and or joint.strip() != ","
        shared.append(other.name)
        here = other
    return shared if joined_by_and else []


def groups(line: Line) -> list[list[Number]]:
    """Numbers that stand in one list: nothing but commas and "and", "vs" between them."""
    found: list[list[Number]] = []
    for number in line.numbers:
        if found and BETWEEN.fullmatch(line.text, found[-1][-1].after, number.start):
            found[-1].append(number)
        else:
            found.append([number])
    return found


def _changes(line: Line, benchmark_of: BenchmarkOf, subjects_of: SubjectsOf) -> Iterator[Claim]:
    pairs: list[tuple[list[Number], list[Number]]] = []
    lists = _slashed(line)
    for old, new in pairwise(lists):
        gap = _without_models(line, old[-1].after, new[0].start)
        begins = FROM.search(line.before(old[0].start)) or (
            pairs and re.fullmatch(r"\s*(?:,|and|, and)\s*", line.text[pairs[-1][1][-1].after : old[0].start])
        )
        if begins and TO.fullmatch(gap) and len(old) == len(new):
            pairs.append((old, new))
        elif (
            UP_FROM.fullmatch(_without_tests(line, old[-1].after, new[0].start))
            and not FROM.search(line.before(old[0].start))
            and not re.match(r"\s*%?\s+to\s", line.text[new[-1].end :])
        ):
            yield from _formerly(line, new[0], benchmark_of)
            yield from _older(line, new[0], benchmark_of)
    subjects: list[str] = []
    for place, (old, new) in enumerate(pairs):
        benchmark = benchmark_of(old[0])
        between = [model.name for model in line.models if old[-1].after <= model.start and model.end <= new[0].start]
        behind = [model.name for model in line.models if FOR.fullmatch(line.text, new[-1].after, model.start)]
        subjects = subjects or behind or [name for name in subjects_of(old[0]) if name not in between]
        former = between or _former(line, subjects)
        for number, one in enumerate(old):
            index = number if len(old) > 1 else place
            if benchmark:
                yield Claim(benchmark, _pick(former, index, len(pairs) * len(old)), one)
                yield Claim(benchmark, _pick(subjects, index, len(pairs) * len(old)), new[number])


def _formerly(line: Line, old: Number, benchmark_of: BenchmarkOf) -> Iterator[Claim]:
    """ "73.1%, up from 69.4% for its predecessor": the older number needs a name of its own."""
    benchmark = benchmark_of(old)
    behind = [
        model for model in line.models if model.start >= old.after and FOR.fullmatch(line.text[old.after : model.start])
    ]
    before = [model for model in line.models if re.fullmatch(r"['’]s\s*", line.text[model.end : old.start])]
    named = behind or before
    if benchmark:
        yield Claim(benchmark, named[0].name if named else None, old)


def _older(line: Line, first: Number, benchmark_of: BenchmarkOf) -> Iterator[Claim]:
    """ "Up from 61.0% and 43.3% for our previous model, Gull": the others of the older numbers, too."""
    group = next((group for group in groups(line) if group[0] is first), [])
    tests = list(dict.fromkeys(each.name for each in line.benchmarks if each.end <= first.start))
    if len(group) < 2:
        return
    behind = [model.name for model in line.models if FOR.fullmatch(line.text, group[-1].after, model.start)]
    for place, number in enumerate(group):
        benchmark = tests[place] if len(tests) == len(group) else benchmark_of(number)
        if benchmark:
            yield Claim(benchmark, behind[0] if behind else None, number)


def _former(line: Line, subjects: Sequence[str]) -> list[str]:
    named = [model for model in line.models if AGAINST.search(line.before(model.start)) and model.name not in subjects]
    if not named:
        return []
    return [each.name for each in line.models if each.start == named[0].start] + coordinated(
        line, named[-1], forward=True
    )


def _pick(names: Sequence[str], place: int, count: int) -> str | None:
    names = list(dict.fromkeys(names))
    if len(names) == count and count > 1:
        return names[place]
    return names[0] if len(names) == 1 else None


def _slashed(line: Line) -> list[list[Number]]:
    found: list[list[Number]] = []
    for number in line.numbers:
        if found and re.fullmatch(r"\s?/\s?", line.text[found[-1][-1].after : number.start]):
            found[-1].append(number)
        else:
            found.append([number])
    return found


def _brackets(line: Line, subject: str | None, benchmark_of: BenchmarkOf) -> Iterator[Claim]:
    """ "X beats Y and Z (57.9 vs 46.2 and 45.3)": as many models as numbers, in their order."""
    for group in groups(line):
        opened = line.text.rfind("(", max(0, group[0].start - 60), group[0].start)
        if len(group) < 2 or opened < 0 or re.search(r"\w", line.text[opened + 1 : group[0].start]):
            continue
        if not re.match(r"\s*(?:on\b[^)]*)?\)", line.text[group[-1].after :]):
            continue
        tests = list(dict.fromkeys(each.name for each in line.benchmarks if each.end <= opened))
        owner = _right_before(line, opened)
        if owner and len(tests) == len(group) and _is_and(line, group):
            for test, number in zip(tests, group, strict=True):  # "X (51.5% and 67.4%)": one model on both
                yield Claim(test, owner, number)
            continue
        before = list(dict.fromkeys(model.name for model in line.models if model.end <= opened))
        benchmark = benchmark_of(group[0])
        if len(before) == len(group) - 1 and subject and subject not in before:
            before = [subject, *before]
        if benchmark and len(before) >= len(group):
            for model, number in zip(before[-len(group) :], group, strict=True):
                yield Claim(benchmark, model, number)


def _right_before(line: Line, opened: int) -> str | None:
    """The name that ends where a bracket opens: a model's, or what is written like one."""
    for model in line.models:
        if model.end <= opened and not line.text[model.end : opened].strip():
            return model.name
    name = UNKNOWN_BEFORE.search(line.before(opened))
    known = [each for each in line.benchmarks if name and each.end > opened - len(name[0])]
    return None if name is None or any(each.end <= opened for each in known) else name["name"]


def _is_and(line: Line, group: Sequence[Number]) -> bool:
    return all(re.fullmatch(AND, line.text[left.after : right.start]) for left, right in pairwise(group))


def _against(line: Line, benchmark_of: BenchmarkOf) -> Iterator[Claim]:
    """ "X outperformed Y on B with 66.29% against 62.9%": the subject's number first, whoever is ahead."""
    if len(line.numbers) != 2 or len(line.models) != 2 or len({each.name for each in line.models}) != 2:
        return
    first, second = line.numbers
    joint = AGAINST_EACH.fullmatch(line.text, first.after, second.start)
    benchmark = benchmark_of(first)
    if joint and benchmark and line.models[1].end <= first.start and WITH.search(line.before(first.start)):
        yield Claim(benchmark, line.models[0].name, first)
        yield Claim(benchmark, line.models[1].name, second)


def _lists(line: Line, benchmark_of: BenchmarkOf, subjects_of: SubjectsOf, spoken: str | None) -> Iterator[Claim]:
    said = re.search(r"\brespectively\b", line.text) is not None
    tests = _runs(line, line.benchmarks)
    contestants = _runs(line, line.models)
    order: list[str] = []
    for group in groups(line):
        count = len(group)
        if count < 2:
            continue
        run = next((run for run in tests if len(run) == count and not _encloses(run, group)), None)
        models = next((run for run in contestants if len(run) == count and said), None)
        if run and (said or _follows(line, group, run) or _leads(line, group, run, contestants)):
            order = [each.name for each in run]
        elif not order or len(order) != count:
            order = []
        if order:
            owner = _owner(line, group, subjects_of)
            for name, number in zip(order, group, strict=True):
                yield Claim(name, owner, number)
        elif models and (benchmark := benchmark_of(group[-1]) or (None if line.benchmarks else spoken)):
            for contestant, number in zip(models, group, strict=True):
                yield Claim(benchmark, contestant.name, number)


def _owner(line: Line, group: Sequence[Number], subjects_of: SubjectsOf) -> str | None:
    before = [model for model in line.models if model.end <= group[0].start]
    if before and re.fullmatch(
        r"\s*(?:with|at|\(|['’]s|:)\s*(?:scores\s+of\s+)?", line.text[before[-1].end : group[0].start]
    ):
        return before[-1].name
    subjects = subjects_of(group[0])
    return subjects[0] if len(subjects) == 1 else None


def _follows(line: Line, group: Sequence[Number], run: Sequence[Mention]) -> bool:
    between = line.text[group[-1].after : run[0].start]
    return bool(re.fullmatch(r"\s*(?:\w+\s+){0,2}(?:on|in|for|at|across)\s+(?:the\s+)?", between))


def _leads(
    line: Line, group: Sequence[Number], run: Sequence[Mention], contestants: Sequence[Sequence[Mention]]
) -> bool:
    """ "On A, B and C it scores 71, 77 and 38": names, then their numbers, and nobody else's list."""
    if run[-1].end > group[0].start or not _is_and(line, group):
        return False
    places = [*((each.start, each.end) for each in line.benchmarks), *((each.start, each.end) for each in line.numbers)]
    alone = not any(run[-1].end <= start and end <= group[0].start for start, end in places)
    return alone and not any(len(others) == len(group) for others in contestants)


def _encloses(run: Sequence[Mention], group: Sequence[Number]) -> bool:
    return any(run[0].start < number.start < run[-1].end for number in group)


def _runs(line: Line, mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Names that stand in one list."""
    found: list[list[Mention]] = []
    for mention in mentions:
        if found:
            last = found[-1][-1]
            joint = line.text[last.end : mention.start] if mention.start >= last.end else " and "
            joint = re.sub(r"\s?\([^()]{0,40}\)", "", joint)
            if re.fullmatch(AND, joint):
                found[-1].append(mention)
                continue
        found.append([mention])
    return [run for run in found if len(run) > 1]


def _without_tests(line: Line, start: int, end: int) -> str:
    gap = line.text[start:end]
    for name in line.benchmarks:
        if start <= name.start and name.end <= end:
            gap = gap.replace(line.text[name.start : name.end], "", 1)
    return gap


def _without_models(line: Line, start: int, end: int) -> str:
    gap = line.text[start:end]
    for model in line.models:
        if start <= model.start and model.end <= end:
            gap = re.sub(r"\s*(?:of|for|by|with)\s*$", "", line.text[start : model.start]) + line.text[model.end : end]
    return gap
