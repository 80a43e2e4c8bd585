"""Which words of a text are names of models and benchmarks, by what the text says of them."""

import pytest

from index import SHIPPED, Names, load_catalogue
from index.introduction import called_benchmarks, called_models, families

NAMES = Names(load_catalogue(SHIPPED))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Introducing Inkwell 3, our fastest yet.", ["Inkwell"]),
        ("Meanwhile Inkwell 3 scored 80%, and Inkwell 2 was far behind.", ["Inkwell"]),
        ("Orchid-2 obtains 62%.", ["Orchid"]),
        ("Quill (Orchid-2: 14.9%)", ["Orchid"]),
        ("See Table 7: 98%, and Section 4 (12%). Phase 2 reached its goal in March 12 days later.", []),
        ("We launch Python 3 bindings for the RTX 6000.", []),
    ],
)
def test_families_are_learned_from_what_models_do(text: str, found: list[str]) -> None:
    assert families(text) == found


def test_a_model_without_a_version_is_one_where_it_is_called_so_and_named_again() -> None:
    text = "Inkwell is a language model. Inkwell is fast. We like Inkwell."
    assert called_models(text) == ["Inkwell"]
    assert called_models("Norway is a country. Norway is cold. We like Norway.") == []
    assert NAMES.learned(text).models("Inkwell scores 80%")[0].name == "Inkwell"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a new benchmark called Deep Well, and", ["Deep Well"]),
        ('They made "Deep Well", a set of 300 hard problems.', ["Deep Well"]),
        ("on the KernelForge benchmark", ["KernelForge"]),
        ("Deep Well, the hardest agentic exam so far", ["Deep Well"]),
        ("the AI benchmark, the Coding leaderboard, a new exam", []),
    ],
)
def test_benchmarks_are_learned_from_what_they_are_called(text: str, found: list[str]) -> None:
    assert called_benchmarks(text) == found


def test_what_is_known_is_not_learned_anew() -> None:
    assert NAMES.learned("GPT-5 scores 80% on the GPQA Diamond benchmark.").benchmarks("GPQA Diamond")[0].known
    assert NAMES.learned("Nothing is named here.") is NAMES
