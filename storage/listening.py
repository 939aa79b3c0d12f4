"""What processes tell each other through PostgreSQL, and a connection of its own to hear and to hold locks.

Telling is part of a transaction and arrives with its commit. Nobody relies on hearing: what is told
can also be found by looking, some seconds later. On SQLite there is nobody to tell.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

import asyncpg
from sqlalchemy import func, select
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncSession

from domain.errors import Unavailable

INBOX = "commensal_inbox"
"""An update waits that nobody has in hand."""

DUE = "commensal_due"
"""What is due has changed."""

PATIENCE = 5.0
"""Seconds for an answer; a database that takes longer counts as gone."""

CHECK_EVERY = 3.0
"""Seconds between two looks whether the connection is still there: sooner than the server gives it up."""

KEEPALIVE = {
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "3",
    "tcp_keepalives_count": "3",
}
"""In seconds: the server lets go of a machine that is gone after a quarter of a minute."""


DRIVERS = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
"""What the driver raises where a connection ends or does not come about."""


async def notify(session: AsyncSession, channel: str, sender: int) -> None:
    """Tell the others, once this transaction is committed. *sender*: who need not be told."""
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(select(func.pg_notify(channel, str(sender))))


class Line:
    """A connection of its own. What it holds and hears ends with it."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 - the driver's own
        self._connection = connection
        self._lost = asyncio.Event()
        connection.add_termination_listener(lambda _: self._lost.set())

    async def take(self, number: int) -> bool:
        """Lock *number*, until the connection ends; False if another has it. Errors: Unavailable."""
        return bool(await self._ask("SELECT pg_try_advisory_lock($1)", number))

    async def hear(self, channel: str, sender: int, heard: Callable[[], None]) -> None:
        """Call *heard* for what others than *sender* tell on *channel*. Errors: Unavailable."""

        def hear(_: object, __: int, ___: str, told_by: str) -> None:
            if told_by != str(sender):
                heard()

        with _errors():
            async with asyncio.timeout(PATIENCE):
                await self._connection.add_listener(channel, hear)

    async def watch(self) -> None:
        """Return never. Errors: Unavailable, as soon as the connection is gone or silent."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(CHECK_EVERY):
                    await self._lost.wait()
                    raise Unavailable("the connection ended")
            await self._ask("SELECT 1")

    async def _ask(self, query: str, *values: object) -> object:
        with _errors():
            return await self._connection.fetchval(query, *values, timeout=PATIENCE)


@asynccontextmanager
async def line(url: str) -> AsyncIterator[Line]:
    """A connection to PostgreSQL at *url* until the block ends. Errors: Unavailable."""
    where = make_url(url)
    _, words = where.get_dialect()().create_connect_args(where)
    with _errors():
        connection = await asyncpg.connect(**words, timeout=PATIENCE, server_settings=KEEPALIVE)
    try:
        yield Line(connection)
    finally:
        connection.terminate()  # asking it to end would wait for a server that may not answer


@contextmanager
def _errors() -> Iterator[None]:
    """Turn what the driver raises into Unavailable."""
    try:
        yield
    except (*DRIVERS, OSError) as error:  # a TimeoutError is one too
        raise Unavailable(type(error).__name__) from error
