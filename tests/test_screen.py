"""Answers as screens of several widths show them: footnotes, what is set off, what a quote keeps."""

from datetime import date
from typing import Any, Literal

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.theme import Theme

from bot.answer import Answer, Citation, Interpreted
from bot.terminal.screen import show_answer
from bot.terminal.theme import STYLES
from tests.test_grid import DISPUTED, fact

ROW = "Marble Run (on gravel, with a tail wind and two judges who had not slept) | 12.5 | 14.0 | 61.0"


def quoting(n: int, source: str, quote: str) -> Citation:
    """A citation of a named source."""
    return Citation(
        n=n, source=source, title=source.title(), publisher=None, author=None, published=date(2031, 3, 1), url=None,
        start=0, end=len(quote), quote=quote,
    )  # fmt: skip


def spoken(*quotes: tuple[str, str]) -> Answer:
    """An answer in quotes, each of a named source."""
    citations = tuple(quoting(n, source, quote) for n, (source, quote) in enumerate(quotes, 1))
    text = "\n".join(f"“{citation.quote}” [{citation.n}]" for citation in citations)
    return Answer(
        question="q", kind="passages", text=text, interpreted=Interpreted(intent="passage", question="q"),
        citations=citations, confidence=1,
    )  # fmt: skip


def screen(answer: Answer, width: int, colours: Literal["standard"] | None = None) -> str:
    """What a terminal of this width shows."""
    console = Console(
        width=width, force_terminal=True, color_system=colours, theme=Theme(STYLES["dark"]), highlight=False
    )
    with console.capture() as captured:
        show_answer(console, answer)
    return captured.get()


def numbered(quote: str, **more: Any) -> Answer:
    """An answer with one number, which stands at the end of its quote."""
    own = fact("a", "Zephyr 2", 61, 1, quote=quote, **more)
    return DISPUTED.model_copy(update={"facts": (own,), "citations": (quoting(1, "a", quote),), "disagreements": ()})


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_a_quote_shows_the_number_that_is_taken_from_it(width: int) -> None:
    for quote in (ROW, f"On a wet day {'in the long spring of that year ' * 9}Zephyr 2 got 61 points, {'more ' * 40}"):
        shown = screen(numbered(quote), width)
        note = shown[shown.index("\n[1] ") :]
        assert "61" in note
        assert note.index(quote.split()[0]) < note.index("61")
        assert max(map(cell_len, shown.splitlines())) <= width


def test_quotes_stand_beside_their_sources_where_all_of_them_fit() -> None:
    assert "\n[1] A, 1 Mar 2031: “Zephyr 2 | 61”" in screen(numbered("Zephyr 2 | 61"), 80)
    assert f"\n[1] A, 1 Mar 2031\n    “{ROW[:20]}" in screen(numbered(ROW), 80)


def test_a_source_that_said_several_things_in_turn_has_one_line() -> None:
    shown = screen(spoken(("ledger", "It rained."), ("ledger", "It poured."), ("quill", "It froze.")), 80)
    assert shown.endswith("\n\n[1] [2] Ledger, 1 Mar 2031\n[3] Quill, 1 Mar 2031\n")


def test_each_quote_is_seen_as_one() -> None:
    shown = screen(spoken(("ledger", "The river rose over the banks and into the barn."), ("quill", "It froze.")), 32)
    assert shown.startswith("“The river rose over the banks\n  and into the barn.” [1]\n“It froze.” [2]\n")


def test_of_several_quotes_the_one_that_answers_best_is_set_off() -> None:
    shown = screen(spoken(("ledger", "It rained."), ("quill", "It froze.")), 80, "standard")
    assert "\x1b[1m“It rained.”" in shown
    assert "\n“It froze.”" in shown
