"""An open desk in → where each source can be opened, for terminals that link words, out."""

from pathlib import Path

from bot.desk import Desk


def links(desk: Desk, corpus: Path | None = None) -> dict[str, str]:
    """The url of each source that has one; else its file, where that still lies in the corpus."""
    found = {article.id: article.url for article in desk.sources() if article.url}
    if corpus is not None:
        for entry in desk.index().manifest.articles:
            for folder in (corpus, corpus / "articles"):
                if entry.id not in found and (folder / entry.file).is_file():
                    found[entry.id] = (folder / entry.file).resolve().as_uri()
    return found
