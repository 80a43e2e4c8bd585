"""Files become articles, or say in one sentence why not."""

import io
from datetime import date
from pathlib import Path

import pypdf
import pytest

from index import SHIPPED, Article, ArticleError, corpus_files, parse_article, read_article, read_corpus


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
        ("a.txt", b"\xff\xfe\x00\xd8a\x00", "encoding that can't be told"),
        ("a.txt", b"zero\x00byte", "zero byte"),
        ("a.txt", b" \n", "holds no text"),
        ("a.md", b"", "holds no text"),
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


def test_a_corpus_is_its_folder_and_what_is_below_it(tmp_path: Path) -> None:
    names = ("b.txt", "articles/a.md", "README.md", "notes/deep/c.htm", "notes/README.md", "packed.md.gz")
    others = ("a.png", ".hidden.md", ".obsidian/d.md", "node_modules/x/README.md", "b.meta.json")
    for name in (*names, *others):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Words", encoding="utf-8")
    (tmp_path / "around").symlink_to(tmp_path)
    assert list(corpus_files(tmp_path)) == ["README", "a", "b", "notes/README", "notes/deep/c", "packed"]
    (tmp_path / "a.txt").write_text("Words", encoding="utf-8")
    (tmp_path / "a.md").write_text("Words", encoding="utf-8")
    found = [name for name in corpus_files(tmp_path) if "a." in name]
    assert found == ["a.md", "a.txt", "articles/a.md"]
    assert len(corpus_files(tmp_path)) == len(names) + 2
    assert "README" not in corpus_files(SHIPPED)


def test_what_cannot_be_read_stops_nothing_and_is_named(tmp_path: Path) -> None:
    for name, data in {
        "good.md": b"Words",
        "empty.md": b" \n",
        "late.md": b"---\npublished: soon\n---\nWords",
        "sub/broken.pdf": b"%PDF-1.7 nonsense",
        "old.doc": b"Words",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    corpus = read_corpus(tmp_path)
    assert [article.id for article in corpus.articles] == ["good"]
    assert [each.file for each in corpus.left_out] == ["empty.md", "late.md", "old.doc", "sub/broken.pdf"]
    assert all(each.reason.startswith(f"{each.file}: ") for each in corpus.left_out), "no path of this machine"


def test_an_article_is_known_by_its_publisher_else_its_title() -> None:
    assert Article(id="a", file="a.md", title="T", text="x").name == "T"
    assert Article(id="a", file="a.md", title="T", publisher="P", text="x").name == "P"
