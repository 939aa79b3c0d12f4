"""Updates are numbered, kept until confirmed, and given to one poller."""

from __future__ import annotations

import asyncio

import pytest

from sandbox.phone import Phone
from sandbox.spec import read
from tests.sandbox.calls import Calls

pytestmark = pytest.mark.asyncio


async def test_an_update_comes_again_until_it_is_confirmed(api: Calls, anna: Phone) -> None:
    await anna.say("two")

    first = await api.ok("getUpdates")
    again = await api.ok("getUpdates")
    rest = await api.ok("getUpdates", offset=first[0]["update_id"] + 1)

    assert first == again
    assert [u["message"]["text"] for u in first] == ["/start", "two"]
    assert first[1]["update_id"] == first[0]["update_id"] + 1
    assert rest == first[1:]


async def test_a_limit_and_a_negative_offset_are_kept(api: Calls, anna: Phone) -> None:
    await anna.say("two")
    await anna.say("three")

    assert len(await api.ok("getUpdates", limit=2)) == 2
    [last] = await api.ok("getUpdates", offset=-1)
    assert last["message"]["text"] == "three"
    assert await api.ok("getUpdates") == [last]


async def test_a_long_poll_ends_when_something_comes(api: Calls, anna: Phone) -> None:
    await api.updates()

    waiting = asyncio.create_task(api.ok("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    await anna.say("hello")

    [update] = await asyncio.wait_for(waiting, 2)
    assert update["message"]["text"] == "hello"


async def test_a_second_poller_ends_the_first(api: Calls, anna: Phone) -> None:
    await api.updates()

    first = asyncio.create_task(api.raw("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(api.raw("getUpdates", timeout=20))
    conflict = await asyncio.wait_for(first, 2)
    await anna.say("for the second")

    assert conflict["error_code"] == 409
    assert conflict["description"].startswith("Conflict: terminated by other getUpdates request")
    assert len((await asyncio.wait_for(second, 2))["result"]) == 1


async def test_only_kinds_that_were_asked_for_come(api: Calls, anna: Phone) -> None:
    await api.updates(allowed_updates=["callback_query"])

    await anna.say("not this")
    await anna.tap_data("old:1", 1)

    [update] = await api.updates()
    assert update["callback_query"]["data"] == "old:1"


async def test_what_people_do_is_told_in_the_form_of_the_bot_api(api: Calls, anna: Phone) -> None:
    said = await anna.say("hello /help")
    await anna.edit(said, "hello again")
    await anna.say("a reply", reply_to=said.id)
    await anna.share_location(52.5, 13.4)
    await anna.send("contact")
    await anna.send("sticker", emoji="🥣")
    await anna.send_file("voice", "a.ogg", b"OggS", mime="audio/ogg")
    await anna.send_file("document", "a.json", b"{}", caption="mine")
    sent = await api.ok("sendMessage", chat_id=anna.id, text="x")
    await anna.tap_data("forged", sent["message_id"])
    await anna.tap_data("gone", 999)
    await anna.block()

    updates = await api.updates()

    for update in updates:
        read("Update", update, "update")
    assert [next(k for k in u if k != "update_id") for u in updates] == [
        "message", "message", "edited_message", *["message"] * 6,
        "callback_query", "callback_query", "my_chat_member",
    ]  # fmt: skip
    assert updates[1]["message"]["entities"] == [{"type": "bot_command", "offset": 6, "length": 5}]
    assert updates[-2]["callback_query"]["message"]["date"] == 0
    assert updates[-1]["my_chat_member"]["new_chat_member"]["status"] == "kicked"


async def test_a_deep_link_brings_its_payload(api: Calls, anna: Phone) -> None:
    await anna.start("invite_7")

    assert (await api.updates())[-1]["message"]["text"] == "/start invite_7"
