"""A state file that another program holds, that has no room, or that is broken: the bot's memory goes on."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.database import Database
from bot.state import Asked, Conversation, State, Watch

ANN = Conversation(11, 0, 11)
TABLES = ("CREATE TABLE word (id INTEGER PRIMARY KEY, word TEXT UNIQUE);",)


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Another program is about to write the file, as a backup does."""
    other = sqlite3.connect(file, isolation_level=None, timeout=30)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


def words(file: Path) -> list[str]:
    """What the file holds."""
    with sqlite3.connect(file) as opened:
        found = [word for (word,) in opened.execute("SELECT word FROM word ORDER BY id")]
    opened.close()
    return found


def test_what_happens_while_the_file_is_locked_is_known_at_once_and_in_the_file_afterwards(tmp_path: Path) -> None:
    file = tmp_path / "bot.sqlite"
    with State(file) as state:
        state.add_question(ANN, "before")
        with locked(file):
            state.add_pending(7, '{"update_id": 7}')
            state.add_question(ANN, "meanwhile")
            key = state.add_asked(Asked(11, "meanwhile", ("before",), "digest"))
            state.watch(Watch(11, 0, "Marble Run"))
            state.mark_handled(6)
            assert state.unsaved
            assert state.questions(ANN) == ("before", "meanwhile")
            assert state.asked(key) == Asked(11, "meanwhile", ("before",), "digest")
            assert state.was_handled(6)
    with State(file) as state:
        assert state.questions(ANN) == ("before", "meanwhile")
        assert state.asked(key) == Asked(11, "meanwhile", ("before",), "digest")
        assert state.watches() == {(11, 0): ("Marble Run",)}
        assert state.take_pending().to_do == ({"update_id": 7},)
        assert state.was_handled(6)


def test_no_lock_is_waited_for(tmp_path: Path) -> None:
    database = Database(tmp_path / "words.sqlite")
    database.migrate(TABLES)
    assert database.execute("PRAGMA busy_timeout").fetchone() == (0,)
    database.close()


def test_a_transaction_that_the_lock_meets_in_the_middle_is_done_whole_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "words.sqlite"
    database = Database(file)
    database.migrate(TABLES)
    with locked(file):
        with pytest.raises(ZeroDivisionError), database.transaction():
            database.execute("INSERT INTO word (word) VALUES ('never')")
            raise ZeroDivisionError
        with database.transaction():
            database.execute("INSERT INTO word (word) VALUES ('one')")
            database.execute("INSERT INTO word (word) VALUES ('two')")
    database.close()
    assert words(file) == ["one", "two"]


def test_a_full_disk_in_the_middle_of_a_transaction_loses_nothing_of_it(tmp_path: Path) -> None:
    file = tmp_path / "words.sqlite"
    database = Database(file)
    database.migrate(TABLES)
    database.execute("PRAGMA max_page_count = 6")
    many = [f"{number:04} {'x' * 500}" for number in range(50)]
    with database.transaction():
        for word in many:
            database.execute("INSERT INTO word (word) VALUES (?)", (word,))
    database.catch_up(at_once=True)
    assert database.unsaved == 50
    assert [word for (word,) in database.execute("SELECT word FROM word ORDER BY id")] == many
    database._file.execute("PRAGMA max_page_count = 100000")
    database.close()
    assert words(file) == many


def test_a_file_that_breaks_while_the_bot_runs_does_not_stop_it(tmp_path: Path) -> None:
    file = tmp_path / "bot.sqlite"
    with State(file) as state:
        state.add_question(ANN, "before")
    with State(file) as state:
        file.write_bytes(b"no database at all" * 1000)
        state.add_pending(7, "{}")
        state.add_question(ANN, "meanwhile")
        assert state.questions(ANN)[-1] == "meanwhile"
        assert state.take_pending().to_do == ({},)


def test_a_mistake_in_a_statement_is_no_fault_of_the_disk(tmp_path: Path) -> None:
    database = Database(tmp_path / "words.sqlite")
    database.migrate(TABLES)
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        database.execute("INSERT INTO letter (word) VALUES ('a')")
    database.execute("INSERT INTO word (word) VALUES ('a')")
    with pytest.raises(sqlite3.IntegrityError):
        database.execute("INSERT INTO word (word) VALUES ('a')")
    database.close()


@given(steps=st.lists(st.sampled_from(["lock", "free", "add", "add three", "drop", "fail"]), max_size=25))
def test_whenever_the_file_was_locked_it_ends_as_if_it_never_was(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str]
) -> None:
    file = tmp_path_factory.mktemp("law") / "words.sqlite"
    database, other = Database(file), sqlite3.connect(file, isolation_level=None)
    database.migrate(TABLES)
    expected: list[str] = []
    for number, step in enumerate(steps):
        new = [f"{number}.{part}" for part in range(3 if step == "add three" else 1)]
        match step:
            case "lock" if not other.in_transaction:
                other.execute("BEGIN IMMEDIATE")
            case "free" if other.in_transaction:
                other.execute("ROLLBACK")
            case "add" | "add three":
                with database.transaction():
                    for word in new:
                        database.execute("INSERT INTO word (word) VALUES (?)", (word,))
                expected += new
            case "drop":
                database.execute("DELETE FROM word WHERE id = (SELECT max(id) FROM word)")
                expected = expected[:-1]
            case "fail":
                with pytest.raises(ZeroDivisionError), database.transaction():
                    database.execute("DELETE FROM word")
                    raise ZeroDivisionError
        assert [word for (word,) in database.execute("SELECT word FROM word ORDER BY id")] == expected
    if other.in_transaction:
        other.execute("ROLLBACK")
    other.close()
    database.close()
    assert words(file) == expected
