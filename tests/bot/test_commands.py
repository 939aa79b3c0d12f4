"""Any command ends what was asked for to be typed, whether we know it or not."""

from __future__ import annotations

import pytest
from telegram import Bot, Update

from bot.app import clears_prompt, handlers
from bot.handlers.entries import after_command
from bot.screens.home import COMMANDS

ANNA = 7


class Named(Bot):
    """A bot that knows what it is called without asking."""

    @property
    def username(self) -> str:
        return "commensal_bot"


def sent(text: str) -> Update:
    entity = {"type": "bot_command", "offset": 0, "length": len(text.split()[0])}
    message = {
        "message_id": 1, "date": 0, "chat": {"id": ANNA, "type": "private"}, "text": text,
        "from": {"id": ANNA, "is_bot": False, "first_name": "A"},
    }  # fmt: skip
    if text.startswith("/"):
        message["entities"] = [entity]
    update = Update.de_json({"update_id": 1, "message": message}, Named("1:token"))
    assert update is not None
    return update


def ends_a_prompt(text: str) -> bool:
    update = sent(text)
    first = next(h for h in handlers() if h.check_update(update) not in (None, False))
    return clears_prompt(update, first)


@pytest.mark.parametrize("name", [*(c for c in COMMANDS if c != "cancel"), "log", "nonsense"])
def test_every_command_and_an_unknown_one_ends_what_was_asked_for(name: str) -> None:
    assert ends_a_prompt(f"/{name}")


def test_words_do_not_and_cancel_does_it_itself() -> None:
    assert not ends_a_prompt("hello")
    assert not ends_a_prompt("/cancel")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/note I had a bad day", "I had a bad day"),
        ("/note\ntwo\nlines", "two\nlines"),
        ("/note", ""),
        ("/note   ", ""),
    ],
)
def test_the_words_after_a_command_are_taken_as_they_are(text: str, words: str) -> None:
    assert after_command(sent(text)) == words
