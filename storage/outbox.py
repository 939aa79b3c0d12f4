"""What an operator asks of the ledger: how much waits or went wrong, and which of it to change by hand.

Never who anybody is and never what a message says: kinds, states and moments. Only what was due by
*now* is ever looked at; what is planned for later is not the outbox.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from domain.delivery import MOST_ATTEMPTS, Reason, State
from domain.reminders import Kind
from storage.deliveries import OPEN, Leased
from storage.moments import database_now
from storage.reminders import IS_KNOWN, WANTED, ZONE, Placed, Wish
from storage.tables import Occurrence, Person, Reminder, ReminderSlot

ENDED = or_(
    Occurrence.state.in_((State.FAILED, State.EXPIRED)),
    and_(Occurrence.state == State.UNKNOWN, Occurrence.attempts >= MOST_ATTEMPTS),
    and_(Occurrence.state == State.SKIPPED, Occurrence.reason == Reason.BLOCKED),
)
"""What did not come, or nobody knows whether it did, and what nothing more happens to by itself."""

_Newer = aliased(Occurrence)


class Choice(NamedTuple):
    """Which rows are meant: these alone, or those in one of *states*; and due no earlier than *since*."""

    states: frozenset[State] = frozenset()
    since: datetime | None = None
    ids: frozenset[int] | None = None
    announcement_id: int | None = None


@dataclass(frozen=True, slots=True)
class Heap:
    """How many rows of one kind ended alike, and when the first of them was due."""

    kind: Kind
    state: State
    reason: Reason | None
    count: int
    oldest: datetime


async def heaps(session: AsyncSession, choice: Choice, now: datetime) -> list[Heap]:
    """Return how many of the chosen rows there are, by state, reason and kind."""
    alike = (Reminder.kind, Occurrence.state, Occurrence.reason)
    query = select(*alike, func.count(), func.min(Occurrence.due_at)).select_from(Occurrence)
    query = query.join(Reminder, Occurrence.reminder_id == Reminder.id)
    found = await session.execute(query.where(_chosen(choice, now)).group_by(*alike))
    heaps = [Heap(*row) for row in found]
    return sorted(heaps, key=lambda heap: (list(State).index(heap.state), -heap.count, heap.kind))


async def rows(
    session: AsyncSession, choice: Choice, now: datetime, limit: int
) -> list[tuple[Occurrence, Kind]]:
    """Return up to *limit* of the chosen rows, the longest due first, each with its kind."""
    query = select(Occurrence, Reminder.kind).join(Reminder, Occurrence.reminder_id == Reminder.id)
    query = query.where(_chosen(choice, now)).order_by(Occurrence.due_at, Occurrence.id)
    return [(row, kind) for row, kind in await session.execute(query.limit(limit))]


async def by_id(session: AsyncSession, ids: Collection[int]) -> dict[int, Occurrence]:
    """Return the rows of these ids that are there, by id."""
    found = await session.scalars(select(Occurrence).where(Occurrence.id.in_(ids)))
    return {row.id: row for row in found}


async def coming(session: AsyncSession, now: datetime, within: timedelta) -> int:
    """Return how many rows fall due within that time from *now*."""
    soon = and_(Occurrence.due_at > now, Occurrence.due_at <= now + within)
    query = select(func.count()).select_from(Occurrence)
    return await session.scalar(query.where(Occurrence.state == State.DUE, soon)) or 0


async def retriable(session: AsyncSession, choice: Choice, now: datetime) -> tuple[int, int]:
    """Return how many of the chosen rows have ended without coming, and how many of those are wanted."""
    query = select(func.count(), func.count().filter(_wanted(now))).select_from(Occurrence)
    query = query.join(Reminder, Occurrence.reminder_id == Reminder.id)
    query = query.join(Person, Reminder.person_id == Person.id)
    ended, wanted = (await session.execute(query.where(ENDED, _chosen(choice, now)))).one()
    return ended, wanted


async def to_retry(
    session: AsyncSession, choice: Choice, now: datetime, after: int, limit: int
) -> list[tuple[Occurrence, Reminder]]:
    """Return, locked, the next *limit* of what can be sent again and is wanted, by id above *after*.

    What somebody else has in hand is passed over.
    """
    query = (
        select(Occurrence, Reminder)
        .join(Reminder, Occurrence.reminder_id == Reminder.id)
        .join(Person, Reminder.person_id == Person.id)
        .where(ENDED, _chosen(choice, now), _wanted(now), Occurrence.id > after)
        .order_by(Occurrence.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=Occurrence)
    )
    return [(row, reminder) for row, reminder in await session.execute(query)]


async def droppable(session: AsyncSession, choice: Choice, now: datetime) -> int:
    """Return how many of the chosen rows may still be sent and are not being sent right now."""
    query = select(func.count()).select_from(Occurrence)
    query = query.join(Reminder, Occurrence.reminder_id == Reminder.id)
    query = query.where(_chosen(choice, now), await _free(session))
    return await session.scalar(query) or 0


async def to_drop(
    session: AsyncSession, choice: Choice, now: datetime, after: int, limit: int
) -> list[Leased]:
    """Return, locked, the next *limit* of what can be dropped, by id above *after*; with what plans
    the one after it. What somebody else has in hand is passed over."""
    query = (
        select(Occurrence, Reminder, ReminderSlot, ZONE, Person.spread)
        .join(Reminder, Occurrence.reminder_id == Reminder.id)
        .join(ReminderSlot, Occurrence.slot == ReminderSlot.id)
        .join(Person, Reminder.person_id == Person.id)
        .where(_chosen(choice, now), await _free(session), Occurrence.id > after)
        .order_by(Occurrence.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=(Occurrence, Person))
    )
    return [
        Leased(row, Placed(Wish(reminder, slot), zone, spread))
        for row, reminder, slot, zone, spread in await session.execute(query)
    ]


async def is_in_hand(session: AsyncSession, row: Occurrence) -> bool:
    """Say whether some process may be sending this row right now, or it is about to be closed."""
    if row.state is not State.CLAIMED or row.lease_until is None:
        return False
    return row.attempts >= MOST_ATTEMPTS or row.lease_until > await database_now(session)


async def _free(session: AsyncSession) -> ColumnElement[bool]:
    lapsed = Occurrence.lease_until <= await database_now(session)
    return and_(OPEN, or_(Occurrence.state != State.CLAIMED, lapsed))


def _chosen(choice: Choice, now: datetime) -> ColumnElement[bool]:
    conditions = [Occurrence.due_at <= now, IS_KNOWN]
    if choice.ids is not None:
        conditions.append(Occurrence.id.in_(choice.ids))
    if choice.states:
        conditions.append(Occurrence.state.in_(choice.states))
    if choice.since is not None:
        conditions.append(Occurrence.due_at >= choice.since)
    if choice.announcement_id is not None:
        conditions.append(Reminder.announcement_id == choice.announcement_id)
    return and_(*conditions)


def _wanted(now: datetime) -> ColumnElement[bool]:
    """What is sure not to be in vain; all else is asked right before it is sent.

    A nudge never comes again, nor does what a newer message of the same reminder took the place of.
    """
    newer = exists().where(
        _Newer.reminder_id == Occurrence.reminder_id,
        _Newer.due_at > Occurrence.due_at,
        _Newer.due_at <= now,
    )
    return and_(
        Person.blocked_at.is_(None),
        Reminder.active,
        WANTED,
        ~Occurrence.is_nudge,
        or_(Reminder.kind == Kind.NOTICE, ~newer),
    )
