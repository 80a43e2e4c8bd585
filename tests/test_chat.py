"""A whole conversation against a stored one."""

import re
from pathlib import Path

from tests.conftest import Command

SESSION = Path(__file__).parent / "sessions" / "chat.txt"
MODEL_FLOAT = re.compile(r"-?\b\d+\.\d\d\b")  # what `/why` shows of models; no other number here has two decimals
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
    # Each digit becomes a #, so that columns stay as wide: the session tells the layout, not the numbers.
    shown = MODEL_FLOAT.sub(lambda match: re.sub(r"\d", "#", match[0].replace("-", " ")), done.out)
    assert shown == SESSION.read_text(encoding="utf-8")


def test_the_end_of_input_ends_the_conversation(shipped: Command) -> None:
    done = shipped("chat", stdin="hello\n")
    assert done.status == 0
    assert "Hello!" in done.out
    assert done.err == ""
