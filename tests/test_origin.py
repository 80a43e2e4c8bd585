"""Who is credited for a number: read from the articles, said with every answer, and asked for."""

from pathlib import Path

import pytest

from bot.asked_wrongly import well_asked
from bot.desk import Desk
from bot.intent import setting_of
from bot.spelling import meant_by
from index import DEFAULT_ENCODER, Builder, Store
from tests.benchmark_corpus import known as made_up
from tests.conftest import write_corpus
from tests.test_stance import hit_of

HEAD = "---\ntitle: {0} on models\npublisher: {0}\n---\n\n"
TEXTS = {
    "quay.md": HEAD.format("Salt & Quay")
    + "| Model | MMLU-Pro | Source |\n|---|---|---|\n| GPT-5.4 | 82.8 | Fenwick Lab |\n| Muse Spark | 86.4 | Meta |\n",
    "pier.md": HEAD.format("The Pier")
    + "Fenwick Lab, a firm of nine in Tarn, told The Pier that GPT-5.4 scored 71.5% on "
    "GPQA Diamond. Muse Spark scored 70.1% on GPQA Diamond, below the 75.2% that Meta advertises.\n",
    "horn.md": HEAD.format("The Horn") + "Muse Spark scored 44.0% on HealthBench Hard.\n",
}


@pytest.fixture(scope="module")
def desk(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("origin")
    Builder(Store(folder / "index"), write_corpus(folder / "corpus", TEXTS), DEFAULT_ENCODER, cache).build()
    return Desk(folder / "index", cache)


def test_whom_a_sentence_credits_is_read(desk: Desk) -> None:
    credited = {(r.benchmark, r.value): r.reported_by for r in desk.results() if r.source == "pier"}
    assert credited["GPQA Diamond", 71.5] == "Fenwick Lab"
    assert credited["GPQA Diamond", 75.2] == "Meta"
    assert credited["GPQA Diamond", 70.1] is None


def test_an_answer_says_whom_its_one_source_credits(desk: Desk) -> None:
    assert "\nCredited to Fenwick Lab [1].\n" in desk.answer("gpt-5.4 on mmlu-pro").text
    assert "Credited to" not in desk.answer("muse spark on healthbench hard").text


@pytest.mark.parametrize(
    "question",
    [
        "who measured mmlu-pro for gpt-5.4?",
        "who mesured mmlu-pro for gpt-5.4",
        "who is gpt-5.4's mmlu-pro number credited to",
        "what's the origin of gpt-5.4's 82.8 on mmlu-pro?",
        "where does the 82.8 for gpt-5.4 come from",
        "gpt-5.4 mmlu-pro source?",
        "which lab reported gpt-5.4's score on mmlu-pro",
    ],
)
def test_who_measured_it_can_be_asked(desk: Desk, question: str) -> None:
    first = desk.answer(question).text.partition("\n")[0]
    assert first == "GPT-5.4 on MMLU-Pro: Salt & Quay credits 82.8 to Fenwick Lab."


def test_nobody_is_credited(desk: Desk) -> None:
    first = desk.answer("who measured muse spark on healthbench hard?").text.partition("\n")[0]
    assert first == "Muse Spark on HealthBench Hard: no source credits anybody; The Horn gives 44.0%."


@pytest.mark.parametrize("name", ["salt & quay", "salt and quay", "Salt & Quay"])
def test_a_source_that_measured_is_asked(desk: Desk, name: str) -> None:
    answer = desk.answer(f"what did {name} measure for gpt-5.4 on mmlu-pro")
    assert "Only Salt & Quay was asked." in answer.text
    assert {fact.source for fact in answer.facts} == {"quay"}


@pytest.mark.parametrize(
    ("shape", "setting"),
    [
        ("‹b› when it was allowed to use tools", "with tools"),
        ("‹b› with tools on", "with tools"),
        ("‹b› tool-free", "without tools"),
        ("‹b› with tools off", "without tools"),
        ("‹b› when tools were not allowed", "without tools"),
        ("‹b› without using tools", "without tools"),
        ("‹b› with and without tools", None),
    ],
)
def test_a_setting_is_asked_in_many_words(shape: str, setting: str | None) -> None:
    assert setting_of(shape, made_up()) == setting


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("who is ahaed on ZXQA", "who is ahead on ZXQA"),
        ("do teh articles agree", "do the articles agree"),
        ("is Ahaed good", "is Ahaed good"),
        ("quill and lark", "quill and lark"),
    ],
)
def test_asking_words_are_spelt_right_and_names_left(typed: str, meant: str) -> None:
    assert well_asked(typed, made_up()) == meant


def test_initials_are_read_as_the_name_in_the_articles() -> None:
    hit = hit_of("a", "It is sold in the European Union, and the Bank of Tarn owns it.")
    assert meant_by(["EU"], [hit]) == {"EU": "European Union"}
    assert meant_by(["BT"], [hit]) == {"BT": "Bank of Tarn"}
    assert meant_by(["EX"], [hit]) == {}
