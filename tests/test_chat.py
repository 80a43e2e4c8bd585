"""A whole conversation against a stored one."""

from pathlib import Path

from tests.conftest import Command

SESSION = Path(__file__).parent / "sessions" / "chat.txt"
TYPED = """\
/why
/help
how much did Brandt pay for the ferry?
and why?
/why
/sources
/sources cited
/sing
who won the chess olympiad?
/quit
"""


def test_a_conversation(shipped: Command, corpus: Path, tmp_path: Path) -> None:
    done = shipped("chat", "--corpus", corpus, "--index", tmp_path / "index", stdin=TYPED)
    assert done.status == 0
    assert done.out == SESSION.read_text(encoding="utf-8")


def test_the_end_of_input_ends_the_conversation(shipped: Command) -> None:
    done = shipped("chat", stdin="hello\n")
    assert done.status == 0
    assert "Hello!" in done.out
    assert done.err == ""
