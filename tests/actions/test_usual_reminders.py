"""Choosing when to be reminded, and what is planned for it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from actions import planning, usual_reminders
from actions.work import Runner, Work
from domain.consent import Purpose
from domain.reminders import Kind
from domain.snippets import Pace
from jobs.deliver import deliver
from storage import reminders as store
from storage.tables import Reminder, ReminderSlot
from tests.actions.evenings import (
    ANNA,
    BERT,
    MONDAY,
    ZONE,
    at,
    choose,
    next_message,
    planned,
    reminded,
)
from tests.actions.members import decide, finish, join, member
from tests.conftest import Clock, Post

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture(autouse=True)
async def evening(run: Runner, clock: Clock) -> None:
    """Anna asked for 20:30 in Berlin; there it is 20:00 on Monday, 3 March 2025."""
    clock.now = at("20:00")
    await run(join, ANNA, time(20, 30))


async def move(work: Work, who: int, zone: str) -> None:
    person = await member(work, who)
    person.row.zone = zone
    await planning.replan(work, person)


async def test_a_time_is_planned_where_the_person_is(run: Runner) -> None:
    assert await run(planned) == [at("20:30")]


async def test_choosing_the_same_time_again_plans_no_second(run: Runner) -> None:
    await run(choose, ANNA, time(20, 30))

    assert await run(planned) == [at("20:30")]


async def test_another_time_takes_the_place_of_the_first(run: Runner) -> None:
    await run(choose, ANNA, time(21, 15))

    assert await run(planned) == [at("21:15")]


async def test_a_time_that_is_past_begins_tomorrow(run: Runner) -> None:
    await run(choose, ANNA, time(19, 0))

    assert await run(planned) == [at("19:00", MONDAY + timedelta(days=1))]


async def test_a_later_time_brings_no_second_reminder_today(
    run: Runner, post: Post, clock: Clock
) -> None:
    await reminded(run, post, clock)
    await run(choose, ANNA, time(22, 0))

    assert await run(planned) == [at("22:00", MONDAY + timedelta(days=1))]


async def test_no_time_is_no_reminder_and_can_be_chosen_again(run: Runner) -> None:
    await run(choose, ANNA, None)
    assert await run(planned) == []
    assert await run(next_message, ANNA) is None

    await run(choose, ANNA, time(20, 45))
    assert await run(planned) == [at("20:45")]


async def test_of_two_reminders_of_a_kind_the_older_is_shown_and_changed(
    run: Runner, clock: Clock
) -> None:
    async def second(work: Work) -> None:
        person = await member(work, ANNA)
        ids = [wish.reminder.id for wish in await store.of_person(work.session, person.id)]
        row = Reminder(id=min(ids) - 1, person_id=person.id, kind=Kind.CHECK_IN, weekdays=127)
        row.created_at = work.now + timedelta(days=1)
        work.session.add(row)
        await work.session.flush()
        work.session.add(ReminderSlot(reminder_id=row.id, at=time(7, 0)))

    async def shown(work: Work) -> time:
        return (await usual_reminders.times(work, await member(work, ANNA)))[Kind.CHECK_IN]

    await run(second)
    assert await run(shown) == time(20, 30)

    await run(choose, ANNA, time(21, 0))
    assert await run(shown) == time(21, 0)


async def test_a_person_who_travels_keeps_the_time_on_their_wall(run: Runner) -> None:
    await run(move, ANNA, "America/New_York")

    new_york = datetime.combine(MONDAY, time(20, 30), ZoneInfo("America/New_York"))
    assert await run(planned) == [new_york.astimezone(UTC)]


async def test_travelling_west_after_the_reminder_brings_no_second_that_day(
    run: Runner, post: Post, clock: Clock
) -> None:
    await reminded(run, post, clock)
    await run(move, ANNA, "America/New_York")

    (moment,) = await run(planned)
    assert moment.astimezone(ZoneInfo("America/New_York")).day == 4


@pytest.mark.parametrize(
    ("pace", "days"), [(Pace.DAILY, [4]), (Pace.SOME_DAYS, [5]), (Pace.WEEKLY, [8]), (Pace.OFF, [])]
)
async def test_tips_come_at_their_pace(run: Runner, pace: Pace, days: list[int]) -> None:
    await run(choose, ANNA, None)
    await run(join, BERT, pace=pace)

    moments = [moment.astimezone(ZONE) for moment in await run(planned)]
    assert [(moment.day, moment.hour) for moment in moments] == [(day, 10) for day in days]


async def test_the_next_message_is_the_first_that_will_be_sent(run: Runner, clock: Clock) -> None:
    assert await run(next_message, ANNA) == at("20:30")

    await run(finish, ANNA, MONDAY)
    assert await run(next_message, ANNA) == at("20:30", MONDAY + timedelta(days=1))


async def test_no_message_comes_without_the_consent_it_needs(run: Runner) -> None:
    await run(decide, ANNA, Purpose.KEEP, given=False)

    assert await run(next_message, ANNA) is None


async def test_a_reminder_after_midnight_is_about_the_evening_before(
    run: Runner, post: Post, clock: Clock
) -> None:
    await run(choose, ANNA, time(0, 30))
    await run(finish, ANNA, MONDAY)
    clock.now = at("00:31", MONDAY + timedelta(days=1))

    assert await deliver(run, post, at_once=8) == {}
    assert await run(next_message, ANNA) == at("00:30", MONDAY + timedelta(days=2))
