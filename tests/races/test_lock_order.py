"""Transactions that lock many people take them in one order, so that two of them never wait for each other."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import time

import pytest
from sqlalchemy import Select, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from actions.work import Runner, Work
from domain.reminders import Kind
from storage import announcements, reminders
from storage.tables import Person, Reminder, ReminderSlot
from tests.actions.members import join

pytestmark = [pytest.mark.asyncio, pytest.mark.postgresql]

ANNA, BERT = 7, 8


async def crossed(work: Work, first: int, second: int) -> None:
    """Give both a reminder, the first person's with the higher id."""
    for person_id, reminder_id in ((first, 2**40), (second, 2**39)):
        row = Reminder(id=reminder_id, person_id=person_id, kind=Kind.OWN, weekdays=127)
        row.created_at = work.now
        work.session.add(row)
        await work.session.flush()
        work.session.add(ReminderSlot(reminder_id=reminder_id, at=time(9)))


async def until_somebody_waits(session: AsyncSession) -> None:
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    async with asyncio.timeout(20):
        while not await session.scalar(waiting):
            await session.execute(text("SELECT pg_sleep(0.02)"))


@pytest.mark.parametrize(
    "lock_many",
    [
        lambda session: reminders.of_everybody(session, 0, 500),
        lambda session: announcements.lacking(session, 1, 0, 500),
    ],
    ids=["planning anew", "announcing"],
)
async def test_who_waits_for_the_first_person_holds_no_later_one(
    run: Runner, lock_many: Callable[[AsyncSession], Awaitable[object]]
) -> None:
    first, second = sorted([await run(join, ANNA), await run(join, BERT)])
    await run(crossed, first, second)

    async def everybody() -> None:
        async with run.maker() as session:
            await lock_many(session)

    def locked(person_id: int) -> Select[int]:
        return select(Person.id).where(Person.id == person_id).with_for_update(nowait=True)

    async with run.maker() as ours, run.maker() as other:
        await ours.scalar(locked(first))
        waiting = asyncio.create_task(everybody())
        await until_somebody_waits(other)
        assert await other.scalar(locked(second)) == second
        await other.rollback()
        await ours.rollback()
        await waiting
