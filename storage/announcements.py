"""What an operator has to tell everybody: who is to get it, who has it, and what became of it.

An announcement's id follows from its words, and a person's copy of it from both, so that no second
run and no second process can make another one. Never opens anything of a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.delivery import Reason, State
from domain.recurrence import PatternKind
from domain.reminders import NOTICE_GRACE, Kind, Planned
from storage import deliveries
from storage.once import insert_once
from storage.reminders import ZONE, Placed, Wish
from storage.tables import Announcement, Occurrence, Person, Reminder, ReminderSlot

REACHED = and_(Person.joined_at.is_not(None), Person.zone.is_not(None), Person.blocked_at.is_(None))
"""Who can be told anything."""


class Addressee(NamedTuple):
    """Who is to be told, and by which wall clock."""

    person_id: int
    zone: str


class Readers(NamedTuple):
    """How many people have this language set, and how many of them lack the announcement."""

    language: str
    people: int
    lacking: int


@dataclass(frozen=True, slots=True)
class Became:
    """How many copies of an announcement ended alike. state None: so long ago that it is forgotten."""

    state: State | None
    reason: Reason | None
    count: int


def id_of(words: str) -> int:
    """Return the id of the announcement that says *words*, whichever file they were read from."""
    return _derived(words.encode())


async def readers(session: AsyncSession, announcement_id: int) -> list[Readers]:
    """Return how many people can be told, by the language they have set."""
    lacking = func.count().filter(_lacks(announcement_id))
    query = select(Person.language, func.count(), lacking).where(REACHED)
    query = query.group_by(Person.language).order_by(Person.language)
    return [Readers(*row) for row in await session.execute(query)]


async def unreached(session: AsyncSession) -> tuple[int, int]:
    """Return how many people blocked us, and how many of the others have not finished joining."""
    blocked = Person.blocked_at.is_not(None)
    waiting = and_(Person.blocked_at.is_(None), ~REACHED)
    query = select(func.count().filter(blocked), func.count().filter(waiting)).select_from(Person)
    gone, not_joined = (await session.execute(query)).one()
    return gone, not_joined


async def lacking(
    session: AsyncSession, announcement_id: int, after: int, limit: int
) -> list[Addressee]:
    """Return the next *limit* people, by id above *after*, who lack the announcement. They are locked,
    so that nobody is erased meanwhile."""
    query = select(Person.id, ZONE).where(REACHED, _lacks(announcement_id))
    query = query.where(Person.id > after).order_by(Person.id).limit(limit)
    rows = await session.execute(query.with_for_update(of=Person))
    return [Addressee(*row) for row in rows]


async def begin(session: AsyncSession, announcement_id: int, texts: str, now: datetime) -> None:
    """Keep the announcement; one that is there already stays as it is."""
    row = {"id": announcement_id, "texts": texts, "created_at": now}
    await insert_once(session, Announcement, [row])


async def tell(
    session: AsyncSession, announcement_id: int, people: Sequence[Addressee], now: datetime
) -> None:
    """Plan the announcement for *people*, due *now*; who has it already keeps what they have."""
    reminders, slots = [], []
    for one in people:
        copy = _derived(announcement_id.to_bytes(8), one.person_id.to_bytes(8))
        reminders.append({
            "id": copy, "person_id": one.person_id, "kind": Kind.NOTICE, "weekdays": 0,
            "pattern": PatternKind.AT_MOMENT, "moment": now, "created_at": now,
            "announcement_id": announcement_id,
        })  # fmt: skip
        slots.append({"id": copy, "reminder_id": copy, "at": now.time()})
    await insert_once(session, Reminder, reminders)
    await insert_once(session, ReminderSlot, slots)
    for one, reminder, slot in zip(people, reminders, slots, strict=True):
        wish = Wish(Reminder(**reminder), ReminderSlot(**slot))
        planned = Planned(now.astimezone(ZoneInfo(one.zone)).date(), now)
        # At once for all, as what is due already is not planned anew by a change of zone.
        await deliveries.plan(session, [(Placed(wish, one.zone, 0), [planned], NOTICE_GRACE)])


async def all_of_them(session: AsyncSession) -> list[Announcement]:
    """Return every announcement, the newest first."""
    query = select(Announcement).order_by(Announcement.created_at.desc(), Announcement.id)
    return list(await session.scalars(query))


async def became(session: AsyncSession, announcement_id: int) -> list[Became]:
    """Return what became of an announcement's copies. A person who was erased is not counted."""
    query = (
        select(Occurrence.state, Occurrence.reason, func.count())
        .select_from(Reminder)
        .outerjoin(Occurrence, and_(Occurrence.reminder_id == Reminder.id, Occurrence.step == 0))
        .where(Reminder.announcement_id == announcement_id)
        .group_by(Occurrence.state, Occurrence.reason)
    )
    return [Became(*row) for row in await session.execute(query)]


def _lacks(announcement_id: int) -> ColumnElement[bool]:
    copy = exists().where(
        Reminder.person_id == Person.id, Reminder.announcement_id == announcement_id
    )
    return ~copy


def _derived(*parts: bytes) -> int:
    """Return a 63-bit id that follows from *parts*, of the kind that `new_id` draws."""
    hashed = blake2b(b"/".join(parts), digest_size=8, person=b"announcement").digest()
    return int.from_bytes(hashed) >> 1 | 1 << 20
