"""What an erasure needs beyond the rows: which messages to take back, and the log to empty.

On SQLite freed pages are overwritten by `secure_delete`, and the write-ahead log is emptied here. On PostgreSQL old row versions and its log go as
the server recycles them; without the person's key nothing in them can be read.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from storage import inbox
from storage.crypto import Keys
from storage.database import BUSY_TIMEOUT, is_sqlite
from storage.people import Known
from storage.tables import Occurrence, Reminder

REMOVABLE = inbox.KEPT - timedelta(minutes=10)
"""How old a message of ours may be for Telegram to let us remove it, a little less than its 48 hours: one
that is too old would keep others from going."""

PATIENCE = 200
"""Milliseconds to wait for a reader of another process; the day's round empties the log again."""


async def messages(
    session: AsyncSession, keys: Keys, person: Known, now: datetime
) -> tuple[int, ...]:
    """Return the ids of our messages of the last 48 hours: what Telegram still lets us remove.

    Reminders are dated by *now*, answers by the database's clock. Only in a trial do the two differ.
    """
    query = select(Occurrence.message_id).join(Reminder, Occurrence.reminder_id == Reminder.id)
    query = query.where(Reminder.person_id == person.id, Occurrence.settled_at >= now - REMOVABLE)
    sent = await session.scalars(query.where(Occurrence.message_id.is_not(None)))
    answers = await inbox.sent_since(session, keys, person.chat_id, REMOVABLE)
    return tuple(sorted({*answers, *(one for one in sent if one is not None)}))


async def truncate_log(engine: AsyncEngine) -> bool:
    """Empty SQLite's write-ahead log; return False where a reader of another process holds it."""
    if not is_sqlite(engine.url.render_as_string(hide_password=False)):
        return True
    async with engine.connect() as connection:
        raw = (await connection.get_raw_connection()).driver_connection
        assert raw is not None  # noqa: S101 - it was just opened
        # Not through SQLAlchemy: that would begin a transaction, and a checkpoint needs none.
        await raw.execute(f"PRAGMA busy_timeout={PATIENCE}")
        try:
            async with raw.execute("PRAGMA wal_checkpoint(TRUNCATE)") as cursor:
                busy, *_ = await cursor.fetchone()
        except sqlite3.OperationalError:
            return False
        finally:
            await raw.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT}")
    return not busy
