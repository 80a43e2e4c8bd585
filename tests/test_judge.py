"""The judge of sentences."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from index import EncoderError
from index.judge import HERE, MODEL, TOKENIZER, Judge, Said
from index.judge.example import Sampler, read_lines
from index.judge.pair import LONGEST, Cutter
from index.reranker import Reranker

QUESTION = "how much did the town pay for the old mill?"
ANSWER = Said("The town bought the old mill for 2.4 million crowns in March.", "The mill has stood empty since 2019.")
OTHERS = [
    Said("The mill has stood empty since 2019.", ""),
    Said("The mayor likes the new bridge.", ANSWER.sentence),
    Said("A mill grinds grain into flour.", ""),
]


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge()


def test_the_sentence_that_answers_stands_above_those_that_only_speak_of_it(judge: Judge) -> None:
    odds = judge(QUESTION, [*OTHERS, ANSWER])
    assert int(np.argmax(odds)) == 3
    assert odds.shape == (4,)
    assert judge(QUESTION, []).shape == (0,)


def test_a_judgment_does_not_depend_on_its_neighbours(judge: Judge) -> None:
    several = [*OTHERS, ANSWER, *OTHERS]  # of several lengths, in no order, some twice
    together = judge(QUESTION, several)
    assert [float(judge(QUESTION, [said])[0]) for said in several] == together.tolist()


def test_what_is_longer_than_the_judge_reads_is_cut(judge: Judge) -> None:
    cutter = Cutter(Tokenizer.from_file(str(HERE / TOKENIZER)))
    ids, types = cutter("why " * 500, "because " * 500, "before " * 500)
    assert len(ids) == len(types) == LONGEST
    assert ids.count(ids[-1]) == 3
    assert np.isfinite(judge("why " * 500, [Said("because " * 500, "before " * 500)])).all()


@pytest.mark.parametrize("name", [MODEL, TOKENIZER])
def test_a_damaged_judge_is_named_with_the_next_step(name: str, tmp_path: Path) -> None:
    for each in (MODEL, TOKENIZER):
        shutil.copy(HERE / each, tmp_path / each)
    (tmp_path / name).write_bytes(b"\x00" * 100)
    with pytest.raises(EncoderError, match="pip install"):
        Judge(tmp_path)


def test_examples_hold_an_answer_and_what_tempts(tmp_path: Path) -> None:
    sentences = ["The mill was sold.", "The mill cost 2.4 million.", "Rain fell.", "The mayor spoke of the Mill Road."]
    path = tmp_path / "set.jsonl"
    rows = [
        {"question": "What did the Mill Road mill cost?", "sentences": sentences, "positive": [1]},
        {"question": "Who sold the Ferry Lane mill?", "sentences": sentences, "positive": []},
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    lines = read_lines(path)
    for seed in range(20):
        for group in Sampler(lines, seed).groups(lines, 2):
            answers = [pair.answers for pair in group]
            assert answers in ([True, False, False], [False, False], [False])
            assert len({pair.question for pair in group}) == 1
            assert [pair.sentence for pair in group if pair.answers] == [sentences[1]] * answers.count(True)


def test_a_cross_encoder_of_ones_own_takes_the_judges_place(tmp_path: Path) -> None:
    reranker = Reranker(str(_tiny_cross_encoder(tmp_path / "model")))
    assert reranker(QUESTION, []).shape == (0,)
    odds = reranker(QUESTION, OTHERS)
    assert odds.shape == (len(OTHERS),)
    assert np.isfinite(odds).all()
    with pytest.raises(EncoderError, match="PRESSCHECK_RERANKER"):
        Reranker(str(tmp_path / "nothing-here"))


def _tiny_cross_encoder(folder: Path) -> Path:
    """A cross-encoder with random weights, as a user's own would lie in a folder."""
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    marks = {"unk_token": "[UNK]", "pad_token": "[PAD]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    words = [*marks.values(), "the", "ferry", "museum", "harvest", "was", "sold", "opened", "late", "who", "why"]
    tokenizer = Tokenizer(models.WordLevel({word: place for place, word in enumerate(words)}, unk_token=words[0]))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    wrapped = PreTrainedTokenizerFast(tokenizer_object=tokenizer, **marks)  # type: ignore[no-untyped-call]
    wrapped.save_pretrained(folder)
    sizes = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 8}
    config = BertConfig.from_dict({**sizes, "vocab_size": len(words), "num_labels": 1})
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder
