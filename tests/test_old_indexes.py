"""Indexes as earlier versions wrote them: what was added and removed is taken over, whatever happened to them."""

import shutil
import tarfile
from pathlib import Path

import pytest

from index import Article, NewerIndexError, Store, parse_article, read_added
from tests.conftest import Command, write_corpus
from tests.test_library import flip, generation_of, held

OLD = Path(__file__).resolve().parent / "old_indexes"  # each as its version wrote it, with a stand-in for the encoder
OLD_CORPUS = {
    "harbour.md": "# Harbour news\n\nThe ferry Lantern was sold to Oskar Brandt in May 2031.\n",
    "museum.txt": "The museum opens again\n\nIts roof had leaked.\n",
}


def unpacked(name: str, folder: Path) -> Path:
    """An index as an earlier version wrote it."""
    folder.mkdir(parents=True)
    with tarfile.open(OLD / f"{name}.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    return folder


@pytest.mark.parametrize("name", sorted(path.name.removesuffix(".tar.xz") for path in OLD.iterdir()))
def test_an_index_of_every_version_keeps_what_was_added_and_removed(
    presscheck: Command, cache: Path, tmp_path: Path, name: str
) -> None:
    folder, corpus = unpacked(name, tmp_path / "index"), write_corpus(tmp_path / "corpus", OLD_CORPUS)
    places = ("--index", folder, "--corpus", corpus)
    if name.startswith("schema-1"):
        asked = presscheck("ask", "what froze in January?", *places)
        assert asked.status == 1
        assert "presscheck index build" in asked.err
    taken = presscheck("index", "export", tmp_path / "before", *places)
    assert taken.status == 0, taken.err
    done = presscheck("index", "build", *places)
    assert done.status == 0, done.err
    added, removed = held(folder, cache)
    assert set(added) == {"kite", "lake"}
    assert removed == ("museum",)
    lake = Article.model_validate_json(added["lake"])
    assert (lake.title, lake.publisher, str(lake.published)) == ("Lake report", "The Quay", "2031-01-09")
    assert lake.text.startswith("# Ice\n\nThe lake froze in January.\n")
    assert Article.model_validate_json(added["kite"]).url == "https://kites.example/9"
    assert "lake" in presscheck("ask", "what froze in January?", "--json", *places).out
    again = Store(folder).current()
    shutil.rmtree(folder / "generations")
    assert presscheck("index", "build", *places).status == 0
    assert Store(folder).current() == again
    assert {path.name for path in (tmp_path / "before").iterdir()} == {"kite.txt", "lake.md"}


@pytest.mark.parametrize("name", ["schema-1-first", "schema-2-last"])
def test_a_flipped_byte_in_an_old_index_loses_nothing_in_silence(name: str, tmp_path: Path) -> None:
    """Every byte of the manifest and many of the texts: all is there, or what isn't is named."""
    folder = unpacked(name, tmp_path / "index")
    corpus = {file.partition(".")[0]: parse_article(file, text.encode()).digest for file, text in OLD_CORPUS.items()}
    store = Store(folder)
    whole = read_added(store, lambda: corpus)
    assert (set(whole.added), whole.removed, whole.lost) == ({"kite", "lake"}, ("museum",), ())
    manifest, texts = (generation_of(folder) / file for file in ("manifest.json", "texts.sqlite"))
    mended = 0
    for path, step in ((manifest, 1), (texts, 37)):
        for place in range(0, path.stat().st_size, step):
            put_back = flip(path, place, 1 << place % 8)
            try:
                left = read_added(store, lambda: corpus)
            except NewerIndexError:
                assert path == manifest
            else:
                same = {key: each.article for key, each in left.added.items()} == {
                    key: each.article for key, each in whole.added.items()
                }
                assert left.lost or (same and left.removed == whole.removed), (path.name, place)
                mended += not left.lost
            put_back()
    assert mended > 0.9 * manifest.stat().st_size


def test_an_old_index_whose_manifest_is_gone_gives_what_its_texts_hold(
    presscheck: Command, cache: Path, tmp_path: Path
) -> None:
    folder = unpacked("schema-2-last", tmp_path / "index")
    corpus = write_corpus(tmp_path / "corpus", OLD_CORPUS)
    (generation_of(folder) / "manifest.json").write_text("nothing", encoding="utf-8")
    places = ("--index", folder, "--corpus", corpus)
    refused = presscheck("index", "build", *places)
    assert refused.status == 1
    assert "the list of what was removed" in refused.err
    done = presscheck("index", "build", "--force", *places)
    assert done.status == 0, done.err
    assert "lake: was taken over from a damaged index" in done.out
    assert set(held(folder, cache)[0]) == {"kite", "lake"}


def test_an_old_index_whose_texts_are_gone_names_what_is_lost(presscheck: Command, tmp_path: Path) -> None:
    folder = unpacked("schema-2-last", tmp_path / "index")
    corpus = write_corpus(tmp_path / "corpus", OLD_CORPUS)
    (generation_of(folder) / "texts.sqlite").unlink()
    refused = presscheck("index", "build", "--index", folder, "--corpus", corpus)
    assert refused.status == 1
    assert "kite, lake" in refused.err
