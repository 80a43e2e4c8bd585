"""Small talk in → a short friendly word about what this is and is not, out."""

import re

from bot.acknowledgement import asks_nothing
from bot.answer import Answer, Interpreted
from index import Article

HOW = (
    r"(?:how (?:are|r) (?:you|u|ya|things)(?: (?:doing|today|going|feeling|now))*"
    r"|hows? (?:is )?(?:it|everything|life)(?: going)?(?: today)?"
    r"|how do you do|(?:whats|what is|wats) up|wassup|you ok(?:ay)?)"
)
GREETINGS = (
    rf"(?:(?:hi|hello|hey|hiya|yo|sup|good (?:morning|day|evening|afternoon)|moin|hallo|hola|salut|ciao|namaste)"
    rf"(?: (?:there|bot|all|everyone|again|friend|mate|man))?|{HOW}|(?:nice|good|pleased) to meet (?:you|u)"
    rf"|(?:are )?you there)"
)
GREETING = re.compile(rf"{GREETINGS}(?: {GREETINGS})*")
PRAISE = (
    r"(?:(?:really|very|so|quite|super|most|extremely) )?"
    r"(?:helpful|useful|great|good|nice|perfect|clear|kind|cool|awesome|interesting)"
)
THANKS = re.compile(
    r"(?:(?:ok|okay|great|cool|nice|perfect|many|wow|ah|oh) )*"
    r"(?:(?:thanks?(?: you| u)?|thx|ty|cheers|danke|merci)(?: (?:a lot|so much|very much|again|bot|mate|man))*"
    rf"(?: (?:for (?:that|this|it|the (?:help|answer|info))|(?:that|this|it|you) (?:was|is|were|are|helped(?: a lot)?))"
    rf"(?: {PRAISE})?)?|(?:thats|that was|this is|this was|you are|youre) {PRAISE}"
    r"|(?:good|great|nice) (?:bot|job|work|answer|one)|well done)"
)
GOODBYE = re.compile(r"(?:bye|goodbye|good night|see you|see ya|cya|ciao|later)(?: (?:bot|all|then|later|soon))?")
WHO = re.compile(
    r"(?:help|/?help|who|what) ?(?:me|are you|is this|can you do|do you do|can i ask|can i ask you|are you for)?"
    r"|how (?:do|does) (?:you|this|it) work|(?:what|who) is press ?check|(?:who|what) (?:made|built|created) you"
    r"|whats your name|are you (?:an? )?(?:real|human|bot|robot|ai|person|chatgpt|llm|language model)(?: person)?"
    r"|what can you (?:tell|show|help|answer)(?: me)?(?: with)?|what do you know"
)
# What a person asks of a machine that writes: it is told that this one doesn't.
WISH = re.compile(
    r"(?:(?:please|pls|can you|could you|would you|will you|now|and|then) )*"
    r"(?:(?:write|compose|draw|paint|sing|generate|make up|invent|rap|recite) (?:me|us|an?|some|my|your|code)\b"
    r"|(?:tell|give|make|create) (?:me |us )?(?:a |an |some )(?:\w+ )?"
    r"(?=(?:joke|poem|story|song|haiku|riddle|picture|image|meme|recipe|essay|limerick)s?\b))"
)
# Orders to a language model: there is none here to take them.
ORDER = re.compile(
    r"\b(?:ignore|forget|disregard|override|bypass) (?:(?:all|any|the|your|my|these|those|previous|prior|earlier|above"
    r"|of) )*(?:instructions?|rules|prompts?|directions|guidelines|constraints|messages?)\b"
    r"|\b(?:print|show|reveal|repeat|output|leak|tell me|give me|what (?:is|are)|whats) (?:me )?your "
    r"(?:(?:full|own|hidden|secret|initial) )?(?:system |developer )?(?:prompts?|instructions)\b"
    r"|\byou are now\b|\bpretend (?:to be|you|that you)\b|\bact as (?:a|an|if)\b|\brole ?play\b|\bdo anything now\b"
    r"|\b(?:enable|enter|activate) (?:developer|dan|god|jailbreak) mode\b"
)


NOTED = "Noted. Ask me whenever you like."


def small_talk(question: str, articles: tuple[Article, ...]) -> Answer | None:
    """An `about` answer to what is no question: a greeting, thanks, "ok", a call for help or for something else."""
    about = (
        f"I answer questions from {len(articles)} article{'s' if len(articles) != 1 else ''}, in their own words and "
        "with the place of each. What they don't say, I don't know."
    )
    text = _reply(question, about)
    if text is None:
        return None
    return Answer(
        question=question,
        kind="about",
        text=text,
        interpreted=Interpreted(intent="about", question=question),
        confidence=1.0,
    )


def is_small_talk(message: str) -> bool:
    """Whether a message asks nothing of the articles: no question leans on it."""
    return _reply(message, "-") is not None


def _reply(message: str, about: str) -> str | None:
    plain = re.sub(r"[^\w/ ]+", "", message.casefold()).strip()
    if GREETING.fullmatch(plain):
        return f"Hello! {about}"
    if THANKS.fullmatch(plain):
        return "You're welcome!"
    if GOODBYE.fullmatch(plain):
        return "Goodbye!"
    if asks_nothing(message):
        return NOTED
    if WISH.match(plain) or ORDER.search(plain):
        return f"I write nothing of my own. {about}"
    if WHO.fullmatch(plain) and plain not in ("who", "what"):
        return about
    return None
