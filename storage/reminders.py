"""What people want to be reminded of: a reminder with its wall-clock times. Planned messages are
in storage/deliveries.

What was taken away or is still being made is no wish yet: only `whole` returns that.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.recurrence import (
    AtMoment,
    EveryDays,
    MonthDay,
    OnDay,
    Pattern,
    PatternKind,
    Schedule,
    SinceLast,
    Weekdays,
)
from domain.reminders import Kind, Rule, counted_from
from storage.people import Known
from storage.tables import CheckIn, Entry, Person, Reminder, ReminderSlot

ZONE = func.coalesce(Person.reminder_zone, Person.zone)
"""Whose wall clock a person's reminders go by."""

IS_KNOWN = and_(Reminder.kind.in_(list(Kind)), Reminder.pattern.in_(list(PatternKind)))
"""What this release understands; the rest a newer one made, and it is left to that."""

WANTED = and_(Reminder.removed_at.is_(None), Reminder.draft.is_(False), IS_KNOWN)
"""What is neither taken away nor still being made."""


class Wish(NamedTuple):
    """A reminder with one of its times."""

    reminder: Reminder
    slot: ReminderSlot

    def rule(self, zone: ZoneInfo, last_entry: date | None) -> Rule:
        """Return it as a rule; without an entry, "since the last" counts from the day it was made."""
        days = pattern(self.reminder)
        if not isinstance(days, AtMoment):
            first = last_entry or self.reminder.created_at.astimezone(zone).date()
            days = counted_from(days, first)
        return Rule(self.slot.at, days, zone)


class Placed(NamedTuple):
    """A wish, the IANA zone that it goes by (None: not known yet), and by how many minutes its
    messages may be late at a rush hour."""

    wish: Wish
    zone: str | None
    spread: int


def pattern(reminder: Reminder) -> Pattern:
    """Return the days of a reminder, from its columns."""
    number, anchor = reminder.number or 0, reminder.anchor or date.min
    match reminder.pattern:
        case PatternKind.WEEKDAYS:
            return Weekdays(weekdays(reminder.weekdays))
        case PatternKind.EVERY_DAYS:
            return EveryDays(number, anchor)
        case PatternKind.MONTH_DAY:
            return MonthDay(number)
        case PatternKind.ON_DAY:
            return OnDay(anchor)
        case PatternKind.SINCE_LAST:
            return SinceLast(number)
        case _:
            assert reminder.moment is not None  # noqa: S101 - set_pattern wrote it
            return AtMoment(reminder.moment)


def set_pattern(reminder: Reminder, days: Pattern) -> None:
    """Write *days* into a reminder's columns. What a kind does not use is emptied; weekdays stay."""
    reminder.number = reminder.anchor = reminder.moment = None
    match days:
        case Weekdays(chosen):
            reminder.pattern, reminder.weekdays = PatternKind.WEEKDAYS, mask(chosen)
        case EveryDays(n, since):
            reminder.pattern, reminder.number, reminder.anchor = PatternKind.EVERY_DAYS, n, since
        case MonthDay(number):
            reminder.pattern, reminder.number = PatternKind.MONTH_DAY, number
        case OnDay(day):
            reminder.pattern, reminder.anchor = PatternKind.ON_DAY, day
        case SinceLast(n):
            reminder.pattern, reminder.number = PatternKind.SINCE_LAST, n
        case AtMoment(due_at):
            reminder.pattern, reminder.moment = PatternKind.AT_MOMENT, due_at


def words(person: Known, reminder: Reminder) -> Mapping[str, Any]:
    """Return what a reminder's own words are: text, habit, medicine; empty where it has none."""
    if reminder.sealed is None:
        return {}
    opened: dict[str, Any] = person.open("reminder", "sealed", reminder.id, reminder.sealed)
    return opened


def set_words(person: Known, reminder: Reminder, said: Mapping[str, Any]) -> None:
    """Seal a reminder's own words; its id must be known."""
    reminder.sealed = person.seal("reminder", "sealed", reminder.id, dict(said))


async def of_person(session: AsyncSession, person_id: int, kind: Kind | None = None) -> list[Wish]:
    """Return what a person wished for, of one *kind* or of all, the inactive included; oldest first."""
    query = _wishes().where(Reminder.person_id == person_id, WANTED)
    if kind is not None:
        query = query.where(Reminder.kind == kind)
    rows = await session.execute(query.order_by(Reminder.created_at, Reminder.id, ReminderSlot.at))
    return [Wish(reminder, slot) for reminder, slot in rows]


async def whole(
    session: AsyncSession, person_id: int, reminder_id: int
) -> tuple[Reminder, list[ReminderSlot]] | None:
    """Return a person's reminder, taken away or still being made too, with its times in order."""
    reminder = await session.get(Reminder, reminder_id)
    if reminder is None or reminder.person_id != person_id:
        return None
    return reminder, [slot for slot in await slots(session, reminder_id) if not slot.removed_at]


async def slots(session: AsyncSession, reminder_id: int) -> list[ReminderSlot]:
    """Return all times of a reminder in their order, those taken away included."""
    query = select(ReminderSlot).where(ReminderSlot.reminder_id == reminder_id)
    return list(await session.scalars(query.order_by(ReminderSlot.at, ReminderSlot.id)))


async def set_times(
    session: AsyncSession, reminder_id: int, times: Collection[time], now: datetime
) -> None:
    """Let a reminder have exactly *times*. A time that was there before is the same slot again, so
    that no day gets a second message; one that is alone and only moves keeps its slot too."""
    there = await slots(session, reminder_id)
    in_use = [slot for slot in there if slot.removed_at is None]
    if len(times) == len(in_use) == 1:
        in_use[0].at = next(iter(times))
        await session.flush()
        return
    wanted = set(times)
    for slot in there:
        slot.removed_at = None if slot.at in wanted else slot.removed_at or now
        wanted.discard(slot.at)
    session.add_all(ReminderSlot(reminder_id=reminder_id, at=at) for at in sorted(wanted))
    await session.flush()


def schedule(reminder: Reminder, times: Collection[ReminderSlot]) -> Schedule | None:
    """Return a reminder as a schedule; None where it has no time yet, or no day."""
    try:
        days = pattern(reminder)
        at = () if isinstance(days, AtMoment) else tuple(sorted({slot.at for slot in times}))
        return Schedule(days, at)
    except ValueError:
        return None


async def of_everybody(session: AsyncSession, after: int, limit: int) -> list[Placed]:
    """Return all wishes of the next *limit* active reminders whose ids are above *after*, each
    with its zone; the people are locked, in the order of their ids, as announcements lock them. A
    reminder with several times comes whole."""
    has_zone = and_(Reminder.active, WANTED, Person.zone.is_not(None))
    found = await session.execute(
        select(Reminder.id, Reminder.person_id)
        .join(Person, Reminder.person_id == Person.id)
        .where(has_zone, Reminder.id > after)
        .order_by(Reminder.id)
        .limit(limit)
    )
    theirs = {row.id: row.person_id for row in found}
    people = select(Person.id).where(Person.id.in_(set(theirs.values()))).order_by(Person.id)
    await session.execute(people.with_for_update())
    query = (
        select(Reminder, ReminderSlot, ZONE, Person.spread)
        .join(ReminderSlot)
        .join(Person, Reminder.person_id == Person.id)
        .where(has_zone, Reminder.id.in_(theirs), ReminderSlot.removed_at.is_(None))
        .order_by(Reminder.id, ReminderSlot.id)
    )
    rows = await session.execute(query)
    return [Placed(Wish(reminder, slot), zone, spread) for reminder, slot, zone, spread in rows]


async def last_entries(session: AsyncSession, person_ids: Collection[int]) -> dict[int, date]:
    """Return the day of each person's last entry: a check-in that was finished, a note or a log."""
    found: dict[int, date] = {}
    finished = select(CheckIn.person_id, func.max(CheckIn.day)).where(
        CheckIn.person_id.in_(person_ids), CheckIn.finished_at.is_not(None)
    )
    said = select(Entry.person_id, func.max(Entry.day)).where(
        Entry.person_id.in_(person_ids), Entry.removed_at.is_(None)
    )
    for query in (finished.group_by(CheckIn.person_id), said.group_by(Entry.person_id)):
        for person_id, day in await session.execute(query):
            found[person_id] = max(day, found.get(person_id, day))
    return found


async def forget_removed(session: AsyncSession, before: datetime) -> None:
    """Erase what was taken away earlier than *before*, and what was begun before and never saved."""
    unsaved = and_(Reminder.draft, Reminder.created_at < before)
    await session.execute(delete(Reminder).where((Reminder.removed_at < before) | unsaved))


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


def _wishes() -> Select[Reminder, ReminderSlot]:
    return (
        select(Reminder, ReminderSlot).join(ReminderSlot).where(ReminderSlot.removed_at.is_(None))
    )
