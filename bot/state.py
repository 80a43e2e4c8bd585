"""What the bot must not forget → one SQLite file, migrated by version, and back."""

import json
import secrets
import sqlite3
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple, Self

from bot.database import Database
from bot.errors import BotError

REMEMBERED_QUESTIONS = 5  # of a conversation; a follow-up leans on the last one or two
KEEP_DAYS = 30  # what people wrote, where the owner sets nothing else
UNDO_MINUTES = 60  # in which an admin's change can be undone, and a question to an admin answered
TRIES = 2  # an update that was being handled twice when the process died is not taken up again
HANDLED_FOR = "-2 days"  # Telegram keeps an update that nobody fetched for 24 hours

# Each entry takes a file from its position's version to the next; an entry that was released never changes.
MIGRATIONS = (
    """
    CREATE TABLE handled (update_id INTEGER PRIMARY KEY, at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP);
    CREATE TABLE question (
        id INTEGER PRIMARY KEY, chat INTEGER NOT NULL, topic INTEGER NOT NULL, person INTEGER NOT NULL,
        text TEXT NOT NULL
    );
    CREATE INDEX question_conversation ON question (chat, topic, person, id);
    CREATE TABLE reply (
        chat INTEGER NOT NULL, message INTEGER NOT NULL, question TEXT NOT NULL, sent TEXT NOT NULL,
        at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP, PRIMARY KEY (chat, message)
    );
    """,
    """
    CREATE TABLE classic_server (url TEXT PRIMARY KEY, at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP);
    """,
    """
    CREATE TABLE asked (
        key TEXT PRIMARY KEY, chat INTEGER NOT NULL, question TEXT NOT NULL, history TEXT NOT NULL,
        digest TEXT NOT NULL, at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
    );
    CREATE TABLE vote (
        key TEXT NOT NULL, person INTEGER NOT NULL, vote INTEGER NOT NULL, PRIMARY KEY (key, person)
    );
    """,
    """
    CREATE TABLE watch (
        chat INTEGER NOT NULL, topic INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (chat, topic, name)
    );
    CREATE INDEX asked_at ON asked (at);
    """,
    """
    CREATE INDEX handled_at ON handled (at);
    CREATE INDEX reply_at ON reply (at);
    CREATE TABLE pending (update_id INTEGER PRIMARY KEY, content TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0);
    """,
    # Everything that people wrote gets a time and a person, so that it can be forgotten. A private chat's number is its
    # person's; whose the older rows of groups are is not known.
    """
    ALTER TABLE question RENAME TO question_before;
    DROP INDEX question_conversation;
    CREATE TABLE question (
        id INTEGER PRIMARY KEY, chat INTEGER NOT NULL, topic INTEGER NOT NULL, person INTEGER NOT NULL,
        text TEXT NOT NULL, at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
    );
    INSERT INTO question (id, chat, topic, person, text) SELECT id, chat, topic, person, text FROM question_before;
    DROP TABLE question_before;
    CREATE INDEX question_conversation ON question (chat, topic, person, id);
    CREATE INDEX question_at ON question (at);
    ALTER TABLE vote RENAME TO vote_before;
    CREATE TABLE vote (
        key TEXT NOT NULL, person INTEGER NOT NULL, vote INTEGER NOT NULL,
        at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP, PRIMARY KEY (key, person)
    );
    INSERT INTO vote (key, person, vote) SELECT key, person, vote FROM vote_before;
    DROP TABLE vote_before;
    ALTER TABLE asked ADD COLUMN person INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE reply ADD COLUMN person INTEGER NOT NULL DEFAULT 0;
    UPDATE asked SET person = chat WHERE chat > 0;
    UPDATE reply SET person = chat WHERE chat > 0;
    CREATE TABLE admin (person INTEGER PRIMARY KEY, at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP);
    CREATE TABLE errand (
        key TEXT PRIMARY KEY, person INTEGER NOT NULL, kind TEXT NOT NULL, content TEXT NOT NULL,
        at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
    );
    """,
)


class Conversation(NamedTuple):
    """Whose follow-ups belong together: one person in one topic of one chat (topic 0: the chat has none)."""

    chat: int
    topic: int
    person: int


class Reply(NamedTuple):
    """What was answered to a message, and by which messages; `person` wrote it."""

    question: str
    sent: tuple[int, ...]
    person: int = 0


class Asked(NamedTuple):
    """A question that was answered in a chat; `digest` is what its answer was, `person` asked it (0: nobody did)."""

    chat: int
    question: str
    history: tuple[str, ...]
    digest: str
    person: int = 0


class Errand(NamedTuple):
    """What an admin may still do: the removal that waits for a yes, or the change that can be undone."""

    key: str
    person: int
    kind: str
    content: str


class Watch(NamedTuple):
    """A place (topic 0: the chat has none) where news of a name are told."""

    chat: int
    topic: int
    name: str


class Votes(NamedTuple):
    """How many people liked an answer, and how many did not."""

    good: int
    bad: int


class Unfinished(NamedTuple):
    """What earlier processes did not finish, oldest first: updates to take up, and those that ended the process."""

    to_do: tuple[dict[str, Any], ...]
    given_up: tuple[dict[str, Any], ...]


class State:
    """One SQLite file; without a path it lives as long as the process. For one thread: the event loop's.

    It never waits, and a file that can't be written is no error: see `Database`.
    """

    def __init__(self, path: Path | None = None) -> None:
        try:
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
            self._file = Database(path)
            version = self._file.migrate(MIGRATIONS)
        except (OSError, sqlite3.Error) as error:
            raise BotError(f"{path}: the bot's state can't be kept there ({error}). Name another file.") from error
        if version > len(MIGRATIONS):
            raise BotError(
                f"{path}: the bot's state is of version {version}; this program knows {len(MIGRATIONS)}. Update it."
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *reason: object) -> None:
        self._file.close()

    def _transaction(self) -> AbstractContextManager[Database]:
        return self._file.transaction()

    @property
    def unsaved(self) -> int:
        """How many changes are not in the file yet, as it can't be written."""
        return self._file.unsaved

    def catch_up(self) -> None:
        """Write what could not be written, if it can be now."""
        self._file.catch_up()

    def is_classic(self, url: str) -> bool:
        """Whether this Bot API server was found to know no rich messages; asked again after a week, as servers age."""
        row = self._file.execute(
            "SELECT 1 FROM classic_server WHERE url = ? AND at > datetime('now', '-7 days')", (url,)
        ).fetchone()
        return row is not None

    def set_classic(self, url: str) -> None:
        """Remember that this server knows no rich messages."""
        self._file.execute("INSERT OR REPLACE INTO classic_server (url) VALUES (?)", (url,))

    def was_handled(self, update_id: int) -> bool:
        """Whether this update was dealt with, by this process or one before it."""
        return self._file.execute("SELECT 1 FROM handled WHERE update_id = ?", (update_id,)).fetchone() is not None

    def mark_handled(self, update_id: int) -> None:
        """Remember that this update is dealt with."""
        with self._transaction() as file:
            file.execute("INSERT OR IGNORE INTO handled (update_id) VALUES (?)", (update_id,))
            file.execute("DELETE FROM pending WHERE update_id = ?", (update_id,))
            file.execute("DELETE FROM handled WHERE at < datetime('now', ?)", (HANDLED_FOR,))

    def add_pending(self, update_id: int, content: str) -> None:
        """Remember an update that is to be dealt with."""
        self._file.execute("INSERT OR IGNORE INTO pending (update_id, content) VALUES (?, ?)", (update_id, content))

    def mark_begun(self, update_id: int) -> None:
        """This update is being handled: if the process dies now, that was a try."""
        self._file.execute("UPDATE pending SET tries = tries + 1 WHERE update_id = ?", (update_id,))

    def mark_left(self, update_id: int) -> None:
        """This update is not handled, and it did no harm: the try doesn't count."""
        self._file.execute("UPDATE pending SET tries = tries - 1 WHERE update_id = ?", (update_id,))

    def take_pending(self) -> Unfinished:
        """The updates that earlier processes did not finish; those that are given up are forgotten."""
        with self._transaction() as file:
            rows = file.execute("SELECT content, tries FROM pending ORDER BY update_id").fetchall()
            file.execute(
                "INSERT OR IGNORE INTO handled (update_id) SELECT update_id FROM pending WHERE tries >= ?", (TRIES,)
            )
            file.execute("DELETE FROM pending WHERE tries >= ?", (TRIES,))
        return Unfinished(
            tuple(json.loads(content) for content, tries in rows if tries < TRIES),
            tuple(json.loads(content) for content, tries in rows if tries >= TRIES),
        )

    def questions(self, conversation: Conversation) -> tuple[str, ...]:
        """The conversation's last questions, oldest first."""
        rows = self._file.execute(
            "SELECT text FROM question WHERE chat = ? AND topic = ? AND person = ? ORDER BY id", conversation
        )
        return tuple(text for (text,) in rows)

    def add_question(self, conversation: Conversation, question: str) -> None:
        """Remember a question that was answered, and forget the oldest of many."""
        with self._transaction() as file:
            file.execute(
                "INSERT INTO question (chat, topic, person, text) VALUES (?, ?, ?, ?)", (*conversation, question)
            )
            file.execute(
                "DELETE FROM question WHERE chat = ?1 AND topic = ?2 AND person = ?3 AND id NOT IN"
                " (SELECT id FROM question WHERE chat = ?1 AND topic = ?2 AND person = ?3 ORDER BY id DESC LIMIT ?4)",
                (*conversation, REMEMBERED_QUESTIONS),
            )

    def change_question(self, conversation: Conversation, old: str, new: str | None) -> None:
        """A question was edited: what leans on it leans on the new words; on nothing where they ask nothing."""
        if new is None:
            self._file.execute(
                "DELETE FROM question WHERE chat = ? AND topic = ? AND person = ? AND text = ?", (*conversation, old)
            )
            return
        self._file.execute(
            "UPDATE question SET text = ? WHERE chat = ? AND topic = ? AND person = ? AND text = ?",
            (new, *conversation, old),
        )

    def add_asked(self, asked: Asked) -> str:
        """Remember what was asked; the key that finds it is short, and nobody can guess another's."""
        key = secrets.token_urlsafe(12)
        self._file.execute(
            "INSERT INTO asked (key, chat, question, history, digest, person) VALUES (?, ?, ?, ?, ?, ?)",
            (key, asked.chat, asked.question, json.dumps(asked.history), asked.digest, asked.person),
        )
        return key

    def asked(self, key: str) -> Asked | None:
        """What was asked, None if it is not remembered."""
        row = self._file.execute(
            "SELECT chat, question, history, digest, person FROM asked WHERE key = ?", (key,)
        ).fetchone()
        return Asked(row[0], row[1], tuple(json.loads(row[2])), row[3], row[4]) if row else None

    def vote(self, key: str, person: int, vote: int) -> None:
        """Remember what a person thinks of an answer: their last word counts."""
        self._file.execute("INSERT OR REPLACE INTO vote (key, person, vote) VALUES (?, ?, ?)", (key, person, vote))

    def votes(self) -> Votes:
        """All votes."""
        good, bad = self._file.execute("SELECT sum(vote > 0), sum(vote < 0) FROM vote").fetchone()
        return Votes(good or 0, bad or 0)

    def reply(self, chat: int, message: int) -> Reply | None:
        """How a message was answered, None if it was not."""
        row = self._file.execute(
            "SELECT question, sent, person FROM reply WHERE chat = ? AND message = ?", (chat, message)
        ).fetchone()
        return Reply(row[0], tuple(json.loads(row[1])), row[2]) if row else None

    def set_reply(self, chat: int, message: int, reply: Reply) -> None:
        """Remember how a message was answered, so that its edit changes the answer."""
        with self._transaction() as file:
            file.execute(
                "INSERT OR REPLACE INTO reply (chat, message, question, sent, person) VALUES (?, ?, ?, ?, ?)",
                (chat, message, reply.question, json.dumps(reply.sent), reply.person),
            )
            # Telegram lets people edit for two days.
            file.execute("DELETE FROM reply WHERE at < datetime('now', '-3 days')")

    def watch(self, watch: Watch) -> None:
        """Remember where news of a name are told."""
        self._file.execute("INSERT OR IGNORE INTO watch (chat, topic, name) VALUES (?, ?, ?)", watch)

    def unwatch(self, watch: Watch) -> None:
        """No more news of a name in this place, however it is written."""
        self._file.execute("DELETE FROM watch WHERE chat = ? AND topic = ? AND lower(name) = lower(?)", watch)

    def watched(self, chat: int, topic: int) -> tuple[str, ...]:
        """What is watched in a place."""
        rows = self._file.execute("SELECT name FROM watch WHERE chat = ? AND topic = ? ORDER BY name", (chat, topic))
        return tuple(name for (name,) in rows)

    def watches(self) -> dict[tuple[int, int], tuple[str, ...]]:
        """What is watched, by chat and topic."""
        found: dict[tuple[int, int], tuple[str, ...]] = {}
        for chat, topic, name in self._file.execute("SELECT chat, topic, name FROM watch ORDER BY chat, topic, name"):
            found[chat, topic] = (*found.get((chat, topic), ()), name)
        return found

    def forget_watches(self, chat: int) -> None:
        """No more news in this chat: it is closed to the bot."""
        self._file.execute("DELETE FROM watch WHERE chat = ?", (chat,))

    def move_chat(self, old: int, new: int) -> None:
        """A group became a supergroup: all that was remembered of it belongs to its new number."""
        with self._transaction() as file:
            for table in ("watch", "question", "asked"):
                file.execute(f"UPDATE OR REPLACE {table} SET chat = ? WHERE chat = ?", (new, old))  # noqa: S608 - ours
            file.execute("DELETE FROM reply WHERE chat = ?", (old,))  # its messages have other numbers there

    def admins(self) -> frozenset[int]:
        """Who became an admin by the code that the start showed."""
        return frozenset(person for (person,) in self._file.execute("SELECT person FROM admin"))

    def add_admin(self, person: int) -> None:
        """Remember an admin."""
        self._file.execute("INSERT OR IGNORE INTO admin (person) VALUES (?)", (person,))

    def add_errand(self, person: int, kind: str, content: str) -> Errand:
        """Remember what an admin may do within the hour; the key that finds it can't be guessed."""
        errand = Errand(secrets.token_urlsafe(12), person, kind, content)
        self._file.execute("INSERT INTO errand (key, person, kind, content) VALUES (?, ?, ?, ?)", errand)
        return errand

    def errand(self, key: str) -> Errand | None:
        """What may be done by this key; None when the hour is over, or when it is done."""
        return self._errand("key = ?", key)

    def last_errand(self, person: int, kind: str) -> Errand | None:
        """The newest of an admin's errands of this kind."""
        return self._errand("person = ? AND kind = ?", person, kind)

    def end_errand(self, key: str) -> None:
        """It is done, or nobody wants it."""
        self._file.execute("DELETE FROM errand WHERE key = ?", (key,))

    def _errand(self, where: str, *values: object) -> Errand | None:
        row = self._file.execute(
            f"SELECT key, person, kind, content FROM errand WHERE {where}"  # noqa: S608 - ours
            " AND at >= datetime('now', ?) ORDER BY at DESC, rowid DESC LIMIT 1",
            (*values, f"-{UNDO_MINUTES} minutes"),
        ).fetchone()
        return Errand(*row) if row else None

    def forget_old(self, days: int) -> None:
        """Delete what people wrote and were answered more than so many days ago, and what can be undone no more."""
        with self._transaction() as file:
            for table in ("question", "asked", "reply", "vote"):
                file.execute(f"DELETE FROM {table} WHERE at < datetime('now', ?)", (f"-{days} days",))  # noqa: S608
            file.execute("DELETE FROM errand WHERE at < datetime('now', ?)", (f"-{UNDO_MINUTES} minutes",))
        self._file.clear_log()

    def forget_person(self, person: int) -> None:
        """Delete all that a person wrote, was answered, voted and watches. What the person is stays: an admin."""
        with self._transaction() as file:
            for table in ("question", "asked", "reply", "vote", "errand"):
                file.execute(f"DELETE FROM {table} WHERE person = ?", (person,))  # noqa: S608 - ours
            self._forget_chat(person)
        self._file.clear_log()

    def forget_group(self, chat: int) -> None:
        """Delete all that was written, answered, voted on and watched in a group."""
        with self._transaction():
            self._forget_chat(chat)
        self._file.clear_log()

    def _forget_chat(self, chat: int) -> None:
        self._file.execute("DELETE FROM vote WHERE key IN (SELECT key FROM asked WHERE chat = ?)", (chat,))
        for table in ("question", "asked", "reply", "watch"):
            self._file.execute(f"DELETE FROM {table} WHERE chat = ?", (chat,))  # noqa: S608 - ours
