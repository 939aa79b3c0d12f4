"""New time-zone data: everybody is planned anew, whatever happens on the way."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import time, timedelta
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import select, update

from actions.work import Runner, Work
from domain.errors import Unavailable
from jobs import zones
from storage.tables import Occurrence, Reminder, ReminderSlot
from tests.actions.evenings import ANNA, BERT, at, planned
from tests.actions.members import join
from tests.conftest import Clock

pytestmark = pytest.mark.asyncio

EVENINGS = [at("20:30"), at("21:30")]


@pytest_asyncio.fixture(autouse=True)
async def planned_by_the_old_data(run: Runner, clock: Clock) -> None:
    """Anna and Bert asked for evenings, in zones whose data has since been corrected."""
    clock.now = at("20:00")
    await run(join, ANNA, time(20, 30))
    await run(join, BERT, time(21, 30))
    await zones.follow(run, "2025a")
    await run(shift)


async def shift(work: Work) -> None:
    """Let all that is planned be an hour off, as if the zones had been other ones."""
    for row in await work.session.scalars(select(Occurrence)):
        row.due_at += timedelta(hours=1)


async def test_the_same_data_plans_nothing_anew(run: Runner) -> None:
    await zones.follow(run, "2025a")

    assert await run(planned) == [moment + timedelta(hours=1) for moment in EVENINGS]


@pytest.mark.parametrize("at_once", [1, 2, 500])
async def test_new_data_plans_everybody_anew(run: Runner, at_once: int) -> None:
    await zones.follow(run, "2025b", at_once)

    assert await run(planned) == EVENINGS


async def test_a_reminder_with_two_times_keeps_both_at_the_end_of_a_batch(run: Runner) -> None:
    await run(add_time, time(22, 30))

    await zones.follow(run, "2025b", at_once=1)

    assert await run(planned) == [*EVENINGS, *[at("22:30")] * 2]


async def test_who_was_not_reached_before_a_kill_is_planned_at_the_next_start(run: Runner) -> None:
    with pytest.raises(Unavailable):
        await zones.follow(Ending(run, after=2), "2025b", at_once=1)  # type: ignore[arg-type]
    assert await run(planned) != EVENINGS

    await zones.follow(run, "2025b", at_once=1)

    assert await run(planned) == EVENINGS


async def test_switched_off_reminders_stay_off(run: Runner) -> None:
    await run(switch_off)

    await zones.follow(run, "2025b")

    assert await run(planned) == []


class Ending:
    """A runner whose database goes away after some transactions."""

    def __init__(self, run: Runner, after: int) -> None:
        self._run, self._left = run, after

    async def __call__(self, action: Callable[..., Awaitable[Any]], *args: object) -> object:
        if not self._left:
            raise Unavailable("gone")
        self._left -= 1
        return await self._run(action, *args)


async def add_time(work: Work, moment: time) -> None:
    for reminder in (await work.session.scalars(select(Reminder).where(Reminder.active))).all():
        work.session.add(ReminderSlot(reminder_id=reminder.id, at=moment))


async def switch_off(work: Work) -> None:
    await work.session.execute(update(Reminder).values(active=False))
    for row in await work.session.scalars(select(Occurrence)):
        await work.session.delete(row)
