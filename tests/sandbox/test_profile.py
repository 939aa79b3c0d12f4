"""The bot's face by language and scope, and what its messages look like to it."""

from __future__ import annotations

import pytest
from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, MenuButtonCommands

from sandbox.phone import Phone, Telegram
from sandbox.server import Sandbox
from sandbox.spec import read
from tests.sandbox.calls import Calls

pytestmark = pytest.mark.asyncio


async def test_a_person_sees_the_commands_of_their_language_and_scope(
    bot: Bot, tg: Telegram
) -> None:
    dora, anna = await tg.person("Dora", "de"), await tg.person("Anna", "fr")
    private = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([BotCommand("help", "for all")])
    await bot.set_my_commands([BotCommand("help", "private")], private)
    await bot.set_my_commands([BotCommand("help", "auf Deutsch")], private, "de")

    shown = [(await p.chat())["bot"]["commands"][0]["description"] for p in (dora, anna)]
    await bot.delete_my_commands(private)
    left = (await anna.chat())["bot"]["commands"][0]["description"]

    assert shown == ["auf Deutsch", "private"]
    assert left == "for all"
    assert [c.description for c in await bot.get_my_commands(private, "de")] == ["auf Deutsch"]


async def test_descriptions_and_name_fall_back_to_those_for_everybody(
    bot: Bot, anna: Phone
) -> None:
    await bot.set_my_name("Commensal")
    await bot.set_my_description("A diary")
    await bot.set_my_short_description("Ein Tagebuch", language_code="de")
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())

    face = (await anna.chat())["bot"]
    assert (face["first_name"], face["description"]) == ("Commensal", "A diary")
    assert face["short_description"] == ""
    assert (await bot.get_my_short_description("de")).short_description == "Ein Tagebuch"
    assert (await bot.get_my_description("de")).description == "A diary"
    assert isinstance(await bot.get_chat_menu_button(), MenuButtonCommands)


@pytest.mark.parametrize("name", ["Check", "check-in", "", "x" * 33])
async def test_a_command_that_telegram_would_not_take_is_refused(api: Calls, name: str) -> None:
    commands = [{"command": name, "description": "x"}]

    assert (
        await api.refused("setMyCommands", commands=commands) == "Bad Request: BOT_COMMAND_INVALID"
    )


async def test_results_have_the_form_that_the_bot_api_says(api: Calls, anna: Phone) -> None:
    keyboard = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}], []]}
    sent = await api.ok(
        "sendMessage", chat_id=anna.id, text="<b>x</b>", parse_mode="HTML", reply_markup=keyboard
    )
    target = {"chat_id": anna.id, "message_id": sent["message_id"]}
    edited = await api.ok("editMessageText", **target, text="y")
    await api.ok("pinChatMessage", **target)
    await api.ok(
        "setMessageReaction",
        chat_id=anna.id,
        message_id=1,
        reaction=[{"type": "emoji", "emoji": "👍"}],
    )
    forwarded = await api.ok("forwardMessage", chat_id=anna.id, from_chat_id=anna.id, message_id=1)
    placed = await api.ok("sendLocation", chat_id=anna.id, latitude=1.5, longitude="2")

    for message in (sent, edited, forwarded, placed):
        read("Message", message, "message")
    read("User", await api.ok("getMe"), "user")
    read("ChatFullInfo", await api.ok("getChat", chat_id=anna.id), "chat")
    read("WebhookInfo", await api.ok("getWebhookInfo"), "info")
    read(
        "MessageId",
        await api.ok("copyMessage", chat_id=anna.id, from_chat_id=anna.id, message_id=1),
        "copy",
    )
    assert sent["reply_markup"]["inline_keyboard"] == keyboard["inline_keyboard"][:1]
    assert "reply_markup" not in edited
    assert (await anna.messages())[0].view["reaction"] == "👍"


async def test_silence_and_keyboards_reach_the_phone(bot: Bot, api: Calls, anna: Phone) -> None:
    keyboard = {"keyboard": [[{"text": "Share", "request_location": True}]]}
    await api.ok(
        "sendMessage", chat_id=anna.id, text="x", disable_notification=True, reply_markup=keyboard
    )
    silent = (await anna.last()).silent
    await api.updates()
    await anna.tap("Share")
    await api.ok(
        "sendMessage", chat_id=anna.id, text="thanks", reply_markup={"remove_keyboard": True}
    )

    [update] = await api.updates()
    assert silent
    assert update["message"]["location"] == {"latitude": 52.52, "longitude": 13.405}
    assert (await anna.chat())["keyboard"] is None


async def test_parameters_come_by_query_form_and_json(
    server: Sandbox, api: Calls, anna: Phone
) -> None:
    url = f"{server.url}/bot{api.token}/sendMessage"
    async with api.http.get(url, params={"chat_id": str(anna.id), "text": "query"}) as response:
        assert response.status == 200
    async with api.http.post(url, data={"chat_id": str(anna.id), "text": "form"}) as response:
        assert response.status == 200
    await api.ok("sendmessage", chat_id=str(anna.id), text="json")

    assert [b.text for b in await anna.messages()] == ["/start", "query", "form", "json"]
