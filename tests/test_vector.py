"""The fast search against the obvious one."""

from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from index.vector import VectorIndex
from index.words import WordIndex, terms


@settings(max_examples=30)
@given(st.integers(0, 2**32 - 1), st.integers(1, 60), st.integers(1, 80))
def test_search_is_the_sorted_matrix_product(seed: int, rows: int, count: int) -> None:
    random = np.random.default_rng(seed)
    vectors = random.choice([-1.0, 0.0, 1.0], size=(rows, 8)).astype(np.float32)
    question = random.choice([-1.0, 1.0], size=8).astype(np.float32)
    found = VectorIndex.of(vectors).search(question, count)
    similarities = vectors @ question
    expected = sorted(range(rows), key=lambda row: (-similarities[row], row))
    # FAISS may choose any of equal rows at the cut, so places are compared by value, and order by number within them.
    assert [near.similarity for near in found] == [similarities[row] for row in expected[:count]]
    assert [near.number for near in found] == sorted(
        (near.number for near in found), key=lambda row: (-similarities[row], row)
    )


def test_what_is_saved_is_what_is_loaded(tmp_path: Path) -> None:
    vectors = np.eye(4, dtype=np.float32)
    VectorIndex.of(vectors).save(tmp_path / "v")
    assert (VectorIndex.load(tmp_path / "v").vectors([2, 0]) == vectors[[2, 0]]).all()
    WordIndex.of(["red boat", "blue boats", "a tree"]).save(tmp_path / "w")
    loaded = WordIndex.load(tmp_path / "w")
    assert {match.number for match in loaded.search("boat", 5)} == {0, 1}
    assert loaded.search("house", 5) == []


def test_equal_scores_come_in_the_order_of_numbers() -> None:
    assert [match.number for match in WordIndex.of(["same words"] * 5).search("words", 3)] == [0, 1, 2]


def test_words_are_compared_by_their_stems_and_numbers_without_separators() -> None:
    assert terms("Doctors, 1,427 τ²-Bench GPT‑5.4") == ["doctor", "1427", "τ", "2", "bench", "gpt", "5.4"]
