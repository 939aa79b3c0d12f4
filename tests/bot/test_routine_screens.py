"""How check-ins of the morning and the week look beside the evening's."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import pytest_asyncio

from actions.work import Runner
from bot import taps
from bot.screen import plain
from tests.actions.members import join
from tests.bot.fingers import Chat
from tests.conftest import Clock

pytestmark = pytest.mark.asyncio

ANNA, MONDAY = 7, date(2025, 3, 3)


@pytest_asyncio.fixture
async def chat(run: Runner, clock: Clock) -> Chat:
    """Anna has joined; in Berlin it is 08:00 on Monday, 3 March 2025."""
    clock.now = datetime(2025, 3, 3, 7, 0, tzinfo=UTC)
    await run(join, ANNA)
    return Chat(run, ANNA)


async def test_each_routine_says_how_it_stands_and_the_menu_is_a_tap_away(chat: Chat) -> None:
    await chat.command(taps.StartRoutineTap("morning"))
    await chat.press("Stop")
    await chat.command(taps.RoutinesTap())

    assert chat.labels == ["Evening list", "Morning list: begun", "Weekly list", "Menu"]


async def test_a_question_says_which_check_in_it_is_of_unless_it_is_the_evenings(
    chat: Chat,
) -> None:
    await chat.command(taps.StartRoutineTap("weekly"))
    week = plain(chat.last)
    await chat.command(taps.StartRoutineTap("evening"))

    assert week.startswith("Weekly list · 1 of 2")
    assert plain(chat.last).startswith("1 of 4")


async def test_what_was_stopped_is_not_said_to_go_on_by_a_command_that_opens_another(
    chat: Chat,
) -> None:
    await chat.command(taps.StartRoutineTap("morning"))
    await chat.press("Stop")

    assert "/checkin" not in plain(chat.last)
    await chat.press("Go on")
    assert plain(chat.last).startswith("Morning list · 1 of 3")


async def test_a_week_that_is_over_says_which_seven_days_are_meant(
    chat: Chat, clock: Clock
) -> None:
    await chat.command(taps.StartRoutineTap("weekly"))
    await chat.press("Stop")
    clock.advance(days=1)
    await chat.press("Go on")

    assert "About Mon 3 Mar" in plain(chat.last)
    assert "seven days up to that day" in plain(chat.last)


async def test_a_card_leads_on_to_the_other_check_in_that_is_open(chat: Chat) -> None:
    await chat.command(taps.StartRoutineTap("morning"))
    await chat.press("3")
    await chat.press("Stop")
    await chat.command(taps.StartRoutineTap("evening"))
    for label in ("Zero", "Nothing"):
        await chat.press(label)

    assert "Morning list\nAche: 3\nDew: not answered" in plain(chat.last)
    await chat.press("Go on: Morning list")
    assert plain(chat.last).startswith("Morning list · 2 of 3")


async def test_a_past_day_with_a_morning_only_can_still_be_filled_in(
    chat: Chat, clock: Clock
) -> None:
    await chat.command(taps.StartRoutineTap("morning"))
    await chat.press("3")
    clock.advance(days=1)
    await chat.command(taps.DayTap(MONDAY))

    await chat.press("Fill in this day")

    assert "How many visits?" in plain(chat.last)


async def test_habits_and_a_calm_day_of_a_day_that_is_over_name_it(
    chat: Chat, clock: Clock
) -> None:
    await chat.command(taps.StartRoutineTap("evening"))
    await chat.command(taps.HabitChoicesTap(0))
    await chat.press("A walk: not chosen")
    clock.advance(days=1)
    await chat.command(taps.FillInTap(MONDAY))
    await chat.press("A calm day")
    calm = plain(chat.last)
    await chat.press("Yes, set these")
    for label in ("Skip", "Nothing"):
        if label in chat.labels:
            await chat.press(label)
    await chat.press("Habits")

    assert calm.startswith("About Mon 3 Mar")
    assert plain(chat.last).startswith("About Mon 3 Mar")
