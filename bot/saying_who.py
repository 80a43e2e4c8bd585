"""An answer and the articles that it was asked of in → the answer, saying that no others were asked, out."""

from collections.abc import Mapping, Sequence

from bot.answer import Answer
from bot.citation import day, in_a_sentence
from bot.narrowing import Filter
from bot.written import listed
from index import Article


def saying_who_was_asked(answer: Answer, asked: Sequence[Filter], articles: Mapping[str, Article]) -> Answer:
    """The answer with a line on whom it is from, where that is not everybody."""
    limits = [set(narrowed.sources) for narrowed in asked if narrowed.sources]
    sources = tuple(sorted(set.intersection(*limits))) if limits else ()
    since = max((narrowed.since for narrowed in asked if narrowed.since), default=None)
    until = min((narrowed.until for narrowed in asked if narrowed.until), default=None)
    interpreted = answer.interpreted.model_copy(update={"sources": sources, "since": since, "until": until})
    dates = [f"from {day(since)} on"] if since else []
    dates += [f"up to {day(until)}"] if until else []
    line = " ".join([_only(sources, articles), *dates])
    if not (sources or dates):
        return answer
    text = _with_line(answer, f"{line} {'was' if len(sources) == 1 else 'were'} asked.")
    return answer.model_copy(update={"interpreted": interpreted, "text": text})


def _only(sources: Sequence[str], articles: Mapping[str, Article]) -> str:
    """ "Only The Next Web", by the names that readers know."""
    names = dict.fromkeys(in_a_sentence(articles[source]) for source in sources if source in articles)
    return f"Only {listed(list(names))}" if names else "Only articles"


def _with_line(answer: Answer, line: str) -> str:
    """Right behind the conclusion; behind the quotes, where these are the answer."""
    if answer.kind == "passages":
        sources = answer.text.removeprefix(answer.body)
        return f"{answer.body.rstrip()}\n\n{line}{sources}"
    first, mark, rest = answer.text.partition("\n")
    return f"{first}\n{line}{mark}{rest}"
