"""Making reminders on a phone and living with them: by buttons, by a line, changed, tried, taken away."""

from __future__ import annotations

import pytest

from sandbox.phone import Phone, Telegram
from sandbox.transcript import Bubble
from tests.journeys.test_reminders import next_message
from tests.journeys.walks import exported, join

pytestmark = pytest.mark.asyncio

OWN = "Your reminder"


class Finger:
    """Counts the taps of a phone."""

    def __init__(self, phone: Phone) -> None:
        self.phone, self.taps = phone, 0

    async def tap(self, label: str, seen: str) -> Bubble:
        """Tap *label* on the newest message that has it, and wait until the bot shows *seen*."""
        await self.phone.tap(label)
        self.taps += 1
        return await self.phone.wait_for(seen)


async def test_seven_taps_make_a_reminder_that_comes_and_is_done(tg: Telegram, anna: Phone) -> None:
    await join(anna)
    finger = Finger(anna)
    await anna.say("/reminders")
    await finger.tap("New reminder", "What shall I remind you of?")
    await finger.tap("In my own words", "Type it in your own words")
    await anna.say("drink water")
    await anna.wait_for("At which times?")
    await finger.tap("09:00", "Chosen: 09:00")
    await finger.tap("Next", "On which days?")
    whole = await finger.tap("Every day", "every day at 09:00")
    assert whole.text.count(" 09:00") == 4  # the rule, and three moments
    await finger.tap("Save", "Saved.")
    assert finger.taps == 6

    came = await next_message(tg, anna, OWN)
    assert "drink water" in came.text
    await anna.tap("Done", came)
    await anna.wait_for("Noted as done")
    await anna.say("/reminders")
    listed = await anna.wait_for("Your reminders")
    await anna.tap(next(b for b in listed.buttons if "drink water" in b), listed)
    assert "sent, and you said it was done" in (await anna.wait_for("Last:")).text


async def test_a_line_and_one_tap_make_a_reminder_and_a_second_tap_makes_no_second(
    tg: Telegram, anna: Phone
) -> None:
    await join(anna)
    await anna.say("/remind every day at 9 drink water")
    understood = await anna.wait_for("every day at 09:00")
    for _ in range(2):
        await anna.tap_data(understood.buttons["Save"], understood)
    await anna.wait_for("Saved.")
    await anna.settle()
    await anna.tap_data(understood.buttons["Throw away"], understood)
    await anna.settle()

    file = await exported(anna)
    assert [r["text"] for r in file["reminders"] if r["kind"] == "own"] == ["drink water"]
    await next_message(tg, anna, OWN)


async def test_what_is_not_clear_is_asked_and_never_guessed(tg: Telegram, anna: Phone) -> None:
    await join(anna)
    await anna.say("/remind call mum at 9")
    asked = await anna.wait_for("Just once, or every day?")
    assert "1. every day at" in asked.text
    await anna.tap("I mean 1", asked)
    await anna.wait_for("It comes once you have saved it")
    await anna.tap("Throw away")
    await anna.wait_for("nothing was saved")
    await anna.say("/remind every 2 minutes except sundays")
    await anna.wait_for("You can type it anew")
    await anna.say("every weekday at 8 and 20:30 stretch")
    assert "on weekdays at 08:00 and 20:30" in (await anna.wait_for("stretch")).text
    await anna.say("/cancel")
    await anna.wait_for("nothing open")
    await anna.say("/remind")
    await anna.wait_for("A new reminder")
    await anna.say("/cancel")
    await anna.wait_for("No reminder was made")


async def test_a_reminder_is_changed_tried_and_taken_away_and_everything_can_be_undone(
    tg: Telegram, anna: Phone
) -> None:
    await join(anna)
    await anna.say("/remind every day at 9 stretch")
    finger = Finger(anna)
    await finger.tap("Save", "Saved.")
    await finger.tap("Change days", "On which days?")
    await finger.tap("✓Mon", "Tue, Wed, Thu, Fri, Sat and Sun at 09:00")
    await finger.tap("Done", "Last: it has not come yet")
    sheet = await finger.tap("Undo last change", "every day at 09:00")
    assert "Undo last change" not in sheet.buttons

    await finger.tap("Try it now", "Only to try")
    tried = (await anna.settle())[-1]
    assert tried.text.startswith(OWN)
    assert not tried.buttons

    await finger.tap("Sound and asking again", "It comes with a sound")
    await finger.tap("Without a sound", "It comes without a sound")
    await finger.tap("Back to the reminder", "It comes without a sound")
    await finger.tap("Take away", "For a day you can have it back")
    await finger.tap("Undo", "every day at 09:00")
    came = await next_message(tg, anna, OWN)
    assert came.silent


async def test_the_settings_lead_to_the_check_ins_reminder(tg: Telegram, anna: Phone) -> None:
    await join(anna)
    await anna.say("/settings")
    finger = Finger(anna)
    await finger.tap("Check-in reminder", "every day at 20:30")
    await finger.tap("Change times", "At which times?")
    await anna.say("21:15")
    await anna.wait_for("every day at 21:15")

    await next_message(tg, anna, "Your evening check-in")
    await anna.say("/reminders")
    await finger.tap("Menu", "Today,")


async def test_quiet_hours_are_two_taps_and_the_sheet_says_what_lies_in_them(
    tg: Telegram, anna: Phone
) -> None:
    await join(anna)
    await anna.say("/reminders")
    finger = Finger(anna)
    await finger.tap("Quiet hours", "You have no quiet hours")
    await finger.tap("22:00 to 07:00", "Nothing rings from 22:00 to 07:00")
    await anna.say("/remind every day at 23:30 wind down")
    assert "quiet hours" in (await anna.wait_for("every day at 23:30")).text


async def test_the_reminders_of_somebody_else_are_not_shown(tg: Telegram, anna: Phone) -> None:
    await join(anna)
    await anna.say("/remind every day at 9 stretch")
    theirs = await anna.wait_for("every day at 09:00")
    bob = await tg.person("Bob", language="en")
    await join(bob)
    await bob.say("/reminders")
    listed = await bob.wait_for("Your reminders")

    query = await bob.tap_data(theirs.buttons["Save"], listed)

    assert "out of date" in (await bob.answer(query))["text"]
