"""A long change to an index can be stopped at any moment, and leaves the index as it was."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index import DEFAULT_ENCODER, Builder, StoppedError, Store, intact, pace
from tests.conftest import Command

ROWS = 60


def table(rows: int) -> str:
    """An article with a table of so many results."""
    lines = [f"| Zephyr {number} | {number % 90 + 5}.5% | run {number} of the test |" for number in range(rows)]
    return "\n".join(["# Results", "", "| Model | GPQA Diamond | Note |", "|---|---|---|", *lines, ""])


def everything(folder: Path) -> dict[str, bytes]:
    """Every file of an index but the lock and the notes on what was verified."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in ("write.lock", intact.STAMPS))
    return {str(path): path.read_bytes() for path in files}


@pytest.fixture
def told_always(monkeypatch: pytest.MonkeyPatch) -> None:
    """Progress is told whenever it can be, however fast the machine."""
    monkeypatch.setattr(pace, "EVERY", -1.0)


@pytest.mark.usefixtures("told_always")
def test_progress_is_told_through_every_part_of_the_work_and_may_stop_it_anywhere(
    corpus: Path, cache: Path, tmp_path: Path
) -> None:
    folder, article = tmp_path / "index", tmp_path / "table.md"
    article.write_text(table(ROWS), encoding="utf-8")
    at = 0
    stop_at = sys.maxsize

    def progress(done: int, total: int) -> None:
        nonlocal at
        at += 1
        assert 0 <= done <= total
        if at >= stop_at:
            raise StoppedError("it was stopped")

    builder = Builder(Store(folder), corpus, DEFAULT_ENCODER, cache, progress)
    builder.build()
    before = everything(folder)
    shutil.copytree(folder, tmp_path / "other")
    at = 0
    Builder(Store(tmp_path / "other"), corpus, DEFAULT_ENCODER, cache, progress).add([article])
    whole = at
    assert whole > 4 * ROWS  # when rows are cut, tokenized and encoded, and when their results are read
    for stop_at in (1, 4, whole // 4, whole // 2, 3 * whole // 4, whole - 6):
        at = 0
        with pytest.raises(StoppedError):
            builder.add([article])
        assert everything(folder) == before, stop_at
    at, stop_at = 0, sys.maxsize
    assert "table" in builder.add([article]).new


@pytest.mark.skipif(os.name == "nt", reason="Windows has other signals")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_ends_a_long_add_and_the_index_stays_as_it_was(
    presscheck: Command, environment: dict[str, str], corpus: Path, tmp_path: Path, number: int, status: int
) -> None:
    folder, article = tmp_path / "index", tmp_path / "table.md"
    article.write_text(table(20_000), encoding="utf-8")  # minutes of work
    places = ["--index", str(folder), "--corpus", str(corpus)]
    assert presscheck("index", "build", *places).status == 0
    before = everything(folder)
    lock = folder / "write.lock"
    lock.unlink(missing_ok=True)
    command = [sys.executable, "-m", "bot", "index", "add", str(article), *places]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        while not lock.exists():
            assert running.poll() is None
            time.sleep(0.05)
        time.sleep(1)  # well into the work, wherever that is
        running.send_signal(number)
        out, err = running.communicate(timeout=60)  # ten times what it may take: a busy machine is no fault
    assert running.returncode == status, err
    assert (out, b"Traceback" in err) == (b"", False)
    assert everything(folder) == before
    assert presscheck("index", "check", *places).status == 0
