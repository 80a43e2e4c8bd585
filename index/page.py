"""An HTML page in → its main text and what it says about itself, out. Home of trafilatura."""

from typing import Any

from index.errors import ArticleError


def page_text(html: str, where: str) -> tuple[str, dict[str, Any]]:
    """The page's main text as Markdown (tables kept as pipe tables), and title, author, publisher, published, url.

    Raises ArticleError where the page holds no main text.
    """
    import trafilatura  # takes half a second to import, and few corpora hold HTML

    text = trafilatura.extract(
        html,
        output_format="markdown",
        include_tables=True,
        include_formatting=True,
        include_comments=False,
        favor_recall=True,
    )
    if not text:
        raise ArticleError(f"{where}: no main text was found in this page. Save its text as .txt or .md instead.")
    facts = trafilatura.extract_metadata(html)
    known = {
        "title": facts.title,
        "author": facts.author,
        "publisher": facts.sitename,
        "date": facts.date,
        "url": facts.url,
    }
    return text, {key: value for key, value in known.items() if value}
