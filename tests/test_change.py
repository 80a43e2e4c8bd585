"""What goes into an index and out of it, and how that is told."""

from pathlib import Path

import pytest

from bot.change import Change, Holding, change_between
from bot.desk import Desk
from bot.shelf import Shelf, Upload
from index import DEFAULT_ENCODER, ArticleError, Benchmark, BenchmarkResult, BusyError, Catalogue, CorpusError, Store
from tests.conftest import TINY, write_corpus

CATALOGUE = Catalogue(benchmarks=(Benchmark(name="Marble Run"),))


def result(source: str, value: float, model: str = "Zephyr 2", start: int = 0) -> BenchmarkResult:
    """A number for Marble Run."""
    return BenchmarkResult(
        benchmark="Marble Run", model=model, value=value, unit="%", setting=None, approximate=False, source=source,
        reported_by=None, origin="press", start=start, end=start + 4, quote="61.0",
    )  # fmt: skip


def holding(*results: BenchmarkResult, digest: str = "1") -> Holding:
    """A generation with these results; every source's digest is the same."""
    names = sorted({each.source for each in results})
    return Holding({name: name.upper() for name in names}, dict.fromkeys(names, digest), results, 10 * len(names))


def test_the_same_twice_is_nothing() -> None:
    one = holding(result("a", 61))
    change = change_between(one, one, CATALOGUE)
    assert change.is_nothing
    assert change.text == "Nothing has changed: 1 articles, 10 passages, 1 results."


def test_a_number_that_only_moved_is_no_news() -> None:
    change = change_between(holding(result("a", 61)), holding(result("a", 61, start=9), digest="2"), CATALOGUE)
    assert (change.changed, change.new_results, change.gone_results) == (("a",), (), ())


def test_articles_names_and_disagreements_that_are_new() -> None:
    before = holding(result("a", 61), result("z", 50))
    after = holding(result("a", 61), result("b", 68), result("b", 3, model="Quill"))
    change = change_between(before, after, CATALOGUE)
    assert (change.added, change.changed, change.removed) == (("b",), (), ("z",))
    assert change.titles == (("b", "B"),)
    assert [(each.model, each.value) for each in change.new_results] == [("Zephyr 2", 68), ("Quill", 3)]
    assert [each.source for each in change.gone_results] == ["z"]
    assert change.names == ("Quill",)  # the catalogue has Marble Run; Zephyr 2 was named before
    assert [[value.value for value in one.values] for one in change.disagreements] == [[61, 68]]
    assert change.text.splitlines() == [
        "Indexed 2 articles (1 new or changed, 1 carried over, 1 gone), 20 passages, 3 results.",
        "Not in the catalogue yet: Quill.",
        "≠ Marble Run · Zephyr 2: 61 (a) · 68 (b), unexplained",
    ]


def test_one_more_source_for_a_known_side_is_no_new_disagreement() -> None:
    before = holding(result("a", 61), result("b", 68))
    after = holding(result("a", 61), result("b", 68), result("c", 68))
    assert change_between(before, after, CATALOGUE).disagreements == ()
    third = holding(result("a", 61), result("b", 68), result("c", 75))
    assert len(change_between(before, third, CATALOGUE).conflicts) == 1


def test_a_change_survives_as_data() -> None:
    change = change_between(holding(result("a", 61)), holding(result("a", 61), result("b", 68)), CATALOGUE)
    assert Change.model_validate_json(change.model_dump_json()) == change


@pytest.fixture
def shelf(corpus: Path, cache: Path, tmp_path: Path) -> Shelf:
    """The three small articles, indexed."""
    made = Shelf(tmp_path / "index", cache, corpus, DEFAULT_ENCODER)
    assert set(made.rebuild().added) == {Path(name).stem for name in TINY}
    return made


def test_an_upload_is_in_every_open_desk_at_once_and_out_again(corpus: Path, cache: Path, tmp_path: Path) -> None:
    Shelf(tmp_path / "index", cache, corpus, DEFAULT_ENCODER).rebuild()
    desk = Desk(tmp_path / "index", cache, corpus)
    kite = Upload("../../kite.md", b"# Kites\n\nZephyr Kite 9 flew over the quay.")
    steps: list[tuple[int, int]] = []
    change = desk.add([kite], lambda *at: steps.append(at))
    assert change.added == ("kite",)
    assert steps[-1][0] == steps[-1][1] > 0
    assert "kite" in {article.id for article in desk.sources()}
    held = desk.status()
    assert [each.id for each in held.articles if each.added] == ["kite"]
    assert held.behind == ()
    assert desk.remove(["kite"]).removed == ("kite",)
    assert "kite" not in {article.id for article in desk.sources()}


def test_the_same_text_under_another_name_is_refused_and_under_its_own_is_nothing(shelf: Shelf) -> None:
    text = b"# Kites\n\nZephyr Kite 9 flew over the quay."
    shelf.add([Upload("kite.md", text)])
    assert shelf.add([Upload("kite.md", text)]).is_nothing
    with pytest.raises(ArticleError, match="there already, as 'kite'"):
        shelf.add([Upload("copy.md", text)])


def test_a_mistake_leaves_the_index_as_it_was(shelf: Shelf, corpus: Path) -> None:
    before = shelf.status()
    with pytest.raises(ArticleError):
        shelf.add([Upload("photo.txt", b"\x89PNG\r\n\x1a\n\0\0")])
    with pytest.raises(CorpusError, match="no article 'nobody'"):
        shelf.remove(["nobody"])
    with Store(corpus.parent / "index").writing(), pytest.raises(BusyError):
        shelf.rebuild()
    assert shelf.status() == before


def test_the_status_says_what_the_folder_has_that_the_index_has_not(shelf: Shelf, corpus: Path) -> None:
    write_corpus(corpus / "articles", {"late.md": "Late news."})
    assert shelf.status().behind == ("late",)
    assert shelf.rebuild().added == ("late",)
    assert shelf.status().behind == ()
