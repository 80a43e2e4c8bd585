"""How often an index survives: python -m tests.benchmarks.survival [TRIALS] prints a table of what was done to it.

Writers are killed at random moments, run out of room at random bytes, and readers open the index while it is swapped;
after each trial the index must be the one before or the one after, whole, and its library must list the same articles.
Then single bytes are flipped, which must be found, and in the library mended by a build. The encoder is a stand-in, as
a real one would only make the moments between writes longer.
"""

import os
import random
import resource
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from unittest import mock

import numpy as np

from index import BrokenIndexError, Builder, Index, PressCheckError, Store
from index.encoder import EncoderCard, Vectors

WORDS = ("harbour", "ferry", "museum", "oak", "roof", "crown", "lamp", "tide", "market", "storm", "pier", "nine")


class Stand:
    """Stands in for the encoder and its tokenizer: vectors from a text's bytes."""

    card = EncoderCard(name="stand-in", digest="0" * 64, files={}, dimensions=16, max_tokens=256)

    def __init__(self, _: Path) -> None:
        pass

    def __call__(self, text: str) -> int:
        return len(text.split())

    def encode_passages(self, articles: Sequence[Sequence[str]], _: object) -> list[Vectors]:
        """Unit vectors, the same for the same text."""
        return [self._vectors(texts) for texts in articles]

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        rows = [np.random.default_rng(list(text.encode())).standard_normal(16) for text in texts]
        found = np.array(rows, np.float32).reshape(-1, 16)
        return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True))


class Trials:
    """An index of made-up articles, and what can be done to it."""

    def __init__(self, folder: Path, seed: int = 1) -> None:
        self.random = random.Random(seed)  # noqa: S311 - repeatable trials
        self.corpus, self.store = folder / "corpus", Store(folder / "index")
        self.corpus.mkdir()
        for number in range(6):
            self._write(f"article{number}")
        self.builder = Builder(self.store, self.corpus, "stand-in", folder)
        began = time.monotonic()
        self.builder.build()
        self.long = max(time.monotonic() - began, 0.05)
        self.counts: Counter[str] = Counter()

    def _write(self, name: str) -> Path:
        path = self.corpus / f"{name}.md"
        paragraphs = [" ".join(self.random.choices(WORDS, k=60)) + "." for _ in range(4)]
        path.write_text(f"# {name}\n\n" + "\n\n".join(paragraphs) + "\n", encoding="utf-8")
        return path

    def held(self) -> tuple[str, ...]:
        """What the index holds, after reading all of it; raises where it is not whole."""
        index = Index(self.store, self.corpus)
        problems = index.problems()
        assert problems == [], problems
        found = tuple(f"{article.id} {article.digest}" for article in index.articles())
        ledger = self.store.library.ledger(index.manifest.name)
        if ledger is not None:  # None: swept away while it was read
            assert [kept.id for kept in ledger.added] == [each.id for each in index.manifest.articles if each.added]
            assert ledger.removed == index.manifest.removed
        index.close()
        return found

    def operation(self) -> tuple[str, Callable[[], object]]:
        """A change to the index, chosen by chance."""
        name = f"article{self.random.randrange(6)}"
        kind = self.random.choice(("build", "add", "remove"))
        if kind == "remove" and len(self.held()) > 2:
            gone = self.random.choice(self.held()).split()[0]
            return kind, lambda: self.builder.remove([gone])
        path = self._write(name)
        return ("add", lambda: self.builder.add([path])) if kind == "add" else ("build", lambda: self.builder.build())

    def _in_child(self, change: Callable[[], object], limit: int | None) -> int:
        child = os.fork()
        if child:
            return child
        try:
            if limit is not None:
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            change()
            os._exit(0)
        except PressCheckError:
            os._exit(1)
        except BaseException:
            os._exit(99)

    def kill(self) -> None:
        """Kill a writer at a random moment; the index is then the one before or the one after."""
        before = self.held()
        kind, change = self.operation()
        child = self._in_child(change, None)
        time.sleep(self.random.random() * self.long)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        after = self.held()
        was = "finished" if os.WIFEXITED(status) else "killed"
        self.counts[f"{kind} {was}, index {'as before' if after == before else 'the new one'}"] += 1
        if after == before and was == "killed":
            change()  # nothing that the killed writer left is in the way

    def fill_the_disk(self) -> None:
        """Let every file end at a random byte; the writer must say so, and the old index stay."""
        before = self.held()
        kind, change = self.operation()
        status = os.waitstatus_to_exitcode(
            os.waitpid(self._in_child(change, self.random.randrange(40_000)), 0)[1]
        )  # fmt: skip
        assert status in (0, 1), f"{kind} ended with {status}"
        after = self.held()
        assert status == 0 or after == before
        self.counts[f"disk full: {'told, index as before' if status else 'there was room enough'}"] += 1

    def flip(self) -> None:
        """Flip a random bit of a random file of the generation; opening must find it."""
        generation = self.store.folder / "generations" / self.store.current()
        path = self.random.choice(sorted(each for each in generation.rglob("*") if each.is_file()))
        intact = path.read_bytes()
        place = self.random.randrange(len(intact))
        path.write_bytes(
            intact[:place] + bytes([intact[place] ^ (1 << self.random.randrange(8))]) + intact[place + 1 :]
        )
        try:
            self.held()
        except BrokenIndexError as error:
            assert "presscheck index build" in str(error)
            self.counts["flipped bit: found"] += 1
        else:
            assert path.name == "verified.json", f"{path} may be damaged unseen"
            self.counts["flipped bit: in the notes on what was verified, harmless"] += 1
        path.write_bytes(intact)

    def flip_in_library(self) -> None:
        """Flip a random bit of what is kept of added articles; it is found, and a build mends it."""
        before, library = self.held(), self.store.library
        ledger = library.ledger(self.store.current())
        assert ledger is not None
        needed = {*ledger.blobs, f"{self.store.current()}.json", f"{self.store.current()}.copy.json"}
        path = self.random.choice(sorted(each for each in library.folder.rglob("*") if each.name in needed))
        intact = path.read_bytes()
        place = self.random.randrange(len(intact))
        path.write_bytes(intact[:place] + bytes([intact[place] ^ 1]) + intact[place + 1 :])
        found = library.problems(self.store.current())
        assert found or path.suffix == ".json", f"{path} may be damaged unseen"  # white space in a ledger says nothing
        self.builder.build()
        assert {each.split()[0] for each in self.held()} >= {each.split()[0] for each in before}
        still = library.problems(self.store.current())
        self.counts[f"flipped bit in the library: {still or 'mended'}"] += 1

    def read_while_swapping(self, swaps: int) -> None:
        """Readers open, read and search the index all the time while it is swapped."""
        done, failures = threading.Event(), []

        def read() -> None:
            while not done.is_set():
                try:
                    self.held()
                    self.counts["opened and read while it was swapped"] += 1
                except Exception as error:
                    failures.append(error)

        readers = [threading.Thread(target=read) for _ in range(2)]
        for reader in readers:
            reader.start()
        for _ in range(swaps):
            self.operation()[1]()
        done.set()
        for reader in readers:
            reader.join()
        assert not failures, failures[0]


def run(trials: int, folder: Path, seed: int = 1) -> Counter[str]:
    """So many kills, half as many full disks and flipped bits, a few swaps; counts what came of them."""
    with (
        mock.patch("index.builder.WordPieces", Stand),
        mock.patch("index.builder.open_encoder", lambda _name, cache: Stand(cache)),
        mock.patch.object(Store, "keep_encoder"),
        mock.patch("index.intact.SMALL", 2_000),  # so that larger files are known by their stat, as gigabytes are
    ):
        tried = Trials(folder, seed)
        for _ in range(trials):
            tried.kill()
        for _ in range(trials // 2):
            tried.fill_the_disk()
            tried.flip()
            tried.flip_in_library()
        tried.read_while_swapping(trials // 4)
        return tried.counts


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        began = time.monotonic()
        for what, count in sorted(run(int((sys.argv[1:] or ["300"])[0]), Path(name)).items()):
            print(f"{count:6}  {what}")
        print(f"{time.monotonic() - began:6.0f}  seconds")
