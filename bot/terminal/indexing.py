"""`presscheck index …`: a corpus in → an index built, changed, watched or checked, and what that did, out."""

from pathlib import Path
from typing import Annotated

import typer

from bot.terminal.edge import Corpus, IndexFolder, Outcome, open_desk, out, say, settings_of

index_app = typer.Typer(help="Build the index and change what is in it.", no_args_is_help=True, rich_markup_mode=None)


@index_app.command(epilog="Example:  presscheck index build --corpus my-articles")
def build(
    fresh: Annotated[bool, typer.Option(help="Forget what `index add` and `index remove` changed.")] = False,
    corpus: Corpus = None,
    index: IndexFolder = None,
) -> None:
    """Bring the index up to date with the corpus; what didn't change is carried over."""
    from bot.building import build as build_index
    from bot.building import summary

    out(summary(build_index(settings_of(corpus, index), fresh)))


@index_app.command(epilog="Example:  presscheck index add report.pdf more-articles/")
def add(
    paths: Annotated[list[Path], typer.Argument(help="Files (.md .txt .html .pdf) and folders.", metavar="PATH…")],
    corpus: Corpus = None,
    index: IndexFolder = None,
) -> None:
    """Add articles to the index; one with the same id takes the old one's place."""
    from bot.building import Bar, builder, summary

    with Bar() as bar:
        report = builder(settings_of(corpus, index), bar).add(paths)
    out(summary(report))


@index_app.command(epilog="Example:  presscheck index remove old-report")
def remove(
    ids: Annotated[list[str], typer.Argument(help="Ids of articles; `presscheck sources` lists them.", metavar="ID…")],
    corpus: Corpus = None,
    index: IndexFolder = None,
) -> None:
    """Take articles out of the index, until they are added again."""
    from bot.building import Bar, builder, summary

    with Bar() as bar:
        report = builder(settings_of(corpus, index), bar).remove(ids)
    out(summary(report))


@index_app.command(epilog="Example:  presscheck index status")
def status(corpus: Corpus = None, index: IndexFolder = None) -> None:
    """Show what the index holds, and whether the corpus has changed since."""
    from index import Index, Store

    settings = settings_of(corpus, index)
    opened = Index(Store(settings.index_folder()), settings.cache)
    manifest = opened.manifest
    counts = manifest.counts
    out(f"index      {settings.index_folder()}")
    out(f"corpus     {settings.corpus}")
    out(f"generation {manifest.name}")
    out(f"encoder    {manifest.encoder_name} ({manifest.encoder_digest[:12]}…, {manifest.dimensions} dimensions)")
    out(f"holds      {counts.articles} articles, {counts.passages} passages, {counts.results} results")
    for entry in manifest.articles:
        out(f"  {entry.id}{' (added)' if entry.added else ''}")
    if manifest.removed:
        out(f"removed    {', '.join(manifest.removed)}")
    with open_desk(settings):
        pass  # says on stderr where the corpus has changed


@index_app.command(epilog="Example:  presscheck index check")
def check(corpus: Corpus = None, index: IndexFolder = None) -> None:
    """Verify every file of the index, that passages give their articles back, and that the encoder opens."""
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


@index_app.command(epilog="Example:  presscheck index watch --corpus my-articles")
def watch(corpus: Corpus = None, index: IndexFolder = None) -> None:
    """Keep the index up to date with the corpus' folder, and tell what each change brought; Ctrl-C ends it."""
    from bot.building import build as build_index
    from bot.building import summary
    from bot.watching import follow
    from index import Watcher

    settings = settings_of(corpus, index)
    watcher = Watcher([settings.corpus])  # before the build, so that nothing falls between the two
    out(summary(build_index(settings)))
    say(f"Watching {settings.corpus} …")
    follow(settings, watcher.changes(), lambda line: print(line, flush=True))  # noqa: T201 - as it comes, also to a file
