"""What was added and removed outlives its index: repairs, upgrades and crashes carry it, nothing goes in silence."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shelf import Shelf, Upload
from index import (
    DEFAULT_ENCODER,
    Article,
    BrokenIndexError,
    Builder,
    CorpusError,
    Index,
    LostError,
    NewerIndexError,
    Store,
    StoreError,
    parse_article,
)
from index.library import Library
from index.takeout import as_file
from tests.conftest import TINY, Command, write_corpus

LAKE = b"\xef\xbb\xbf---\ntitle: Lake report\npublisher: The Quay\n---\r\nThe lake froze in January.\r\n"
KITE = "Kites over the quay\n\nZephyr Kite 9 flew for nine hours.\n"
KITE_FACTS = '{"publisher": "Kite Post", "published": "2031-02-03"}'
Held = tuple[dict[str, str], tuple[str, ...]]


@pytest.fixture
def shelf(corpus: Path, cache: Path, tmp_path: Path) -> Shelf:
    """The three small articles without the museum, and two that were added: one as Windows writes, one with sidecar."""
    made = Shelf(tmp_path / "index", cache, corpus, DEFAULT_ENCODER)
    made.rebuild()
    more = write_corpus(tmp_path / "more", {"kite.txt": KITE, "kite.meta.json": KITE_FACTS})
    made.add([more / "kite.txt", Upload("lake.md", LAKE)])
    made.remove(["museum"])
    shutil.rmtree(more)
    return made


def held(folder: Path, cache: Path) -> Held:
    """The articles of an index that came by `add`, with their texts, and what was removed."""
    index = Index(Store(folder), cache)
    assert index.problems() == []
    names = [entry.id for entry in index.manifest.articles if entry.added]
    found = {name: index.article(name).model_dump_json(exclude={"size"}) for name in names}, index.manifest.removed
    index.close()
    return found


def flip(path: Path, place: int, bit: int = 1) -> Callable[[], None]:
    """Flip a bit of a file; returns what puts it back."""
    intact = path.read_bytes()
    path.write_bytes(intact[:place] + bytes([intact[place] ^ bit]) + intact[place + 1 :])

    def put_back() -> None:
        path.write_bytes(intact)

    return put_back


def generation_of(folder: Path) -> Path:
    """The current generation's folder."""
    return folder / "generations" / Store(folder).current()


def test_a_build_mends_any_flipped_byte_without_losing_what_was_added(
    shelf: Shelf, cache: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    before = held(folder, cache)
    assert set(before[0]) == {"kite", "lake"}
    for path in sorted(generation_of(folder).iterdir()):
        if path.is_file():
            flip(path, path.stat().st_size // 2)
            with pytest.raises(BrokenIndexError):
                shelf.status()
            shelf.rebuild()
            assert held(folder, cache) == before, path


def test_the_generations_may_be_deleted_and_the_pointer_too(shelf: Shelf, cache: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    before = held(folder, cache)
    shutil.rmtree(folder / "generations")
    with pytest.raises(BrokenIndexError, match="presscheck index build"):
        shelf.status()
    shelf.rebuild()
    assert held(folder, cache) == before
    shutil.rmtree(folder / "generations")
    (folder / "current").unlink()
    shelf.rebuild()
    assert held(folder, cache) == before
    flip(folder / "current", 3)
    assert any("pointer" in note for note in shelf.rebuild().notes)
    assert held(folder, cache) == before


def test_one_flipped_byte_in_the_library_is_found_told_and_mended(shelf: Shelf, cache: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    before = held(folder, cache)
    files = [path for path in (folder / "library").rglob("*") if path.is_file()]
    assert len(files) == 4 + 3  # two generations' ledgers, each twice; two articles and a sidecar
    (lake,) = [path for path in files if path.read_bytes() == LAKE]
    for path in [*(folder / "library").glob("*.json"), lake]:
        is_old = path.suffix == ".json" and Store(folder).current() not in path.name
        put_back = flip(path, path.stat().st_size // 2)
        assert bool(shelf.check()) is not is_old, path
        change = shelf.rebuild()
        assert held(folder, cache) == before, path
        assert shelf.check() == (), path
        assert ("taken from the index" in change.text) is (path == lake)
        if path != lake:
            put_back()


def test_what_can_be_read_nowhere_is_named_and_lost_only_by_force(
    shelf: Shelf, cache: Path, tmp_path: Path, corpus: Path, presscheck: Command
) -> None:
    folder = tmp_path / "index"
    blobs = sorted((folder / "library" / "files").iterdir(), key=lambda path: path.stat().st_size)
    (lake,) = [path for path in blobs if path.read_bytes() == LAKE]
    flip(lake, 30)
    shutil.rmtree(generation_of(folder))
    before = sorted(str(path) for path in folder.rglob("*"))
    done = presscheck("index", "build", "--index", folder, "--corpus", corpus)
    assert done.status == 1
    assert "lake.md" in done.err and "--force" in done.err
    assert sorted(str(path) for path in folder.rglob("*")) == before
    with pytest.raises(LostError, match=r"lake\.md"):
        shelf.rebuild()
    done = presscheck("index", "build", "--force", "--index", folder, "--corpus", corpus)
    assert done.status == 0, done.err
    assert "lake.md" in done.out
    assert set(held(folder, cache)[0]) == {"kite"}


def test_only_a_fresh_build_forgets_and_says_so(shelf: Shelf, cache: Path, tmp_path: Path) -> None:
    shelf.rebuild()
    shelf.rebuild(force=True)
    assert set(held(tmp_path / "index", cache)[0]) == {"kite", "lake"}
    assert "Forgotten, as --fresh says: added: kite, lake; removed: museum." in shelf.rebuild(fresh=True).text
    assert held(tmp_path / "index", cache) == ({}, ())
    (tmp_path / "corpus" / "storm.txt").write_text("The storm took the roof off.\n", encoding="utf-8")
    shelf.rebuild()
    assert not list((tmp_path / "index" / "library" / "files").iterdir())  # no generation needs them any more


def test_a_newer_index_is_not_touched(shelf: Shelf, tmp_path: Path) -> None:
    folder = tmp_path / "index"

    def everything() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    manifest = generation_of(folder) / "manifest.json"
    ledger = folder / "library" / f"{Store(folder).current()}.json"
    manifest.write_text('{"schema": 99, "all": "is new"}', encoding="utf-8")
    before = everything()
    changes: tuple[Callable[[], object], ...] = (
        shelf.rebuild,
        lambda: shelf.rebuild(fresh=True),
        lambda: shelf.rebuild(force=True),
        lambda: shelf.add([Upload("new.md", b"A storm.")]),
        lambda: shelf.remove(["harbour"]),
    )
    for change in changes:
        with pytest.raises(NewerIndexError, match="newer presscheck"):
            change()
    assert everything() == before
    shutil.rmtree(manifest.parent)
    stored = json.loads(ledger.read_text(encoding="utf-8"))
    stored["ledger"]["schema"] = 99
    from index.ledger import _checksum

    ledger.write_text(json.dumps({**stored, "sha256": _checksum(stored["ledger"])}), encoding="utf-8")
    with pytest.raises(NewerIndexError, match="newer presscheck"):
        shelf.rebuild()


def test_an_earlier_version_that_wrote_in_between_is_believed(shelf: Shelf, cache: Path, tmp_path: Path) -> None:
    """It knows nothing of the library: its generation has no ledger."""
    folder = tmp_path / "index"
    for path in (folder / "library").glob(f"{Store(folder).current()}*"):
        path.unlink()
    before = held(folder, cache)
    shelf.rebuild()
    assert held(folder, cache) == before
    assert shelf.take_out(tmp_path / "out").files
    assert (tmp_path / "out" / "lake.md").read_bytes() == LAKE  # known again by what it says


def test_export_writes_what_came_and_nothing_over_another_file(
    shelf: Shelf, presscheck: Command, tmp_path: Path, corpus: Path
) -> None:
    assert shelf.status().removed == ("museum",)
    places = ("--index", tmp_path / "index", "--corpus", corpus)
    out = tmp_path / "out"
    done = presscheck("index", "export", out, *places)
    assert done.status == 0, done.err
    assert sorted(done.out.splitlines()) == [str(out / name) for name in ("kite.meta.json", "kite.txt", "lake.md")]
    assert (out / "lake.md").read_bytes() == LAKE
    assert (out / "kite.meta.json").read_text(encoding="utf-8") == KITE_FACTS
    assert presscheck("index", "export", out, *places).status == 0  # the same is there already
    (out / "lake.md").write_text("of my own", encoding="utf-8")
    (out / "kite.txt").unlink()
    refused = presscheck("index", "export", out, *places)
    assert refused.status == 1
    assert "lake.md: is there already, with other contents" in refused.err
    assert (out / "lake.md").read_text(encoding="utf-8") == "of my own"
    assert not (out / "kite.txt").exists()
    status = presscheck("index", "status", *places).out
    assert f"added      2 articles, kept in {tmp_path / 'index' / 'library'}" in status
    assert "removed    1 article: museum" in status


PLAIN = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\ufeff"), min_size=1)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=30)


@given(PLAIN, WORDS, st.none() | WORDS, st.none() | WORDS, st.dates(), st.sampled_from(["article", "brief"]))
def test_an_article_of_which_only_the_text_is_left_reads_the_same_from_its_file(
    text: str, title: str, publisher: str | None, author: str | None, published: object, kind: str
) -> None:
    if not text.strip():
        return
    article = Article.model_validate(
        {"id": "a", "file": "a.pdf", "title": title, "publisher": publisher, "author": author}
        | {"published": published, "kind": kind, "text": text}
    )
    name, data, _ = as_file(article)
    if name.endswith(".article.json"):
        assert Article.model_validate_json(data) == article
    else:
        read = parse_article(name, data)
        assert read.model_copy(update={"file": "a.pdf", "size": 0}) == article


def test_plain_articles_need_no_record() -> None:
    article = Article(id="a", file="a.pdf", title="On kites: a “report”", publisher="Kite Post", text="---\nA line.\n")
    assert as_file(article).file == "a.md"


def test_what_was_removed_can_be_put_back_as_it_was(shelf: Shelf, cache: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    before, generation = held(folder, cache), Store(folder).current()
    assert shelf.remove(["lake", "harbour"]).removed == ("harbour", "lake")
    with pytest.raises(CorpusError, match="not removed lately"):
        shelf.restore(["nobody"])
    with pytest.raises(CorpusError, match="is in the index"):
        shelf.restore(["kite"])
    assert shelf.restore(["lake", "harbour"]).added == ("harbour", "lake")
    assert held(folder, cache) == before
    assert Store(folder).current() == generation  # law 3: when something came and went leaves no mark
    assert shelf.restore(["museum"]).added == ("museum",)
    assert held(folder, cache)[1] == ()
    shelf.take_out(tmp_path / "out")
    assert (tmp_path / "out" / "lake.md").read_bytes() == LAKE


def test_removed_bytes_are_kept_for_a_day_and_swept_by_the_next_change(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 2_000_000_000.0
    monkeypatch.setattr(Library, "_now", lambda _: now)
    files = tmp_path / "index" / "library" / "files"
    shelf.remove(["lake"])
    now += 23 * 3600
    shelf.remove(["kite"])
    shelf.rebuild()
    assert len(list(files.iterdir())) == 3
    now += 2 * 3600
    shelf.rebuild()
    assert len(list(files.iterdir())) == 2
    with pytest.raises(CorpusError, match="'lake' was not removed lately"):
        shelf.restore(["lake"])
    assert shelf.restore(["kite"]).added == ("kite",)


def test_a_change_that_fails_leaves_the_library_as_it_was(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "index" / "library"
    before = {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Store, "_point_to", full)
    with pytest.raises(StoreError, match="no room"):
        shelf.add([Upload("storm.md", b"The storm took the roof off.")])
    monkeypatch.undo()
    shelf.rebuild()
    assert {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_the_texts_of_an_added_article_are_in_the_index_only_once_it_is_whole(
    make_builder: Callable[..., Builder], corpus: Path, tmp_path: Path
) -> None:
    """A ledger that was written, and whose generation never came to be current, counts for nothing."""
    builder = make_builder(corpus)
    builder.build()
    store = Store(tmp_path / "index")
    ledger = store.library.ledger(store.current())
    assert ledger is not None
    store.library.write("0123456789abcdef", ledger.model_copy(update={"number": 99, "removed": ("harbour",)}))
    assert builder.build().counts.articles == len(TINY)
    assert not list((tmp_path / "index" / "library").glob("0123456789abcdef*"))
