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
    force: Annotated[
        bool, typer.Option("--force", help="Make everything anew. Go on without added articles that can't be read.")
    ] = False,
    corpus: Corpus = None,
    index: IndexFolder = None,
) -> None:
    """Bring the index up to date. Also mends it: what was added and removed stays so, until you say --fresh."""
    from bot.building import build as build_index

    _tell(build_index(settings_of(corpus, index), fresh, force=force))


@index_app.command(epilog=examples("presscheck index add report.pdf", "presscheck index add more-articles/ news.html"))
def add(
    paths: Annotated[
        list[Path], typer.Argument(help="Files (text, Markdown, HTML, PDF, Word, EPUB) and folders.", metavar="PATH")
    ],
    corpus: Corpus = None,
    index: IndexFolder = None,
) -> None:
    """Add articles. One with the same id takes the old one's place."""
    from bot.building import Bar, ending_in_order, shelf

    with ending_in_order(), Bar() as bar:
        change = shelf(settings_of(corpus, index)).add(paths, bar)
    _tell(change)


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
    from bot.building import Bar, ending_in_order, shelf

    with ending_in_order(), Bar() as bar:
        change = shelf(settings_of(corpus, index)).remove(ids, bar)
    out(change.text)


@index_app.command(epilog=examples("presscheck index status", "presscheck index status --corpus my-articles"))
def status(corpus: Corpus = None, index: IndexFolder = None) -> None:
    """Show what the index holds. Also whether the corpus has changed since."""
    from bot.building import shelf
    from bot.written import counted

    settings = settings_of(corpus, index)
    held = shelf(settings).status()
    out(f"index      {settings.index_folder()}")
    out(f"corpus     {settings.corpus}")
    out(f"generation {held.generation}")
    out(f"encoder    {held.encoder} ({held.encoder_digest[:12]}…, {held.dimensions} dimensions)")
    holds = (counted(len(held.articles), "article"), counted(held.passages, "passage"), counted(held.results, "result"))
    out(f"holds      {', '.join(holds)}")
    for article in held.articles:
        out(f"  {article.id}{' (added)' if article.added else ''}")
    added = [article.id for article in held.articles if article.added]
    out(f"added      {counted(len(added), 'article')}" + (f", kept in {held.library}" if added else ""))
    out(
        f"removed    {counted(len(held.removed), 'article')}" + (f": {', '.join(held.removed)}" if held.removed else "")
    )
    for reason in held.left_out:
        out(f"left out   {reason}")
    tell_behind(held.behind, say)


@index_app.command(epilog=examples("presscheck index check"))
def check(corpus: Corpus = None, index: IndexFolder = None) -> None:
    """Verify every file of the index. Also what is kept of added articles, passages, and that the encoder opens."""
    from bot.building import shelf
    from index import Index, Store

    settings = settings_of(corpus, index)
    unkept = shelf(settings).check()
    for problem in unkept:
        out(problem)
    if unkept:
        say("presscheck: mend what is kept of the added articles with: presscheck index build")
    opened = Index(Store(settings.index_folder()), settings.cache)
    opened.encoder()
    problems = opened.problems()
    for problem in problems:
        out(problem)
    if problems:
        say("presscheck: make the index again with: presscheck index build --force")
    if unkept or problems:
        raise typer.Exit(Outcome.FAILED)
    out(f"All is well: {len(opened.manifest.files)} files, {opened.manifest.counts.passages} passages.")


@index_app.command(epilog=examples("presscheck index export my-added-articles"))
def export(
    folder: Annotated[Path, typer.Argument(help="Where to write them; made if it is not there.", metavar="DIR")],
    corpus: Corpus = None,
    index: IndexFolder = None,
) -> None:
    """Write out every added article. As the file that it was, or its text with front matter; never over another."""
    from bot.building import shelf

    taken = shelf(settings_of(corpus, index)).take_out(folder)
    for file in taken.files:
        out(file)
    for words in (*taken.notes, *(f"can't be read any more: {name}" for name in taken.lost)):
        say(words)
    if not taken.files:
        say("No article was added to this index.")
    if taken.lost:
        raise typer.Exit(Outcome.FAILED)


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
    _tell(build_index(settings))
    say(f"Watching {settings.corpus} …")
    follow(shelf(settings), watcher.changes(), tell, lambda error: say(f"The index stays as it was: {error}"))


def _tell(change: "Change") -> None:
    """What a change did, and on stderr what could not be read for it."""
    out(change.text)
    for reason in change.left_out:
        say(f"Left out: {reason}")
