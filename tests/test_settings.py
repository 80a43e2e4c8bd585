"""Settings are taken as people write them, and say in a sentence what is wrong."""

import pytest

from bot.settings import BotSettings, SettingsError
from tests.conftest import Command

WAYS = {
    "42": {42},
    " 42 ": {42},
    "42,43": {42, 43},
    "42, 43": {42, 43},
    "42 -1001234": {42, -1001234},
    "[42, 43]": {42, 43},
    '["42"]': {42},
    "": set(),
    "[]": set(),
}
WRONG = {
    (
        "PRESSCHECK_ADMINS",
        "abc",
    ): "PRESSCHECK_ADMINS is 'abc', which can't be used: ids are numbers, as in 42 or 42,43, not names",
    ("PRESSCHECK_ALLOWED", "@ann"): "PRESSCHECK_ALLOWED is '@ann', which can't be used: ids are numbers",
    ("PRESSCHECK_ADMINS", "4.2"): "PRESSCHECK_ADMINS is '4.2', which can't be used",
    ("PRESSCHECK_HEALTH_PORT", "x"): "PRESSCHECK_HEALTH_PORT is 'x', which can't be used: write a whole number.",
    ("PRESSCHECK_HEALTH_PORT", "99999"): "PRESSCHECK_HEALTH_PORT is '99999', which can't be used: write a number up to",
    ("PRESSCHECK_KEEP_DAYS", "0"): "PRESSCHECK_KEEP_DAYS is '0', which can't be used: write a number from 1 on.",
    ("PRESSCHECK_WATCH", "maybe"): "PRESSCHECK_WATCH is 'maybe', which can't be used: write true or false.",
}


@pytest.mark.parametrize(("written", "ids"), WAYS.items())
def test_ids_are_taken_as_people_write_them(monkeypatch: pytest.MonkeyPatch, written: str, ids: set[int]) -> None:
    monkeypatch.setenv("PRESSCHECK_ADMINS", written)
    monkeypatch.setenv("PRESSCHECK_ALLOWED", written)
    read = BotSettings.read()
    assert (set(read.admins), set(read.allowed)) == (ids, ids)


@pytest.mark.parametrize(("setting", "said"), WRONG.items())
def test_a_setting_that_cannot_be_used_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, setting: tuple[str, str], said: str
) -> None:
    monkeypatch.setenv(*setting)
    with pytest.raises(SettingsError) as error:
        BotSettings.read()
    assert str(error.value).startswith(said)


def test_a_setting_of_the_bot_stops_the_bot_and_nothing_else(shipped: Command) -> None:
    env = dict(list(WRONG)) | {"TELEGRAM_BOT_TOKEN": "1:aaa"}
    done = shipped("ask", "who leads Meta Superintelligence Labs?", env=env)
    assert (done.status, done.err) == (0, "")
    done = shipped("telegram", env={"PRESSCHECK_ADMINS": "abc"})
    assert done.status == 2
    assert done.err.startswith("presscheck: PRESSCHECK_ADMINS is 'abc'")
    assert len(done.err.splitlines()) == 1
    done = shipped("doctor", env={"PRESSCHECK_ADMINS": "abc"})
    assert "✗ telegram    PRESSCHECK_ADMINS is 'abc'" in done.out
    assert done.err == ""


def test_a_setting_of_every_command_is_told_in_a_sentence(presscheck: Command) -> None:
    done = presscheck("sources", env={"PRESSCHECK_THEME": "pink"})
    assert (done.status, done.out) == (2, "")
    assert done.err == "presscheck: PRESSCHECK_THEME is 'pink', which can't be used: write 'auto', 'dark' or 'light'.\n"
