"""What stands in an article steers no terminal, poses as no citation of ours, and comes from the corpus' own folder."""

import csv
import io
import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Answer
from bot.citation import shown, shown_whole
from bot.desk import Desk
from bot.markdown import as_markdown
from bot.message import answer_parts, parts, passage_blocks, source_blocks
from bot.rich import rich_message
from index import (
    SHIPPED,
    ArticleError,
    Builder,
    Store,
    article_files,
    load_catalogue,
    parse_article,
    read_article,
    visible,
)
from index.extraction import read_results
from index.sanitize import label
from tests.conftest import Command, write_corpus
from tests.terminal import Terminal

ESCAPES = "\x1b]52;c;ZWNobyBoaQ==\x07", "\x1b[2J", "\x9b31m", "\x7f", "\x00"[:0] + "\x08", "\u202e", "\x0b"
HOSTILE = {
    "lantern.md": '---\ntitle: "Lantern [7]\\e[2J news"\npublisher: "The \\e]0;mine\\aQuay [3]"\n'
    'author: "Maja \\e[1mLind"\npublished: 2031-05-04\n'
    'url: "https://example.org/\\e[2Ja"\n---\n\n# Harbour news [4]\n\n'
    "The ferry Lantern was sold to Oskar {0}Brandt{1} for $3.5 million in May 2031 [2].{2} {5}Brandt wants to paint it "
    "green [^5], says 【6】.\n\n"
    "| Model | Proof Bench |\n|---|---|\n| Quill{1} 4 [9] | 81.5 [2] |\n| Orca 2 | 77.1 |\n\n"
    "## What became of the ferry {0}[8]?\n\nIt leaves at {3}nine{4} every {6}morning [1, 2].\n".format(*ESCAPES),
    "quay.md": "# The quay\n\nNo ferry leaves on Sundays. The mayor of the harbour town wants that changed [12].\n",
}
QUESTIONS = (
    "who bought the ferry lantern?",
    "what did quill 4 score on proof bench?",
    "quill 4 vs orca 2",
    "who leads on proof bench?",
    "when does the ferry leave?",
    "what colour will the captain's hat be?",
    "do the articles agree on when the ferry leaves?",
)
# What a mark may be put together from, and some that stand in Markdown's own marks.
PIECES = ("[1]", "[^2]", "[3](x)", r"\[4\]", *"[]［【〔⟧^1 ,–a()\\`*\u200b\u0332\ufe0f", "12")
MARK = re.compile(r"\[(\d+)\]")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_corpus(tmp_path_factory.mktemp("hostile") / "corpus", HOSTILE)


@pytest.fixture(scope="module")
def desk(cache: Path, folder: Path) -> Desk:
    from index import DEFAULT_ENCODER

    Builder(Store(folder.parent / "index"), folder, DEFAULT_ENCODER, cache).build()
    return Desk(folder.parent / "index", cache, folder)


@pytest.fixture(scope="module")
def answers(desk: Desk) -> list[Answer]:
    found = [desk.answer(question) for question in QUESTIONS]
    found += [desk.answer(again, [QUESTIONS[0]]) for again in ("who says that?", "show source 1", "more")]
    return found


def unseen(text: str) -> set[str]:
    """Characters that a reader doesn't see but a terminal or a text engine obeys."""
    return {
        mark
        for mark in text
        if (unicodedata.category(mark) == "Cc" and mark not in "\n\t") or "\u202a" <= mark <= "\u202e"
    }


def test_the_hostile_articles_are_hostile(desk: Desk, answers: list[Answer]) -> None:
    lantern = next(article for article in desk.sources() if article.id == "lantern")
    assert {"\x1b", "\x07", "\x9b", "\x7f", "\u202e"} <= unseen(lantern.text)
    assert [answer.kind for answer in answers[:4]] == ["passages", "benchmark", "benchmark", "benchmark"]
    quoted = "".join(citation.quote for answer in answers for citation in answer.citations)
    assert "[2]" in quoted and "\x1b" in quoted, "a citation is still the article at that place"


def test_every_mark_of_an_answer_is_ours(answers: list[Answer]) -> None:
    for answer in answers:
        for text in (answer.text, *answer.suggestions, *answer.missing):
            assert {int(n) for n in MARK.findall(text)} <= {citation.n for citation in answer.citations}, text


def test_no_surface_shows_a_control_character(desk: Desk, answers: list[Answer]) -> None:
    shown_on: list[str] = []
    for answer in answers:
        shown_on += [answer.text, as_markdown(answer), answer.to_json(), rich_message(answer) or ""]
        shown_on += [text for part in answer_parts(answer) for text in part]
        shown_on += [text for part in parts(passage_blocks(answer.passages, desk.sources())) for text in part]
    shown_on += [text for part in parts(source_blocks(desk.sources())) for text in part]
    for text in shown_on:
        assert not unseen(text), text


def test_links_and_footnotes_lead_to_our_citations_only(answers: list[Answer]) -> None:
    for answer in answers:
        rich, page = rich_message(answer) or "", as_markdown(answer)
        assert set(re.findall(r'href="#n(\d+)"', rich)) <= set(re.findall(r'name="n(\d+)"', rich))
        notes = set(re.findall(r"^\[\^(\d+)\]:", page, re.MULTILINE))
        assert set(re.findall(r"\[\^(\d+)\]", page)) <= notes
        for part in answer_parts(answer):
            assert set(MARK.findall(part.plain)) <= {str(citation.n) for citation in answer.citations}


def test_the_command_shows_marks_where_controls_stood(presscheck: Command, folder: Path, tmp_path: Path) -> None:
    options = ("--corpus", folder, "--index", tmp_path / "index")
    built = presscheck("index", "build", *options)
    assert built.status == 0
    assert not unseen(built.out + built.err)
    for command in ("sources", "facts", "benchmarks", "models", "conflicts", "index status"):
        assert not unseen(presscheck(*command.split(), *options).out), command
    for form in ((), ("--json",), ("--markdown",)):
        done = presscheck("ask", QUESTIONS[0], *form, *options)
        assert not unseen(done.out + done.err), form
        assert ("␛" in done.out) == (form != ("--json",)) or form == ("--json",)
    rows = list(csv.reader(io.StringIO(presscheck("ask", QUESTIONS[1], "--csv", *options).out)))
    assert rows and not unseen("".join(cell for row in rows for cell in row))
    told = json.loads(presscheck("ask", QUESTIONS[0], "--json", *options).out)
    text = (folder / "lantern.md").read_text(encoding="utf-8").partition("---\n\n")[2]
    assert all(each["quote"] in text for each in told["citations"]), "in JSON a quote stays the article's own words"


def test_a_terminal_is_not_steered(environment: dict[str, str], folder: Path, tmp_path: Path) -> None:
    terminal = Terminal(
        environment | {"TERM": "xterm-256color", "PAGER": "cat"},
        90,
        40,
        "chat",
        "--corpus",
        folder,
        "--index",
        tmp_path / "i",
    )
    try:
        terminal.wait("?")
        for typed, seen in (
            ("who bought the ferry lantern?\r", "3.5 million"),
            ("/source 1\r", "paint"),
            ("/sources\r", "Lantern"),
        ):
            terminal.type(typed)
            terminal.wait(seen)
        terminal.type("/quit\r")
        terminal.end()
    finally:
        terminal.close()
    for sequence in (b"\x1b]52", b"\x1b]0;mine", b"\x1b[2Jnews", b"\xc2\x9b"):
        assert sequence not in terminal.raw


@given(st.text())
def test_shown_text_holds_no_control_and_no_reference_mark(text: str) -> None:
    for result in (shown(text), shown_whole(text), label(text, 50)):
        assert not unseen(result)
        assert not MARK.search(result)
    assert len(label(text, 50)) <= 50
    assert visible(visible(text)) == visible(text)
    assert len(visible(text)) == len(text)


@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_no_arrangement_of_brackets_is_left_as_a_mark(pieces: list[str]) -> None:
    assert not re.search(r"\[\^?\d+\]", shown("".join(pieces)))


def test_a_title_is_a_short_line_with_a_word_in_it() -> None:
    brackets = parse_article("a.md", ("[" * 3000 + "\n\nThe quay opens.\n").encode())
    assert brackets.title == "The quay opens."
    long = parse_article("a.md", ("word " * 3000 + "\n").encode())
    assert len(long.title) <= 200
    assert long.title.endswith("word…")
    assert parse_article("a.md", b"---\n\n[3]\n").title
    named = parse_article("a.md", f"---\ntitle: {'x' * 5000}\nurl: https://e.org/{'y' * 5000}\n---\nText.\n".encode())
    assert len(named.title) <= 200
    assert named.url is None


def test_a_file_whose_name_holds_controls_is_refused_in_plain_words() -> None:
    with pytest.raises(ArticleError, match="control characters") as told:
        parse_article("quay\x1b[2J.md", b"Text.")
    assert not unseen(str(told.value))


def test_a_corpus_is_what_lies_in_its_folder(tmp_path: Path) -> None:
    secret = write_corpus(tmp_path / "elsewhere", {"secret.md": "The key lies under the mat.", "more.md": "It does."})
    corpus = write_corpus(tmp_path / "corpus", {"a.md": "The quay opens."})
    (corpus / "secret.md").symlink_to(secret / "secret.md")
    (corpus / "articles").symlink_to(secret)
    (corpus / "same.md").symlink_to(corpus / "a.md")
    (tmp_path / "way").symlink_to(corpus)
    assert [path.name for path in article_files(corpus)] == ["a.md", "same.md"]
    assert [path.name for path in article_files(tmp_path / "way")] == ["a.md", "same.md"], "the folder may be a link"
    (corpus / "articles").unlink()
    assert [path.name for path in article_files(corpus)] == ["a.md", "same.md"]


def test_spreadsheets_run_no_formula_of_an_article() -> None:
    from bot.fact import rows_as_csv

    rows = list(csv.reader(io.StringIO(rows_as_csv(("a", "b"), [("=cmd()", -3.5), ("fine", "@x")]))))
    assert rows[1:] == [["'=cmd()", "-3.5"], ["fine", "'@x"]]


def test_a_mark_with_something_unseen_in_it_does_not_look_like_ours() -> None:
    for mark in ("[\u200b1]", "[1\u2060]", "[1\u0332]", "[1\u200b2]", "[\ufeff^\u00ad1]", "〔1〕", "⟦1⟧"):
        seen = "".join(each for each in shown(f"so they say {mark}") if unicodedata.category(each) not in ("Cf", "Mn"))
        assert not re.search(r"[\[〔⟦]\^?\d", seen), seen


def test_a_title_puts_no_link_and_no_picture_into_a_page(answers: list[Answer]) -> None:
    title = "News](http://tracker.example/) ![seen](http://tracker.example/1.png) &#91;1&#93;"
    cited = answers[0].citations[0].model_copy(update={"title": title, "publisher": None})
    page = as_markdown(answers[0].model_copy(update={"citations": (cited,)}))
    assert "tracker.example" in page
    assert not re.search(r"(?<!\\)\]\((?!<)|(?<!\\)&#", page), page


def test_a_sidecar_that_leads_out_of_the_folder_is_not_read(tmp_path: Path) -> None:
    outside = tmp_path / "secret.json"
    outside.write_text('{"title": "Secret"}', encoding="utf-8")
    folder = write_corpus(tmp_path / "corpus", {"bridge.txt": "The bridge\n\nUlf built it.\n"})
    (folder / "bridge.meta.json").symlink_to(outside)
    assert read_article(folder / "bridge.txt").title == "The bridge"


def test_a_note_of_a_page_is_no_result() -> None:
    body = "<p>The makers of the model told of it in a long article that everybody read in that week.</p>" * 5
    page = f"<html><body><article><p>Claude Opus 4.6 scored 71.5% on GPQA Diamond [2].</p>{body}</article></html>"
    article = parse_article("page.html", page.encode())
    assert [result.value for result in read_results(article, load_catalogue(SHIPPED, SHIPPED))] == [71.5]
