"""Which processes are there to give turns: each has a row that it keeps moving, and holds a lock.

A process that was killed loses its lock at once, as its connection ends; one that hangs, or whose
machine is gone, loses its lease. Either way what it had in hand is free for others. Only PostgreSQL
has several; on SQLite there is one, and it is asked for nothing here.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.moments import database_now
from storage.once import insert_once
from storage.tables import Worker

LEASE = timedelta(seconds=15)
"""How long a worker counts as there after it was last heard of."""

RENEW_EVERY = 5.0
"""Seconds between two signs of life: two may fail."""

LIVING = text("""
SELECT worker.id FROM worker
WHERE worker.seen_until > clock_timestamp() AND worker.id <> :me AND EXISTS (
    SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
    WHERE pg_database.datname = current_database()
    AND locktype = 'advisory' AND objsubid = 1 AND granted
    AND (classid::bigint << 32) | objid::bigint = worker.id
)""")


async def join(session: AsyncSession, worker_id: int) -> None:
    """Say that a worker is there, before it holds anything."""
    seen_until = await database_now(session) + LEASE
    row = {"id": worker_id, "seen_until": seen_until}
    if not await insert_once(session, Worker, [row]):
        await session.execute(
            update(Worker).where(Worker.id == worker_id).values(seen_until=seen_until)
        )


async def renew(session: AsyncSession, worker_id: int) -> bool:
    """Move a worker's lease on; False if it had run out, so that others may have taken over."""
    now = await database_now(session)
    moved = await session.scalars(
        update(Worker)
        .where(Worker.id == worker_id, Worker.seen_until > now)
        .values(seen_until=now + LEASE)
        .returning(Worker.id)
    )
    return moved.one_or_none() is not None


async def leave(session: AsyncSession, worker_id: int) -> None:
    """Say that a worker is gone."""
    await session.execute(delete(Worker).where(Worker.id == worker_id))


async def living(session: AsyncSession, but: int) -> list[int]:
    """Return the workers that are there, *but* one."""
    if session.get_bind().dialect.name == "sqlite":
        return []
    return list(await session.scalars(LIVING, {"me": but}))


async def tidy(session: AsyncSession) -> None:
    """Drop the rows of workers that have long been gone."""
    over = Worker.seen_until < await database_now(session) - 4 * LEASE
    await session.execute(delete(Worker).where(over))
