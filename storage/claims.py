"""Whose turn a stored update is in: one worker at a time has a person, and all that is open of theirs.

Taking happens under a lock per person, so that two processes never take the same one. A process that
died leaves rows that count as nobody's.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from random import sample
from typing import NamedTuple

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlalchemy.sql import ColumnElement

from storage import workers
from storage.crypto import CannotOpen, Keys
from storage.inbox import Stored, is_open, open_boxes, place_of_update
from storage.moments import database_clock
from storage.tables import Inbox


class Left(NamedTuple):
    """What is ours to answer now; *unreadable* are the rows that no key of ours opens."""

    waiting: list[Stored]
    unreadable: list[int]


class Most(NamedTuple):
    """How much to take at once: of how many people, and how many updates of each."""

    people: int = 1_000_000
    each: int = 1_000_000


async def claim(session: AsyncSession, keys: Keys, worker: int, most: Most) -> Left:
    """Take what is open and nobody's, in order, of people whom no other living worker has in hand.

    A person whom another process is just taking is passed over. A row that cannot be opened is
    parked, so that it harms no other.
    """
    living = await workers.living(session, worker)
    free = and_(
        is_open(Inbox), or_(Inbox.owner_id.is_(None), Inbox.owner_id.not_in([worker, *living]))
    )
    waiting = select(Inbox.lookup).where(free, ~_in_other_hands(living)).group_by(Inbox.lookup)
    query = waiting.order_by(func.min(Inbox.update_id)).limit(2 * most.people)
    found = list(await session.scalars(query))
    if len(found) > most.people:  # not the same ones as all others who look now
        found = sample(found, most.people)
    people = await _locked(session, found)
    if not people:
        return Left([], [])
    place = func.row_number().over(partition_by=Inbox.lookup, order_by=Inbox.update_id)
    theirs = Inbox.lookup.in_(people)
    # Looked at again now that they are locked, and once more as each row is: what was seen before may
    # be another's by now, or answered.
    placed = select(Inbox.id, place.label("place")).where(theirs, free, ~_in_other_hands(living))
    taken = placed.subquery()
    rows = await session.execute(
        update(Inbox)
        .where(Inbox.id.in_(select(taken.c.id).where(taken.c.place <= most.each)), free)
        .values(owner_id=worker)
        .returning(Inbox.id, Inbox.update_id, Inbox.day, Inbox.sealed, Inbox.applied_at)
        .execution_options(synchronize_session=False)
    )
    return await _opened(session, keys, [_Row(*row) for row in rows])


async def unknown(session: AsyncSession, keys: Keys, worker: int, held: Collection[int]) -> Left:
    """Return what is a worker's own and not among those it knows it has: *held*.

    It happens where an answer of the database was lost with the connection.
    """
    query = select(Inbox.id, Inbox.update_id, Inbox.day, Inbox.sealed, Inbox.applied_at)
    rows = await session.execute(query.where(is_open(Inbox), Inbox.owner_id == worker))
    return await _opened(session, keys, [_Row(*row) for row in rows if row.id not in held])


async def release(session: AsyncSession, worker: int, keep: Collection[int]) -> int:
    """Leave everything that a worker has and will not begin to others; return how many rows."""
    mine = select(Inbox.id).where(is_open(Inbox), Inbox.owner_id == worker)
    ids = set(await session.scalars(mine)) - set(keep)
    await session.execute(update(Inbox).where(Inbox.id.in_(ids)).values(owner_id=None))
    return len(ids)


async def free_people(
    session: AsyncSession, worker: int, lookups: Collection[bytes]
) -> Collection[bytes]:
    """Return those of *lookups* whose new updates are ours: nobody else has an open one of theirs.

    They stay locked until the end of the transaction. On SQLite all are ours.
    """
    if session.get_bind().dialect.name == "sqlite":
        return lookups
    numbers = sorted({_number(lookup) for lookup in lookups})  # in one order, whoever takes them
    await session.execute(select(func.pg_advisory_xact_lock(func.unnest(array(numbers)))))
    others = or_(Inbox.owner_id.is_(None), Inbox.owner_id != worker)
    taken = select(Inbox.lookup).where(Inbox.lookup.in_(lookups), is_open(Inbox), others)
    return set(lookups) - set(await session.scalars(taken.distinct()))


def _in_other_hands(living: Sequence[int]) -> ColumnElement[bool]:
    """The condition that one of *living* has something open of the same person."""
    other = aliased(Inbox)
    return (
        select(other.id)
        .where(other.lookup == Inbox.lookup, is_open(other), other.owner_id.in_(living))
        .correlate(Inbox)
        .exists()
    )


async def _locked(session: AsyncSession, lookups: list[bytes]) -> list[bytes]:
    """Return those of *lookups* that could be locked until the end of the transaction."""
    if not lookups or session.get_bind().dialect.name == "sqlite":
        return lookups
    number = func.unnest(array([_number(lookup) for lookup in lookups])).column_valued("number")
    got = await session.execute(select(number, func.pg_try_advisory_xact_lock(number)))
    ours = {row[0] for row in got if row[1]}
    return [lookup for lookup in lookups if _number(lookup) in ours]


def _number(lookup: bytes) -> int:
    return int.from_bytes(lookup[:8], signed=True)


class _Row(NamedTuple):
    id: int
    update_id: int
    day: date
    sealed: bytes | None
    applied_at: object


async def _opened(session: AsyncSession, keys: Keys, rows: list[_Row]) -> Left:
    boxes = await open_boxes(session, keys) if rows else {}
    left = Left([], [])
    for row in sorted(rows, key=lambda row: row.update_id):
        try:
            content = boxes[row.day].open_bytes(place_of_update(row.id), row.sealed or b"")
        except (KeyError, CannotOpen):
            left.unreadable.append(row.id)
        else:
            left.waiting.append(Stored(row.id, row.update_id, content, row.applied_at is not None))
    if left.unreadable:
        parked = update(Inbox).where(Inbox.id.in_(left.unreadable))
        await session.execute(parked.values(parked_at=database_clock(session)))
    return left
