"""How a question is put, without its names, in → whether it asks who measured or reported a number, out."""

import re

WHO = (
    r"(?:who(?:m|se)?|(?:which|what) (?:\w+ )?(?:labs?|compan(?:y|ies)|organi[sz]ations?|firms?|groups?|teams?|testers?"
    r"|evaluators?|outlets?|institutes?|body|one))"
)
DID = (
    r"(?:measur\w+|report\w*|test\w+|evaluat\w+|benchmarked|publish\w*|record\w*|ran|verified|calculated"
    r"|established|obtained|produced|graded|assessed|credit\w*|gets? (?:the )?credit|stands? behind|came up with"
    r"|put out)"
)
BETWEEN = r"(?: (?:has|had|have|actually|originally|first|really|even|is|was|it|that))*"
ASKS_ORIGIN = re.compile(
    rf"^\W*(?:(?:and|so|but|ok|okay|hey|hi|then|tell me|do you know)\W+)*{WHO}{BETWEEN} {DID}\b"
    r"|\b(?:credited|attributed|ascribed) to\b|\b(?:by|according to) whom?\b"
    r"|\b(?:origins?|provenance) (?:of|for|behind)\b|\bwhose (?:number|figure|score|result|measurement|test)\b"
    r"|\bwhere\b.*\b(?:from|originat\w+)\W*$|\bsource (?:of|for|behind) (?:the|that|this|it|‹)|\bsources?\W*$"
)


def asks_origin(shape: str) -> bool:
    """Whether it is asked who measured or reported a number."""
    return bool(ASKS_ORIGIN.search(shape))
