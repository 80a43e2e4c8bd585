"""Rich messages: tables, footnotes and folds where the server takes them, the same answer where it does not."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Answer, Citation, CitedPassage, Disagreement, Fact, Interpreted
from bot.fact_table import fact_tables
from bot.message import answer_parts
from bot.rich import rich_message
from tests.bot_api import BotApiServer, Fault
from tests.bot_api.rich import check_rich
from tests.telegram_bench import Bench, StubDesk


@pytest.fixture
def api(rich_api: BotApiServer) -> BotApiServer:
    """The server that the bench stands on."""
    return rich_api


def fact(source: str, value: float, n: int | None, **more: Any) -> Fact:
    """One source's number for Zephyr 2 on Marble Run."""
    values = {
        "benchmark": "Marble <Run>", "model": "Zephyr 2", "value": value, "unit": "%", "setting": None,
        "approximate": False, "source": source, "reported_by": None, "origin": "press", "start": 0, "end": 4,
        "quote": f"{value}%", "citation": n,
    }  # fmt: skip
    return Fact.model_validate(values | more)


def citation(n: int, source: str, publisher: str | None) -> Citation:
    """What a source says."""
    return Citation(
        n=n, source=source, title="Title", publisher=publisher, author=None, published=date(2025, 3, n), url=None,
        start=0, end=9, quote=f"quote & {n}",
    )  # fmt: skip


def dispute(most: tuple[str, ...], fewer: tuple[str, ...]) -> Disagreement:
    """61 in some sources, 67.5 in others, and no reason."""
    values = (Disagreement.Value(value=61, sources=most), Disagreement.Value(value=67.5, sources=fewer))
    return Disagreement(benchmark="Marble <Run>", model="Zephyr 2", setting=None, values=values, reason="unexplained")


def disputed() -> Answer:
    """Two say 61, one says 67, and one of them says it with tools too."""
    facts = (
        fact("a", 61, 1),
        fact("b", 61, 2),
        fact("c", 67.5, 3),
        fact("a", 1234567, None, setting="with tools", unit="tokens", approximate=True, quote="1,234,567 tokens"),
    )
    return Answer(
        question="zephyr on marble run", kind="benchmark", confidence=1, facts=facts,
        text="Sources disagree: 61 [1][2], 67.5 [3].\n\nMarble <Run> (higher is better)\n"
        "Zephyr 2: 61% [1][2] · 67.5% [3] ≠\n\nWhy: unexplained.\n\n"
        "[1] Daily Ledger, 1 Mar 2025\n[2] Title, 2 Mar 2025\n[3] The Very Long Name of News, 3 Mar 2025",
        disagreements=(dispute(("a", "b"), ("c",)),),
        citations=(citation(1, "a", "Daily Ledger"), citation(2, "b", None),
                   citation(3, "c", "The Very Long Name of News")),
        interpreted=Interpreted(intent="lookup", question="zephyr on marble run"),
        higher_is_better={"Marble <Run>": True},
    )  # fmt: skip


MANY = tuple(fact(str(number), number, None) for number in range(21))


def test_a_table_has_models_down_sources_across_and_marks_who_differs() -> None:
    (table,) = fact_tables(disputed())
    assert table.sources == ("Daily Ledger", "Title", "The Very Long Name of News")
    cells = [[cell and (cell.text, cell.disputed) for cell in row.cells] for row in table.rows]
    assert [row.label for row in table.rows] == ["Zephyr 2", "Zephyr 2 (with tools)"]
    assert cells == [
        [("61% [1]", False), ("61% [2]", False), ("67.5% [3]", True)],
        [("~1,234,567", False), None, None],
    ]


def test_where_no_value_is_usual_all_are_marked() -> None:
    (table,) = fact_tables(disputed().model_copy(update={"disagreements": (dispute(("a",), ("c",)),)}))
    assert [cell.disputed for cell in table.rows[0].cells if cell] == [True, True, True]


def test_a_benchmark_answer_as_a_rich_message() -> None:
    message = rich_message(disputed())
    assert message is not None
    assert check_rich(message)
    assert message.splitlines() == [
        '<p>Sources disagree: 61 <a href="#n1">[1]</a><a href="#n2">[2]</a>, 67.5 <a href="#n3">[3]</a>.</p>',
        "<table bordered striped><caption>Marble &lt;Run&gt; (higher is better)</caption>"
        '<tr><th></th><th align="right">Very Long Name… <a href="#n3">[3]</a></th>'
        '<th align="right">Daily Ledger</th><th align="right">Title <a href="#n2">[2]</a></th></tr>'
        '<tr><th align="left">Zephyr 2</th><td align="right"><mark>67.5% ≠</mark></td>'
        '<td align="right">61% <a href="#n1">[1]</a></td><td align="right">61%</td></tr>'
        '<tr><th align="left">Zephyr 2 (with tools)</th><td align="right">–</td>'
        '<td align="right">~1,234,567</td><td align="right">–</td></tr></table>',
        "<p>Why: unexplained.</p>",
        '<footer><tg-reference name="n1">[1] Daily Ledger, 1 Mar 2025: “quote &amp; 1”</tg-reference><br>'
        '<tg-reference name="n2">[2] Title, 2 Mar 2025: “quote &amp; 2”</tg-reference><br>'
        '<tg-reference name="n3">[3] The Very Long Name of News, 3 Mar 2025: “quote &amp; 3”</tg-reference></footer>',
    ]


def test_models_names_are_never_cut_and_sources_only_where_they_stay_apart() -> None:
    long = {"a": "The Very Long Name of News", "b": "The Very Long Name of Sport"}
    cited = tuple(citation(n, source, name) for n, (source, name) in enumerate(long.items(), 1))
    facts = (fact("a", 61, 1), fact("b", 61, 2))
    message = rich_message(disputed().model_copy(update={"citations": cited, "facts": facts, "disagreements": ()}))
    assert message is not None
    assert all(f"{name} <a" in message for name in long.values())
    two = (fact("a", 61, 1, model="Zephyr 2.5 Pro Preview"), fact("a", 60, 1, model="Zephyr 2.5 Pro Previous"))
    many = tuple(one.model_copy(update={"benchmark": f"Run {n}"}) for one in two for n in range(12))
    message = rich_message(disputed().model_copy(update={"citations": cited, "facts": many, "disagreements": ()}))
    assert message is not None
    assert "Zephyr 2.5 Pro Previous" in message


@given(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=200), st.integers(1, 25), st.booleans())
def test_whatever_articles_say_the_message_is_one_that_telegram_takes(
    name: str, words: str, sources: int, with_passage: bool
) -> None:
    cited = tuple(
        citation(1, f"s{n}", f"{name}{n}").model_copy(update={"n": n, "quote": words}) for n in range(1, sources + 1)
    )
    facts = tuple(fact(f"s{n}", n, n, benchmark=f"Run {name}", model=f"Zephyr {words}") for n in range(1, sources + 1))
    text = f"{name} {words} [1]\n\n{words} [2]"
    said = CitedPassage(source="s1", start=0, end=9, text=f"# {words}\n{words}", score=1, highlight=(0, 1))
    passages = (said,) if with_passage else ()
    change = {"citations": cited, "facts": facts, "text": f"x {text}", "passages": passages, "higher_is_better": {}}
    message = rich_message(disputed().model_copy(update=change))
    assert message is None or check_rich(message)
    assert (message is None) == (sources >= 20)


def test_marks_of_headings_are_not_shown_as_words() -> None:
    words = "## Run <1>\n\nZephyr # 1 ran.\n"
    found = disputed().model_copy(
        update={
            "text": "“Zephyr # 1 ran.” [1]",
            "facts": (),
            "citations": (citation(1, "a", "Daily Ledger").model_copy(update={"quote": "Zephyr # 1 ran."}),),
            "passages": (CitedPassage(source="a", start=0, end=30, text=words, score=1, highlight=(0, 1)),),
        }
    )
    assert "<blockquote><b>Run &lt;1&gt;</b><br><br>Zephyr # 1 ran.</blockquote>" in (rich_message(found) or "")
    assert "<blockquote expandable>Run &lt;1&gt;\n\nZephyr # 1 ran.</blockquote>" in answer_parts(found)[0].html


def test_the_same_answer_in_classic_form_fits_a_phone() -> None:
    (part,) = answer_parts(disputed())
    table = part.html.partition("<pre>")[2].partition("</pre>")[0]
    assert table.splitlines() == [
        "Zephyr 2",
        " Daily Ledger              61% [1]",
        " Title                     61% [2]",
        " The Very Long Name o… 67.5% [3] ≠",
        "Zephyr 2 (with tools)",
        " Daily Ledger           ~1,234,567",
    ]
    assert part.plain.index("Sources disagree") < part.plain.index("Zephyr 2") < part.plain.index("Why: unexplained")


@pytest.mark.parametrize(
    "change", [{"text": "word " * 7000}, {"facts": tuple(fact(str(n), n, None) for n in range(21))}]
)
def test_what_no_rich_message_holds_is_left_to_the_classic_form(change: dict[str, Any]) -> None:
    assert rich_message(disputed().model_copy(update=change)) is None


def test_an_answer_is_one_rich_message_with_its_passage_folded(bench: Bench) -> None:
    bench.ask("zephyr")
    (sent,) = bench.api.wait_for("sendRichMessage")
    html = sent.fields["rich_message"]["html"]
    assert '<footer><tg-reference name="n1">[1] The Daily Ledger, 4 Mar 2025</tg-reference></footer>' in html
    fold = "<details><summary>The passages</summary><p><b>[1] The Daily Ledger, 4 Mar 2025</b></p>"
    assert f"{fold}<blockquote>News of today." in html
    assert bench.api.requests("sendMessage") == []


def test_an_edit_changes_a_rich_message(bench: Bench) -> None:
    asked = bench.ask("zephyr")
    bench.api.wait_for("sendRichMessage")
    bench.put(bench.api.chats.edits(asked, "echo <other> words"))
    (edit,) = bench.api.wait_for("editMessageText")
    assert edit.fields["rich_message"]["html"] == "<p>&lt;other&gt; words</p>"
    assert bench.shown(1) == ["<other> words"]


def test_a_refused_rich_message_goes_out_in_classic_form_and_the_next_is_rich_again(bench: Bench) -> None:
    bench.api.fail("sendRichMessage", Fault(400, "Bad Request: can't parse rich message"))
    bench.api.fail("sendMessage", Fault(400, "Bad Request: can't parse entities: no"))
    bench.ask("zephyr")
    bench.shown(1)
    assert "parse_mode" not in bench.api.requests("sendMessage")[0].fields
    bench.ask("zephyr again")
    bench.api.wait_for("sendRichMessage")


def test_a_server_without_rich_messages_is_asked_once_even_across_restarts(tmp_path: Path) -> None:
    with BotApiServer(unknown_methods={"sendRichMessage"}) as api:
        tried = []
        api.fail_as(lambda method: tried.append(method) if method == "sendRichMessage" else None)
        for run in (1, 2):
            with Bench(api, StubDesk(), state_file=tmp_path / "state" / "bot.sqlite") as bench:
                bench.ask("zephyr")
                bench.ask("zephyr again")
                bench.shown(2 * run)
        assert len(tried) == 1
        assert api.refusals == []
