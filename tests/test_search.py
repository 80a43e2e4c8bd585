"""What is found, in which order, and why."""

from collections.abc import Callable
from pathlib import Path

from index import Builder, Index, Store


def test_the_passage_that_answers_stands_first_with_its_sentence_marked(tiny: Index) -> None:
    hits = tiny.search("how much did Brandt pay for the ferry?")
    best = hits[0]
    text = tiny.article(best.passage.source).text
    assert text[slice(*best.sentence)] == "The ferry Lantern was sold to Oskar Brandt for $3.5 million in May 2031."
    assert best.text == text[best.passage.start : best.passage.end]
    assert best.dense_rank == 1
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_tables_rows_answer_and_its_columns_names_do_not(tiny: Index) -> None:
    text = tiny.article("orchard").text
    for question in ("tree apples", "how many apples by tree?", "south wall"):
        hit = next(hit for hit in tiny.search(question) if hit.passage.source == "orchard")
        said = [text[sentence.start : sentence.end] for sentence in hit.best]
        assert "| South wall | 85 |" in said
        assert not {"| Tree | Apples |", "|---|---|"} & set(said)


def test_a_marked_heading_with_a_number_is_no_answer(
    make_builder: Callable[..., Builder], corpus: Path, cache: Path
) -> None:
    (corpus / "lamp.md").write_text("# Lamps\n\n## The Lamp 4 scandal\n\nThe Lamp 4 went out in April.\n", "utf-8")
    make_builder(corpus).build()
    best = Index(Store(corpus.parent / "index"), cache).search("lamp 4 scandal")[0]
    assert [sentence.text for sentence in best.best] == ["The Lamp 4 went out in April."]


def test_only_the_sources_that_were_named_answer(tiny: Index) -> None:
    hits = tiny.search("how much did Brandt pay for the ferry?", sources={"museum"})
    assert {hit.passage.source for hit in hits} == {"museum"}
    assert tiny.search("ferry", sources=set()) == []


def test_the_same_question_gets_the_same_hits(tiny: Index) -> None:
    assert tiny.search("why was the harvest late") == tiny.search("why was the harvest late")


def test_near_copies_are_one_hit_with_all_their_places(
    make_builder: Callable[..., Builder], corpus: Path, cache: Path
) -> None:
    story = (corpus / "museum.txt").read_text(encoding="utf-8")
    (corpus / "reprint.txt").write_text(story.replace("The ticket", "The entrance ticket"), encoding="utf-8")
    make_builder(corpus).build()
    hits = Index(Store(corpus.parent / "index"), cache).search("why was the glass museum closed")
    assert hits[0].passage.source == "museum"
    assert [copy.source for copy in hits[0].copies] == ["reprint"]
    assert all(hit.passage.source != "reprint" for hit in hits)
