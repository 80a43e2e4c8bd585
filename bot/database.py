"""SQL statements in → done in a file, or in memory for as long as the file can't be written, out. Home of sqlite3.

A backup may hold the file's lock, and a disk may be full. Neither must stop the bot: what can't be written is done in
a copy in memory and put into the file, in its order, once that can be written again. Nothing here waits for a lock.
"""

import logging
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

log = logging.getLogger(__name__)

STARTING = 5.0  # seconds that a lock may last while the file is opened; nothing else runs yet
BETWEEN_TRIES = 0.5  # seconds from one try to write the file to the next
COPIED_AT_ONCE = 1000  # pages
# Primary result codes that speak of the disk or of a lock, rather than of a mistake in a statement.
OF_THE_DISK = frozenset({
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_NOTADB,
})  # fmt: skip


class Statement(NamedTuple):
    """SQL and what stands for its question marks."""

    sql: str
    parameters: Sequence[Any]


class Database:
    """One SQLite file; without a path it lives as long as the process. For one thread."""

    def __init__(self, path: Path | None) -> None:
        """Raises sqlite3.Error where the file can't be opened or stays locked."""
        self._file = sqlite3.connect(path or ":memory:", isolation_level=None, timeout=STARTING)
        self._file.execute("PRAGMA journal_mode=WAL")
        self._file.execute("PRAGMA synchronous=NORMAL")
        self._file.execute("PRAGMA secure_delete=ON")  # what is deleted is overwritten
        self._memory: sqlite3.Connection | None = None
        self._unsaved: list[Statement] = []
        self._group: list[Statement] | None = None  # the statements of the transaction that is open
        self._tried = 0.0

    def migrate(self, migrations: Sequence[str]) -> int:
        """Bring the file up to date; returns the version that it had. From now on no lock is waited for."""
        (version,) = self._file.execute("PRAGMA user_version").fetchone()
        for number, migration in enumerate(migrations[version:], start=version + 1):
            self._file.executescript(f"BEGIN; {migration} PRAGMA user_version = {number}; COMMIT;")
        if 0 < version < len(migrations):
            with suppress(sqlite3.DatabaseError):  # a full disk can wait
                self._file.execute("VACUUM")  # an earlier version may have left in the file what it deleted
        self._file.execute("PRAGMA busy_timeout = 0")
        self._tables = "".join(migrations)
        return int(version)

    def close(self) -> None:
        """Write what can be written, and close the file."""
        self.catch_up(at_once=True)
        if self._memory is not None:
            log.error("the bot's state could not be written", extra={"fields": {"statements": self.unsaved}})
            self._memory.close()
        self._file.close()

    @property
    def unsaved(self) -> int:
        """How many statements the file doesn't have yet."""
        return len(self._unsaved)

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> sqlite3.Cursor:
        """What the statement finds; what it changes is kept."""
        statement = Statement(sql, tuple(parameters))
        cursor = self._executed(statement)
        if not sql.lstrip().upper().startswith("SELECT"):
            if self._group is not None:
                self._group.append(statement)
            elif self._memory is not None:
                self._unsaved.append(statement)
        return cursor

    @contextmanager
    def transaction(self) -> Iterator["Database"]:
        """All statements of a block, or none."""
        self.catch_up()
        self._group = []
        if self._memory is None:
            self._try_file("BEGIN IMMEDIATE")
        else:
            self._memory.execute("BEGIN")
        try:
            yield self
        except BaseException:
            self._roll_back()
            raise
        self._commit()

    def clear_log(self) -> None:
        """Empty the write-ahead log, which still holds what was deleted; a reader may put that off to the next time."""
        if self._memory is None:
            with suppress(sqlite3.DatabaseError):
                self._file.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def catch_up(self, at_once: bool = False) -> None:
        """Put into the file what it doesn't have yet, if it can be written again; tried twice a second at most."""
        if self._memory is None or self._group is not None:
            return
        if not at_once and time.monotonic() < self._tried + BETWEEN_TRIES:
            return
        self._tried = time.monotonic()
        try:
            self._file.execute("BEGIN IMMEDIATE")
            for statement in self._unsaved:
                with suppress(sqlite3.IntegrityError):  # it is there already
                    self._file.execute(*statement)
            self._file.execute("COMMIT")
        except sqlite3.DatabaseError:
            self._leave_transaction()
            return
        self._memory.close()
        self._memory = None
        log.info("the bot's state is written again", extra={"fields": {"statements": self.unsaved}})
        self._unsaved.clear()

    def _executed(self, statement: Statement) -> sqlite3.Cursor:
        if self._group is None:
            self.catch_up()
        if self._memory is None:
            found = self._try_file(*statement)
            if found is not None:
                return found
        assert self._memory is not None  # noqa: S101 - else the file has answered
        return self._memory.execute(*statement)

    def _try_file(self, sql: str, parameters: Sequence[Any] = ()) -> sqlite3.Cursor | None:
        """What the file says; None if it can't be used, and the memory stands in its place."""
        try:
            return self._file.execute(sql, parameters)
        except sqlite3.DatabaseError as error:
            if (getattr(error, "sqlite_errorcode", 0) & 0xFF) not in OF_THE_DISK:
                raise
            self._go_on_in_memory(error)
            return None

    def _go_on_in_memory(self, error: sqlite3.DatabaseError) -> None:
        """A copy takes the file's place, as far as the open transaction had come."""
        log.warning(
            "the bot's state can't be written; it is kept in memory until it can", extra={"fields": {"why": str(error)}}
        )
        self._leave_transaction()
        self._memory, self._tried = self._copy(), time.monotonic()
        if self._group is not None:
            self._memory.execute("BEGIN")
            for statement in self._group:
                self._memory.execute(*statement)

    def _copy(self) -> sqlite3.Connection:
        """What the file holds; nothing, where it can't even be read."""

        def give_up(status: int, _remaining: int, _total: int) -> None:
            if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):  # it would be tried for ever
                raise sqlite3.OperationalError("database is locked")

        memory = sqlite3.connect(":memory:", isolation_level=None)
        try:
            self._file.backup(memory, pages=COPIED_AT_ONCE, progress=give_up)
        except sqlite3.DatabaseError as error:
            log.warning("the bot's state can't be read either", extra={"fields": {"why": str(error)}})
            memory.close()
            memory = sqlite3.connect(":memory:", isolation_level=None)
            memory.executescript(self._tables)
        return memory

    def _commit(self) -> None:
        group = self._group or []
        if self._memory is None:
            self._try_file("COMMIT")
        if self._memory is not None:
            self._memory.execute("COMMIT")
            self._unsaved.extend(group)
        self._group = None

    def _roll_back(self) -> None:
        if self._memory is None:
            self._leave_transaction()
        elif self._memory.in_transaction:
            self._memory.execute("ROLLBACK")
        self._group = None

    def _leave_transaction(self) -> None:
        if self._file.in_transaction:  # SQLite itself ends one when the disk is full
            with suppress(sqlite3.DatabaseError):
                self._file.execute("ROLLBACK")
