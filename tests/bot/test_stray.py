"""What nobody meant for us is left alone, and a row of it gets one line."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Bot, Update

from bot.app import handlers
from bot.context import Courtesy
from bot.handlers import home, stray

ANNA, BEN = 7, 8


class Named(Bot):
    """A bot that knows what it is called without asking."""

    @property
    def username(self) -> str:
        return "commensal_bot"


def answering(kind: str = "message", **content: object) -> object:
    """What answers a message of this content."""
    message = {
        "message_id": 1, "date": 1, "chat": {"id": ANNA, "type": "private"},
        "from": {"id": ANNA, "is_bot": False, "first_name": "A"}, **content,
    }  # fmt: skip
    update = Update.de_json({"update_id": 1, kind: message}, Named("1:token"))
    assert update is not None
    first = next(h for h in handlers() if h.check_update(update) not in (None, False))
    return first.callback


def command(text: str) -> dict[str, Any]:
    entity = {"type": "bot_command", "offset": 0, "length": len(text)}
    return {"text": text, "entities": [entity]}


LOCATION = {"latitude": 1.0, "longitude": 2.0, "live_period": 60}
PHOTO = {"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("edited_message", {"location": LOCATION}),
        ("message", {"message_auto_delete_timer_changed": {"message_auto_delete_time": 60}}),
        ("message", {"pinned_message": {"message_id": 3, "date": 0, "chat": {"id": ANNA, "type": "private"}}}),
        ("message", {"chat_background_set": {}}),
        ("message", {"something_telegram_adds_next_year": {}}),
    ],
)  # fmt: skip
def test_what_nobody_meant_for_us_gets_no_answer(kind: str, content: dict[str, Any]) -> None:
    assert answering(kind, **content) is stray.silent


@pytest.mark.parametrize("name", ["/menu", "/export", "/delete", "/note"])
def test_an_edited_command_runs_nothing(name: str) -> None:
    assert answering("edited_message", **command(name)) is stray.edited
    assert answering("message", **command(name)) is not stray.edited


def test_an_edited_note_is_answered_with_how_to_change_it() -> None:
    assert answering("edited_message", text="a better note") is stray.edited


def test_a_command_and_a_photo_have_their_answer() -> None:
    assert answering(**command("/menu")) is home.menu
    assert answering(photo=[PHOTO]) is stray.anything
    assert answering(**command("/nonsense")) is stray.anything


def test_an_album_is_answered_once_however_slowly_it_comes() -> None:
    now = [0.0]
    courtesy = Courtesy(lambda: now[0])
    told = []
    for _ in range(5):
        told.append(courtesy.is_due(ANNA, "album"))
        now[0] += 20

    assert told == [True, False, False, False, False]
    assert courtesy.is_due(ANNA, "another")


def test_a_row_of_strays_is_answered_every_ten_seconds_for_each_person() -> None:
    now = [0.0]
    courtesy = Courtesy(lambda: now[0])

    assert [courtesy.is_due(ANNA, None), courtesy.is_due(ANNA, None)] == [True, False]
    assert courtesy.is_due(BEN, None)
    now[0] += 10
    assert courtesy.is_due(ANNA, None)


def test_only_so_many_are_remembered() -> None:
    courtesy = Courtesy(lambda: 0.0, most=2)

    assert [courtesy.is_due(person, None) for person in (1, 2, 3, 1, 3)] == [True] * 4 + [False]
