"""The warning signs that a person selected: one row a sign and day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.people import Known
from storage.tables import Warned, new_id


@dataclass(frozen=True, slots=True)
class Chosen:
    """A sign that was selected, opened. day: the day it is about; at: when it was said."""

    day: date
    at: datetime
    sign_id: str = field(repr=False)


async def between(session: AsyncSession, person: Known, first: date, last: date) -> list[Chosen]:
    """Return what was selected about the days from *first* to *last*, in the order it was said."""
    query = select(Warned).where(Warned.person_id == person.id, Warned.day.between(first, last))
    return [
        Chosen(row.day, row.at, str(person.open("warned", "sealed", row.id, row.sealed)))
        for row in await session.scalars(query.order_by(Warned.at, Warned.id))
    ]


async def latest_since(session: AsyncSession, person: Known, since: datetime) -> str | None:
    """Return the sign that was selected last, at *since* or later, or None."""
    query = select(Warned).where(Warned.person_id == person.id, Warned.at >= since)
    row: Warned | None = await session.scalar(
        query.where(Warned.import_id.is_(None)).order_by(Warned.at.desc(), Warned.id).limit(1)
    )
    return None if row is None else str(person.open("warned", "sealed", row.id, row.sealed))


async def add_once(
    session: AsyncSession, person: Known, day: date, at: datetime, sign_id: str
) -> bool:
    """Store that a sign was selected; False where it was already, about that day.

    The person's row is locked by whoever found them, so nothing comes between the look and the insert.
    """
    if any(chosen.sign_id == sign_id for chosen in await between(session, person, day, day)):
        return False
    row = Warned(id=new_id(), person_id=person.id, day=day, at=at)
    row.sealed = person.seal("warned", "sealed", row.id, sign_id)
    session.add(row)
    await session.flush()
    return True


async def take_one_back(session: AsyncSession, person: Known, day: date, sign_id: str) -> bool:
    """Remove one sign that was selected about *day*; False where it was not."""
    query = select(Warned).where(Warned.person_id == person.id, Warned.day == day)
    for row in await session.scalars(query):
        if person.open("warned", "sealed", row.id, row.sealed) == sign_id:
            await session.delete(row)
            await session.flush()
            return True
    return False


async def take_back(session: AsyncSession, person: Known, day: date) -> None:
    """Remove what was selected about *day*."""
    await session.execute(delete(Warned).where(Warned.person_id == person.id, Warned.day == day))
