"""How many reminders a person has, and which of them have had their day. Their times: storage/reminders.

Never counts or erases a notice: that is the operator's.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import and_, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.recurrence import AtMoment, PatternKind
from domain.reminders import Kind
from domain.wishes import Reminding, Wished
from storage import reminders
from storage.deliveries import OPEN, UNTOUCHED
from storage.people import Known
from storage.reminders import WANTED
from storage.tables import Occurrence, Reminder, ReminderSlot, new_id

OWN = Reminder.kind != Kind.NOTICE
"""What is a person's own."""


async def saved(session: AsyncSession, person_id: int) -> int:
    """Return how many reminders a person has saved and not taken away."""
    query = select(func.count()).select_from(Reminder)
    return await session.scalar(query.where(Reminder.person_id == person_id, WANTED, OWN)) or 0


async def drop_drafts(session: AsyncSession, person_id: int, keep: int) -> None:
    """Erase what a person began and never saved, but for the newest *keep*."""
    drafts = select(Reminder.id).where(Reminder.person_id == person_id, Reminder.draft)
    newest = list(await session.scalars(drafts.order_by(Reminder.created_at.desc(), Reminder.id)))
    if newest[keep:]:
        await session.execute(delete(Reminder).where(Reminder.id.in_(newest[keep:])))


async def put_off(session: AsyncSession, reminder_id: int, now: datetime) -> datetime | None:
    """Return when the first message of a reminder comes again that was put off, or None."""
    query = select(func.min(Occurrence.due_at)).where(Occurrence.reminder_id == reminder_id)
    put_off = and_(UNTOUCHED, Occurrence.step > 0, ~Occurrence.is_nudge, Occurrence.due_at > now)
    return await session.scalar(query.where(put_off))


async def forget_over(session: AsyncSession, before: datetime) -> None:
    """Erase the reminders of one day or moment that was over *before*, where nothing of them waits."""
    waits = select(Occurrence.id).where(Occurrence.reminder_id == Reminder.id, OPEN).exists()
    once = or_(
        and_(Reminder.pattern == PatternKind.ON_DAY, Reminder.anchor < before.date()),
        and_(Reminder.pattern == PatternKind.AT_MOMENT, Reminder.moment < before),
    )
    await session.execute(delete(Reminder).where(once, OWN, ~waits))


async def wished(session: AsyncSession, person: Known) -> frozenset[Wished]:
    """Return what a person wishes to be reminded of, to know the same wish again."""
    found: dict[Reminder, list[ReminderSlot]] = {}
    for row, slot in await reminders.of_person(session, person.id):
        found.setdefault(row, []).append(slot)
    return frozenset(
        one for row, slots in found.items() if (one := _wished(person, row, slots)) is not None
    )


async def bring_in(
    session: AsyncSession,
    person: Known,
    rows: Iterable[Reminding],
    import_id: int,
    zone: ZoneInfo,
    now: datetime,
) -> None:
    """Store the reminders that an import brings. zone: by whose clock a single moment has its time."""
    for one in rows:
        wish = one.wished
        row = Reminder(
            id=new_id(),
            person_id=person.id,
            kind=wish.kind,
            routine=wish.routine,
            weekdays=0,
            silent=one.silent,
            nudges=one.nudges,
            active=one.active,
            created_at=now,
            import_id=import_id,
        )
        reminders.set_pattern(row, wish.schedule.pattern)
        if wish.habit is not None:
            reminders.set_words(person, row, {"habit": wish.habit})
        elif wish.kind is Kind.OWN:
            said = {"text": wish.text, "medicine": wish.medicine}
            reminders.set_words(person, row, said)
        session.add(row)
        await session.flush()
        times = wish.schedule.times or _time_of(wish, zone)
        await reminders.set_times(session, row.id, times, now)


def _time_of(wish: Wished, zone: ZoneInfo) -> tuple[time, ...]:
    days = wish.schedule.pattern
    if not isinstance(days, AtMoment):
        return ()
    return (days.due_at.astimezone(zone).time().replace(second=0, microsecond=0),)


def _wished(person: Known, row: Reminder, slots: list[ReminderSlot]) -> Wished | None:
    schedule = reminders.schedule(row, slots)
    if schedule is None or row.kind is Kind.NOTICE:
        return None
    said = reminders.words(person, row)
    return Wished(
        kind=row.kind,
        schedule=schedule,
        routine=row.routine,
        habit=said.get("habit"),
        text=said.get("text", ""),
        medicine=bool(said.get("medicine")),
    )
