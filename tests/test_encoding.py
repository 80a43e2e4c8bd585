"""What a terminal without Unicode shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.terminal.encoding import nearest


@pytest.mark.parametrize(("mark", "shown"), [("≠", "!"), ("“", '"'), ("–", "-"), ("²", "2"), ("é", "e"), ("表", "?")])
def test_a_mark_is_shown_by_the_nearest(mark: str, shown: str) -> None:
    assert nearest(mark) == shown


@given(st.characters(min_codepoint=128))
def test_every_mark_has_one_that_every_terminal_shows(mark: str) -> None:
    shown = nearest(mark)
    assert len(shown) == 1  # a table's columns stay under each other
    assert shown.isascii()
    assert shown.isprintable()
