"""Articles that admins send and people watch, on a real index that is changed while the bot answers."""

import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.change import Change
from bot.desk import Desk
from bot.shelf import Progress, Shelf, Upload
from index import DEFAULT_ENCODER
from tests.bot_api import BotApiServer, Fault
from tests.bot_api.chats import ANN, BEN, GROUP
from tests.conftest import write_corpus
from tests.telegram_bench import OTHER, Bench, StubDesk

BENS = {"id": BEN["id"], "type": "private"}
QUAY = "# Quay Post\n\nGPT-5.4 scores 61.0% on GPQA Diamond.\n"
PIER = b"# Pier Post\n\nGPT-5.4 scores 48.0% on GPQA Diamond.\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with one article."""
    return write_corpus(tmp_path / "corpus", {"quay.md": QUAY, "ferry.txt": "The ferry sails at noon.\n"})


@pytest.fixture
def desk(cache: Path, tmp_path: Path, corpus: Path) -> Desk:
    """A desk on it."""
    Shelf(tmp_path / "index", cache, corpus, DEFAULT_ENCODER).rebuild()
    return Desk(tmp_path / "index", cache, corpus)


@pytest.fixture
def bench(api: BotApiServer, desk: Desk, tmp_path: Path) -> Iterator[Bench]:
    """The bot; Ann is its admin."""
    with Bench(api, desk, admins={ANN["id"]}, state_file=tmp_path / "bot.sqlite") as running:
        yield running


def summary(bench: Bench, start: str) -> str:
    """The message that begins so, once a notice has become it."""
    bench.api.wait_until(lambda: any(said.startswith(start) for said in bench.api.chats.shown()))
    return next(said for said in bench.api.chats.shown() if said.startswith(start))


def remove(bench: Bench, name: str) -> None:
    """Ann takes an article out, and means it."""
    bench.ask(f"/remove {name}")
    asked = f"({name})? Answers will no longer use it"
    bench.api.wait_until(lambda: any(asked in sent.fields["text"] for sent in bench.api.requests("sendMessage")))
    sent = [one for one in bench.api.requests("sendMessage") if asked in one.fields["text"]][-1]
    bench.put(bench.api.chats.presses(sent.result, "Remove"))


def test_a_file_is_live_without_a_restart_and_its_summary_names_what_is_new(bench: Bench) -> None:
    bench.put(bench.api.chats.uploads("pier.md", PIER))
    told = summary(bench, "New: Pier Post")
    assert "1 more passage, 1 new result. Now there are 3 articles" in told
    assert "Sources disagree now\nGPQA Diamond · GPT-5.4: 48 (pier) · 61 (quay)" in told
    assert bench.api.requests("sendMessage")[0].fields["text"] == "Reading pier.md …"
    bench.ask("/status")
    assert "pier (added)" in summary(bench, "3 articles")
    remove(bench, "pier")
    assert "2 articles" in summary(bench, "Removed: pier")


def test_add_in_reply_to_a_file_in_a_group(bench: Bench) -> None:
    sent = bench.api.chats.uploads("pier.md", PIER, person=BEN, chat=GROUP)
    bench.ask("/add", chat=GROUP, reply_to_message=sent["message"])
    bench.api.wait_until(lambda: any(s.startswith("New: Pier Post") for s in bench.api.chats.shown(GROUP)))


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("photo.md", b"\x89PNG\r\n\x1a\n\0\0", "Photo.md: not a text file"),
        ("text.pdf", b"no pdf at all", "Text.pdf: the PDF is broken"),
        ("program.exe", b"MZ", "Program.exe: not a kind of file"),
        (None, b"words", "File: not a kind of file"),
        ("copy.md", QUAY.encode(), "Copy.md: the same text is there already, as 'quay'"),
        ("quay.md", QUAY.encode(), "Nothing has changed"),
        ("big.md", b"x" * 21_000_000, "big.md has 21.0 MB; an article may have 20 MB"),
        ("empty.txt", b" ", "Empty.txt: holds no text"),
    ],
)
def test_what_is_no_new_article_is_one_sentence(bench: Bench, name: str | None, data: bytes, words: str) -> None:
    bench.put(bench.api.chats.uploads(name, data))
    bench.api.wait_until(lambda: any(words in said for said in bench.api.chats.shown()))
    assert len(bench.api.chats.shown()) == 1
    assert len(bench.desk.sources()) == 2


def test_a_pdf_that_unpacks_to_gigabytes_is_refused_in_bounded_time(bench: Bench) -> None:
    bench.put(bench.api.chats.uploads("bomb.pdf", bomb(200_000_000)))
    bench.api.wait_until(lambda: any("Bomb.pdf: the PDF" in said for said in bench.api.chats.shown()))


def bomb(size: int) -> bytes:
    """A PDF of one page whose content unpacks to so many bytes."""
    packer = zlib.compressobj(9)
    line = b"BT (zzzz) Tj ET\n" * 65536
    packed = b"".join([*(packer.compress(line) for _ in range(size // len(line))), packer.flush()])
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed),
    ]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + b"xref\n0 5\n0000000000 65535 f \n%strailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(body),
    )


class Adding(StubDesk):
    """A desk whose next article takes its time."""

    def add(self, articles: Sequence[Path | Upload], progress: Progress | None = None) -> Change:
        """Three of ten texts are embedded, then it waits; a file called "bug" is more than it can bear."""
        if any(each.name.startswith("bug") for each in articles):
            raise ZeroDivisionError
        assert progress is not None
        progress(3, 10)
        assert self.go.wait(60)
        self.articles = (*self.articles, OTHER)
        return Change(added=("other",), titles=(("other", "Other"),), articles=2, passages=2, results=0)


def test_everybody_is_answered_from_the_old_index_until_the_new_one_is_complete(api: BotApiServer) -> None:
    with Bench(api, Adding(), admins={ANN["id"]}) as bench:
        bench.put(api.chats.uploads("other.md", b"Others disagree."))
        bench.ask("/sources")  # the admin's own chat goes on, too
        bench.api.wait_until(lambda: bench.api.chats.shown()[:1] == ["Reading other.md … 3 of 10 texts"])
        assert bench.shown(2)[1].startswith("1 article")
        bench.desk.go.set()
        assert summary(bench, "New: Other")
        assert len(bench.shown(2)) == 2  # progress and summary are one message
        bench.ask("/sources")
        assert bench.shown(3)[2].startswith("2 articles")


def test_a_change_that_fails_says_so_and_the_next_one_works(api: BotApiServer) -> None:
    with Bench(api, Adding(), admins={ANN["id"]}) as bench:
        bench.desk.go.set()
        bench.put(api.chats.uploads("bug.md", b"words"))
        assert summary(bench, "That failed; the articles are unchanged.")
        bench.put(api.chats.uploads("other.md", b"Others disagree."))
        assert summary(bench, "New: Other")


def test_nobody_but_an_admin_changes_anything(bench: Bench) -> None:
    bench.put(bench.api.chats.uploads("pier.md", PIER, person=BEN, chat=BENS))
    bench.ask("/remove quay", person=BEN, chat=BENS)
    bench.ask("/rebuild", person=BEN, chat=BENS)
    bench.api.wait_until(lambda: len(bench.api.chats.shown(BENS)) == 3)
    assert bench.api.chats.shown(BENS)[0].startswith("I read text only")
    assert len(bench.desk.sources()) == 2


def test_who_watches_is_told_once_after_a_restart_too(api: BotApiServer, desk: Desk, tmp_path: Path) -> None:
    options: dict[str, Any] = {"admins": {ANN["id"]}, "state_file": tmp_path / "bot.sqlite"}
    topic: dict[str, Any] = {"message_thread_id": 7, "is_topic_message": True}
    with Bench(api, desk, **options) as bench:
        bench.ask("/watch gpqa diamond and gpt 5.4", person=BEN, chat=BENS)
        bench.ask("/watch HLE", person=BEN, chat=GROUP, **topic)
        bench.ask("/watch everything", chat=GROUP, **topic)
        api.wait_for("sendMessage", 3)
        assert api.chats.shown(BENS)[0].startswith("Watched here: GPQA Diamond, GPT-5.4.")
    with Bench(api, desk, **options) as bench:
        bench.put(api.chats.uploads("pier.md", PIER))
        api.wait_until(lambda: len(api.chats.shown(BENS)) == 2 and len(api.chats.shown(GROUP)) == 3)
        news = api.chats.shown(BENS)[1]
        assert news.startswith("News of what you watch\n\nGPQA Diamond · GPT-5.4: 48.0%\nPier Post\n")
        assert news.endswith("Sources disagree now: GPQA Diamond · GPT-5.4")
        told = [sent.fields for sent in api.requests("sendMessage") if sent.fields["chat_id"] == GROUP["id"]]
        assert told[-1]["message_thread_id"] == 7
        bench.ask("/unwatch", person=BEN, chat=BENS)
        bench.ask("/rebuild")
        remove(bench, "pier")
        api.wait_until(lambda: len(api.chats.shown(GROUP)) == 4)
        assert api.chats.shown(BENS)[2:] == ["Nothing is watched here."]


def test_a_chat_that_is_closed_or_moved_does_not_stop_the_news(api: BotApiServer, desk: Desk, tmp_path: Path) -> None:
    with Bench(api, desk, admins={ANN["id"]}, state_file=tmp_path / "bot.sqlite") as bench:
        bench.ask("/watch everything", person=BEN, chat=BENS)
        bench.ask("/watch everything", chat={**GROUP, "id": -50})
        bench.ask("/watch everything")
        api.wait_for("sendMessage", 3)
        api.chats.closed.add(BEN["id"])
        bench.put(api.chats.says(None, chat={"id": -50, "type": "group"}, migrate_to_chat_id=-100))
        bench.put(api.chats.uploads("pier.md", PIER))
        api.wait_until(lambda: bool(api.chats.shown(GROUP)))
        assert sum(said.startswith("New: Pier Post") for said in bench.shown(3)) == 2  # the summary, and the news
    assert {description for _, description in api.refusals} <= {"Forbidden: bot was blocked by the user"}
    api.refusals.clear()


def test_a_watched_folder_does_the_same(api: BotApiServer, desk: Desk, corpus: Path) -> None:
    with Bench(api, desk, admins={ANN["id"]}, watched=corpus) as bench:
        bench.ask("/watch gpqa diamond", person=BEN, chat=BENS)
        api.wait_for("sendMessage")
        write_corpus(corpus / "articles", {"pier.md": PIER.decode()})
        assert "Sources disagree now" in summary(bench, "New: Pier Post")
        api.wait_until(lambda: len(api.chats.shown(BENS)) == 2)


def test_lists_and_their_questions(bench: Bench) -> None:
    bench.put(bench.api.chats.uploads("pier.md", PIER))
    summary(bench, "New: Pier Post")
    for command in ("/benchmarks", "/models", "/conflicts", "/latest", "/settings", "/compare", "/chart"):
        bench.ask(command)
    shown = bench.shown(8)[1:]
    assert shown[0] == "1 benchmarks with results\n\nGPQA Diamond (2)"
    assert shown[1] == "1 models with results\n\nGPT-5.4 (2)"
    assert shown[2] == "Sources disagree on\n\nGPQA Diamond · GPT-5.4"
    assert shown[3].startswith("The newest 3 of 3 articles\n\n")
    assert shown[4].startswith("Nothing is watched here.")
    assert [words.split(":")[0] for words in shown[5:]] == [
        "Name what to compare",
        "Write what to draw behind the command",
    ]
    listed = next(r.result for r in bench.api.requests("sendMessage") if "Sources disagree on" in r.fields["text"])
    bench.put(bench.api.chats.presses(listed, "Do the sources agree"))
    assert "48.0%" in bench.shown(9)[-1]


def test_start_offers_questions_that_can_be_answered(bench: Bench) -> None:
    bench.ask("/start")
    (start,) = bench.api.wait_for("sendMessage")
    labels = [row[0]["text"] for row in start.fields["reply_markup"]["inline_keyboard"]]
    assert labels == [
        "Who leads on GPQA Diamond?",
        "What are GPT-5.4's results?",
        "What did GPT-5.4 get on GPQA Diamond?",
    ]
    for count, label in enumerate(labels, 2):
        bench.put(bench.api.chats.presses(start.result, label))
        assert "61.0%" in bench.shown(count)[-1]


def test_a_chart_by_its_button_and_by_command(bench: Bench) -> None:
    bench.ask("/compare GPT-5.4 and Opus on GPQA Diamond")
    (answer,) = bench.api.wait_for("sendMessage")
    bench.put(bench.api.chats.presses(answer.result, "Chart"))
    (photo,) = bench.api.wait_for("sendPhoto")
    assert "61.0" in photo.fields["caption"]
    bench.ask("/chart")
    bench.ask("/chart gpt 5.4 on gpqa diamond")
    bench.api.wait_for("sendPhoto", 3)
    bench.ask("/chart when does the ferry sail")
    assert bench.shown(2)[1].startswith("There are no benchmark results in this answer to draw.")


def test_an_edit_whose_reply_was_lost_is_not_made_twice(bench: Bench) -> None:
    asked = bench.ask("when does the ferry sail")
    bench.shown(1)
    bench.api.fail("editMessageText", Fault(None, after_doing=True))
    bench.put(bench.api.chats.edits(asked, "gpt 5.4 on gpqa diamond"))
    bench.api.wait_until(lambda: "61.0%" in bench.api.chats.shown()[0])
    bench.ask("and?")
    assert len(bench.shown(2)) == 2
    bench.api.refusals[:] = [one for one in bench.api.refusals if "not modified" not in one[1]]
