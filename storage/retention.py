"""Whose time is over, and whom to ask first: the only place that knows those queries.

Every row is locked as it is found, and looked at again once locked: whoever comes back in that
moment stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import imports
from storage.tables import Awaiting, Person

QUESTIONS = 2
"""How often somebody silent is asked before they are erased."""


@dataclass(frozen=True, slots=True)
class Before:
    """Whoever was blocked, last seen or last asked earlier than this is due for the next step."""

    blocked: datetime
    idle: datetime
    unfinished: datetime
    asked: datetime


async def over(session: AsyncSession, before: Before, limit: int) -> Sequence[Person]:
    """Return up to *limit* people to erase."""
    gone = or_(
        Person.blocked_at < before.blocked,
        and_(Person.joined_at.is_(None), Person.seen_at < before.unfinished),
        and_(
            Person.seen_at < before.idle,
            Person.asked_idle >= QUESTIONS,
            Person.asked_idle_at < before.asked,
        ),
    )
    query = select(Person).where(gone).order_by(Person.id).limit(limit)
    return (await session.scalars(query.with_for_update(skip_locked=True))).all()


async def silent(
    session: AsyncSession, before: Before, after_id: int, limit: int
) -> Sequence[Person]:
    """Return up to *limit* people to ask whether to keep what they told, those above *after_id*."""
    query = select(Person).where(
        Person.id > after_id,
        Person.joined_at.is_not(None),
        Person.blocked_at.is_(None),
        Person.seen_at < before.idle,
        Person.asked_idle < QUESTIONS,
        or_(Person.asked_idle == 0, Person.asked_idle_at < before.asked),
    )
    query = query.order_by(Person.id).limit(limit).with_for_update(skip_locked=True)
    return (await session.scalars(query)).all()


async def drop_leftovers(session: AsyncSession, files: datetime, prompts: datetime) -> None:
    """Drop unconfirmed files seen before *files*, and prompts that wait since before *prompts*."""
    await imports.drop_older(session, files)
    await session.execute(delete(Awaiting).where(Awaiting.since < prompts))


async def quiet_before(session: AsyncSession, before: date, limit: int = 1000) -> Sequence[Person]:
    """Return up to *limit* people whose last quiet day was earlier than *before*."""
    query = select(Person).where(Person.quiet_on < before).order_by(Person.id).limit(limit)
    return (await session.scalars(query.with_for_update(skip_locked=True))).all()
