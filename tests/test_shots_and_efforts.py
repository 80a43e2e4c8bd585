"""Shots and efforts in a question are settings, not versions of a benchmark."""

import json
from pathlib import Path

import pytest

from bot.disagreement import setting_words
from tests.conftest import Command, write_corpus

CARD = (
    "---\ntitle: Model card\npublisher: Cove Lab\n---\n\n# Corvid 7\n\n"
    "| Benchmark | Shots | Corvid 7 | Orca 2 |\n|---|---|---|---|\n"
    "| GSM8K | 8-shot | 91.4 | 84.5 |\n| GSM8K | 0-shot | 88.2 | 80.1 |\n\n"
    "| Model | Proof Bench |\n|---|---|\n| Corvid 7 (high effort) | 57.7 |\n| Corvid 7 (medium) | 53.9 |\n"
)


@pytest.mark.parametrize(
    ("one", "other"),
    [("high effort", "high"), ("effort, medium", "medium"), ("zero-shot", "0-shot"), ("8-shot", "8 shot")],
)
def test_one_setting_has_one_reading(one: str, other: str) -> None:
    assert setting_words(one) == setting_words(other)


def test_other_settings_stay_apart() -> None:
    assert len({setting_words(each) for each in ("high", "medium", "0-shot", "8-shot", "high, 8-shot", None)}) == 6


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("corvid 7 gsm8k 8-shot", [91.4]),
        ("corvid 7 on gsm8k, 0-shot", [88.2]),
        ("CORVID7 gsm8k 8shot", [91.4]),
        ("corvid 7 proof bench at medium effort", [53.9]),
        ("corvid 7 proof bench, high effort", [57.7]),
    ],
)
def test_a_question_for_a_setting_gets_its_number(
    presscheck: Command, tmp_path: Path, question: str, values: list[float]
) -> None:
    corpus = write_corpus(tmp_path / "corpus", {"card.md": CARD})
    answer = json.loads(presscheck("ask", "--json", question, "--corpus", corpus, "--index", tmp_path / "index").out)
    assert [fact["value"] for fact in answer["facts"]] == values, answer["text"]
