"""Articles come as people have them: in their encodings, formats and dates, with their programs' front matter."""

import gzip
import io
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Article, ArticleError, parse_article

FERRY = "The ferry Lantern crosses the bay in nine minutes, the harbour office wrote."
LONG = "".join(
    f"<p>The harbour office wrote that the {number} new ferries will run from spring, and that nobody needs to book a "
    "place before the end of the winter season.</p>"
    for number in ("six", "seven", "eight")
)


def article(text: str | bytes, file: str = "a.md") -> Article:
    return parse_article(file, text.encode() if isinstance(text, str) else text)


def packed(parts: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("utf-8-sig", "Fähre – ferry"),
        ("utf-16", "Fähre – ferry"),
        ("utf-32", "Fähre – ferry"),
        ("utf-16-le", "Fähre – ferry, without a mark"),
        ("utf-16-be", "Fähre – ferry, without a mark"),
        ("cp1252", "The “Lantern” – Fähre für Gäste, déjà vu"),
        ("latin-1", "Die Fähre fährt für alle Gäste. Das Café öffnet später."),
        ("gbk", "港务局表示，新的渡轮将于春季投入运营，乘客无需提前预订。"),
        ("shift_jis", "港の事務所は、新しいフェリーが春から運航すると発表しました。"),
        ("cp1251", "Паромы снова ходят с весны, сообщило управление порта."),
    ],
)
def test_a_text_is_read_in_its_encoding(encoding: str, words: str) -> None:
    text = f"{words}\n\n{words}\n"
    assert article(text.encode(encoding), "a.txt").text == text


def test_a_page_is_read_in_the_charset_that_it_declares() -> None:
    page = (
        f"<html><head>{{}}<title>Fähre</title></head><body><article><p>{'Die Fähre. ' * 30}</p></article></body></html>"
    )
    meta = page.format('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-15">')
    xml = f'<?xml version="1.0" encoding="cp850"?>{page.format("")}'
    assert "Die Fähre." in article(meta.encode("iso-8859-15"), "a.html").text
    assert "Die Fähre." in article(xml.encode("cp850"), "a.xhtml").text
    assert "Die Fähre." in article(meta.encode(), "a.html").text, "a page saved again as UTF-8 says still what it said"


def test_quotes_of_windows_in_a_text_of_utf8_are_read() -> None:
    text = article("Fähre – ".encode() + b"\x93so\x94" + " – später\n".encode(), "a.txt").text
    assert text == "Fähre – “so” – später\n"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(lambda text: text.strip() != ""))
def test_any_text_in_utf8_comes_back_as_it_was(text: str) -> None:
    body = f"x{text}"
    assert article(body, "a.txt").text == body


def test_a_packed_file_is_unpacked_and_a_bomb_is_not() -> None:
    found = article(gzip.compress(f"# Packed\n\n{FERRY}\n".encode()), "a.md.gz")
    assert (found.id, found.title) == ("a", "Packed")
    page = f"<html><body><article>{LONG}</article></body></html>"
    assert "eight new ferries" in article(gzip.compress(page.encode()), "a.html").text
    with pytest.raises(ArticleError, match="unpacks to more than 50 MB"):
        article(gzip.compress(bytes(60_000_000)), "a.txt.gz")
    with pytest.raises(ArticleError, match="cut short"):
        article(gzip.compress(FERRY.encode())[:-9], "a.txt.gz")


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: The ferry: a review\ndate: 3 October 2031\nauthor: Jo Lind\nsource: https://e.org/f\n---\n",
        "\n---\nTitle: 'The ferry: a review'\npubDate: Oct 03 2031\nauthors:\n  - '[[Jo Lind]]'\nlink: https://e.org/f\n...\n",
        '+++\ntitle = "The ferry: a review"\npublishDate = 2031-10-03T10:00:00Z\nauthor = ["Jo Lind"]\nurl = "https://e.org/f"\n+++\n',
        '{"title": "The ferry: a review", "published_at": "2031-10-03T10:00:00.000Z", "author": {"name": "Jo Lind"}, '
        '"canonical_url": "https://e.org/f"}\n',
        "---\ntitle: The ferry: a review\ndatum: 3.10.2031\nby: Jo Lind\nurl: <https://e.org/f>\ntags:\n  - one\n---\n",
    ],
)
def test_front_matter_is_read_whichever_program_wrote_it(front: str) -> None:
    found = article(f"{front}{FERRY}\n")
    assert (found.title, found.author, found.published) == ("The ferry: a review", "Jo Lind", date(2031, 10, 3))
    assert (found.url, found.text) == ("https://e.org/f", f"{FERRY}\n")


def test_a_note_states_its_metadata_as_a_list() -> None:
    note = (
        "# Ferry\n\n## Metadata\n- Author: [[Jo Lind]]\n- Full Title: The ferry, at last\n- URL: https://e.org/f\n"
        f"- Published Date: October 3, 2031\n\n## Highlights\n- {FERRY}\n"
    )
    found = article(note)
    assert (found.title, found.author) == ("The ferry, at last", "Jo Lind")
    assert (found.url, found.published, found.text) == ("https://e.org/f", date(2031, 10, 3), note)


@pytest.mark.parametrize(
    ("stated", "language", "day"),
    [
        ("October 3rd, 2031", "", date(2031, 10, 3)),
        ("Fri, 03 Oct 2031 23:00:00 +0200", "", date(2031, 10, 3)),
        ("6. Februar 2031", "", date(2031, 2, 6)),
        ("6 février 2031", "", date(2031, 2, 6)),
        ("3 de octubre de 2031", "", date(2031, 10, 3)),
        ("3 октября 2031", "", date(2031, 10, 3)),
        ("2031年10月3日", "", date(2031, 10, 3)),
        ("03/10/2031", "en-US", date(2031, 3, 10)),
        ("03/10/2031", "en-GB", date(2031, 10, 3)),
        ("03/10/2031", "fr", date(2031, 10, 3)),
        ("03.10.2031", "en-US", date(2031, 10, 3)),
        ("25/10/2031", "", date(2031, 10, 25)),
        ("03/10/2031", "", None),
        ("soon", "", None),
        ("31 February 2031", "", None),
    ],
)
def test_a_date_is_read_as_it_is_written(stated: str, language: str, day: date | None) -> None:
    assert article(f"---\ndate: {stated}\nlang: {language}\n---\n{FERRY}\n").published == day


@pytest.mark.parametrize(
    ("byline", "author", "day"),
    [
        ("By Jo Lind\nPublished October 3, 2031", "Jo Lind", date(2031, 10, 3)),
        ("By Jo Lind | October 3, 2031 | 5 min read", "Jo Lind", date(2031, 10, 3)),
        ("Von Jo Lind, 6. Februar 2031", "Jo Lind", date(2031, 2, 6)),
        ("*Published on 3 October 2031 by Jo Lind*", None, date(2031, 10, 3)),
        ("6. Februar 2031", None, date(2031, 2, 6)),
        ("LISBON, October 3, 2031 — The harbour opens.", None, date(2031, 10, 3)),
        ("The ferry was built in Porto and sold on October 3, 2031, for a crown.", None, None),
        ("| Sold | October 3, 2031 |", None, None),
        ("- October 3, 2031", None, None),
        ("By spring the ferries will run again, the office says, and nobody needs to book.", None, None),
    ],
)
def test_a_byline_names_author_and_day_and_a_sentence_does_not(
    byline: str, author: str | None, day: date | None
) -> None:
    found = article(f"The ferry runs again\n\n{byline}\n\n{FERRY}\n", "a.txt")
    assert (found.title, found.author, found.published) == ("The ferry runs again", author, day)


@pytest.mark.parametrize(
    "above",
    [
        "+++\nbroken\n",
        "<!-- made by a machine\nof ours -->\n",
        '<p align="center"><img src="logo.png"></p>\n',
        "[← All posts](index.md)\n",
        "[![build](b.svg)](https://e.org) [![docs](d.svg)](https://e.org)\n",
        "By Jo Lind\n\n",
        "October 3, 2031\n\n",
        "import Chart from '../chart'\n\n",
        "```\ncode\n```\n",
    ],
)
def test_a_title_is_what_is_written_as_one(above: str) -> None:
    assert article(f"{above}# The **ferry** [runs](r.md) again\n\n{FERRY}\n").title == "The ferry runs again"
    if not above.startswith("+++"):
        assert article(f"{above}The ferry runs again\n====\n\n{FERRY}\n").title == "The ferry runs again"


def test_a_page_says_who_published_it_and_no_cell_of_a_table_does() -> None:
    page = (
        "<html lang=en><head><title>Ferries | The Pier</title>{}</head><body><article><h1>Ferries return</h1>{}"
        f"<table><tr><th>Ship</th><th>Built</th></tr><tr><td>Vera</td><td>March 3, 2021</td></tr></table>{LONG}"
        "</article></body></html>"
    )
    graph = (
        '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle", "headline": '
        '"Ferries return", "datePublished": "2031-10-03T08:00:00+02:00", "author": {"@type": "Person", "name": '
        '"Jo Lind"}, "publisher": {"@type": "Organization", "name": "The Pier"}}</script>'
    )
    told = article(page.format(graph, ""), "a.html")
    assert (told.title, told.author, told.publisher) == ("Ferries return", "Jo Lind", "The Pier")
    assert told.published == date(2031, 10, 3)
    assert article(page.format("", ""), "a.html").published is None
    assert article(page.format("", "<p>By Jo Lind</p><p>3 October 2031</p>"), "a.html").published == date(2031, 10, 3)


def test_what_the_reader_of_a_page_does_not_see_is_not_read() -> None:
    hidden = (
        "<p hidden>secret one.</p><template><p>secret two.</p></template><p aria-hidden=true>secret three.</p>"
        "<p style='display: none'>secret four.</p><!-- secret five. -->"
        "<p>Fares: <del>secret six</del> seven crowns.</p>"
    )
    page = f"<html><body style='visibility:hidden'><article><h1>Ferries</h1>{hidden}{LONG}</article></body></html>"
    text = article(page, "a.html").text
    assert "secret" not in text
    assert "Fares: seven crowns." in " ".join(text.split())


def test_a_page_saved_as_one_file_is_read() -> None:
    page = f"<html><head><title>Ferries</title></head><body><article><h1>Fähren</h1>{LONG}</article></body></html>"
    file = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://e.org/f\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset=iso-8859-1\r\n'
        f"Content-Transfer-Encoding: 8bit\r\n\r\n{page}\r\n--b--\r\n"
    )
    found = article(file.encode("latin-1"), "a.mhtml")
    assert (found.url, "eight new ferries" in found.text, "Fähren" in found.text) == ("https://e.org/f", True, True)


def test_a_book_is_read_in_the_order_of_its_spine() -> None:
    book = packed(
        {
            "META-INF/container.xml": "<container xmlns='urn:x'><rootfile full-path='in/c.opf'/></container>",
            "in/c.opf": "<package xmlns='urn:y' xmlns:dc='http://purl.org/dc/elements/1.1/'><metadata>"
            "<dc:title>Ferry book</dc:title><dc:creator>Jo Lind</dc:creator><dc:date>2031-10-03</dc:date></metadata>"
            "<manifest><item id='b' href='second%20one.xhtml'/><item id='a' href='a.xhtml'/></manifest>"
            "<spine><itemref idref='a'/><itemref idref='b'/></spine></package>",
            "in/a.xhtml": f"<html><body><h1>One</h1><div><p>{FERRY}</p>loose</div></body></html>",
            "in/second one.xhtml": "<html><body><h2>Two</h2><table><tr><th>Ship</th><th>Min</th></tr>"
            "<tr><td>Vera</td><td>9|10</td></tr></table><ul><li>first</li></ul></body></html>",
        }
    )
    found = article(book, "a.epub")
    assert found.text == (
        f"# One\n\n{FERRY}\n\nloose\n\n## Two\n\n| Ship | Min |\n|---|---|\n| Vera | 9\\|10 |\n\n- first\n"
    )
    assert (found.title, found.author, found.published) == ("Ferry book", "Jo Lind", date(2031, 10, 3))


def test_a_word_document_is_read_with_its_insertions_and_without_what_was_struck() -> None:
    def run(words: str, properties: str = "") -> str:
        return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}<w:t>{words}</w:t></w:r>"

    def cell(words: str, properties: str = "") -> str:
        return f"<w:tc>{properties}<w:p>{run(words)}</w:p></w:tc>"

    wide = "<w:tcPr><w:gridSpan w:val='2'/></w:tcPr>"
    body = (
        f"<w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr>{run('Ferries')}</w:p>"
        f"<w:p>{run('It costs ')}<w:del><w:r><w:delText>five</w:delText></w:r></w:del>{run('six', '<w:strike/>')}"
        f"<w:ins>{run('seven')}</w:ins>{run(' crowns.')}</w:p>"
        f"<w:tbl><w:tr>{cell('Ship')}{cell('Min')}{cell('Max')}</w:tr>"
        f"<w:tr>{cell('Vera')}{cell('9', wide)}</w:tr></w:tbl>"
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    file = packed({"word/document.xml": f"<w:document xmlns:w='{space}'><w:body>{body}</w:body></w:document>"})
    found = article(file, "a.docx")
    assert (
        found.text == "# Ferries\n\nIt costs seven crowns.\n\n| Ship | Min | Max |\n|---|---|---|\n| Vera | 9 | 9 |\n"
    )
    assert found.title == "Ferries"


def test_a_packed_part_that_swells_is_refused() -> None:
    with pytest.raises(ArticleError, match="unpacks to more than 50 MB"):
        article(packed({"word/document.xml": " " * 60_000_000}), "a.docx")
    swelling = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><x><body>&b;</body></x>"
    with pytest.raises(ArticleError, match="holds no text"):
        article(packed({"word/document.xml": swelling}), "a.docx")
