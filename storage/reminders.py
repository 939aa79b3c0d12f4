"""What people want to be reminded of: a reminder with its wall-clock times. Planned messages are
in storage/deliveries.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.reminders import Kind, Rule
from storage.tables import CheckIn, Person, Reminder, ReminderSlot


class Wish(NamedTuple):
    """A reminder with one of its times."""

    reminder: Reminder
    slot: ReminderSlot

    def rule(self, zone: str) -> Rule:
        """Return it as a rule in an IANA *zone*. Errors: ValueError without a weekday."""
        return Rule(self.slot.at, weekdays(self.reminder.weekdays), ZoneInfo(zone))


class Placed(NamedTuple):
    """A wish, and the IANA zone of who wishes it."""

    wish: Wish
    zone: str


async def of_person(session: AsyncSession, person_id: int, kind: Kind | None = None) -> list[Wish]:
    """Return what a person wished for, of one *kind* or of all, the inactive included; oldest first."""
    query = select(Reminder, ReminderSlot).join(ReminderSlot)
    query = query.where(Reminder.person_id == person_id)
    if kind is not None:
        query = query.where(Reminder.kind == kind)
    rows = await session.execute(query.order_by(Reminder.created_at, Reminder.id, ReminderSlot.id))
    return [Wish(reminder, slot) for reminder, slot in rows]


async def of_everybody(session: AsyncSession, after: int, limit: int) -> list[Placed]:
    """Return all wishes of the next *limit* active reminders whose ids are above *after*, each
    with its zone; the people are locked. A reminder with several times comes whole."""
    has_zone = and_(Reminder.active, Person.zone.is_not(None))
    ids = (
        select(Reminder.id)
        .join(Person, Reminder.person_id == Person.id)
        .where(has_zone, Reminder.id > after)
        .order_by(Reminder.id)
        .limit(limit)
    )
    query = (
        select(Reminder, ReminderSlot, Person.zone)
        .join(ReminderSlot)
        .join(Person, Reminder.person_id == Person.id)
        .where(has_zone, Reminder.id.in_(ids))
        .order_by(Reminder.id, ReminderSlot.id)
        .with_for_update(of=Person)
    )
    rows = await session.execute(query)
    return [Placed(Wish(reminder, slot), zone or "") for reminder, slot, zone in rows]


def mask(days: frozenset[int]) -> int:
    """Return weekdays (0 = Monday) as the bit mask that the table keeps."""
    return sum(1 << day for day in days)


def weekdays(bits: int) -> frozenset[int]:
    """Return the weekdays (0 = Monday) of a bit mask."""
    return frozenset(day for day in range(7) if bits >> day & 1)


async def finished_days(
    session: AsyncSession, person_id: int, routine: str, since: date
) -> frozenset[date]:
    """Return the days since *since* whose check-in is done: nothing is left to remind of."""
    query = select(CheckIn.day).where(CheckIn.person_id == person_id, CheckIn.routine == routine)
    done = query.where(CheckIn.day >= since, CheckIn.finished_at.is_not(None))
    return frozenset(await session.scalars(done))
