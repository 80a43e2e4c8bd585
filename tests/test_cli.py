"""The real command in a process of its own: what it prints, where, and how it ends."""

import csv
import json
import re
import signal
import socket
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

import pytest

from bot import cli
from index import Store
from tests.conftest import Command

QUESTION = "who leads Meta Superintelligence Labs?"


def test_the_first_question_builds_the_index_and_the_next_ones_do_not(shipped: Command) -> None:
    done = shipped("ask", QUESTION)
    assert done.status == 0
    assert "Alexandr Wang" in done.out
    assert "[1] brief of" in done.out
    assert done.err == ""


def test_json_is_the_contract(shipped: Command) -> None:
    answer = json.loads(shipped("ask", "--json", QUESTION).out)
    assert list(answer) == [
        "schema", "id", "question", "kind", "text", "interpreted", "facts", "verdict", "disagreements", "passages",
        "citations", "missing", "suggestions", "confidence",
    ]  # fmt: skip
    assert (answer["schema"], answer["kind"], answer["question"]) == (1, "passages", QUESTION)
    assert {"intent", "benchmarks", "models", "setting", "question", "sources", "since", "until"} == set(
        answer["interpreted"]
    )
    first = answer["passages"][0]
    assert first["start"] <= first["highlight"][0] < first["highlight"][1] <= first["end"]
    assert {"n", "source", "title", "publisher", "author", "published", "url", "start", "end", "quote"} <= set(
        answer["citations"][0]
    )


def test_lines_of_questions_get_lines_of_answers_in_their_order(shipped: Command) -> None:
    asked = [
        {"id": "a", "question": QUESTION},
        {"id": 7, "question": "and whom does he report to?", "history": ["who is Maher Saba?"]},
        {"id": "long", "question": "x" * 10_000},
        {"question": "hello"},
    ]
    done = shipped("ask", "--jsonl", stdin="".join(json.dumps(each) + "\n" for each in asked))
    answers = [json.loads(line) for line in done.out.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", "7", "long", None]
    assert [answer["kind"] for answer in answers] == ["passages", "passages", "not_found", "about"]
    assert answers[1]["interpreted"]["question"] == "who is Maher Saba: and whom does he report to?"
    assert "10,000 characters" in answers[2]["text"]
    bad = shipped("ask", "--jsonl", stdin='{"id": 1}\n')
    assert (bad.status, bad.out) == (2, "")
    assert "line 1" in bad.err


def test_what_no_article_says_is_not_found(shipped: Command) -> None:
    for question in ("when is GPT-6 coming", "zorblatt quuxing?", "how good is Gemini 9.7"):
        done = shipped("ask", question)
        assert done.status == 3, question
        assert done.out.startswith("Not in the articles"), question


def test_answers_are_narrowed_by_source_and_date(shipped: Command) -> None:
    one = json.loads(shipped("ask", "--json", "--source", "the-next-web", "what was Avocado?").out)
    assert {passage["source"] for passage in one["passages"]} == {"the-next-web"}
    dated = json.loads(shipped("ask", "--json", "--since", "2026-04-10", "--until", "2026-04-10", QUESTION).out)
    assert {passage["source"] for passage in dated["passages"]} == {"alex-the-engineer"}
    unknown = shipped("ask", "--source", "nobody", QUESTION)
    assert unknown.status == 2
    assert "no source 'nobody'. There are: alex-the-engineer" in unknown.err
    undated = shipped("ask", "--since", "soon", QUESTION)
    assert undated.status == 2
    assert "'soon' is no date. Write it like 2026-04-09." in undated.err


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["ask"], 2, "give a QUESTION"),
        (["ask", "\x00\x1b \t"], 2, "the question is empty"),
        (["ask", "x" * 10_000], 2, "10,000 characters"),
        (["ask", "q", "--corpus", "/nowhere/at/all"], 1, "/nowhere/at/all: no such folder"),
        (["index", "remove", "nobody"], 1, "no article 'nobody'"),
        (["index", "add", "/nowhere.md"], 1, "/nowhere.md: can't be read"),
        (["telegram"], 1, "There is no bot token"),
        (["fly"], 2, "No such command"),
    ],
)
def test_mistakes_end_in_one_sentence(shipped: Command, arguments: list[str], status: int, said: str) -> None:
    if "\x00" in arguments[-1]:
        arguments = ["ask", "\x01\x1b \t"]  # the system itself refuses a zero byte
    done = shipped(*arguments)
    assert done.status == status
    assert said in done.err
    assert done.out == ""
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("broken.pdf", b"%PDF-1.4 nothing", "the PDF is broken"),
        ("binary.txt", bytes(range(256)), "not a text file"),
        ("dated.md", b"---\npublished: 31 June\n---\nText", "published is '31 June', not a date"),
        ("huge.txt", b"a" * 10_000_001, "10,000,001 characters"),
    ],
)
def test_a_bad_article_is_named_and_the_index_stays(
    shipped: Command, corpus: Path, tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    where = ("--corpus", corpus, "--index", tmp_path / "index")
    assert shipped("index", "build", *where).status == 0
    before = Store(tmp_path / "index").open().articles()
    (corpus / name).write_bytes(data)
    for command, status in ((["index", "build"], 0), (["index", "add", corpus / name], 1)):
        done = shipped(*command, *where)
        assert done.status == status, "what else is there was read, or nothing was"
        assert name in done.err
        assert said in done.err
        assert not re.search("Traceback|WARNING|ERROR", done.err)
    assert shipped("ask", "when did the museum open", *where).status == 0
    assert len(Store(tmp_path / "index").open().articles()) == len(before)


def test_an_empty_corpus_and_an_index_that_is_a_file(shipped: Command, corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = shipped("index", "build", "--corpus", tmp_path / "empty", "--index", tmp_path / "index")
    assert done.status == 1
    assert "no article here" in done.err
    (tmp_path / "file").write_text("x", encoding="utf-8")
    done = shipped("index", "build", "--corpus", corpus, "--index", tmp_path / "file")
    assert done.status == 1
    assert "can't be written" in done.err


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a file's size are POSIX's")
def test_a_full_disk_leaves_the_index_as_it_was(
    shipped: Command, environment: dict[str, str], corpus: Path, tmp_path: Path
) -> None:
    where = ("--corpus", corpus, "--index", tmp_path / "index")
    shipped("index", "build", *where)
    before = Store(tmp_path / "index").current()
    (corpus / "new.txt").write_text("A new article about rain.\n", encoding="utf-8")
    limited = "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000)); import signal; "
    limited += "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); sys.argv = ['presscheck'] + sys.argv[1:]; "
    limited += "runpy.run_module('bot', run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-c", limited, "index", "build", *map(str, where)],
        capture_output=True, text=True, env=environment, timeout=120,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "can't be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert Store(tmp_path / "index").current() == before


def test_articles_come_and_go(shipped: Command, corpus: Path, tmp_path: Path) -> None:
    where = ("--corpus", corpus, "--index", tmp_path / "index")
    assert shipped("index", "build", *where).out == (
        "Indexed 3 articles (3 new or changed, 0 carried over, 0 gone), 3 passages, 0 results.\n"
    )
    assert "Nothing has changed" in shipped("index", "build", *where).out
    more = tmp_path / "more"
    more.mkdir()
    (more / "lake.html").write_text(
        "<html><title>Lake</title><body><article>" + "<p>The lake froze in January and skaters came.</p>" * 5, "utf-8"
    )
    assert "1 new or changed, 3 carried over" in shipped("index", "add", more, *where).out
    assert "lake" in shipped("sources", *where).out
    assert shipped("ask", "when did the lake freeze", *where).status == 0
    assert "1 gone" in shipped("index", "remove", "museum", *where).out
    status = shipped("index", "status", *where).out
    assert "lake (added)" in status
    assert "removed    1 article: museum" in status
    assert shipped("index", "check", *where).out.startswith("All is well")
    (corpus / "orchard.md").write_text("# Orchard\n\nAll trees were cut.\n", encoding="utf-8")
    assert "The corpus has changed (orchard)" in shipped("ask", "how many apples", *where).err


def test_results_are_listed_and_chosen_by_any_spelling(shipped: Command) -> None:
    lines = [json.loads(line) for line in shipped("facts", "--jsonl").out.splitlines()]
    assert len(lines) > 100
    assert set(lines[0]) == {
        "benchmark", "model", "value", "unit", "setting", "approximate", "source", "reported_by", "origin",
        "start", "end", "quote", "citation", "higher_is_better",
    }  # fmt: skip
    columns = shipped("facts", "--benchmark", "hle").out.splitlines()
    assert columns[0].split() == ["benchmark", "model", "value", "setting", "source", "reported", "by"]
    assert len(columns) > 5
    at = columns[0].index("model")
    assert all(line[at - 1] == " " != line[at] for line in columns[1:])
    table = shipped("facts", "--csv", "--benchmark", "hle", "--model", "opus 4.6").out.splitlines()
    assert table[0].startswith("benchmark,model,value,unit,setting")
    assert {row.split(",")[1] for row in table[1:]} == {"Claude Opus 4.6"}
    assert shipped("facts", "--benchmark", "Zorblatt").status == 3
    part = [json.loads(line) for line in shipped("facts", "--jsonl", "--model", "opus").out.splitlines()]
    assert {result["model"] for result in part} == {"Claude Opus 4.6"}
    assert "GPT-5.4" in shipped("models").out
    assert "GPQA Diamond" in shipped("benchmarks").out
    assert "HealthBench Hard · Claude Opus 4.6: 14.8" in shipped("conflicts").out


def test_a_benchmark_question_is_answered_with_every_sources_number(shipped: Command) -> None:
    answer = json.loads(shipped("ask", "--json", "muse spark vs gpt-5.4 on arc-agi-2").out)
    assert (answer["kind"], answer["verdict"]["best"]) == ("benchmark", ["GPT-5.4"])
    assert {fact["value"] for fact in answer["facts"]} >= {42.5, 76.1}
    assert all(fact["quote"] for fact in answer["facts"])


def test_an_answers_numbers_are_drawn(shipped: Command, tmp_path: Path) -> None:
    question = "who leads on gpqa diamond?"
    assert shipped("ask", question, "--chart", tmp_path / "a.png").status == 0
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert shipped("ask", question, "--chart", tmp_path / "a.svg").status == 0
    assert "<svg" in (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert shipped("ask", question, "--chart", tmp_path / "a.gif").status == 2
    nothing = shipped("ask", "how many physicians helped?", "--chart", tmp_path / "b.png")
    assert nothing.status == 1
    assert "no benchmark results in this answer" in nothing.err


def test_names_that_the_catalogue_lacks_are_told(shipped: Command, corpus: Path, tmp_path: Path) -> None:
    (corpus / "news.md").write_text(
        "| Benchmark | GPT-5 | Zorb-9 |\n|---|---|---|\n| Frobbench | 41.5 | 39.0 |\n", "utf-8"
    )
    done = shipped("index", "build", "--corpus", corpus, "--index", tmp_path / "index")
    assert done.out.endswith("Not in the catalogue yet: Frobbench, Zorb-9.\n")


def test_a_script_gets_the_form_that_it_names(shipped: Command) -> None:
    question = "what did opus 4.6 get on healthbench hard?"
    rows = list(csv.DictReader(shipped("ask", "-", "--csv", stdin=f"{question}\n").out.splitlines()))
    assert {row["value"] for row in rows} == {"14.8", "36.2"}
    markdown = shipped("ask", question, "--markdown").out
    assert "| Claude Opus 4.6 | 14.8 [^1] |" in markdown
    assert "36.2 [^4] ≠**" in markdown
    assert "\n[^4]: brief of FlowVideo AI Research, 9 Apr 2026: “" in markdown
    nothing = shipped("ask", "--csv", "who leads Meta Superintelligence Labs?")
    assert (nothing.status, nothing.out) == (1, "")
    assert "no benchmark results in this answer" in nothing.err
    assert shipped("ask", question, "--csv", "--json").status == 2
    assert shipped("facts", "--model", "Zorblatt", "--jsonl").out == ""


def test_a_first_question_is_told_of_the_build_in_a_line(shipped: Command, tmp_path: Path) -> None:
    done = shipped("sources", "--index", tmp_path / "index")
    assert [line.split()[0] for line in done.err.splitlines()] == ["Building", "Indexed"]  # and no ≠ of the articles


def test_quiet_builds_an_index_without_a_word(shipped: Command, corpus: Path, tmp_path: Path) -> None:
    where = ("--corpus", corpus, "--index", tmp_path / "index")
    done = shipped("ask", "when does the ferry leave?", "--quiet", *where)
    assert (done.status, done.err) == (0, "")


def test_names_are_counted(shipped: Command) -> None:
    rows = list(csv.DictReader(shipped("models", "--csv").out.splitlines()))
    muse = next(row for row in rows if row["name"] == "Muse Spark")
    assert int(muse["results"]) > int(muse["others"]) > int(muse["articles"]) == 5
    reasons = {row["reason"] for row in csv.DictReader(shipped("conflicts", "--csv").out.splitlines())}
    assert {"rounding", "unexplained"} <= reasons


def test_the_doctor_finds_what_is_ill_and_keeps_the_token_to_itself(
    shipped: Command, corpus: Path, tmp_path: Path
) -> None:
    done = shipped("doctor")
    assert (done.status, done.err) == (0, "")
    assert "✓ encoder" in done.out
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    there = {"TELEGRAM_BOT_TOKEN": "12345:secretsecret", "TELEGRAM_API_URL": f"http://127.0.0.1:{port}"}
    offline = shipped("doctor", env=there)
    assert "can't be reached" in offline.out
    assert "secret" not in offline.out + offline.err
    assert "✗ telegram" in shipped("doctor", env={"TELEGRAM_BOT_TOKEN": "hunter2"}).out
    behind = (corpus / "orchard.md", ("--corpus", corpus, "--index", tmp_path / "index"))
    shipped("index", "build", *behind[1])
    behind[0].write_text("# Orchard\n\nAll trees were cut.\n", encoding="utf-8")
    assert "the corpus has changed since (orchard): presscheck index build" in shipped("doctor", *behind[1]).out
    ill = shipped("doctor", "--corpus", "/nowhere/at/all")
    assert ill.status == 1
    assert "✗ corpus      /nowhere/at/all: no such folder" in ill.out


def test_help_needs_no_library_of_the_index(environment: dict[str, str]) -> None:
    heavy = ["numpy", "faiss", "onnxruntime", "bm25s", "torch", "matplotlib", "telegram", "pydantic", "prompt_toolkit"]
    asked = f"import sys; import bot.cli; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, env=environment, timeout=60)
    assert done.stdout == "[]\n", done.stderr


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(
    ("arguments", "unneeded"),
    [
        (["facts"], {"numpy", "faiss", "onnxruntime", "tokenizers", "filelock"}),
        (["ask", "what did Muse Spark score on GPQA Diamond?"], {"numpy", "faiss", "onnxruntime", "tokenizers"}),
        (["ask", "who leads Meta Superintelligence Labs?"], {"torch", "transformers", "sentence_transformers"}),
    ],
)
def test_a_command_imports_nothing_that_it_does_not_need(
    environment: dict[str, str], arguments: list[str], unneeded: set[str]
) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "bot", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60)
    assert done.returncode == 0
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "bot.cli" in imported
    assert not imported & unneeded


def test_what_follows_from_control_c_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(**_: object) -> None:
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt:
            raise RuntimeError("release unlocked lock")  # noqa: B904 - as threading.Condition does

    monkeypatch.setattr(cli, "app", interrupted)
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 130


def test_the_version(presscheck: Command) -> None:
    assert presscheck("--version").out == f"presscheck {version('presscheck')}\n"


def test_help_has_examples_everywhere(presscheck: Command) -> None:
    assert presscheck("--help").status == 0
    verbs = ("build", "add", "remove", "status", "check")
    lists = ("sources", "facts", "benchmarks", "models", "conflicts")
    for command in ("ask", "chat", "telegram", "doctor", *lists, *(f"index {verb}" for verb in verbs)):
        assert "Example" in presscheck(*command.split(), "--help").out, command


@pytest.mark.usefixtures("shipped")
def test_a_reader_who_leaves_early_gets_no_complaint(environment: dict[str, str]) -> None:
    asked = json.dumps({"question": QUESTION}) + "\n"
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "--jsonl"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip
    assert process.stdin and process.stdout and process.stderr
    process.stdout.close()
    try:
        process.stdin.write(asked * 40)
        process.stdin.close()
    except BrokenPipeError:
        pass
    assert process.stderr.read() == ""
    process.stderr.close()
    process.wait(60)


@pytest.mark.usefixtures("shipped")
def test_control_c_ends_a_build_in_silence(environment: dict[str, str], corpus: Path, tmp_path: Path) -> None:
    for number in range(60):
        text = "\n\n".join(f"Storm {number} of day {day} took the roof of house {day * number}." for day in range(40))
        (corpus / f"a{number}.txt").write_text(text, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "index", "build", "--corpus", str(corpus), "--index", str(tmp_path / "index")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip
    time.sleep(4)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert "Traceback" not in err
    assert process.returncode in (130, 0)
    assert out == "" or process.returncode == 0


def test_a_file_that_cannot_be_read_is_named_and_stops_nothing(presscheck: Command, tmp_path: Path) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    (corpus / "notes").mkdir(parents=True)
    for name in ("ferry.md", "ferry.txt"):
        (corpus / "notes" / name).write_text(f"The ferry Lantern of {name} is green.\n", encoding="utf-8")
    (corpus / "notes" / "bad.pdf").write_bytes(b"%PDF-1.7 nonsense")
    place = ("--corpus", corpus, "--index", index)
    built = presscheck("index", "build", *place)
    assert (built.status, "Left out: notes/bad.pdf: the PDF is broken" in built.err) == (0, True), built
    assert "left out   notes/bad.pdf: the PDF is broken" in presscheck("index", "status", *place).out
    asked = presscheck("ask", "which colour has the ferry Lantern?", "--source", "notes/ferry", "--json", *place)
    assert {each["source"] for each in json.loads(asked.out)["passages"]} == {"notes/ferry.md", "notes/ferry.txt"}
    assert "changed since" not in asked.err
    added = presscheck("index", "add", corpus / "notes" / "bad.pdf", *place)
    assert (added.status, "the PDF is broken" in added.err) == (1, True)
    for file in (corpus / "notes").glob("ferry.*"):
        file.unlink()
    assert presscheck("index", "build", *place).status == 1
