"""Being reminded on a phone: now, later, not today; tips, pauses, and leaving and coming back."""

from __future__ import annotations

import pytest

from sandbox.phone import Phone, Telegram
from sandbox.transcript import Bubble
from tests.journeys.walks import EVENING, join

pytestmark = pytest.mark.asyncio

LEAD, TIP = "Your evening check-in", "A short read for you"


async def next_message(tg: Telegram, phone: Phone, begins: str) -> Bubble:
    """Move the clock until a new message comes that begins so."""
    before = len([b for b in await phone.messages() if b.text.startswith(begins)])
    for _ in range(12):
        await tg.jump("next_due")
        found = [b for b in await phone.settle() if b.text.startswith(begins)]
        if len(found) > before:
            return found[-1]
    raise AssertionError(await phone.show())


async def test_a_reminder_is_the_first_question_and_leaves_one_message(
    tg: Telegram, anna: Phone
) -> None:
    await join(anna)
    reminder = await next_message(tg, anna, LEAD)
    before = len(await anna.messages())
    for n, label in enumerate(EVENING, start=1):
        await anna.tap(label, await anna.wait_for(f"{n} of", ever=True))
    card = await anna.wait_for("Warning list: nothing on it")

    assert card.id == reminder.id
    assert len(await anna.messages()) == before


async def test_a_reminder_put_off_comes_again_and_not_once_the_day_is_left_out(
    tg: Telegram, anna: Phone
) -> None:
    await join(anna)
    first = await next_message(tg, anna, LEAD)
    await anna.tap("In 15 minutes", first)
    await anna.wait_for("I'll ask again at 20:45")
    second = await next_message(tg, anna, LEAD)
    assert second.id != first.id

    await anna.tap("Not today", second)
    told = await anna.wait_for("today is left out")
    assert "20:30, Berlin time" in told.text or "10:00, Berlin time" in told.text
    await anna.tap("Ask me now", told)
    again = await anna.wait_for(LEAD)
    assert again.id == second.id
    await anna.tap("In 1 hour", again)
    assert (await anna.wait_for("I'll ask again at 21:45")).id == second.id


async def test_a_tip_comes_by_itself_and_tells_what_it_rests_on(tg: Telegram, anna: Phone) -> None:
    await join(anna)
    tip = await next_message(tg, anna, TIP)
    assert "General information: no medical advice" in tip.text
    assert "From the article's section" in tip.text

    for button, shown in (
        ("Please note", "does not diagnose or treat anything"),
        ("Sources", "Where this comes from"),
        ("Why this one?", "Nothing that you logged led to it"),
    ):
        if button != "Please note":
            await anna.tap("Sources and more")
        await anna.tap(button)
        assert (await anna.wait_for(shown)).id == tip.id
        await anna.tap("Back to the text")
        await anna.wait_for("From the article's section")
    await anna.tap("Sources and more")
    await anna.tap("All topics")

    assert "not medical advice" in (await anna.wait_for("What are you curious about?")).text


async def test_after_a_sign_of_the_warning_list_there_is_nothing_to_read(
    tg: Telegram, anna: Phone
) -> None:
    await join(anna)
    await anna.say("/learn")
    await anna.wait_for("Something to read")
    await next_message(tg, anna, LEAD)
    for n, label in enumerate(EVENING[:-1], start=1):
        await anna.tap(label, await anna.wait_for(f"{n} of", ever=True))
    await anna.tap("Show the list")
    listed = await anna.wait_for(lambda bubble: len(bubble.buttons) > 5)
    await anna.tap(next(iter(listed.buttons)), listed)
    await anna.settle()
    await anna.say("/learn")

    assert await anna.wait_for("You picked something from the warning list")


async def test_a_pause_is_silent_until_the_day_that_was_typed(tg: Telegram, anna: Phone) -> None:
    await join(anna)
    await anna.say("/pause")
    await anna.tap("Until a date…")
    await anna.wait_for("From which day on")
    await anna.say("never mind")
    await anna.wait_for("Please type a day")
    await anna.tap("Cancel")
    await anna.tap("3 days")
    told = await anna.wait_for("I am quiet until")
    count = len(await anna.messages())
    for _ in range(2):
        await tg.jump("next_due")
    assert len(await anna.settle()) == count

    await anna.tap("Write to me again", told)
    await anna.wait_for("I write to you at the times you chose")
    await next_message(tg, anna, LEAD)


async def test_who_blocked_the_bot_and_comes_back_is_reminded_again(
    tg: Telegram, anna: Phone
) -> None:
    await join(anna)
    await anna.block()
    for _ in range(3):
        await tg.jump("next_due")
    await anna.unblock()
    await anna.say("/start")
    await anna.settle()

    await next_message(tg, anna, LEAD)
