"""Joining on a phone, at most seven taps from START to a reminder; and the ways around it."""

from __future__ import annotations

import pytest

from sandbox.phone import Phone, Telegram

pytestmark = pytest.mark.asyncio

KEEP, TIPS = "Yes, keep my check-ins", "Yes, send me tips"


async def to_the_place(phone: Phone) -> None:
    """Answer what comes before the question for the place: four taps with START."""
    await phone.start()
    await phone.tap("18 or older")
    await phone.tap(KEEP)
    await phone.tap(TIPS)
    await phone.wait_for("Where are you?")


async def test_six_taps_lead_from_start_to_a_reminder(anna: Phone) -> None:
    await to_the_place(anna)
    await anna.tap("Share my location")
    await anna.wait_for("Berlin time: it is")
    await anna.tap("20:30")

    done = await anna.wait_for("All set")

    assert "20:30, Berlin time" in done.text
    assert "Do one now" in done.buttons


async def test_a_typed_city_and_a_typed_time_will_do(anna: Phone) -> None:
    await to_the_place(anna)
    await anna.say("Xyzzyville")
    await anna.wait_for("I do not know that place")
    await anna.say("Birmingham")
    await anna.tap("Birmingham, United Kingdom")
    await anna.wait_for("London time: it is")
    await anna.tap("Another time")
    await anna.say("8:45 pm")

    assert "20:45, London time" in (await anna.wait_for("All set")).text


async def test_two_fast_taps_on_each_button_ask_nothing_twice(tg: Telegram, anna: Phone) -> None:
    await anna.start()
    for label in ("18 or older", KEEP, TIPS):
        message = await anna.wait_for(lambda bubble: label in bubble.buttons, ever=True)  # noqa: B023
        for _ in range(2):
            await anna.tap_data(message.buttons[label], message)

    asked = [b for b in await anna.settle() if "Where are you?" in b.text]

    assert len(asked) == 1
    assert await tg.refusals() == []


async def test_somebody_too_young_is_turned_away_and_may_come_back_as_a_stranger(
    anna: Phone,
) -> None:
    await anna.start()
    await anna.tap("Under 16")
    assert "Thank you for telling me" in (await anna.wait_for("only for people of 16")).text

    await anna.say("/checkin")

    await anna.wait_for("/start")


async def test_pages_cancel_and_stray_things_are_answered_before_joining(anna: Phone) -> None:
    for command, text in (
        ("/privacy", "This is the policy of this bot"),
        ("/developer_info", "MIT licence"),
        ("/help", "Not for emergencies"),
        ("/cancel", "There was nothing open"),
        ("/settings", "/start"),
        ("hello", "I did not get that"),
    ):
        await anna.say(command)
        await anna.wait_for(text)
    await anna.send("sticker")
    await anna.wait_for("I did not get that")
    await anna.tap("Menu")
    await anna.wait_for("Hello, I am Commensal")


async def test_settings_change_in_one_message(anna: Phone) -> None:
    await to_the_place(anna)
    await anna.share_location()
    await anna.tap("20:30")
    await anna.wait_for("All set")
    await anna.say("/settings")
    screen = await anna.wait_for("ends at 03:00")
    for label, then in (
        ("End of my day", "before 03:00"),
        ("05:00", "before 05:00"),
        ("Back to settings", "ends at 05:00"),
        ("Check-in reminder", "every day at 20:30"),
        ("Change times", "Chosen: 20:30"),
        ("21:00", "Chosen: 20:30 and 21:00"),
        ("✓20:30", "Chosen: 21:00"),
        ("Done", "every day at 21:00"),
        ("All reminders", "Your reminders"),
        ("Menu", "Today,"),
        ("Settings", "reminder: 21:00"),
        ("Tips", "on Mon, Wed and Fri, at 10:00"),
        ("Every day", "every day, at 10:00"),
        ("12:00", "every day, at 12:00"),
        ("Back to settings", "Tips: every day, at 12:00"),
        ("Discreet wording: turn off", "with details"),
        ("What I agreed to", "tips: yes"),
        ("Stop tips", "no more tips"),
        ("Yes, stop and erase", "tips: no"),
        ("Back to settings", "Tips: none"),
    ):
        await anna.tap(label, screen)
        assert (await anna.wait_for(then)).id == screen.id


async def test_who_has_only_tips_is_asked_for_the_diary_where_it_is_needed(anna: Phone) -> None:
    await anna.start()
    await anna.tap("18 or older")
    await anna.tap("No, keep no check-ins")
    await anna.tap("Yes, send me tips")
    await anna.share_location()
    await anna.wait_for("All set")
    await anna.say("/note")

    asked = await anna.wait_for("May I keep your check-ins?")
    await anna.tap("Yes, keep my check-ins", asked)

    assert (await anna.wait_for("Keeping your check-ins: yes")).id == asked.id
