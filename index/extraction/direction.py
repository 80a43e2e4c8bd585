"""A title or a sentence in → whether a higher number is better there, or None where it says neither, out."""

import re

# Names of what is wrong, slow or dear: the less of it, the better. One name a line; words are compared without case.
LOWER_NAMES = (
    "error",
    "errors",
    "error rate",
    "calibration error",
    "failure rate",
    "miss rate",
    "false positive rate",
    "false positives",
    "false negative rate",
    "false alarm rate",
    "hallucination rate",
    "hallucinations",
    "omission rate",
    "violation rate",
    "deception rate",
    "toxicity",
    "latency",
    "time to first token",
    "response time",
    "perplexity",
    "loss",
    "cost",
    "edit distance",
    "distortion",
    "divergence",
    "brier score",
    "fréchet distance",
    "fréchet inception distance",
)
# The same as abbreviations, which count in capitals only: "wer" and "fid" are words of other languages.
LOWER_LETTERS = frozenset(
    ("WER", "CER", "EER", "DER", "TER", "FID", "FVD", "KID", "LPIPS", "MAE", "MSE", "RMSE", "MAPE", "NLL", "PPL", "BPB",
     "TTFT", "ECE")
)  # fmt: skip
BETTER = r"\s+(?:scores?\s+|values?\s+|numbers?\s+)?(?:(?:is|are|means)\s+)?better\b"
LOWER = rf"\b(?:lower|smaller|less|fewer){BETTER}|\bniedriger\s+ist\s+besser\b|\bplus\s+bas\b[^.]{{0,12}}\bmieux\b|[↓⬇]"
HIGHER = (
    rf"\b(?:higher|larger|bigger|greater|more){BETTER}|\bhöher\s+ist\s+besser\b|"
    r"\bplus\s+haut\b[^.]{0,12}\bmieux\b|[↑⬆]"
)
SAID = re.compile(rf"(?P<lower>{LOWER})|(?P<higher>{HIGHER})", re.IGNORECASE)
EITHER = rf"(?:{LOWER}|{HIGHER})"
MARK = re.compile(rf"\s*[(\[]\s*{EITHER}\s*[)\]]|[,;:–—-]?\s*{EITHER}", re.IGNORECASE)
BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
# What follows the head of a name: "error rate on LibriSpeech", "latency per token", "loss, validation".
BEHIND_HEAD = re.compile(r"\s+(?:on|for|per|in|of|at|with|against|over)\s.*|[,:;].*|\s[–—-]\s.*", re.DOTALL)
NONE_OF = frozenset({"non", "no", "without", "anti"})  # a "non-hallucination rate" counts what is right
WORD = re.compile(r"[^\W\d_]+")
LETTERS = re.compile(r"[A-Z]{2,}")


def said_direction(text: str) -> bool | None:
    """What a text says in words or by an arrow; None where it says nothing, or both."""
    said = {match.lastgroup == "higher" for match in SAID.finditer(text)}
    return said.pop() if len(said) == 1 else None


def direction(title: str) -> bool | None:
    """What a title says, or else what the name of its measure means: "WER", "Word error rate (%)"."""
    said = said_direction(title)
    if said is not None or SAID.search(title):
        return said
    if LOWER_LETTERS.intersection(LETTERS.findall(title)):
        return False
    return False if any(map(_is_lower, re.split(r"[|/_]", title))) else None


def _is_lower(name: str) -> bool:
    """A name ends with its head: "cost" is one, "cost efficiency" is another."""
    words = WORD.findall(BEHIND_HEAD.sub("", BRACKETS.sub("", name)).casefold())
    heads = [lower for lower in map(str.split, LOWER_NAMES) if words[-len(lower) :] == lower]
    return any(not NONE_OF.intersection(words[: -len(lower)][-1:]) for lower in heads)


def undirected(title: str) -> str:
    """A title without the marks that say which way is better: "WER ↓" → "WER"."""
    return MARK.sub("", title).strip() or title
