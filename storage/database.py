"""The connection: an engine that behaves the same on SQLite and on PostgreSQL.

SQLite's defaults lose updates, so every transaction there begins IMMEDIATE, over one connection a
process: writers wait in line instead of finding the database locked.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy import event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

from domain.errors import Unavailable

BUSY_TIMEOUT = 5000
"""Milliseconds to wait for another process that writes."""

PRAGMAS = (
    "journal_mode=WAL",
    "foreign_keys=ON",
    "synchronous=FULL",
    f"busy_timeout={BUSY_TIMEOUT}",
    "secure_delete=ON",
)

AWAY_CLASSES = ("08", "53", "57")
"""PostgreSQL's error classes: the connection, too few resources, an operator's intervention."""

AWAY_STATES = ("40001", "40P01", "25006")
"""Could not serialise, deadlock, read-only: the same transaction may succeed a moment later."""

POOL = 8
"""Connections to PostgreSQL a process keeps."""


def open_engine(url: str, *, foreign_keys: bool = True) -> AsyncEngine:
    """Return an engine for *url* (sqlite+aiosqlite or postgresql+asyncpg). Nothing connects yet.

    foreign_keys: off only where tables are rebuilt, on SQLite; dropping the old one would empty
    those that hang on it.
    """
    if is_sqlite(url):
        engine = create_async_engine(
            url, hide_parameters=True, pool_size=1, max_overflow=0, pool_timeout=60
        )
        event.listen(engine.sync_engine, "connect", _set_up_sqlite)
        if not foreign_keys:  # it has no effect inside a transaction, so it is set before any
            event.listen(engine.sync_engine, "connect", _let_rows_hang)
        event.listen(engine.sync_engine, "begin", _begin_immediate)
        return engine
    return create_async_engine(
        url, hide_parameters=True, pool_size=POOL, max_overflow=POOL, pool_pre_ping=True
    )


def is_sqlite(url: str) -> bool:
    """Say whether *url* is that of a SQLite file."""
    return make_url(url).get_backend_name() == "sqlite"


def sqlite_path(url: str) -> Path:
    """Return the file that a SQLite *url* names."""
    return Path(make_url(url).database or "")


def sessions(engine: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    """Return the maker of sessions; what is read stays readable after the commit."""
    return async_sessionmaker(engine, expire_on_commit=False)


@asynccontextmanager
async def transaction(maker: async_sessionmaker[AsyncSession]) -> AsyncIterator[AsyncSession]:
    """One transaction: committed at the end, rolled back where anything is raised.

    Errors: Unavailable where the database is away, and whatever the block raises.
    """
    try:
        async with maker() as session, session.begin():
            await _connect(session)
            yield session
    except (DBAPIError, PoolTimeout) as error:
        if is_away(error):
            raise Unavailable(type(error).__name__) from error
        raise
    except (
        asyncpg.InternalClientError
    ) as error:  # the driver lost its place as the connection ended
        raise Unavailable(type(error).__name__) from error


async def _connect(session: AsyncSession) -> None:
    """Connect now, so that an OSError of the driver is told from one of an action."""
    try:
        await session.connection()
    except OSError as error:
        raise Unavailable(type(error).__name__) from error


def is_away(error: Exception) -> bool:
    """Tell a database that cannot be reached or written now from a statement of ours that is wrong."""
    if not isinstance(error, DBAPIError):
        return isinstance(error, PoolTimeout)
    state = str(getattr(error.orig, "sqlstate", None) or "")
    passing = state[:2] in AWAY_CLASSES or state in AWAY_STATES
    known = isinstance(error, OperationalError | InterfaceError)
    return error.connection_invalidated or known or passing


def _set_up_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
    connection.isolation_level = None  # we begin ourselves
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _let_rows_hang(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
