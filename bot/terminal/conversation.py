"""Questions and their answers in → a conversation that is saved and taken up again, out."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from bot.answer import Answer, Record
from bot.errors import BotError
from bot.markdown import as_markdown, escaped


class Turn(Record):
    """A question as it was typed, and its answer."""

    question: str
    answer: Answer
    higher_is_better: Mapping[str, bool] = Field(default={})  # of the answer, which keeps it out of its JSON

    def whole(self) -> "Turn":
        """The turn with its answer as it was before it was saved."""
        known = self.answer.model_copy(update={"higher_is_better": self.higher_is_better})
        return self.model_copy(update={"answer": known})


class Conversation(Record):
    """What was said, in order."""

    schema_version: Literal[1] = Field(default=1)
    turns: tuple[Turn, ...] = ()

    def followed_by(self, question: str, answer: Answer) -> "Conversation":
        """The conversation with one more turn."""
        turn = Turn(question=question, answer=answer, higher_is_better=answer.higher_is_better)
        return self.model_copy(update={"turns": (*self.turns, turn)})

    def questions(self) -> list[str]:
        """The questions that asked something: follow-ups lean on these."""
        return [turn.question for turn in self.turns if turn.answer.kind != "about"]

    def as_markdown(self) -> str:
        """The whole conversation as a page. Footnotes get the turn's number, so that none is there twice."""
        parts = []
        for place, turn in enumerate(self.turns, 1):
            body = as_markdown(turn.answer).replace("[^", f"[^{place}-" if len(self.turns) > 1 else "[^")
            parts.append(f"## {escaped(turn.question)}\n\n{body}\n")
        return "\n".join(parts)


def save(conversation: Conversation, path: Path) -> None:
    """Write it for `load`. Raises BotError."""
    write(path, conversation.model_dump_json().encode())


def load(path: Path) -> Conversation:
    """A conversation that was saved. Raises BotError."""
    try:
        read = Conversation.model_validate_json(path.read_bytes())
    except OSError as error:
        raise BotError(f"{path}: no conversation can be read there ({error.strerror}).") from error
    except ValidationError as error:
        raise BotError(f"{path}: this is no saved conversation. /save talk.json writes one.") from error
    return Conversation(turns=tuple(turn.whole() for turn in read.turns))


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, for its owner alone. Raises BotError."""
    part = path.with_name(f"{path.name}.part")
    try:
        part.touch(mode=0o600)
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        raise BotError(f"{path}: can't be written ({error.strerror}). Name another file.") from error
