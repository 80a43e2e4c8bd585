"""Files become articles, or say in one sentence why not."""

import io
from datetime import date
from pathlib import Path

import pypdf
import pytest

from index import Article, ArticleError, CorpusError, article_files, parse_article, read_article


def test_text_is_the_file_without_front_matter_and_bom() -> None:
    data = "\ufeff---\ntitle: T\npublished: 2026-04-09\n---\n\nOne\r\ntwo\r\n".encode()
    article = parse_article("a.md", data)
    assert (article.text, article.title, article.published) == ("\nOne\ntwo\n", "T", date(2026, 4, 9))


def test_front_matter_stands_before_the_sidecar_and_that_before_the_text() -> None:
    sidecar = b'{"title": "Side", "publisher": "P", "published": "2026-01-02"}'
    article = parse_article("a.md", b"---\ntitle: Front\n---\nFirst line\n", sidecar)
    assert (article.title, article.publisher, article.published) == ("Front", "P", date(2026, 1, 2))
    assert parse_article("a.txt", b"\n  # First   line\nrest").title == "First line"


def test_a_rule_at_the_top_is_not_front_matter() -> None:
    text = "---\nJust words between rules\n---\nMore\n"
    assert parse_article("a.md", text.encode()).text == text


def test_a_changed_title_is_a_changed_article() -> None:
    one, other = (parse_article("a.md", f"---\ntitle: {title}\n---\nText".encode()) for title in ("A", "B"))
    assert one.text == other.text
    assert one.digest != other.digest


@pytest.mark.parametrize(
    ("file", "data", "said"),
    [
        ("a.md", b"---\npublished: 2026-13-45\n---\nText", "2026-13-45|month"),
        ("a.md", b"---\npublished: soon\n---\nText", "published is 'soon', not a date"),
        ("a.md", b"---\ntitle: [open\n---\nText", "line 3"),
        ("a.txt", b"\xff\xfe\x00\xd8a\x00", "encoding can't be told"),
        ("a.txt", b"zero\x00byte", "zero byte"),
        ("a.txt", b" \n", "holds no text"),
        ("a.doc", b"text", "not a kind of file"),
        ("a.docx", b"text", "broken or locked"),
        ("a.epub", b"text", "broken or locked"),
        ("a.mhtml", b"text", "no page"),
        ("a.md.gz", b"\x1f\x8btext", "gzip file is broken"),
        ("a.pdf", b"%PDF-1.7 nonsense", "the PDF is broken"),
        ("a.html", b"<html><body></body></html>", "no main text"),
    ],
)
def test_what_is_wrong_is_named(file: str, data: bytes, said: str) -> None:
    with pytest.raises(ArticleError, match=said) as caught:
        parse_article(file, data)
    assert file in str(caught.value)


def test_a_pdf_without_text_and_a_locked_one_are_refused() -> None:
    for password, said in ((None, "only pictures"), ("secret", "locked")):
        writer = pypdf.PdfWriter()
        writer.add_blank_page(200, 200)
        if password:
            writer.encrypt(password, algorithm="RC4-128")
        file = io.BytesIO()
        writer.write(file)
        with pytest.raises(ArticleError, match=said):
            parse_article("a.pdf", file.getvalue())


def test_a_page_gives_its_main_text_and_its_table() -> None:
    story = "".join(
        f"<p>The committee met for the {n}th time and wrote a long report about bridges.</p>" for n in range(9)
    )
    page = (
        "<html><head><title>Bridges</title></head><body><nav><a href='/'>Home</a></nav><article><h1>Bridges</h1>"
        f"{story}<table><tr><th>Bridge</th><th>Cars</th></tr><tr><td>North</td><td>310</td></tr></table>"
        "</article><footer>Imprint</footer></body></html>"
    )
    article = parse_article("a.html", page.encode())
    assert "long report about bridges" in article.text
    assert "| North | 310 |" in article.text
    assert "Imprint" not in article.text


def test_a_file_of_more_than_fifty_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(60_000_000)
    with pytest.raises(ArticleError, match=r"60\.0 MB"):
        read_article(path)


def test_a_corpus_is_its_folder_and_the_articles_in_it(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    for name in ("b.txt", "articles/a.md", "README.md", "notes.csv", ".hidden.md"):
        (tmp_path / name).write_text("Words", encoding="utf-8")
    assert [path.name for path in article_files(tmp_path)] == ["a.md", "b.txt"]
    (tmp_path / "a.txt").write_text("Words", encoding="utf-8")
    with pytest.raises(CorpusError, match="same id 'a'"):
        article_files(tmp_path)


def test_an_article_is_known_by_its_publisher_else_its_title() -> None:
    assert Article(id="a", file="a.md", title="T", text="x").name == "T"
    assert Article(id="a", file="a.md", title="T", publisher="P", text="x").name == "P"
