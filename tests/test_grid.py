"""Tables of facts at a terminal's width: what stands where, and that it fits."""

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from bot.answer import Answer, Citation, Disagreement, Fact, Interpreted
from bot.fact_table import fact_tables
from bot.terminal.grid import grid
from bot.terminal.theme import make_console

NAMES = {"a": "Daily Ledger", "b": "The Gazette of Harbours and Canals", "c": "Quill"}


def fact(source: str, model: str, value: float, n: int, **more: Any) -> Fact:
    """One source's number for a model."""
    values = {
        "benchmark": "Marble Run", "model": model, "value": value, "unit": "%", "setting": None, "approximate": False,
        "source": source, "reported_by": None, "origin": "press", "start": 0, "end": 4, "quote": f"{value:g}%",
        "citation": n,
    }  # fmt: skip
    return Fact.model_validate(values | more)


def citation(n: int, source: str) -> Citation:
    """What a source says."""
    return Citation(
        n=n, source=source, title=NAMES[source], publisher=None, author=None, published=date(2031, 3, n), url=None,
        start=0, end=5, quote="quote",
    )  # fmt: skip


def answer(*facts: Fact, **more: Any) -> Answer:
    """An answer with these facts, whose sources are cited in their order."""
    values: dict[str, Any] = {
        "question": "q", "kind": "benchmark", "text": "Conclusion.", "confidence": 1, "facts": facts,
        "citations": tuple(citation(n, source) for n, source in enumerate(NAMES, 1)),
        "interpreted": Interpreted(intent="compare", question="q"), "higher_is_better": {"Marble Run": True},
    }  # fmt: skip
    return Answer(**values | more)


def screen(shown: Answer, width: int) -> list[str]:
    """The tables of an answer on a terminal of this width, without its colours."""
    console = make_console("dark", plain_width=width)
    with console.capture() as captured:
        for table in fact_tables(shown):
            console.print(grid(table, width))
    return [line.rstrip() for line in captured.get().splitlines()]


DISPUTED = answer(
    fact("a", "Zephyr 2", 61, 1), fact("b", "Zephyr 2", 61, 2), fact("c", "Zephyr 2", 67.5, 3),
    fact("a", "Ostrich Pro", 72, 1), fact("c", "Ostrich Pro", 72, 3),
    disagreements=(
        Disagreement(
            benchmark="Marble Run", model="Zephyr 2", setting=None, reason="unexplained",
            values=(Disagreement.Value(value=61, sources=("a", "b")), Disagreement.Value(value=67.5, sources=("c",))),
        ),
    ),
)  # fmt: skip


def test_models_stand_down_best_first_and_sources_across() -> None:
    assert screen(DISPUTED, 80) == [
        "Marble Run (higher is better)",
        "                               The Gazette of",
        "                               Harbours and",
        "                Daily Ledger   Canals           Quill",
        "  Ostrich Pro   72% [1]        –                72% [3]",
        "  Zephyr 2      61% [1]        61% [2]          67.5% [3] ≠",
    ]


def test_a_narrow_terminal_gets_a_list() -> None:
    assert screen(DISPUTED, 36) == [
        "Marble Run (higher is better)",
        "  Ostrich Pro",
        "    Daily Ledger         72% [1]",
        "    Quill                72% [3]",
        "  Zephyr 2",
        "    Daily Ledger         61% [1]",
        "    The Gazette of Ha…   61% [2]",
        "    Quill                67.5% [3] ≠",
    ]


def test_marks_count_up_from_left_to_right_and_a_long_label_has_its_numbers_beside_its_first_line() -> None:
    shown = screen(answer(
        fact("c", "Zephyr 2", 9, 3), fact("a", "Zephyr 2", 61, 1, setting="after a whole winter in the barn"),
    ), 42)  # fmt: skip
    assert shown == [
        "Marble Run (higher is better)",
        "                     Daily Ledger   Quill",
        "  Zephyr 2           –              9% [3]",
        "  Zephyr 2 (after    61% [1]        –",
        "  a whole winter",
        "  in the barn)",
    ]


def test_a_setting_that_all_numbers_share_stands_in_the_heading_and_others_beside_the_model() -> None:
    shared = answer(fact("a", "Zephyr 2", 61, 1, setting="with tools"), fact("c", "Owl", 9, 3, setting="with tools"))
    assert screen(shared, 80)[0] == "Marble Run, with tools (higher is better)"
    mixed = answer(fact("a", "Zephyr 2", 61, 1, setting="with tools"), fact("c", "Zephyr 2", 9, 3))
    assert [line.split("  ")[1] for line in screen(mixed, 80)[2:]] == ["Zephyr 2 (with tools)", "Zephyr 2"]


def test_where_less_is_better_the_least_stands_first() -> None:
    shown = screen(
        answer(fact("a", "Zephyr 2", 61, 1), fact("a", "Owl", 9, 1), higher_is_better={"Marble Run": False}), 80
    )
    assert shown[0] == "Marble Run (lower is better)"
    assert [line.split()[0] for line in shown[2:]] == ["Owl", "Zephyr"]


def test_one_models_results_are_one_table_with_benchmarks_down() -> None:
    shown = screen(
        answer(fact("a", "Owl", 61, 1), fact("a", "Owl", 9, 1, benchmark="Typos"),
               higher_is_better={"Marble Run": True, "Typos": False}),
        80,
    )  # fmt: skip
    assert shown == [
        "Owl (higher is better, ↓ lower)",
        "               Daily Ledger",
        "  Marble Run   61% [1]",
        "  Typos ↓      9% [1]",
    ]


def test_many_benchmarks_are_one_table_with_models_across_and_their_numbers_together() -> None:
    names = ("Marble Run", "Marble Jump", "Marble Sink")
    facts = [fact(source, "Owl", 9, n, benchmark=name) for name in names for n, source in enumerate("ba", 1)]
    shown = answer(
        *facts, fact("c", "Owl", 8, 3, benchmark="Typos"), fact("a", "Owl", 8.25, 1, benchmark="Typos"),
        fact("a", "Zephyr 2", 7, 2, benchmark="Typos"),
        higher_is_better=dict.fromkeys(names, True) | {"Typos": False},
    )  # fmt: skip
    assert screen(shown, 60) == [
        "Benchmarks (higher is better, ↓ lower)",
        "                Owl                  Zephyr 2",
        "  Marble Run    9% [1][2]            –",
        "  Marble Jump   9% [1][2]            –",
        "  Marble Sink   9% [1][2]            –",
        "  Typos ↓       8% [3] / 8.25% [1]   7% [2]",
    ]
    assert screen(shown, 42)[-2:] == ["  Typos ↓       8% [3] /    7% [2]", "                8.25% [1]"]
    assert len(fact_tables(shown.model_copy(update={"facts": facts[:4]}))) == 1


words = st.text(st.sampled_from("abcdef 表é-"), min_size=1, max_size=40).map(lambda word: f"x{word}".strip())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), words, st.integers(0, 10**9), words | st.none()), min_size=1, max_size=6
    ),
    st.integers(40, 130),
)
def test_no_line_is_wider_than_the_terminal_and_no_number_is_cut(
    drawn: list[tuple[str, str, int, str | None]], width: int
) -> None:
    facts = [
        fact(source, model, value, 1, setting=setting, quote=str(value)) for source, model, value, setting in drawn
    ]
    lines = screen(answer(*facts), width)
    heading = len(fact_tables(answer(*facts))[0].heading)
    assert all(cell_len(line) <= max(width, heading) for line in lines)
    for one in facts:
        assert any(str(int(one.value)) in line for line in lines), one
