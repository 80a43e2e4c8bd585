"""Facts as tables and as lists: models are set side by side only under one condition, and names may be cut short."""

import pytest

from bot.fact import chosen
from bot.fact_table import fact_tables
from index import SHIPPED
from tests.benchmark_corpus import LARK, ORCA, QUILL, RESULTS, RIDDLE, WARD, answer


def test_models_are_compared_in_a_table_for_each_condition() -> None:
    found = answer("orca vs quill on lre")
    assert found is not None
    assert [(table.heading, [row.label for row in table.rows]) for table in fact_tables(found)] == [
        (f"{RIDDLE}, without tools (higher is better)", [QUILL, ORCA]),
        (f"{RIDDLE}, with tools (higher is better)", [QUILL, ORCA]),
    ]


def test_one_models_numbers_stay_in_one_table() -> None:
    found = answer("orca on lre")
    assert found is not None
    (table,) = fact_tables(found)
    assert [row.label for row in table.rows] == [f"{ORCA} (without tools)", f"{ORCA} (with tools)"]


@pytest.mark.parametrize(
    ("benchmark", "model", "cells"),
    [
        ("wardbench", "lark", {(WARD, LARK)}),
        ("WARDBENCH HARD", "quill 5.1", {(WARD, QUILL)}),
        ("riddle", None, {(RIDDLE, ORCA), (RIDDLE, QUILL)}),
        (None, "zorblatt", set()),
    ],
)
def test_results_are_chosen_by_the_words_of_a_name(
    benchmark: str | None, model: str | None, cells: set[tuple[str, str]]
) -> None:
    found = chosen(RESULTS, SHIPPED, benchmark, model)
    assert {(result.benchmark, result.model) for result in found} == cells
