"""A traveller who keeps home times types a reminder: whose clock it goes by is said."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from actions import reminder_making, travel
from actions.reminder_making import Unsure
from actions.reminder_sheet import Draft
from actions.work import Here, Runner
from bot.screen import plain
from bot.screens import render
from content.library import Library
from domain.lines.asking import Why
from domain.recurrence import OnDay
from tests.actions.evenings import ANNA, ZONE, at
from tests.actions.members import join
from tests.conftest import Clock

pytestmark = pytest.mark.asyncio

AUCKLAND = ZoneInfo("Pacific/Auckland")


@pytest_asyncio.fixture(autouse=True)
async def anna(run: Runner, clock: Clock) -> None:
    """It is Monday, 3 March 2025, 22:00 in Berlin, and Tuesday, 10:00 in Auckland."""
    clock.now = at("22:00")
    await run(join, ANNA)


def shown(here: Here, library: Library) -> str:
    return plain(render(here.views[-1], library.language("en")))


async def test_tomorrow_is_that_of_home_and_told_by_both_clocks(
    run: Runner, library: Library
) -> None:
    await run(travel.keep_home, ANNA, "Pacific/Auckland")
    here = await run(reminder_making.say, ANNA, "tomorrow at 8am walk")
    (view,) = here.views

    assert isinstance(view, Draft)
    assert view.told.days == OnDay(date(2025, 3, 4))
    assert (view.zone, view.here) == (ZONE, AUCKLAND)
    assert "Times go by Berlin time." in shown(here, library)
    assert "Where you are, the next one comes on Tue 4 Mar 20:00, Auckland time." in shown(
        here, library
    )


async def test_a_moment_that_is_over_at_home_says_whose_clock_that_is(
    run: Runner, library: Library
) -> None:
    await run(travel.keep_home, ANNA, "Pacific/Auckland")
    here = await run(reminder_making.say, ANNA, "today 21:00 bed")
    (view,) = here.views

    assert isinstance(view, Unsure)
    assert view.why is Why.PAST
    assert "the clock of your reminders. It shows Mon 3 Mar 22:00, Berlin time." in shown(
        here, library
    )


async def test_minutes_ahead_are_the_same_by_every_clock(run: Runner) -> None:
    await run(travel.keep_home, ANNA, "Pacific/Auckland")
    (view,) = (await run(reminder_making.say, ANNA, "in 40 minutes tea")).views

    assert isinstance(view, Draft)
    assert view.told.next == (at("22:40"),)


@pytest.mark.parametrize("line", ["tomorrow at 8am walk", "today 21:00 bed"])
async def test_who_is_at_home_or_took_the_times_along_hears_of_one_clock_only(
    run: Runner, library: Library, line: str
) -> None:
    for act in (None, travel.move):
        if act is not None:
            await run(act, ANNA, "Europe/London")
        words = shown(await run(reminder_making.say, ANNA, line), library)
        assert "Where you are" not in words
        assert "clock of your reminders" not in words
