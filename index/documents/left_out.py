"""A file that is no article, and why."""

from pydantic import BaseModel, ConfigDict


class LeftOut(BaseModel):
    """`file` is its path below the corpus; `reason` is one sentence that names it and says what to do."""

    model_config = ConfigDict(frozen=True)

    file: str
    size: int
    reason: str
