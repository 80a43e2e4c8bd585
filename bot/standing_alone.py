"""A question in → whether it is complete as it is put, or leaves out what the one before it said, out."""

import re

START = r"^\W*(?:(?:and|but|so|ok|okay|or|also|then|well|now|hey|hi|please|pls)\b\W*)*"
IS = r"(?:'s|s| is| are| was| were)"
FORMED = re.compile(
    START + rf"(?:(?:what|who|how|where|when){IS}?|whose|which|why|is|are|was|were|do|does|did|can|could|will|would|has"
    r"|have|had|should|isn't|aren't|doesn't|didn't|tell|explain|describe|define|list|name|show|give|in which|in what"
    r"|since when|by whom|for whom)\b(?!\W*(?:about|of|with|without|on|in)\b)",
    re.IGNORECASE,
)
DEFINING = re.compile(
    START + rf"(?:(?:what|who){IS}|define|explain|describe)(?: an?| the)?(?: [\w-]+){{1,3}}\W*$", re.I
)
EXISTENCE = re.compile(r"\b(?:is|are|was|were|isn't|aren't) there\b|\bthere(?: is| are| was| were|'s)\b", re.IGNORECASE)
# Words that stand for something said before, where they do: not in "the team that …", "the one who …".
POINTING = re.compile(
    r"(?:^\W*|\b(?:is|are|was|were|does|did|do|can|could|will|would|has|have|had|why|how|who|what|when|where|and|but|so"
    r"|about|of|for|with|to|on|in|at|after|before|since|from|by|like|than|under|until|against) )(?:that|this)\b"
    r"|\b(?:that|this)\W*$|\b(?:that|this) (?:is|was|has|does|did)\b"
    r"|\b(?:it|its|they|them|their|these|those|he|she|him|his|her|hers|both|the other|the same)\b"
    r"|\b(?:which|this|that|other|another|first|second|third|last|latter|former|new|old) ones?\b"
    r"|\b(?:ones?|there)\W*$",
    re.IGNORECASE,
)
# "What did opus get?": a score, on what was spoken of.
WANTING = re.compile(
    r"\b(?:gets?|got|scored?|scores|fares?|fared|performs?|performed|reach(?:es|ed)?|achieve[sd]?|manage[sd]?|hit|doing"
    r"|has|have|stands?|compares?|ranks?|lands?|places?|better|worse|best|worst|ahead|behind|second|third|then|so|too"
    r"|also|instead|again)\W*$|\bhow (?:did|does|do|is|was|are|were) (?:the )?‹\w›(?: (?:and )?‹\w›)*(?: do)?\W*$",
    re.IGNORECASE,
)
EVERYWHERE = re.compile(
    r"\b(?:anywhere|everywhere|overall|in general|altogether|at all)\b"
    r"|\b(?:where|on what) (?:do|did|does) (?:the |any |all )?(?:sources|articles|outlets|they)\b",
    re.IGNORECASE,
)


def stands_alone(question: str) -> bool:
    """Whether it is put as a sentence, with nothing in it that points back and no verb that wants more."""
    return is_formed(question) and not points_back(question) and not WANTING.search(question)


def is_formed(question: str) -> bool:
    """Whether it is put as a question or an order is; "and opus?" is not."""
    return bool(FORMED.search(question))


def points_back(question: str) -> bool:
    """Whether a word stands for something that was said before."""
    return bool(POINTING.search(without_existence(question)))


def without_existence(question: str) -> str:
    """The question without the "there" of "is there", which points to nothing."""
    return EXISTENCE.sub("is", question)


def is_definition(question: str) -> bool:
    """Whether it asks what something is: "what is contemplating mode"."""
    return bool(DEFINING.search(question))


def is_everywhere(question: str) -> bool:
    """Whether it says that it is about all there is."""
    return bool(EVERYWHERE.search(question))
