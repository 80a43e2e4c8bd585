"""A table's titles and rows in → which column says whose the numbers are, and whom each row credits, out."""

import re
from collections.abc import Mapping, Sequence

from index.extraction.grid import Cell
from index.extraction.titles import NO_VALUE

# Titles of a column that names who reported or measured what its row states.
CREDITED = re.compile(
    r"\W*(?:(?:credited|attributed|according)\s+to|reporters?|evaluators?|testers?|credits?|"
    r"(?:(?:reported|measured|tested|evaluated|published|cited|stated|claimed|verified|provided|collected|run)\s+by)|"
    r"gemessen\s+von|laut|selon|según)\W*",
    re.IGNORECASE,
)
SOURCE = re.compile(r"\W*(?:(?:data\s+|score\s+)?sources?|outlets?|quellen?|fuentes?)\W*", re.IGNORECASE)
PUBLISHER = re.compile(r"\W*publishers?\W*", re.IGNORECASE)  # of the number, or of the model
NO_NAME = re.compile(
    r"(?:https?:|www\.)\S*|(?:link|here|url|yes|no|open|closed|public|private|proprietary|api|web|internal|paper|blog|"
    r"open[\s-]?(?:source|weights?)|closed[\s-]?source)",
    re.IGNORECASE,
)
MAX_NAME = 80  # characters; a cell with more is a remark


def reporter_column(
    titles: Sequence[Sequence[str]], body: Sequence[Sequence[Cell]], developers: Mapping[str, str | None]
) -> int | None:
    """The column that names who reported each row, if a table has one. `developers`: a model's name → its maker."""
    for place, said in enumerate(titles):
        names = [name for row in body if (name := reporter(row[place]))]
        if names and any(CREDITED.fullmatch(title) or SOURCE.fullmatch(title) for title in said):
            return place
        if names and any(map(PUBLISHER.fullmatch, said)) and not _are_makers(names, developers):
            return place
    return None


def reporter(cell: Cell) -> str:
    """Whom a cell credits; nothing for a dash, an address or "open source"."""
    written = cell.text.strip(" .*_")
    if NO_VALUE.fullmatch(written) or NO_NAME.fullmatch(written) or len(written) > MAX_NAME:
        return ""
    return written if re.search(r"[^\W\d_]{2}", written) else ""


def _are_makers(names: Sequence[str], developers: Mapping[str, str | None]) -> bool:
    """A "publisher" in a list of models is who made them, where every name is a maker's."""
    makers = {maker for maker in developers.values() if maker}
    return len(set(names)) > 1 and all(name in makers for name in names)
