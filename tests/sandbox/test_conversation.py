"""A bot made of real python-telegram-bot talks to people in the sandbox."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ParseMode
from telegram.ext import ApplicationBuilder, CallbackQueryHandler, CommandHandler, ContextTypes

from sandbox.phone import NotSeen, Phone, Telegram
from sandbox.server import Sandbox
from tests.sandbox.calls import TOKEN

pytestmark = pytest.mark.asyncio

BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton(n, callback_data=n) for n in ("yes", "no")]])


async def hello(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message is not None
    await update.message.reply_text("<b>Hello</b>, shall we?", ParseMode.HTML, reply_markup=BUTTONS)


async def tapped(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    query = update.callback_query
    assert query is not None
    await query.answer("noted", show_alert=query.data == "no")
    await query.edit_message_text(f"You said {query.data}")


@pytest_asyncio.fixture
async def running(server: Sandbox) -> AsyncIterator[None]:
    """A small bot that polls."""
    builder: Any = ApplicationBuilder().token(TOKEN)
    app = builder.base_url(f"{server.url}/bot").base_file_url(f"{server.url}/file/bot").build()
    app.add_handlers([CommandHandler("start", hello), CallbackQueryHandler(tapped)])
    async with app:
        await app.start()
        await app.updater.start_polling(poll_interval=0)
        yield
        await app.updater.stop()
        await app.stop()


@pytest.mark.usefixtures("running")
async def test_a_person_starts_taps_and_sees_the_edit(tg: Telegram) -> None:
    anna = await tg.person("Anna", language="en")

    await anna.start()
    query = await anna.tap("no")
    answer = await anna.answer(query)
    bubble = await anna.wait_for("You said no")

    assert (answer["text"], answer["show_alert"]) == ("noted", True)
    assert bubble.edited
    assert [b.text for b in await anna.settle()] == ["/start", "You said no"]
    assert await tg.refusals() == []


@pytest.mark.usefixtures("running")
async def test_two_people_do_not_see_each_other(tg: Telegram) -> None:
    anna, omar = await tg.person("Anna"), await tg.person("Omar")

    await anna.start()
    await anna.settle()

    assert len(await anna.messages()) == 2
    assert await omar.messages() == []


async def test_a_wait_that_fails_shows_the_chat(anna: Phone) -> None:
    with pytest.raises(NotSeen, match=r"waited for a message with 'hello'\n#1 Anna: /start"):
        await anna.wait_for("hello", within=0.05)


async def test_everything_of_a_photo_and_a_document_comes_back(bot: Bot, anna: Phone) -> None:
    sent = await bot.send_document(anna.id, b"a,b\n1,2\n", filename="diary.csv", caption="Yours")
    assert sent.document is not None
    file = await bot.get_file(sent.document.file_id)

    assert bytes(await file.download_as_bytearray()) == b"a,b\n1,2\n"
    assert (await anna.last()).message["document"]["file_name"] == "diary.csv"


async def test_a_bot_reads_a_document_that_a_person_sent(bot: Bot, anna: Phone) -> None:
    await anna.send_file("document", "diary.json", b"{}", mime="application/json")

    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert message.document is not None
    file = await bot.get_file(message.document)

    assert bytes(await file.download_as_bytearray()) == b"{}"
    assert message.document.mime_type == "application/json"
