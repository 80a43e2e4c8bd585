"""A corpus and where its index is, in → the index built or brought up to date, with progress on stderr, out."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.settings import Settings
from index import Store, StoreError, article_files

if TYPE_CHECKING:  # most commands only ask here whether there is an index
    from index import Builder, Report


class Bar:
    """A progress bar on a terminal's stderr; nothing where stderr is not a terminal."""

    def __init__(self, quiet: bool = False) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        console = Console(stderr=True)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[speed]}"),
            TimeRemainingColumn(),
            console=console,
            disable=quiet or not console.is_terminal,
            transient=True,
        )
        self._task = self._progress.add_task("Reading articles", total=None, speed="")

    def __enter__(self) -> "Bar":
        self._progress.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._progress.stop()

    def __call__(self, done: int, total: int) -> None:
        """So many texts are embedded, of so many."""
        self._progress.update(self._task, description="Building the index", completed=done, total=total)
        speed = self._progress.tasks[0].speed
        self._progress.update(self._task, speed=f"{speed:.0f} texts/s" if speed else "texts")


def builder(settings: Settings, bar: Bar) -> "Builder":
    """The writer of the index that the settings name."""
    from index import Builder

    return Builder(Store(settings.index_folder()), settings.corpus, settings.encoder, settings.cache, bar)


def build(settings: Settings, fresh: bool = False, quiet: bool = False) -> "Report":
    """Build the index, with a progress bar. Raises PressCheckError."""
    with Bar(quiet) as bar:
        return builder(settings, bar).build(fresh)


def summary(report: "Report") -> str:
    """What a build did, in one line, and the names that the catalogue lacks."""
    counts = report.counts
    if not report.changed:
        return f"Nothing has changed: {counts.articles} articles, {counts.passages} passages."
    parts = [f"{len(report.new)} new or changed", f"{report.carried} carried over", f"{len(report.gone)} gone"]
    held = f"{counts.passages} passages, {counts.results} results"
    new = f"\nNot in the catalogue yet: {', '.join(report.names)}." if report.names else ""
    return f"Indexed {counts.articles} articles ({', '.join(parts)}), {held}.{new}"


def has_index(folder: Path) -> bool:
    """Is there an index, whatever its state? The first question on a machine builds one."""
    try:
        Store(folder).current()
    except StoreError:
        return False
    return True


def behind(settings: Settings, known: dict[str, tuple[str, int]]) -> list[str]:
    """The corpus' files that the index doesn't have, and articles of the index that lost their file.

    `known` maps ids of the articles that came from the corpus to file name and size. Sizes are compared, not contents:
    this stands before every question, and `index build` compares the contents.
    """
    files = {path.stem: (path.name, path.stat().st_size) for path in article_files(settings.corpus)}
    return sorted({name for name in files.keys() | known.keys() if files.get(name) != known.get(name)})
