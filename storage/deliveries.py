"""The ledger of occurrences, a row for each message to send: the only place that knows its SQL.

Functions take the caller's session and never commit: the transaction belongs to
the action. Each is a query, a lock or a decryption; one row by its id is
`session.get` in the action and needs no function. `now` is the time people live
by; leases and backoff (`lease_until`) are on the database's own clock. Long, as it is one table's SQL whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, UnaryExpression, and_, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.delivery import MOST_ATTEMPTS, Reason, Settlement, State
from domain.reminders import URGENCY, Planned, Urgency, jittered
from storage.moments import database_now
from storage.once import insert_once
from storage.reminders import IS_KNOWN, ZONE, Placed, Wish
from storage.tables import Occurrence, Person, Reminder, ReminderSlot

OPEN = and_(
    Occurrence.state.in_((State.DUE, State.CLAIMED, State.UNKNOWN)),
    Occurrence.attempts < MOST_ATTEMPTS,
)
"""What may still be sent. attempts counts sends that may have arrived: the second is the last."""

UNTOUCHED = and_(
    Occurrence.state == State.DUE, Occurrence.attempts == 0, Occurrence.lease_until.is_(None)
)
"""What nobody has begun to send."""


MOST_LEASE = timedelta(hours=1)
"""The longest lease that we give, and the longest wait between two tries. One that ends later was
written while the database's clock was wrong, and holds nobody up."""


class Leased(NamedTuple):
    """A row that is ours for the length of its lease, with what plans the one after it."""

    occurrence: Occurrence
    placed: Placed


class Past(NamedTuple):
    """What the ledger holds of one time. ahead: its next planned message is there already."""

    days: frozenset[date]
    ahead: bool


async def plan(
    session: AsyncSession, plans: Iterable[tuple[Placed, Iterable[Planned], timedelta]]
) -> None:
    """Open the rows of planned messages (step 0), each with its grace; (reminder, local_day, slot, step)
    is unique, and a row that is there already stays as it is."""
    rows = []
    for (wish, _, spread), planned, grace in plans:
        urgency = URGENCY[wish.reminder.kind]
        key = {"reminder_id": wish.reminder.id, "slot": wish.slot.id, "step": 0, "urgency": urgency}
        by = 0 if urgency is Urgency.EXACT else spread
        rows += [
            {**key, **one._asdict(), "expires_at": one.due_at + grace}
            for one in (jittered(one, wish.slot.id, by) for one in planned)
        ]
    await insert_once(session, Occurrence, rows)


async def past(
    session: AsyncSession, slots: Collection[int], since: date, now: datetime
) -> Mapping[int, Past]:
    """Return by time (slot) which days since *since* have their row, whatever became of it; and
    whether one is still to come."""
    to_come = and_(OPEN, Occurrence.due_at > now)
    query = select(Occurrence.slot, Occurrence.local_day, to_come)
    query = query.where(Occurrence.slot.in_(slots), Occurrence.step == 0)
    days: dict[int, set[date]] = {slot: set() for slot in slots}
    is_ahead = set[int]()
    for slot, day, ahead in await session.execute(query.where(Occurrence.local_day >= since)):
        days[slot].add(day)
        if ahead:
            is_ahead.add(slot)
    return {slot: Past(frozenset(found), slot in is_ahead) for slot, found in days.items()}


async def unplan(session: AsyncSession, reminder_ids: Collection[int], now: datetime) -> None:
    """Take back the planned rows (step 0) that are later than *now*; a snooze stays."""
    ahead = and_(UNTOUCHED, Occurrence.step == 0, Occurrence.due_at > now)
    await session.execute(delete(Occurrence).where(Occurrence.reminder_id.in_(reminder_ids), ahead))


async def drop(session: AsyncSession, reminder_id: int) -> None:
    """Take back all that nobody has begun to send, snoozes too: the reminder is switched off."""
    await session.execute(
        delete(Occurrence).where(Occurrence.reminder_id == reminder_id, UNTOUCHED)
    )


async def claim(session: AsyncSession, now: datetime, lease: timedelta, limit: int) -> list[Leased]:
    """Lease up to *limit* rows that are due and free: those that are to be tried again, then the most
    urgent, of those the longest due. They are ours alone.

    Each part reads the beginning of an index and no more, however much is due.

    A lock that somebody holds is passed over, the person's too (their zone may be changing), and a
    row is looked at again once locked: still due? On SQLite the write lock taken at BEGIN
    IMMEDIATE does the same.
    """
    clock = await database_now(session)
    due = (
        select(Occurrence, Reminder, ReminderSlot, ZONE, Person.spread)
        .join(Reminder, Occurrence.reminder_id == Reminder.id)
        .join(ReminderSlot, Occurrence.slot == ReminderSlot.id)
        .join(Person, Reminder.person_id == Person.id)
        .where(Occurrence.attempts < MOST_ATTEMPTS, Occurrence.due_at <= now)
        .where(IS_KNOWN)
        .with_for_update(skip_locked=True, of=(Occurrence, Person))
    )
    rows: list[Leased] = []
    for free, first in _free(clock):
        if len(rows) < limit:
            found = due.where(free).order_by(first).limit(limit - len(rows))
            rows += [
                Leased(row, Placed(Wish(reminder, slot), zone, spread))
                for row, reminder, slot, zone, spread in await session.execute(found)
            ]
    for row, _ in rows:
        row.state, row.lease_until = State.CLAIMED, clock + lease
    await session.flush()
    return rows


async def begin(
    session: AsyncSession, occurrence_id: int, lease_until: datetime, before: int
) -> bool:
    """Count the send that is about to be made, after *before* earlier ones; False, and nothing changes,
    if the claim that was leased until *lease_until* is over or another's by now, or has begun."""
    ours = and_(Occurrence.state == State.CLAIMED, Occurrence.lease_until == lease_until)
    begun = await session.scalars(
        update(Occurrence)
        .where(Occurrence.id == occurrence_id, ours, Occurrence.attempts == before)
        .where(Occurrence.lease_until > await database_now(session))
        .values(attempts=Occurrence.attempts + 1)
        .returning(Occurrence.id)
    )
    return begun.one_or_none() is not None


async def settle(
    session: AsyncSession, occurrence_id: int, lease_until: datetime, end: Settlement, now: datetime
) -> bool:
    """Write what became of the claim that was leased until *lease_until*; False if it ran out and the
    row is another's now.

    A row that is sent already, because the person tapped it first, only learns its message's id.
    """
    retry_at = end.retry_in and await database_now(session) + min(end.retry_in, MOST_LEASE)
    ours = and_(Occurrence.state == State.CLAIMED, Occurrence.lease_until == lease_until)
    if end.state is State.SENT:
        tapped = and_(Occurrence.state == State.SENT, Occurrence.message_id.is_(None))
        ours = or_(ours, tapped)
    settled = await session.scalars(
        update(Occurrence)
        .where(Occurrence.id == occurrence_id, ours)
        .values(state=end.state, reason=end.reason, attempts=end.attempts)
        .values(message_id=end.message_id, lease_until=retry_at)
        .values(settled_at=None if retry_at else now)
        .returning(Occurrence.id)
    )
    return settled.one_or_none() is not None


async def close_lost(session: AsyncSession, now: datetime) -> None:
    """Close the rows whose second send nobody will hear of any more: their lease ran out; and end the
    leases that nobody can have meant."""
    clock = await database_now(session)
    begun = Occurrence.state.in_((State.DUE, State.CLAIMED, State.UNKNOWN))
    wrong = and_(begun, Occurrence.lease_until > clock + MOST_LEASE)
    await session.execute(update(Occurrence).where(wrong).values(lease_until=clock))
    lost = and_(
        Occurrence.state == State.CLAIMED,
        Occurrence.attempts >= MOST_ATTEMPTS,
        Occurrence.lease_until <= clock,
    )
    free = select(Occurrence.id).where(lost).with_for_update(skip_locked=True)
    ids = list(await session.scalars(free))
    values = {"state": State.UNKNOWN, "reason": Reason.NO_OUTCOME, "lease_until": None}
    closed = update(Occurrence).where(Occurrence.id.in_(ids))
    await session.execute(closed.values(**values, settled_at=now))


async def forget(session: AsyncSession, before: datetime) -> None:
    """Remove the rows that were settled earlier than *before*."""
    await session.execute(delete(Occurrence).where(Occurrence.settled_at < before))


async def earliest(session: AsyncSession) -> tuple[datetime | None, datetime | None]:
    """Return the first due moment (people's time) and the first end of a lease (database's).

    It is asked at every wake, so each part reads the beginning of an index and no more.
    """
    moments = []
    for moment, wanted in (
        (Occurrence.due_at, Occurrence.lease_until.is_(None)),
        (Occurrence.lease_until, Occurrence.lease_until.is_not(None)),
    ):
        firsts = [
            select(moment)
            .join(Reminder, Occurrence.reminder_id == Reminder.id)
            .where(OPEN, wanted, Occurrence.state == state, IS_KNOWN)
            .order_by(moment)
            .limit(1)
            for state in (State.DUE, State.CLAIMED, State.UNKNOWN)
        ]
        found = await session.execute(select(*(first.scalar_subquery() for first in firsts)))
        moments.append(min((one for one in found.one() if one is not None), default=None))
    return moments[0], moments[1]


async def next_due(session: AsyncSession) -> datetime | None:
    """Return the first due moment of all that may still be sent, leased or not."""
    return await session.scalar(select(func.min(Occurrence.due_at)).where(OPEN))


async def unsettled(session: AsyncSession, now: datetime) -> int:
    """Return how many rows are due and have no end yet."""
    begun = or_(OPEN, Occurrence.state == State.CLAIMED)
    query = select(func.count()).select_from(Occurrence)
    return await session.scalar(query.where(begun, Occurrence.due_at <= now)) or 0


async def has_newer(session: AsyncSession, row: Occurrence, now: datetime) -> bool:
    """Say whether a later occurrence of the same reminder is due too."""
    later = and_(
        Occurrence.reminder_id == row.reminder_id,
        Occurrence.due_at > row.due_at,
        Occurrence.due_at <= now,
    )
    return await session.scalar(select(Occurrence.id).where(later).limit(1)) is not None


async def last_step(session: AsyncSession, row: Occurrence) -> Occurrence:
    """Return, locked, the newest row of the same message: its last snooze or nudge, or *row* itself."""
    query = select(Occurrence).where(_same_message(row)).order_by(Occurrence.step.desc()).limit(1)
    return (await session.scalars(query.with_for_update())).one()


async def steps(session: AsyncSession, row: Occurrence) -> list[Occurrence]:
    """Return every row of the same message, in their order."""
    query = select(Occurrence).where(_same_message(row)).order_by(Occurrence.step)
    return list(await session.scalars(query))


async def open_rows(session: AsyncSession, row: Occurrence) -> list[Occurrence]:
    """Return, locked, what of the same reminder and day may still be sent."""
    same_day = and_(
        Occurrence.reminder_id == row.reminder_id, Occurrence.local_day == row.local_day
    )
    return list(await session.scalars(select(Occurrence).where(same_day, OPEN).with_for_update()))


async def left_out(session: AsyncSession, row: Occurrence, now: datetime) -> list[Occurrence]:
    """Return what of the same reminder and day a person left out before it came, and may still come."""
    same_day = and_(
        Occurrence.reminder_id == row.reminder_id, Occurrence.local_day == row.local_day
    )
    theirs = and_(Occurrence.state == State.SKIPPED, Occurrence.reason == Reason.BY_PERSON)
    query = select(Occurrence).where(same_day, theirs, Occurrence.step == 0)
    return list(await session.scalars(query.where(Occurrence.due_at > now)))


async def drop_snoozes(session: AsyncSession, row: Occurrence) -> None:
    """Take back what was put off from this row on and has not been sent."""
    later = and_(_same_message(row), Occurrence.step > row.step)
    unsent = or_(UNTOUCHED, Occurrence.state == State.SKIPPED)
    await session.execute(delete(Occurrence).where(later, unsent))


async def snoozes_ahead(session: AsyncSession, person_id: int, now: datetime) -> datetime | None:
    """Return the first moment that a person's snoozed reminder comes back at."""
    query = select(func.min(Occurrence.due_at)).join(
        Reminder, Occurrence.reminder_id == Reminder.id
    )
    ahead = and_(UNTOUCHED, Occurrence.step > 0, Occurrence.due_at > now)
    query = query.where(Reminder.person_id == person_id, ahead, ~Occurrence.is_nudge)
    return await session.scalar(query)


async def tell_missed(session: AsyncSession, row: Occurrence, person_id: int) -> int:
    """Return how many planned messages came too late to be sent, and mark them as told by *row*, so
    that no other message tells of them again.

    Of *row*'s own reminder those count too that are about to be found too late.
    """
    theirs = select(Reminder.id).where(Reminder.person_id == person_id)
    late = or_(
        Occurrence.state == State.EXPIRED,
        and_(
            Occurrence.reminder_id == row.reminder_id,
            Occurrence.state.in_((State.DUE, State.CLAIMED)),
        ),
    )
    told = await session.scalars(
        update(Occurrence)
        .where(Occurrence.reminder_id.in_(theirs), late, Occurrence.due_at < row.due_at)
        .where(Occurrence.step == 0, Occurrence.id != row.id)
        .where(or_(Occurrence.told_by.is_(None), Occurrence.told_by == row.id))
        .values(told_by=row.id)
        .returning(Occurrence.id)
    )
    return len(told.all())


async def untell(session: AsyncSession, occurrence_id: int) -> None:
    """Take back that this message told of missed ones: it is not sent after all."""
    told = update(Occurrence).where(Occurrence.told_by == occurrence_id)
    await session.execute(told.values(told_by=None))


async def of_reminder(
    session: AsyncSession, reminder_ids: Collection[int], since: date
) -> list[Occurrence]:
    """Return the planned messages (step 0) of reminders since *since*, oldest first."""
    query = select(Occurrence).where(Occurrence.reminder_id.in_(reminder_ids), Occurrence.step == 0)
    rows = await session.scalars(query.where(Occurrence.local_day >= since))
    return sorted(rows, key=lambda row: row.due_at)


async def days_over(
    session: AsyncSession, slots: Collection[int], since: date
) -> Mapping[int, frozenset[date]]:
    """Return by time (slot) the days since *since* whose planned message needs no sending any more."""
    query = select(Occurrence.slot, Occurrence.local_day)
    query = query.where(Occurrence.slot.in_(slots), Occurrence.step == 0)
    days: dict[int, set[date]] = {slot: set() for slot in slots}
    for slot, day in await session.execute(query.where(Occurrence.local_day >= since, ~OPEN)):
        days[slot].add(day)
    return {slot: frozenset(found) for slot, found in days.items()}


def _free(clock: datetime) -> Iterator[tuple[ColumnElement[bool], UnaryExpression[Any]]]:
    """Yield what a claim may take at the database's *clock*, with the order to take it in."""
    for state in (State.CLAIMED, State.UNKNOWN, State.DUE):
        lapsed = and_(Occurrence.state == state, Occurrence.lease_until.is_not(None))
        yield and_(lapsed, Occurrence.lease_until <= clock), Occurrence.lease_until.asc()
    unclaimed = and_(Occurrence.state == State.DUE, Occurrence.lease_until.is_(None))
    for urgency in Urgency:
        yield and_(unclaimed, Occurrence.urgency == urgency), Occurrence.due_at.asc()


def _same_message(row: Occurrence) -> ColumnElement[bool]:
    return and_(
        Occurrence.reminder_id == row.reminder_id,
        Occurrence.local_day == row.local_day,
        Occurrence.slot == row.slot,
    )
