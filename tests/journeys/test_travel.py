"""Travelling with a phone: where am I now, and whose clock do reminders go by?"""

from __future__ import annotations

import pytest

from sandbox.phone import Phone, Telegram
from tests.journeys.walks import EVENING, join

pytestmark = pytest.mark.asyncio

TOKYO, BERLIN = (35.68, 139.69), (52.52, 13.405)
LEAD = "Your evening check-in"


async def next_reminder(tg: Telegram, phone: Phone) -> str:
    """Move the clock to the next evening's message; return it as it stands."""
    before = len([b for b in await phone.messages() if b.text.startswith(LEAD)])
    for _ in range(12):
        await tg.jump("next_due")
        found = [b for b in await phone.settle() if b.text.startswith(LEAD)]
        if len(found) > before:
            return found[-1].text
    raise AssertionError(await phone.show())


async def test_a_shared_place_asks_once_and_home_times_end_at_home(
    tg: Telegram, anna: Phone
) -> None:
    await join(anna)
    await anna.share_location(*TOKYO)
    asked = await anna.wait_for("So far your reminders go by Berlin time")
    assert "Tokyo time" in asked.text
    await anna.tap(next(b for b in asked.buttons if b.startswith("Keep home times")))
    kept = await anna.wait_for("Reminders go by Berlin time")
    assert kept.id == asked.id
    assert "Tokyo time" in kept.text

    await anna.say("/reminders")
    listed = await anna.wait_for("Reminders go by Berlin time")
    assert "Reminders by Tokyo time" in listed.buttons
    await anna.say("/settings")
    assert "Reminders by Tokyo time" in (await anna.wait_for("Time zone: Tokyo time")).buttons

    await anna.share_location(*BERLIN)
    home = await anna.wait_for("Berlin time: it is")
    assert "Reminders by Berlin time" not in home.buttons


async def test_moving_along_by_a_typed_town_can_be_undone(tg: Telegram, anna: Phone) -> None:
    await join(anna)
    await anna.say("/travel")
    await anna.wait_for("Where are you?")
    await anna.say("Tokyo")
    asked = await anna.wait_for("So far your reminders go by Berlin time")
    await anna.tap("Move with me: 20:30 here", asked)
    moved = await anna.wait_for("Your diary and your reminders go by it")
    assert "20:30, Tokyo time" in moved.text or "10:00, Tokyo time" in moved.text
    await anna.tap("Undo", moved)
    assert "Berlin time: it is" in (await anna.wait_for("Nothing has changed")).text


async def test_who_answers_late_is_offered_another_time(tg: Telegram, anna: Phone) -> None:
    await join(anna)
    offer = None
    for _ in range(8):
        await next_reminder(tg, anna)
        await tg.jump(seconds=115 * 60)
        await anna.say("/checkin")
        for n, label in enumerate(EVENING, start=1):
            await anna.tap(label, await anna.wait_for(f"{n} of"))
        card = await anna.wait_for("Warning list: nothing on it")
        if "Ask me at 22:30" in card.buttons:
            offer = card
            break
    assert offer is not None, await anna.show()

    await anna.tap("Ask me at 22:30", offer)
    changed = await anna.wait_for("From now on I ask every day at 22:30")
    await anna.tap("Undo", changed)
    assert "Undo last change" not in (await anna.wait_for("When: every day at 20:30")).buttons
