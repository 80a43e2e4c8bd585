"""Two models that the sources put in different orders in → who says which, in words, out."""

from collections.abc import Iterable, Mapping, Sequence

from bot.comparison import Comparison, Said, settled
from bot.figure import each_figure, figure
from bot.written import listed, spelled
from index import BenchmarkResult

FEW = 2  # sources that are named; more are counted
TOLD = 2  # pairs that are told; more are left to the table

Names = Mapping[str, str]  # a source's name within a sentence


def disputes(pairs: Sequence[Comparison], names: Names) -> str:
    """The first pairs, each with who says which."""
    told = [dispute(pair, names) for pair in pairs[:TOLD]]
    return "; ".join(told) + (f"; and {spelled(len(pairs) - TOLD)} more such pairs" if len(pairs) > TOLD else "")


def dispute(pair: Comparison, names: Names) -> str:
    """ "Only The Lantern compares both (Orca 81.2%, Quill 80.1%); three others put Orca below 80.1%"."""
    direct = _direct(pair, names) or [f"no source compares {pair.first} with {pair.second}"]
    return "; ".join([*direct, *held_against(pair, names)])


def held_against(pair: Comparison, names: Names) -> list[str]:
    """What sources with one of the two numbers say: "three others put Orca below 80.1%"."""
    return [
        *_across(pair.first, pair.second, [(said, said.first) for said in pair.across if said.first], pair, names),
        *_across(pair.second, pair.first, [(said, said.second) for said in pair.across if said.second], pair, names),
    ]


def _direct(pair: Comparison, names: Names) -> list[str]:
    """The sources that give both numbers, by which model they put ahead."""
    sources = list(dict.fromkeys(said.source for said in pair.direct))
    if len(sources) == len({(said.source, said.sign) for said in pair.direct}) == 1:
        said = pair.direct[0]
        return [f"only {_named([said], pair, names)} compares both ({_both(said)})"]
    parts = []
    for sign, model in ((1, pair.first), (-1, pair.second), (0, "")):
        own = [said for said in pair.direct if said.sign == sign]
        if own:
            numbers = ", ".join(dict.fromkeys(f"{_both(said)}" for said in own))
            where = f"{model} ahead" if model else f"{pair.first} and {pair.second} level"
            parts.append(f"{_named(own, pair, names)} {'have' if _count(own) > 1 else 'has'} {where} ({numbers})")
    return parts


def _across(
    model: str,
    rival: str,
    found: Sequence[tuple[Said, BenchmarkResult]],
    pair: Comparison,
    names: Names,
) -> list[str]:
    """Sources with a number of one model only, held against the numbers of the other."""
    parts = []
    turn = 1 if model == pair.first else -1
    against = [result for result in pair.known if result.model == rival]
    level = against[0] if len({settled(result, against) for result in against}) == 1 else None
    for sign in (1, -1, 0):
        own = [(said, result) for said, result in found if said.sign * turn == sign]
        if own:
            said_by = [said for said, _ in own]
            put = "put" if _count(said_by) > 1 else "puts"
            where = _where(own[0][1], sign, level, rival)
            numbers = listed(each_figure(result for _, result in own))
            parts.append(f"{_named(said_by, pair, names, bool(pair.direct))} {put} {model} {where} ({numbers})")
    return parts


def _where(result: BenchmarkResult, sign: int, level: BenchmarkResult | None, rival: str) -> str:
    """ "below 80.1%"; where the rival has several numbers, behind all of them."""
    if level is None:
        return f"{('level with', 'ahead of', 'behind')[sign]} all numbers of {rival}"
    way = "at" if not sign else "above" if result.value > level.value else "below"
    return f"{way} {figure(level)}"


def _both(said: Said) -> str:
    """ "Orca 81.2%, Quill 80.1%"."""
    return ", ".join(f"{result.model} {figure(result)}" for result in (said.first, said.second) if result)


def _count(said: Iterable[Said]) -> int:
    return len({each.source for each in said})


def _named(said: Sequence[Said], pair: Comparison, names: Names, others: bool = False) -> str:
    """The sources by name, with whom they credit where one article has numbers of several; many are counted."""
    if _count(said) > FEW:
        return f"{spelled(_count(said))} {'others' if others else 'sources'}"
    origins = {(each.source, _credit(each)) for each in pair.said}
    several = {source for source, _ in origins if len({credit for name, credit in origins if name == source}) > 1}
    parts = [
        f"{names[each.source]} ({_credit(each)})" if each.source in several else names[each.source] for each in said
    ]
    return listed(list(dict.fromkeys(parts)))


def _credit(said: Said) -> str:
    result = said.first or said.second
    if result is None:
        return ""
    return result.reported_by or {"vendor": "the vendor’s number", "independent": "an independent test"}.get(
        result.origin, "no origin stated"
    )
