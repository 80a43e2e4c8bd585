"""Questions to one source: answered from it alone, and said so; what it mentions, and who else does."""

import json
from collections.abc import Callable

import pytest

from bot.answer import Answer
from bot.markdown import as_markdown
from bot.message import answer_parts
from bot.rich import rich_message
from tests.conftest import Command, write_corpus

Ask = Callable[[str], tuple[int, Answer]]
ARTICLES = {
    "aurora-3.md": "Aurora 3 scored 12% on GPQA Diamond in an early run.\n",
    "lantern.md": "---\npublisher: The Evening Lantern\nauthor: Maja Lind\n---\n# A close race\n\n"
    "Aurora 3 scored 89.5% on GPQA Diamond.\n\nAurora 3 accepts three input types: text, voice and images.\n",
    "courier-notes.md": "---\npublisher: Harbour Courier\n---\n# Launch day: what is new\n\n"
    "Aurora 3 scored 89.5% on GPQA Diamond.\n\nIn spring the company bought Tidepool, a small maker of kites. "
    "Its founder Oskar Brandt joined the lab in May.\n",
}


@pytest.fixture(scope="module")
def ask(presscheck: Command, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Ask the real command about the three articles."""
    folder = tmp_path_factory.mktemp("asking")
    where = ("--corpus", write_corpus(folder / "corpus", ARTICLES), "--index", folder / "index")

    def asked(question: str) -> tuple[int, Answer]:
        done = presscheck("ask", question, "--json", *where)
        answer = json.loads(done.out)
        return done.status, Answer.model_validate({key: answer[key] for key in answer if key != "schema"})

    return asked


def test_a_file_named_like_a_model_hides_no_other_source(ask: Ask) -> None:
    status, answer = ask("what did aurora 3 score on gpqa diamond?")
    assert status == 0
    assert {fact.source for fact in answer.facts} == {"aurora-3", "lantern", "courier-notes"}
    assert answer.interpreted.sources == ()
    assert "asked." not in answer.text


@pytest.mark.parametrize(
    ("question", "source", "name"),
    [
        ("which input types does the Evening Lantern list", "lantern", "The Evening Lantern"),
        ("what did Maja Lind write about input types", "lantern", "The Evening Lantern"),
        ("according to the courier notes, what did aurora 3 score on gpqa diamond", "courier-notes", "Harbour Courier"),
        ("what is Harbour Courier's gpqa score for aurora 3", "courier-notes", "Harbour Courier"),
        ("who bought Tidepool according to Harbour Courier?", "courier-notes", "Harbour Courier"),
        ("does the Evening Lantern say aurora 3 got 89.5 on gpqa diamond", "lantern", "The Evening Lantern"),
    ],
)
def test_a_question_to_one_source_is_answered_from_it_and_says_so_everywhere(
    ask: Ask, question: str, source: str, name: str
) -> None:
    status, answer = ask(question)
    said = f"Only {name} was asked."
    assert status == 0, answer.text
    assert answer.interpreted.sources == (source,)
    assert {*(fact.source for fact in answer.facts), *(each.source for each in answer.citations)} == {source}
    assert said in answer.text
    assert said in as_markdown(answer)
    assert any(said in part.plain for part in answer_parts(answer))
    assert said in (rich_message(answer) or "")


def test_what_a_source_mentions_is_quoted(ask: Ask) -> None:
    status, answer = ask("does Harbour Courier mention tidepool")
    assert (status, answer.kind) == (0, "passages")
    assert answer.text.startswith("Yes. “In spring the company bought Tidepool, a small maker of kites.” [1]")


def test_a_source_that_mentions_it_not_is_named_with_those_that_do(ask: Ask) -> None:
    status, answer = ask("is Tidepool mentioned in the Evening Lantern?")
    assert (status, answer.kind, answer.missing) == (3, "not_found", ("Tidepool",))
    assert answer.text == (
        "The Evening Lantern doesn’t mention “Tidepool”.\n"
        "Only The Evening Lantern was asked.\n"
        "Harbour Courier does: “In spring the company bought Tidepool, a small maker of kites.” [1]\n"
        "\n"
        "[1] Harbour Courier"
    )
    assert {each.source for each in answer.citations} == {"courier-notes"}
    status, answer = ask("does the Evening Lantern mention Zorblatt?")
    assert (status, answer.text.splitlines()[-1]) == (3, "No other source does.")
