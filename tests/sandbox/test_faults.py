"""What is asked to go wrong goes wrong: that call, that often, before or after it took effect."""

from __future__ import annotations

from datetime import timedelta
from time import monotonic

import pytest
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, InvalidToken, NetworkError, RetryAfter

from sandbox.phone import Phone, Telegram
from tests.sandbox.calls import Calls

pytestmark = pytest.mark.asyncio


async def test_too_many_requests_for_one_chat_leaves_the_others_alone(
    bot: Bot, tg: Telegram, anna: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    omar = await tg.person("Omar")
    await omar.start()
    await tg.fail("retry_after", chat_id=anna.id, seconds=7, times=2)

    for _ in range(2):
        with pytest.raises(RetryAfter) as error:
            await bot.send_message(anna.id, "x")
        assert error.value.retry_after == timedelta(seconds=7)
    await bot.send_message(omar.id, "x")
    await bot.send_message(anna.id, "third")

    assert [b.text for b in await anna.messages()] == ["/start", "third"]
    assert await tg.refusals() == []


@pytest.mark.parametrize(
    ("kind", "arrives"),
    [("status", False), ("drop_before", False), ("status_after", True), ("drop_after", True)],
)
async def test_a_call_fails_before_or_after_it_took_effect(
    bot: Bot, tg: Telegram, anna: Phone, kind: str, arrives: bool
) -> None:
    await tg.fail(kind, method="sendMessage")

    with pytest.raises(NetworkError):
        await bot.send_message(anna.id, "lost?")

    assert len(await tg.sent()) == int(arrives)
    assert ((await anna.messages())[-1].text == "lost?") is arrives


@pytest.mark.parametrize("kind", ["delay", "delay_after"])
async def test_a_call_waits(api: Calls, tg: Telegram, anna: Phone, kind: str) -> None:
    await tg.fail(kind, method="sendMessage", seconds=0.2)
    before = monotonic()

    await api.ok("sendMessage", chat_id=anna.id, text="x")

    assert monotonic() - before >= 0.2


async def test_a_revoked_token_stays_so_until_the_fault_is_cleared(bot: Bot, tg: Telegram) -> None:
    await tg.fail("revoked", times=None)

    for _ in range(3):
        with pytest.raises(InvalidToken):
            await bot.get_me()
    await tg.clear_faults()
    await bot.get_me()


async def test_a_group_that_migrated_names_its_new_id(bot: Bot, tg: Telegram, anna: Phone) -> None:
    group = await tg.group("Family", anna)
    await bot.send_message(group, "before")
    new = await tg.migrate(group)

    with pytest.raises(ChatMigrated) as error:
        await bot.send_message(group, "x")
    await bot.send_message(error.value.new_chat_id, "after")

    assert error.value.new_chat_id == new
    assert (await anna.messages(chat=new))[-1].text == "after"


async def test_a_bot_in_a_group_sees_only_what_is_for_it(
    api: Calls, tg: Telegram, anna: Phone
) -> None:
    group = await tg.group("Family", anna)
    await api.updates()

    await anna.say("what a day", chat=group)
    await anna.say("/checkin", chat=group)

    assert [u["message"]["text"] for u in await api.updates()] == ["/checkin"]


async def test_the_pace_is_counted_and_can_be_enforced(
    api: Calls, tg: Telegram, anna: Phone
) -> None:
    await tg.limit("count", burst=2)
    for n in range(3):
        await api.ok("sendMessage", chat_id=anna.id, text=str(n))
    counted = await tg.violations()
    await tg.limit("refuse", burst=2)
    refused = await api.raw("sendMessage", chat_id=anna.id, text="x")

    assert counted == 1
    assert refused["error_code"] == 429
    assert refused["parameters"] == {"retry_after": 1}
    assert await tg.violations() == 1


async def test_a_fault_that_nobody_knows_is_refused(tg: Telegram) -> None:
    with pytest.raises(AssertionError, match="a fault is one of retry_after"):
        await tg.fail("earthquake")


async def test_a_wrong_call_is_still_wrong_beside_a_fault_of_another_method(
    bot: Bot, tg: Telegram, anna: Phone
) -> None:
    await tg.fail("status", method="getMe")

    with pytest.raises(BadRequest):
        await bot.send_message(anna.id, "<p>", "HTML")

    assert [f["hits"] for f in await tg.faults()] == [0]
