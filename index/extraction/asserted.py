"""A sentence and a number in it, in → whether the sentence asserts it as measured, out.

"Did not score 90%", "will score 95%", "hopes that it reaches 97%", "denied that it scored 99%", "an earlier version
of this article said 84.2%" state no result.
"""

import re

SCORE = (
    r"(?:scor(?:e[sd]?|ing)|reach(?:e[sd]|ing)?|hit(?:s|ting)?|achiev(?:e[sd]?|ing)|get(?:s|ting)?|got|top(?:s|ped)?|"
    r"exceed(?:s|ed)?|surpass(?:es|ed)?|cross(?:es|ed)?|break(?:s|ing)?|pass(?:es|ed)?|clear(?:s|ed)?|manag(?:e[sd]?|ing)|"
    r"attain(?:s|ed)?|post(?:s|ed)?|record(?:s|ed)?|obtain(?:s|ed)?|earn(?:s|ed)?|mak(?:e|es|ing)|come|climb|rise|go|"
    r"be|land|solv(?:e[sd]?|ing)|resolv(?:e[sd]?|ing)|complet(?:e[sd]?|ing)|answer(?:s|ed)?)\b"
)
# "Did not yet score" denies; "did not only score" doesn't.
NEGATED = re.compile(
    r"(?:\b(?:did|do|does|has|have|had|could|can|would|will|is|was)\s?n[o'’]t|"
    r"\b(?:cannot|never|neither|nobody|nothing|none)\b|"
    r"\bfail(?:s|ed|ing)?\s+to|\bnot?\s+(?:model|one|system)\b)"
    r"(?!\s+(?:only|just|merely|simply)\b)\s+"
    r"(?:(?:yet|quite|even|actually|ever|been\s+able\s+to|able\s+to|has|have)\s+)*" + SCORE
)
WILL = re.compile(
    r"\b(?:will|would|shall|should|might|may|could|won['’]t|is\s+going\s+to|are\s+going\s+to|is\s+set\s+to|is\s+likely\s+to|"
    r"is\s+due\s+to|on\s+track\s+to|wird|dürfte|könnte|soll|pourrait|devrait|podría)\s+(?:\w+\s+){0,2}?(?:have\s+)?"
    rf"(?:{SCORE}|\w*(?:erreich|erziel|atteindr|alcanz)\w*)|\b(?:könnte|dürfte|soll|wird)\b"
)
HOPED = re.compile(
    r"\b(?:hop(?:e|es|ed|ing)|expect(?:s|ed|ing)?|aim(?:s|ed|ing)?|plan(?:s|ned|ning)?|want(?:s|ed)?|predict(?:s|ed|ing)?|"
    r"forecast(?:s|ed)?|project(?:s|ed)|anticipat(?:e|es|ed|ing)|promis(?:e|es|ed|ing)|vow(?:s|ed)?|guess(?:es|ed)?|"
    rf"bet(?:s|ting)?|suppos(?:e|es|ing)|imagin(?:e|es|ing)|if|unless|whether)\b[^,;:]{{0,80}}?\b(?:{SCORE}|for|at)|"
    r"\b(?:target|goal|aim|forecast|prediction|estimate|projection|threshold)s?\s+(?:is|of|was|at)\b"
)
DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied)\b|rumou?r|leak(?:ed|s|ing)?\b|unverified|unconfirmed|(?:could|can|did)(?:\s?not|n['’]t)\s+(?:\w+\s+)?"
    r"(?:verify|confirm|reproduce|replicate)|debunk|hoax|retract|withdr[ae]w|alleg(?:ed|es|ing)|no\s+evidence\s+that|"
    r"(?:falsely|wrongly|incorrectly|mistakenly|erroneously)\b|(?:earlier|previous)\s+version\s+of\s+(?:this|the|our)\s+"
    r"(?:article|story|post|report|text)|we\s+(?:originally|initially|first|previously)\s+(?:said|wrote|reported))",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"[;.!?]\s+(?=[A-Z\"“(])|;\s|,?\s(?:but|whereas|instead|though|although|however)\b,?\s")
CLAUSE = re.compile(r"[:,]\s(?!(?:\w+ly|by|on|in|at)\b)|\s(?:while|and)\s|\s[—–]\s")
FORETOLD = re.compile(
    r"[^.;]{0,60}?,\s+(?:(?:\w+\s+){1,3}(?:expects?|predicts?|hopes?|forecasts?|projects?|estimates?|believes?)\b|if\b)"
)
FAR = 240  # characters before a number; no word governs it from farther off


def is_asserted(text: str, start: int, after: int) -> bool:
    """text[start:after] is a number: does the text say that it was measured?"""
    begins = max(0, start - FAR)
    said = SENTENCE.split(text[begins:start])[-1]
    clause = CLAUSE.split(said)[-1]
    if NEGATED.search(clause) or WILL.search(clause) or HOPED.search(said):
        return False
    return not DENIED.search(said) and not FORETOLD.match(text, after)
