"""A morning, an evening and a look back on the week, on a phone; and seven days at a glance."""

from __future__ import annotations

import pytest

from sandbox.phone import Phone, Telegram
from sandbox.transcript import Bubble
from tests.journeys.walks import EVENING, exported, join

pytestmark = pytest.mark.asyncio

OTHERS = "Morning or weekly check-in"
FSI, PDI = "\u2068", "\u2069"
"""Around what a person typed."""


async def test_what_the_morning_was_told_the_evening_does_not_ask(anna: Phone) -> None:
    await join(anna)
    await anna.say("/menu")
    await anna.tap(OTHERS)
    await anna.tap("Morning check-in")
    await tap_through(anna, "7 to 8 h", "Good", "Fairly", "No, nothing")
    await anna.say("/checkin")
    await tap_through(anna, *(said for said in EVENING if said not in ("7 to 8 h", "Good")))
    card = await anna.wait_for("That is the day done")
    assert "Hours of sleep: 7 to 8 h" in card.text

    await anna.tap("Fix an answer")
    await anna.tap("How you slept: Good")
    await anna.tap("Poor")
    assert "How you slept: Poor" in (await anna.wait_for("Today, ")).text

    days = (await exported(anna))["check_ins"]
    told = {day["routine"]: {a["question"] for a in day["answers"]} for day in days}
    assert told["morning"] == {"sleep_hours", "sleep_quality", "rested", "warning_morning"}
    assert not told["morning"] & told["evening"]


async def test_a_look_back_on_the_week_is_on_the_day_it_was_made(anna: Phone) -> None:
    await join(anna)
    await anna.say("/menu")
    await anna.tap(OTHERS)
    await anna.tap("Weekly look back")
    await tap_through(anna, "Up and down", "3", "Mostly")
    await anna.tap("Show the list")
    assert "this week" in (await anna.wait_for("The warning list")).text
    await anna.tap("None of these")
    card = await anna.wait_for("That is done. Thank you")
    assert "Weekly look back\nGut over the week: Up and down" in card.text

    await anna.say("/history")
    assert "Today: Weekly look back\n" in (await anna.wait_for("Your days")).text


async def test_seven_days_count_what_was_told_and_hold_nothing_against_a_day_left_out(
    tg: Telegram, anna: Phone
) -> None:
    await join(anna)
    await anna.say("/week")
    assert "Nothing is written down" in (await anna.wait_for("Seven days")).text

    for evening in range(5):
        reminder = await next_evening(tg, anna)
        if evening == 1:
            await anna.tap("Not today", reminder)
            await anna.settle()
        elif evening != 2:  # the third is not answered
            await tap_through(anna, *EVENING)
    await anna.say("/history")
    await anna.tap("Last seven days")
    week = (await anna.wait_for("Seven days")).text

    assert "You checked in on 3 of 4 days that count." in week
    assert "Pain: 3 · 3 days" in week
    assert "Hours of sleep: 7 to 8 h · 3 days" in week
    assert "Warning" not in week

    assert "The week before" not in (await anna.last()).buttons


async def test_an_own_item_gets_another_name_and_the_age_group_is_put_right(anna: Phone) -> None:
    await join(anna)
    await anna.say("/settings")
    await anna.tap("Questions and habits")
    await anna.tap("Add an item of my own")
    await anna.say("Headache")
    await anna.tap(f"Rename: {FSI}Headache{PDI}")
    await anna.wait_for("Another name for")
    await anna.say("Migraine")
    await anna.tap(f"Rename: {FSI}Migraine{PDI}")
    await anna.say("/cancel")
    await anna.wait_for("keeps its name")

    await anna.say("/settings")
    await anna.tap("Age group")
    await anna.tap("16 or 17")
    await anna.wait_for("Your age group")
    await anna.tap("16 or 17 (chosen)")
    await anna.tap("Under 16")
    await anna.tap("That was a mistake")
    await anna.settle()
    assert "16 or 17 (chosen)" in (await anna.last()).buttons


async def tap_through(phone: Phone, *said: str) -> None:
    """Answer one question after the other."""
    for n, label in enumerate(said, start=1):
        await phone.tap(label, await phone.wait_for(f"{n} of", ever=True))
    await phone.settle()


async def next_evening(tg: Telegram, phone: Phone) -> Bubble:
    """Move the clock until the next check-in reminder has come."""
    before = {bubble.id for bubble in await phone.messages()}
    for _ in range(8):
        await tg.jump("next_due")
        for bubble in await phone.settle():
            if bubble.id not in before and bubble.text.startswith("Your evening check-in"):
                return bubble
    raise AssertionError(await phone.show())
