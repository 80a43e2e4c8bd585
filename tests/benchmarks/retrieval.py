"""Search sets that others made: how good is the search beside the plain ways, in one run?

    python -m tests.benchmarks.retrieval FOLDER [--queries 300] [--keep INDEXES] [SET …]

FOLDER holds a folder for each set: corpus.jsonl (id, title, text), queries.jsonl (id, text, answerable?) and qrels.tsv.
Every document becomes an article. Printed are nDCG@10 of word search, of vector search, of their reciprocal ranks fused
and of the search that ships, and the area under the ROC curve of the vectors' best cosine and of `confidence`, over
questions with an answer against questions without one. The queries are an even draw from all, at most so many each way.
"""

import argparse
import json
import math
import random
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bot.evidence import confidence, evidence
from bot.settings import Settings
from index import Builder, Hit, Index, Store

DEEP = 60  # hits looked at: all candidates of both searches
RRF = 60


class Query(NamedTuple):
    """A query with the documents that are relevant to it; none, where it has no answer."""

    text: str
    relevant: Mapping[str, float]


class Asked(NamedTuple):
    """What a query gave: nDCG@10 by way, and what speaks for an answer by way."""

    answerable: bool
    gains: Mapping[str, float]
    sure: Mapping[str, float]


def main() -> None:
    """Print one line a set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--queries", type=int, default=300, help="at most so many with an answer, and without")
    parser.add_argument("--keep", type=Path, help="folder where the indexes stay for the next run")
    parser.add_argument("sets", nargs="*")
    asked = parser.parse_intermixed_args()
    print(f"{'set':24} {'queries':>9}   {'words':>6} {'vector':>6} {'fused':>6} {'ours':>6}   AUROC cosine   ours")
    for name in asked.sets or sorted(each.name for each in asked.folder.iterdir() if each.is_dir()):
        _print(name, _ask(asked.folder / name, asked.queries, asked.keep))


def _print(name: str, results: Sequence[Asked]) -> None:
    yes = [each for each in results if each.answerable]
    no = [each for each in results if not each.answerable]
    gains = " ".join(
        f"{sum(each.gains[way] for each in yes) / len(yes):6.3f}" for way in ("words", "vector", "fused", "ours")
    )
    apart = "   ".join(
        f"{auroc([each.sure[way] for each in yes], [each.sure[way] for each in no]):12.3f}"
        for way in ("cosine", "ours")
    )
    print(f"{name:24} {len(yes):4}+{len(no):<4}   {gains}   {apart if no else ''}", flush=True)


def _ask(folder: Path, most: int, keep: Path | None) -> list[Asked]:
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        names = _write_articles(folder / "corpus.jsonl", place / "corpus")
        settings = Settings()
        store = Store(keep / folder.name if keep else place / "index")
        Builder(store, place / "corpus", settings.encoder, settings.cache).build()
        index = Index(store, settings.cache)
        found = [_asked(index, query, names) for query in _queries(folder, most)]
        index.close()
    return found


def _asked(index: Index, query: Query, names: Mapping[str, str]) -> Asked:
    hits = index.search(query.text, DEEP)
    plain = {
        "words": {hit: 1 / hit.word_rank for hit in hits if hit.word_rank},
        "vector": {hit: 1 / hit.dense_rank for hit in hits if hit.dense_rank},
        "fused": {hit: sum(1 / (RRF + rank) for rank in (hit.dense_rank, hit.word_rank) if rank) for hit in hits},
    }
    ranked = {way: sorted(scores, key=lambda hit: -scores[hit]) for way, scores in plain.items()} | {"ours": hits}
    gains = {
        way: _ndcg(
            [names[name] for name in dict.fromkeys(name for hit in order for name in _documents(hit))][:10],
            query.relevant,
        )
        for way, order in ranked.items()
    }
    sure = {
        "cosine": max(hit.similarity for hit in hits),
        "ours": confidence(evidence(query.text, hits[:5], index)),
    }
    return Asked(bool(query.relevant), gains, sure)


def _documents(hit: Hit) -> list[str]:
    return [hit.passage.source, *(copy.source for copy in hit.copies)]


def _write_articles(corpus: Path, target: Path) -> dict[str, str]:
    """The documents as articles; which article is which document."""
    target.mkdir()
    names = {}
    for number, line in enumerate(corpus.read_text(encoding="utf-8").splitlines()):
        document = json.loads(line)
        if (document["text"] or document["title"]).strip():
            head = json.dumps({"title": " ".join(document["title"].split()) or "Untitled"})
            (target / f"d{number}.md").write_text(f"---\n{head}\n---\n{document['text'] or document['title']}\n")
            names[f"d{number}"] = document["id"]
    return names


def _queries(folder: Path, most: int) -> list[Query]:
    relevant: dict[str, dict[str, float]] = defaultdict(dict)
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        query, document, score = line.split("\t")
        relevant[query][document] = float(score)
    queries = [json.loads(line) for line in (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()]
    with_answer = [
        Query(each["text"], relevant[each["id"]])
        for each in queries
        if each.get("answerable", True) and relevant[each["id"]]
    ]
    without = [Query(each["text"], {}) for each in queries if not each.get("answerable", True)]
    draw = random.Random(1)  # noqa: S311
    return [query for some in (with_answer, without) for query in draw.sample(some, min(most, len(some)))]


def _ndcg(names: Sequence[str], relevant: Mapping[str, float]) -> float:
    """Normalised discounted cumulative gain at 10 (Järvelin and Kekäläinen, 2002), with the grade as the gain."""
    ideal = sorted(relevant.values(), reverse=True)[:10]
    return _discounted([relevant.get(name, 0.0) for name in names]) / (_discounted(ideal) or 1)


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))


def auroc(higher: Sequence[float], lower: Sequence[float]) -> float:
    """The chance that one of `higher` is above one of `lower`; ties count half."""
    pairs = sum((one > other) + 0.5 * (one == other) for one in higher for other in lower)
    return pairs / (len(higher) * len(lower)) if higher and lower else math.nan


if __name__ == "__main__":
    main()
