"""Insert what is not there yet: the one way to be idempotent, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import Base


async def insert_once(
    session: AsyncSession, table: type[Base], rows: Sequence[Mapping[str, Any]]
) -> int:
    """Insert *rows*, leaving alone those that break a unique constraint; return how many were new.

    The caller's objects in the session are flushed first, and do not see the new rows until read.
    """
    if not rows:
        return 0
    await session.flush()
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    key = inspect(table).primary_key[0]
    statement = dialect.insert(table).on_conflict_do_nothing().returning(key)
    added = await session.execute(statement, list(rows))
    return len(added.all())
