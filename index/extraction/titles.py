"""A table's rows in → which of them are titles, and patterns for what a title says, out."""

import re
from collections.abc import Sequence

from index.extraction.grid import Cell, Grid
from index.extraction.number import Number, cell_numbers
from index.names import SIZE

# Titles of what is a fact about a model or a test, not a result.
OTHER = re.compile(
    r"\W*(?:(?:total|active|activated|non-?emb\w*|trainable)?\s*#?\s*param|size\b|layer|head|context|ctx|length|window|licen|"
    r"pric|cost|\$|usd|input\b|output\b|cached?\b|release|launch|date|year|link|url|source|code\b|paper|credit|developer|"
    r"organi[sz]ation|org\b|lab\b|company|maker|provider|vendor|author|rank|#$|no\.$|place|position|description|notes?\b|"
    r"comment|about|what|why|how|who|when|where|group|category|domain|area|type|kind|modalit|tool|state|status|train|"
    r"knowledge|cut-?off|tokens?\b|speed|latency|throughput|tok/s|tps|time\b|ttft|memory|vram|gpu|hardware|embedding|"
    r"generation|vocab|votes?\b|battles|hours?\b|minutes?\b|seconds?\b|run-?\s?time|duration|wall|(?:95%\s*)?ci\b|confidence|change|Δ|diff|delta|gain|improvement|gap|advantage|"
    r"number\b|percent of\b|share of\b|count\b|samples?\b|questions?\b|tasks?\s*\(#\)|command|edit format|"
    r"shots?\b|# ?shots?|metric|attempts?\b|"
    r"version\b|filter\b|n-?shots?\b|std|stderr|standard\s+(?:error|deviation)|recover|retain|retention|relative\b|"
    r"seed|temperature|max\b|min\b|average\b|avg\b|mean\b|overall\b|winner|best\b|verdict|quantization|precision|"
    r"batch|optimizer|learning rate|availability|access|users?\b|downloads?|stars?\b|used for|use case|feature|"
    r"refus|tie.?embedding|license|multimodal\b$|reasoning\b$|vision\b$|audio\b$|open.?source|open.?weight)",
    re.IGNORECASE,
)
# Titles of a column of results that don't say of which benchmark.
GENERIC = re.compile(
    r"\W*(?:(?:arena|elo|overall|final|total|benchmark|index|test|mean)?\s*(?:scores?|results?|elo|rating|accuracy|acc\.?|"
    r"value|points|performance)|percent(?:age)?\s+\w+|%\s*\w*|(?:pass|success|solve|resolve|resolution|completion)\s+rate|"
    r"(?:%\s*)?resolved|(?:pass|avg|maj|cons)@\d+|win\s+rate|index)\W*(?:\(%\))?\W*",
    re.IGNORECASE,
)
BENCHMARKY = re.compile(
    r"\b(?:bench\w*|evals?|evaluations?|tasks?|datasets?|metrics?|tests?|scores?|performance|accuracy|results?|leaderboards?|"
    r"exams?|compar\w+)\b",
    re.IGNORECASE,
)
# Who has a column or a row beside models and is none.
NO_MODEL = re.compile(
    r"(?:human|expert|physician|random|chance|baseline|previous|prior|(?:best\s+)?(?:competitor|rival|other|open)|sota\b|state.of|"
    r"frontier|target|goal|threshold|all\b|none\b)",
    re.IGNORECASE,
)
SETTING_TITLE = re.compile(
    r"\W*(?:#?\s*(?:n-?)?shots?|metric|setting|mode|variant|split|tools?|config\w*|effort|subset)\W*", re.IGNORECASE
)
# Two columns of one table: what the maker says, and what others measured. The title is the setting.
REPORT_KIND = re.compile(
    r"\W*(?:(?:self|vendor|company|maker|lab|officially|our|third[\s-]party|independent(?:ly)?)[\s-]*)?"
    r"(?:reported|claimed|stated|official|published|reproduced|re-?run|replicated|measured|verified|independent|third[\s-]party)"
    r"(?:\s+(?:scores?|results?|values?|runs?))?\W*",
    re.IGNORECASE,
)
MODEL_TITLE = re.compile(r"\W*(?:models?|systems?|llms?|agents?|modelle?|modèles?|modelos?)\W*", re.IGNORECASE)
METRIC_TITLE = re.compile(r"\W*(?:metrics?|measures?)?\W*", re.IGNORECASE)  # or no title, above arrows
RANK = re.compile(r"\W*\d{1,4}\W*")
NO_VALUE = re.compile(r"(?:[-–—/.x×?*]{0,3}|n/?a|none|n\.a\.|tbd|unknown|not reported)", re.IGNORECASE)
ON = re.compile(r"^(?:scores?|accuracy|performance|results?|%)\s+(?:on|in|for)\s+(?:the\s+)?", re.IGNORECASE)
OWN = re.compile(r"\s*\((?:ours|this work|new|us)\)\s*", re.IGNORECASE)


# A column below a family's name: "8B", "Mini", "32B Instruct". A mode such as "Thinking" is a setting.
PART_OF_NAME = re.compile(
    rf"(?:(?:{SIZE}|Pro|Max|Mini|Nano|Micro|Flash|Lite|Ultra|Plus|Turbo|Large|Medium|Small|Tiny|XL|Base|Instruct|Chat|"
    r"Coder)(?:[ -]|$))+"
)
SIZED_NAME = re.compile(rf"(?<![\w.]){SIZE}(?![\w])")
AMOUNT = re.compile(r"[<>≤≥~]|\d+(?:\s?[-–]\s?\d+)?\s?(?:min|h\b|hours?|s\b|sec|days?|k\b|K\b|tokens?|%)")


def title_rows(grid: Grid) -> int:
    """How many rows name the columns: those marked, and what follows without any value."""
    count = 0
    for row in grid.rows[:5]:
        marked = all(cell.is_title for cell in row if cell.text)
        values = sum(bool(_value(cell)) for cell in row[1:])
        if count >= max(1, grid.titles) and (
            values or not (_names_columns(row) or _goes_on(grid.rows[count - 1], row))
        ):
            break
        if values and not marked and count >= grid.titles and count > 0:
            break
        count += 1
    return min(count, len(grid.rows) - 1)


def _goes_on(above: Sequence[Cell], row: Sequence[Cell]) -> bool:
    """A row of parts below a family's name: "Granite 5" over "8B" and "32B", with nothing below "Benchmark"."""
    parts = [cell.text for cell in row[1:] if cell.text]
    return not row[0].text and bool(above[0].text) and len(parts) > 1 and all(map(PART_OF_NAME.fullmatch, parts))


def _names_columns(row: Sequence[Cell]) -> bool:
    """A second row of titles has several; a section's row has one."""
    return len({cell.text for cell in row if cell.text}) > 2


def _value(cell: Cell) -> list[Number]:
    return cell_numbers(cell.reading.text)


def column_titles(rows: Sequence[Sequence[Cell]], place: int) -> list[str]:
    """What a column's rows of titles say, each once."""
    titles = [_title(rows, number, place) for number in range(len(rows))]
    return list(dict.fromkeys(title for title in titles if title))


def _title(rows: Sequence[Sequence[Cell]], number: int, place: int) -> str:
    """A blank beside a name, above a part of a name, was spanned by that name."""
    written = rows[number][place].text
    below = [row[place].text for row in rows[number + 1 :] if row[place].text]
    if written or not below or not PART_OF_NAME.fullmatch(below[0]):
        return written
    return next((rows[number][left].text for left in range(place - 1, -1, -1) if rows[number][left].text), "")
