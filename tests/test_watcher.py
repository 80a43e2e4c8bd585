"""What changes in a folder is told once, whole, whatever way it was saved."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from index import Changes, Watcher
from tests.conftest import Command, write_corpus

Save = Callable[[Path, str], None]


def in_place(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def renamed_over(path: Path, text: str) -> None:
    """As vim, VS Code, rsync and most browsers save."""
    draft = path.with_name(f".{path.name}.swp")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def with_backup(path: Path, text: str) -> None:
    """As Emacs saves: the old file becomes its backup."""
    if path.exists():
        path.rename(path.with_name(f"{path.name}~"))
    path.write_text(text, encoding="utf-8")


def deleted_and_created(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    in_place(tmp_path / "pier.md", "The pier is long.\n")
    return tmp_path


def news(watcher: Watcher, looks: int = 3) -> list[Changes]:
    """What so many looks told."""
    return [found for found in (watcher.look() for _ in range(looks)) if found]


@pytest.mark.parametrize("save", [in_place, renamed_over, with_backup, deleted_and_created])
def test_a_saved_file_is_one_change(folder: Path, save: Save) -> None:
    watcher = Watcher([folder])
    assert news(watcher) == []
    save(folder / "pier.md", "The pier is longer now.\n")
    save(folder / "articles" / "lamp.txt", "The lamp is lit.\n")
    changes = Changes(added=(folder / "articles" / "lamp.txt",), changed=(folder / "pier.md",))
    assert news(watcher) == [changes]
    (folder / "pier.md").unlink()
    assert news(watcher) == [Changes(removed=(folder / "pier.md",))]


def test_a_save_that_spans_a_look_is_no_removal(folder: Path) -> None:
    watcher = Watcher([folder])
    (folder / "pier.md").unlink()
    assert watcher.look() is None
    in_place(folder / "pier.md", "The pier was built anew.\n")
    assert news(watcher) == [Changes(changed=(folder / "pier.md",))]


def test_what_is_still_being_written_is_waited_for(folder: Path) -> None:
    watcher = Watcher([folder])
    with (folder / "tide.md").open("w", encoding="utf-8") as file:
        for part in ("High tide ", "is at ", "noon.\n"):
            file.write(part)
            file.flush()
            os.fsync(file.fileno())
            assert watcher.look() is None
        # Written no further, but still open: only the operating system knows that its writer isn't done.
        assert news(watcher) == [] or not hasattr(os, "sched_getaffinity")
    assert sum(len(each.added) + len(each.changed) for each in news(watcher)) <= 1
    assert news(watcher) == []


def test_sidecar_and_catalogue_count_and_other_files_do_not(folder: Path) -> None:
    watcher = Watcher([folder])
    in_place(folder / "pier.meta.json", '{"publisher": "The Quay"}')
    in_place(folder / "models.yaml", "- name: Orca\n")
    for name in ("notes.png", ".pier.md", "pier.md~", "LICENSE", "pier.md.part"):
        in_place(folder / name, "nothing")
    assert news(watcher) == [Changes(changed=(folder / "pier.md",), catalogue=True)]


def test_a_clock_that_jumps_hides_no_change(folder: Path) -> None:
    watcher = Watcher([folder])
    in_place(folder / "pier.md", "The pier is gone.\n")
    os.utime(folder / "pier.md", (0, 0))
    assert news(watcher) == [Changes(changed=(folder / "pier.md",))]


def test_a_folder_that_vanishes_takes_no_article_along(folder: Path) -> None:
    watcher = Watcher([folder])
    aside = folder.rename(folder.with_name("unmounted"))
    assert news(watcher) == []
    aside.rename(folder)
    assert news(watcher) == []


def test_changes_come_within_two_seconds_until_it_is_stopped(folder: Path) -> None:
    watcher = Watcher([folder])
    told: list[tuple[float, Changes]] = []
    thread = threading.Thread(target=lambda: told.extend((time.monotonic(), each) for each in watcher.changes()))
    thread.start()
    in_place(folder / "gull.md", "A gull came.\n")
    deadline = time.monotonic() + 20  # a busy machine may be slow; a watcher that tells nothing fails
    while not told and time.monotonic() < deadline:
        time.sleep(0.05)
    watcher.stop()
    thread.join(timeout=20)
    assert not thread.is_alive()
    assert [each for _, each in told] == [Changes(added=(folder / "gull.md",))]


def test_index_watch_tells_what_an_article_brought(
    shipped: Command, environment: dict[str, str], tmp_path: Path
) -> None:
    assert callable(shipped)
    corpus = write_corpus(tmp_path / "corpus", {"one.md": "# Pier Post\n\nGPT-5.4 scores 61.0% on GPQA Diamond.\n"})
    command = [sys.executable, "-m", "bot", "index", "watch", "--corpus", str(corpus), "--index", str(tmp_path / "ix")]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment | {"PYTHONUNBUFFERED": ""}
    ) as running:
        assert running.stdout
        assert running.stderr
        timer = threading.Timer(60, running.kill)
        timer.start()  # a watcher that tells too little would be read from for ever
        assert running.stdout.readline().startswith("Indexed 1 articles")
        assert "Watching" in running.stderr.readline()
        in_place(corpus / "two.md", "# Quay Post\n\nGPT-5.4 scores 48.0% on GPQA Diamond.\n")
        told = [running.stdout.readline() for _ in range(3)]
        running.kill()
        timer.cancel()
    assert told[0] == "+ two: “Quay Post”\n"
    assert told[1].startswith("  +1 passages, 1 results came, 0 went; now 2 articles, 2 results")
    assert told[2].startswith("  ≠ GPQA Diamond · GPT-5.4: 48 (two) · 61 (one)")
