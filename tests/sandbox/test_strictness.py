"""What Telegram refuses is refused here, in its words, and counted."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden

from sandbox.methods import callbacks
from sandbox.phone import Phone, Telegram
from sandbox.server import Sandbox
from tests.sandbox.calls import Calls

pytestmark = pytest.mark.asyncio

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def keys(**button: object) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "A", **button}]]}


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("sendMessage", {"text": "x"}, "Bad Request: chat_id is empty"),
    ("sendMessage", {"chat_id": 1, "text": "x"}, "Bad Request: chat not found"),
    ("sendMessage", {"chat_id": "@nobody", "text": "x"}, "Bad Request: chat not found"),
    ("sendMessage", {}, "Bad Request: message text is empty"),
    ("sendMessage", {"text": " \n "}, "Bad Request: message text is empty"),
    ("sendMessage", {"text": "<b></b>", "parse_mode": "HTML"}, "Bad Request: message text is empty"),
    ("sendMessage", {"text": "x" * 4097}, "Bad Request: message is too long"),
    ("sendMessage", {"text": "🌿" * 2049}, "Bad Request: message is too long"),
    ("sendMessage", {"text": "x", "parse_mode": "TeX"}, "Bad Request: unsupported parse_mode"),
    (
        "sendMessage",
        {"text": "x", "colour": "red"},
        'Bad Request: unknown parameter "colour" of sendMessage',
    ),
    (
        "sendMessage",
        {"text": "x", "disable_notification": "maybe"},
        'Bad Request: "disable_notification" must be of type Boolean',
    ),
    ("sendMessage", {"text": "x", "reply_markup": "{"}, "Bad Request: can't parse reply keyboard markup JSON object"),
    ("sendMessage", {"text": "x", "reply_markup": keys(callback_data="x" * 65)}, "Bad Request: BUTTON_DATA_INVALID"),
    ("sendMessage", {"text": "x", "reply_markup": keys(callback_data="é" * 33)}, "Bad Request: BUTTON_DATA_INVALID"),
    ("sendMessage", {"text": "x", "reply_markup": keys(callback_data="")}, "Bad Request: BUTTON_DATA_INVALID"),
    (
        "sendMessage",
        {"text": "x", "reply_markup": keys()},
        "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        "sendMessage",
        {"text": "x", "reply_markup": keys(url="nowhere")},
        "Bad Request: inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL",
    ),
    (
        "sendMessage",
        {"text": "x", "reply_parameters": {"message_id": 99}},
        "Bad Request: message to be replied not found",
    ),
    ("editMessageText", {"text": "x"}, "Bad Request: message identifier is not specified"),
    ("editMessageText", {"text": "x", "message_id": 99}, "Bad Request: message to edit not found"),
    ("editMessageText", {"text": "x", "message_id": 1}, "Bad Request: message can't be edited"),
    ("deleteMessage", {"message_id": 99}, "Bad Request: message to delete not found"),
    ("sendChatAction", {"action": "sleeping"}, "Bad Request: wrong parameter action in request"),
    ("sendDocument", {"document": "nofile"}, "Bad Request: wrong file identifier/HTTP URL specified"),
    ("pinChatMessage", {"message_id": 99}, "Bad Request: message to pin not found"),
    ("sendDice", {}, "Bad Request: the sandbox does not know sendDice yet"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "values", "description"), WRONG)
async def test_a_wrong_call_is_refused_and_counted(
    api: Calls, anna: Phone, tg: Telegram, method: str, values: dict[str, Any], description: str
) -> None:
    values = values if description.endswith("chat_id is empty") else {"chat_id": anna.id, **values}

    assert await api.refused(method, **values) == description
    noted = (await tg.refusals())[-1]
    assert (noted["method"], noted["description"]) == (method, description)
    assert len(await anna.messages()) == 1


async def test_an_unknown_method_and_a_wrong_token_have_their_own_codes(api: Calls) -> None:
    unknown = await api.raw("sendPigeon")
    api.token = "1:wrong"
    wrong = await api.raw("getMe")

    assert unknown == {"ok": False, "error_code": 404, "description": "Not Found"}
    assert wrong == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_the_longest_text_caption_and_data_are_taken(api: Calls, anna: Phone) -> None:
    text = "&lt;" * 4096
    await api.ok(
        "sendMessage",
        chat_id=anna.id,
        text=text,
        parse_mode="HTML",
        reply_markup=keys(callback_data="é" * 32),
    )

    assert len((await anna.last()).text) == 4096


async def test_an_edit_that_changes_nothing_is_refused(api: Calls, anna: Phone) -> None:
    values = {"chat_id": anna.id, "text": "<b>x</b>", "parse_mode": "HTML"}
    sent = await api.ok("sendMessage", **values, reply_markup=keys(callback_data="a"))
    edit = {**values, "message_id": sent["message_id"]}

    same = await api.refused("editMessageText", **edit, reply_markup=keys(callback_data="a"))
    await api.ok("editMessageText", **edit)
    again = await api.refused("editMessageText", **edit)
    longer = await api.refused("editMessageText", **{**edit, "text": "x" * 4097})

    assert (same, again) == (NOT_MODIFIED, NOT_MODIFIED)
    assert longer == "Bad Request: MESSAGE_TOO_LONG"
    assert (await anna.last()).rows == []


async def test_a_tap_is_answered_once_and_soon(
    api: Calls, anna: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    await api.ok("sendMessage", chat_id=anna.id, text="x", reply_markup=keys(callback_data="a"))
    first, second = await anna.tap("A"), await anna.tap("A")

    await api.ok("answerCallbackQuery", callback_query_id=first)
    twice = await api.refused("answerCallbackQuery", callback_query_id=first)
    monkeypatch.setattr(callbacks, "SECONDS", 0.0)
    late = await api.refused("answerCallbackQuery", callback_query_id=second)
    unknown = await api.refused("answerCallbackQuery", callback_query_id="77")

    assert [twice, late, unknown] == [TOO_OLD] * 3


async def test_a_bot_cannot_write_first_nor_to_somebody_who_blocked_it(
    bot: Bot, anna: Phone, tg: Telegram
) -> None:
    omar = await tg.person("Omar")
    await anna.block()

    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(anna.id, "x")
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(omar.id, "x")
    await anna.unblock()
    await bot.send_message(anna.id, "welcome back")
    assert (await anna.last()).text == "welcome back"


async def test_a_message_older_than_two_days_cannot_be_deleted(
    server: Sandbox, api: Calls, anna: Phone
) -> None:
    sent = await api.ok("sendMessage", chat_id=anna.id, text="x")
    now = server.world.clock()
    server.world.clock = lambda: now.replace(year=now.year + 1)

    refused = await api.refused("deleteMessage", chat_id=anna.id, message_id=sent["message_id"])

    assert refused == "Bad Request: message can't be deleted for everyone"


async def test_deleting_several_passes_over_those_that_are_gone(api: Calls, anna: Phone) -> None:
    sent = await api.ok("sendMessage", chat_id=anna.id, text="x")

    await api.ok("deleteMessages", chat_id=anna.id, message_ids=[sent["message_id"], 99, 1])

    assert await anna.messages() == []


async def test_a_caption_ends_at_1024(bot: Bot, anna: Phone) -> None:
    await bot.send_document(anna.id, b"x", caption="x" * 1024)

    with pytest.raises(BadRequest, match="aption is too long"):
        await bot.send_document(anna.id, b"x", caption="x" * 1025)
