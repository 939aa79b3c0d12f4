"""Notes and extra logs: sealed, timed, never overwritten; removed ones wait a day for an undo."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.entries import EntryKind
from storage.people import Known
from storage.tables import Entry, new_id


@dataclass(frozen=True, slots=True)
class Said:
    """An entry, opened. zone: where it was made, else where the person is. value: a note's text, or a
    log's code."""

    id: int
    day: date
    at: datetime
    kind: EntryKind
    question_id: str | None
    zone: ZoneInfo
    value: str = field(repr=False)


async def add(
    session: AsyncSession,
    person: Known,
    day: date,
    at: datetime,
    value: str,
    *,
    question_id: str | None = None,
    entry_id: int | None = None,
) -> int:
    """Store a note, or the log of a question, and return its id (*entry_id* where it is given).

    The zone that the person is in is kept with it: its time stays what their clock showed.
    """
    row = Entry(id=entry_id or new_id(), person_id=person.id, day=day, at=at)
    row.kind = EntryKind.NOTE if question_id is None else EntryKind.LOG
    row.question_id, row.zone = question_id, person.row.zone
    row.sealed = person.seal("entry", "sealed", row.id, value)
    session.add(row)
    await session.flush()
    return row.id


async def between(session: AsyncSession, person: Known, first: date, last: date) -> list[Said]:
    """Return the entries from *first* to *last*, both included, oldest first; no removed ones."""
    query = select(Entry).where(Entry.person_id == person.id, Entry.day.between(first, last))
    query = query.where(Entry.removed_at.is_(None)).order_by(Entry.at, Entry.id)
    return [opened(person, row) for row in await session.scalars(query)]


def opened(person: Known, row: Entry) -> Said:
    """Open an entry of this person, who has a zone."""
    zone = ZoneInfo(row.zone or person.row.zone or "UTC")
    value = str(person.open("entry", "sealed", row.id, row.sealed))
    return Said(row.id, row.day, row.at, row.kind, row.question_id, zone, value)


async def first_day(session: AsyncSession, person: Known) -> date | None:
    """Return the day of the oldest entry, or None."""
    first: date | None = await session.scalar(
        select(func.min(Entry.day)).where(Entry.person_id == person.id)
    )
    return first


async def forget_removed(session: AsyncSession, before: datetime) -> None:
    """Erase what was removed earlier than *before*: it cannot be had back any more."""
    await session.execute(delete(Entry).where(Entry.removed_at < before))
