"""The shipped corpus: complete, in our own words, and cited as what it is."""

import re
from collections import Counter
from pathlib import Path

import pytest

from index import SHIPPED, article_files, read_article

ORIGINALS = Path(__file__).resolve().parent.parent.parent / "shared" / "articles"
BRIEFS = article_files(SHIPPED)
NUMBER = re.compile(r"\d+(?:,\d{3})+|\d+(?:\.\d+)?")
RUN = 8  # words in a row that make a borrowed sentence

needs_originals = pytest.mark.skipif(not ORIGINALS.is_dir(), reason="the original articles are not beside the project")


def numbers(text: str) -> set[str]:
    """The numbers of a text in one form: 1,427 is 1427, and 59.0 is 59."""
    plain = {found.replace(",", "") for found in NUMBER.findall(text)}
    return {found.rstrip("0").rstrip(".") if "." in found else found for found in plain}


def glued(number: str, parts: set[str]) -> bool:
    """Is it two numbers that a flattened table ran together, as in GPT-5.457 for GPT-5.4 and 57?"""
    return any(numbers(number[:cut]) <= parts and numbers(number[cut:]) <= parts for cut in range(1, len(number)))


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:[.,]\d+)*", text.casefold())


def body(path: Path) -> str:
    """An original without the furniture of its page: what stands before the title's last line and after its end."""
    text = read_article(path).text
    ends = [text.find(mark) for mark in ("\nRelated Articles", "\nTotal Views") if mark in text]
    return text[: min(ends, default=len(text))]


@pytest.mark.parametrize("path", BRIEFS, ids=lambda path: path.stem)
def test_a_brief_says_that_it_is_one(path: Path) -> None:
    article = read_article(path)
    assert article.kind == "brief"
    assert article.text.lstrip().startswith(f"# {article.title}")


@needs_originals
def test_every_original_has_its_brief() -> None:
    assert {path.stem for path in BRIEFS} == {path.stem for path in article_files(ORIGINALS)}


@needs_originals
@pytest.mark.parametrize("path", BRIEFS, ids=lambda path: path.stem)
def test_a_brief_has_every_number_of_its_original(path: Path) -> None:
    original = body(ORIGINALS / f"{path.stem}.txt")
    furniture = {str(number) for number in range(1, 16)}  # the numbers of lists and sections, minutes of reading
    told = numbers(path.read_text(encoding="utf-8")) | furniture
    missing = [number for number in numbers(original) - told if not glued(number, told)]
    assert not missing, sorted(missing)


@needs_originals
@pytest.mark.parametrize("path", BRIEFS, ids=lambda path: path.stem)
def test_a_brief_borrows_no_sentence(path: Path) -> None:
    titles = {tuple(words(read_article(other).title)) for other in BRIEFS}
    theirs: set[tuple[str, ...]] = set()
    for original in article_files(ORIGINALS):
        text = words(read_article(original).text)
        theirs.update(zip(*(text[shift:] for shift in range(RUN)), strict=False))
    prose = [line for line in read_article(path).text.splitlines() if not line.startswith(("|", "#"))]
    borrowed = [
        " ".join(run)
        for line in prose
        for run in zip(*(words(line)[shift:] for shift in range(RUN)), strict=False)
        if run in theirs and not any(set(run) <= set(title) for title in titles)
    ]
    assert not borrowed


@pytest.mark.parametrize("path", BRIEFS, ids=lambda path: path.stem)
def test_the_rows_of_a_table_are_as_wide_as_its_header(path: Path) -> None:
    tables = re.findall(r"(?:^\|.*\|\n)+", path.read_text(encoding="utf-8"), re.MULTILINE)
    for table in tables:
        widths = Counter(row.count("|") for row in table.splitlines())
        assert len(widths) == 1, table
