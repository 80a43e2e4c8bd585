"""Only what is said is read: comments, hidden elements and struck words are neither quoted nor results."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import said_text
from tests.conftest import Command

HIDDEN = [
    "<!-- secret -->",
    "<!-- secret\n\nsecret -->",
    "%% secret %%",
    "%%\nsecret\n\nsecret\n%%",
    "~~secret~~",
    "<del>secret</del>",
    "<s class='x'>secret <s>secret</s> secret</s>",
    "<p hidden>secret</p>",
    "<div aria-hidden='true'><div>secret</div> secret</div>",
    "<span style='color: red; display:none'>secret</span>",
    "<template><p>secret</p></template>",
    "<script>secret()</script>",
    "{/* secret */}",
    "![[secret.png]]",
]
SHOWN = [
    "`<!-- seen -->`",
    "```\n<!-- seen -->\n~~seen~~\n```",
    "<!-- seen",
    "~~seen",
    "~~seen\n\nseen~~",
    "it is 100%% seen, 50%% too",
    "<input hidden> seen",
    "about ~5 seen and ~6",
    "x == seen and y == z",
    "<del>seen",
]


@pytest.mark.parametrize("words", HIDDEN)
def test_what_is_hidden_or_struck_is_blank(words: str) -> None:
    said = said_text(f"The ferry {words} runs.\n\n{words}\n\nNobody books.\n")
    assert said.split() == ["The", "ferry", "runs.", "Nobody", "books."]


@pytest.mark.parametrize("words", SHOWN)
def test_what_only_looks_so_is_said(words: str) -> None:
    assert said_text(f"{words}\n") == f"{words}\n"


def test_marks_of_notes_are_blank_around_their_words() -> None:
    said = said_text("> [!note] The ==ferry== of [[Porto|the port]], [[Aurora 3\\|Aurora]] and [[Vera]] ^b1\n")
    assert " ".join(said.split()) == "> The ferry of the port , Aurora 3 and Vera"


@given(
    st.lists(st.sampled_from([*HIDDEN, *SHOWN, "\n", "\n\n", "%%", "~~", "<!--", "-->", "`", "```", "a"])).map("".join)
)
def test_places_stay(text: str) -> None:
    said = said_text(text)
    assert len(said) == len(text)
    assert all(mine == its or (mine == " " and its != "\n") for mine, its in zip(said, text, strict=True))


ARTICLE = """# Aurora 3 arrives

The launch of Aurora 3 was a quiet one. Aurora 3 scored ~~71.4%~~ 74.2% on GPQA Diamond.

<!-- The launch of Aurora 3 was held in Madrid. -->

%% Aurora 3 scored 11.1% on MMLU. %%

| Benchmark | Aurora 3 | Vela 2 |
|---|---|---|
| HumanEval | ~~50.1%~~ 60.2% | <del>30%</del> 40.3% ^b1 |
"""


def test_no_answer_quotes_it_and_no_result_reads_it(presscheck: Command, tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.md").write_text(ARTICLE, encoding="utf-8")
    place = ["--corpus", tmp_path / "corpus", "--index", tmp_path / "index"]
    facts = [json.loads(line) for line in presscheck("facts", "--jsonl", *place).out.splitlines()]
    assert sorted(fact["value"] for fact in facts) == [40.3, 60.2, 74.2]
    assert all(ARTICLE[fact["start"] : fact["end"]] == fact["quote"] for fact in facts)
    for question in ("where was the launch of aurora 3 held", "aurora 3 on gpqa diamond", "aurora 3 on mmlu"):
        answer = json.loads(presscheck("ask", question, "--json", *place).out)
        assert not any(word in answer["text"] for word in ("Madrid", "71.4", "11.1"))
