"""`presscheck index …`: a corpus in → an index built, changed, watched or checked, and what that did, out."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.terminal.edge import Corpus, IndexFolder, Outcome, examples, out, say, settings_of, tell_behind
from bot.terminal.offered import source_ids

if TYPE_CHECKING:
    from bot.change import Change

index_app = typer.Typer(
    help="Build the index and change what is in it.",
    epilog=examples("presscheck index build", "presscheck index add report.pdf", "presscheck index status"),
    no_args_is_help=True,
    rich_markup_mode=None,
)


@index_app.command(epilog=examples("presscheck index build", "presscheck index build --corpus my-articles --fresh"))
def build(
    fresh: Annotated[bool, typer.Option("--fresh", help="Forget what `index add` and `index remove` changed.")] = False,
    corpus: Corpus = None,
    index: IndexFolder = None,
) -> None:
    """Bring the index up to date. What didn't change in the corpus since is carried over."""
    from bot.building import build as build_index

    out(build_index(settings_of(corpus, index), fresh).text)


@index_app.command(epilog=examples("presscheck index add report.pdf", "presscheck index add more-articles/ news.html"))
def add(
    paths: Annotated[
        list[Path], typer.Argument(help="Files (text, Markdown, HTML, PDF, Word, EPUB) and folders.", metavar="PATH")
    ],
    corpus: Corpus = None,
    index: IndexFolder = None,
) -> None:
    """Add articles. One with the same id takes the old one's place."""
    from bot.building import Bar, shelf

    with Bar() as bar:
        change = shelf(settings_of(corpus, index)).add(paths, bar)
    out(change.text)


@index_app.command(epilog=examples("presscheck index remove report"))
def remove(
    ids: Annotated[
        list[str],
        typer.Argument(
            help="Ids of articles; `presscheck sources` lists them.", metavar="ID", autocompletion=source_ids
        ),
    ],
    corpus: Corpus = None,
    index: IndexFolder = None,
) -> None:
    """Take articles out, until they are added again."""
    from bot.building import Bar, shelf

    with Bar() as bar:
        change = shelf(settings_of(corpus, index)).remove(ids, bar)
    out(change.text)


@index_app.command(epilog=examples("presscheck index status", "presscheck index status --corpus my-articles"))
def status(corpus: Corpus = None, index: IndexFolder = None) -> None:
    """Show what the index holds. Also whether the corpus has changed since."""
    from bot.building import shelf

    settings = settings_of(corpus, index)
    held = shelf(settings).status()
    out(f"index      {settings.index_folder()}")
    out(f"corpus     {settings.corpus}")
    out(f"generation {held.generation}")
    out(f"encoder    {held.encoder} ({held.encoder_digest[:12]}…, {held.dimensions} dimensions)")
    out(f"holds      {len(held.articles)} articles, {held.passages} passages, {held.results} results")
    for article in held.articles:
        out(f"  {article.id}{' (added)' if article.added else ''}")
    if held.removed:
        out(f"removed    {', '.join(held.removed)}")
    tell_behind(held.behind, say)


@index_app.command(epilog=examples("presscheck index check"))
def check(corpus: Corpus = None, index: IndexFolder = None) -> None:
    """Verify every file of the index. Also that passages give their articles back, and that the encoder opens."""
    from index import Index, Store

    settings = settings_of(corpus, index)
    opened = Index(Store(settings.index_folder()), settings.cache)
    opened.encoder()
    problems = opened.problems()
    for problem in problems:
        out(problem)
    if problems:
        say("presscheck: make the index again with: presscheck index build --fresh")
        raise typer.Exit(Outcome.FAILED)
    out(f"All is well: {len(opened.manifest.files)} files, {opened.manifest.counts.passages} passages.")


@index_app.command(epilog=examples("presscheck index watch --corpus my-articles"))
def watch(corpus: Corpus = None, index: IndexFolder = None) -> None:
    """Keep the index up to date while you save. Tells what each change brought; Ctrl-C ends it."""
    from bot.building import build as build_index
    from bot.building import shelf
    from bot.watching import follow, news
    from index import Watcher

    def tell(change: "Change") -> None:
        for line in news(change):
            out(line)

    settings = settings_of(corpus, index)
    watcher = Watcher([settings.corpus])  # before the build, so that nothing falls between the two
    out(build_index(settings).text)
    say(f"Watching {settings.corpus} …")
    follow(shelf(settings), watcher.changes(), tell, lambda error: say(f"The index stays as it was: {error}"))
