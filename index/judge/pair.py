"""A question, a sentence and what stands before it in → the judge's input ids, out."""

from tokenizers import Tokenizer

QUESTION, SENTENCE, BEFORE = 40, 96, 32  # word pieces at most of each
LONGEST = QUESTION + SENTENCE + BEFORE + 4


class Cutter:
    """Makes `[CLS] question [SEP] sentence [SEP] before [SEP]` of word pieces."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        """`tokenizer` is a BERT's; its truncation and padding are switched off."""
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._start = int(tokenizer.token_to_id("[CLS]") or 0)
        self._stop = int(tokenizer.token_to_id("[SEP]") or 0)

    def __call__(self, question: str, sentence: str, before: str = "") -> tuple[list[int], list[int]]:
        """Input ids and token types."""
        asked = [self._start, *self._ids(question, QUESTION), self._stop]
        said = [*self._ids(sentence, SENTENCE), self._stop]
        if before:
            said += [*self._ids(before, BEFORE), self._stop]
        return asked + said, [0] * len(asked) + [1] * len(said)

    def _ids(self, text: str, most: int) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids[:most]
