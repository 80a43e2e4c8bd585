"""Small talk in → a short friendly word about what this is, out."""

import re

from bot.answer import Answer, Interpreted
from index import Article

GREETING = re.compile(
    r"(?:hi|hello|hey|hiya|yo|good (?:morning|day|evening|afternoon)|moin|hallo|hola)(?: (?:there|bot|all|everyone))?"
)
THANKS = re.compile(
    r"(?:ok |okay |great |cool )?(?:thanks?(?: you)?|thx|ty|cheers|danke|merci)(?: (?:a lot|so much|very much|bot))?"
)
WHO = re.compile(
    r"(?:help|/?help|who|what) ?(?:me|are you|is this|can you do|do you do|can i ask|can i ask you|are you for)?"
    r"|how (?:do|does) (?:you|this|it) work|what is presscheck"
)


def small_talk(question: str, articles: tuple[Article, ...]) -> Answer | None:
    """An `about` answer to a greeting, thanks or a call for help; None for anything else."""
    plain = re.sub(r"[^\w/ ]+", "", question.casefold()).strip()
    about = (
        f"I answer questions from {len(articles)} article{'s' if len(articles) != 1 else ''}, in their own words and "
        "with the place of each. What they don't say, I don't know."
    )
    if GREETING.fullmatch(plain):
        text = f"Hello! {about}"
    elif THANKS.fullmatch(plain):
        text = "You're welcome!"
    elif WHO.fullmatch(plain) and plain not in ("who", "what"):
        text = about
    else:
        return None
    return Answer(
        question=question,
        kind="about",
        text=text,
        interpreted=Interpreted(intent="about", question=question),
        confidence=1.0,
    )
