"""Updates, stored before they are acknowledged, under a key of the day.

Every moment here is the database's. An update's content is emptied once it is answered; a day's
key goes when the day's updates are done.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql import ColumnElement

from domain.errors import NotOurs
from storage.crypto import Box, CannotOpen, Keys, Where
from storage.moments import database_clock, database_now
from storage.once import insert_once
from storage.tables import Inbox, InboxKey, new_id

KEPT = timedelta(hours=48)
"""How long a row is kept after its answer: for redelivery, and to take our messages back."""


class Arrived(NamedTuple):
    """An update as it came: its number, who sent it, and its JSON."""

    update_id: int
    telegram_id: int
    content: bytes


class Stored(NamedTuple):
    """An update that waits for its answer. applied: it has had its effect. ours: we answer it."""

    id: int
    update_id: int
    content: bytes
    applied: bool
    ours: bool = True


def is_open(row: type[Inbox]) -> ColumnElement[bool]:
    """Say, as a condition, that an update waits for its answer."""
    return and_(row.answered_at.is_(None), row.parked_at.is_(None), row.sealed.is_not(None))


async def store(
    session: AsyncSession,
    keys: Keys,
    updates: Sequence[Arrived],
    owner: int,
    owned: Collection[bytes],
) -> list[Stored]:
    """Store *updates*; return those that were not there yet, in their order.

    Those of the people in *owned* (keyed hashes) are *owner*'s to answer, others nobody's yet.
    """
    now = await database_now(session)
    box = await _todays_box(session, keys, now.date())
    rows = []
    for one in updates:
        row_id, lookup = new_id(), keys.lookup(one.telegram_id)
        rows.append(
            {
                "id": row_id,
                "update_id": one.update_id,
                "digest": keys.digest(one.content),
                "lookup": lookup,
                "day": now.date(),
                "owner_id": owner if lookup in owned else None,
                "sealed": box.seal_bytes(place_of_update(row_id), one.content),
                "received_at": now,
            }
        )
    await insert_once(session, Inbox, rows)
    ids = [row["id"] for row in rows]
    added = set(await session.scalars(select(Inbox.id).where(Inbox.id.in_(ids))))
    return [
        Stored(row["id"], one.update_id, one.content, False, row["owner_id"] is not None)
        for row, one in zip(rows, updates, strict=True)
        if row["id"] in added
    ]


async def mark_applied(session: AsyncSession, inbox_id: int, owner: int) -> None:
    """Say, first thing in the action's own transaction, that the update has its effect now.

    One that is gone, with its person, may go on: it finds nobody. Errors: NotOurs where it has had its
    effect already, or is not *owner*'s any more.
    """
    marked = await session.execute(
        update(Inbox)
        .where(Inbox.id == inbox_id, Inbox.owner_id == owner, Inbox.applied_at.is_(None))
        .values(applied_at=database_clock(session))
        .execution_options(synchronize_session=False)
    )
    if marked.rowcount != 1 and await session.get(Inbox, inbox_id):  # type: ignore[attr-defined]
        raise NotOurs


async def is_applied(session: AsyncSession, inbox_id: int, owner: int) -> bool:
    """Say whether the row is marked as applied, or gone. Errors: NotOurs where it is not *owner*'s."""
    row = await session.get(Inbox, inbox_id)
    if row is None:
        return True
    if row.owner_id != owner or row.answered_at is not None:
        raise NotOurs
    return row.applied_at is not None


async def mark_answered(session: AsyncSession, inbox_id: int, sent: Sequence[int]) -> None:
    """Say that the person has had their answer, by which messages; the content is emptied.

    Whoever has it in hand by now: it is answered, and the messages are ours to take back.
    """
    values = {"sealed": None, "sent": Inbox.sent.concat("".join(f" {one}" for one in sent))}
    answered_at = database_clock(session)
    await session.execute(
        update(Inbox)
        .where(Inbox.id == inbox_id)
        .values(answered_at=answered_at, **values)
        .execution_options(synchronize_session=False)
    )


async def mark_failed(
    session: AsyncSession, inbox_id: int, owner: int, most: int
) -> tuple[bool, bool]:
    """Count a turn of *owner* that raised; after *most* of them the row is parked.

    Return whether it is parked (or gone), and whether its effect had been stored. Errors: NotOurs.
    """
    row = await session.get(Inbox, inbox_id, with_for_update=True)
    if row is None:
        return True, True
    if row.owner_id != owner:
        raise NotOurs
    row.attempts += 1
    if row.attempts >= most:
        row.parked_at = await database_now(session)
    return row.parked_at is not None, row.applied_at is not None


async def sent_since(
    session: AsyncSession, keys: Keys, telegram_id: int, within: timedelta
) -> list[int]:
    """Return the ids of our messages that answered this person, none older than *within*."""
    since = await database_now(session) - within
    query = select(Inbox.sent).where(
        Inbox.lookup == keys.lookup(telegram_id), Inbox.answered_at >= since, Inbox.sent != ""
    )
    return [int(part) for sent in await session.scalars(query) for part in sent.split()]


async def forget(session: AsyncSession, keys: Keys, telegram_id: int) -> None:
    """Drop every update of this person, the one being answered included."""
    await session.execute(delete(Inbox).where(Inbox.lookup == keys.lookup(telegram_id)))


async def tidy(session: AsyncSession) -> int:
    """Drop rows answered or parked more than 48 hours ago, and the keys of days that are done.

    Yesterday's key stays: at midnight somebody may be storing under it still.
    """
    now = await database_now(session)
    over = or_(Inbox.answered_at < now - KEPT, Inbox.parked_at < now - KEPT)
    gone = await session.execute(delete(Inbox).where(over))
    waiting = select(Inbox.day).where(Inbox.sealed.is_not(None))
    over_for_good = InboxKey.day < now.date() - timedelta(days=1)
    await session.execute(delete(InboxKey).where(over_for_good, InboxKey.day.not_in(waiting)))
    return gone.rowcount  # type: ignore[attr-defined,no-any-return]


async def waiting(session: AsyncSession) -> tuple[int, int]:
    """Return how many updates wait for their answer, and how many are parked."""
    open_ = func.count().filter(Inbox.answered_at.is_(None), Inbox.parked_at.is_(None))
    row = await session.execute(select(open_, func.count().filter(Inbox.parked_at.is_not(None))))
    waits, parked = row.one()
    return waits, parked


async def _todays_box(session: AsyncSession, keys: Keys, day: date) -> Box:
    """Return the day's key to seal with, made where it is not there yet."""
    place = _place_of_key(day)
    if await session.get(InboxKey, day) is None:
        await insert_once(session, InboxKey, [{"day": day, "key": keys.new_wrapped(place)}])
    return keys.unwrap(place, (await session.get_one(InboxKey, day)).key)


async def open_boxes(session: AsyncSession, keys: Keys) -> dict[date, Box]:
    """Return the keys that are there, by day; one that cannot be unwrapped is left out."""
    boxes = {}
    for row in await session.scalars(select(InboxKey)):
        with suppress(CannotOpen):
            boxes[row.day] = keys.unwrap(_place_of_key(row.day), row.key)
    return boxes


def _place_of_key(day: date) -> Where:
    return Where("inbox_key", "key", day.toordinal(), 0)


def place_of_update(row_id: int) -> Where:
    """Return where an update's content stands."""
    return Where("inbox", "sealed", row_id, 0)
