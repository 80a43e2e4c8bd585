"""What an article is: its text, and who published it when."""

import hashlib
from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict

from index.said import said_text
from index.sanitize import label, visible

LONGEST_NAME = 200  # characters of a title or a name; longer ones are no titles, and every answer repeats them
LONGEST_URL = 2_000  # characters; browsers and Telegram take no longer ones

Kind = Literal["article", "brief"]
Name = Annotated[str, AfterValidator(lambda name: label(name, LONGEST_NAME))]
Address = Annotated[str | None, AfterValidator(lambda url: visible(url) if url and len(url) <= LONGEST_URL else None)]


class Article(BaseModel):
    """One source text. `text` is what citations count characters in; `size` are its file's bytes.

    `id` is its path below the corpus without suffix. Names are one line of at most LONGEST_NAME characters, without
    control characters and reference marks. `kind` is "brief" for a text that tells what a source says in other words,
    and must be cited as such.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    file: str
    title: Name
    publisher: Name | None = None
    author: Name | None = None
    published: date | None = None
    url: Address = None
    kind: Kind = "article"
    size: int = 0
    text: str

    @property
    def digest(self) -> str:
        """SHA-256 of everything that answers depend on, so a changed title counts as a changed article."""
        return hashlib.sha256(self.model_dump_json(exclude={"size"}).encode()).hexdigest()

    @cached_property
    def said(self) -> str:
        """The text with blanks in place of comments, hidden and struck words; places in it are places in the text."""
        return said_text(self.text)

    @property
    def name(self) -> str:
        """What readers know the source by: its publisher, else its title."""
        return self.publisher or self.title
