"""The release before this one and this one on one database, over a migration: what either stored is handled, once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from alembic import command
from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

import storage.migrate
from actions import updates
from actions.work import Runner, Work
from bot.raw import canonical, sender
from domain.delivery import State
from storage.database import open_engine, sessions
from storage.inbox import Arrived
from storage.migrate import migrate, newest, revision
from storage.moments import database_now
from storage.tables import Base, Occurrence
from tests.conftest import Clock
from tests.faults.tally import Tally
from tests.faults.town import Town, done
from tests.jobs.ledger import ledger

pytestmark = pytest.mark.asyncio

BEFORE = "0002"
"""The schema that the release before this one was made for."""

CROWD = range(1000, 1012)
IN_HAND = 3
"""Messages that the old release had claimed when it was ended."""

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def to_old_schema(connection: Connection) -> dict[str, list[str]]:
    """Bring an empty database to the old schema; return its tables and their columns."""
    config = storage.migrate._config()
    config.attributes["connection"] = connection
    command.upgrade(config, BEFORE)
    seen = inspect(connection)
    return {
        name: [column["name"] for column in seen.get_columns(name)]
        for name in seen.get_table_names()
        if name != "alembic_version"
    }


@pytest_asyncio.fixture
async def old(tmp_path: Path) -> AsyncIterator[tuple[AsyncEngine, dict[str, list[str]]]]:
    """A database at the old schema, and what it has."""
    engine = open_engine(f"sqlite+aiosqlite:///{tmp_path / 'old.db'}")
    async with engine.begin() as connection:
        columns = await connection.run_sync(to_old_schema)
    yield engine, columns
    await engine.dispose()


async def take_out(work: Work, columns: dict[str, list[str]]) -> Rows:
    """Read what there is, in the columns that the old release knows, and remove it."""
    order = [table.name for table in Base.metadata.sorted_tables if table.name in columns]
    taken = {}
    for name in order:
        rows = await work.session.execute(text(f"SELECT {', '.join(columns[name])} FROM {name}"))
        taken[name] = [dict(row) for row in rows.mappings()]
    for name in reversed(order):
        await work.session.execute(text(f"DELETE FROM {name}"))
    return taken


async def put_in(work: Work, rows: Rows) -> None:
    """Insert as the old release does: it names its own columns and no others."""
    for name, each in rows.items():
        for row in each:
            values = ", ".join(f":{column}" for column in row)
            statement = text(f"INSERT INTO {name} ({', '.join(row)}) VALUES ({values})")
            await work.session.execute(statement, row)


async def in_the_old_hands(work: Work, raw: list[dict[str, Any]]) -> None:
    """Let the old release have claimed some, been ended, and have stored what people said."""
    due = select(Occurrence).where(Occurrence.due_at <= work.now).limit(IN_HAND)
    for row in await work.session.scalars(due):
        row.state, row.attempts = State.CLAIMED, 1
        row.lease_until = await database_now(work.session) - timedelta(seconds=1)
    arrived = [Arrived(one["update_id"], sender(one), canonical(one)) for one in raw]
    await updates.arrive(work, arrived, takes=False)


@pytest_asyncio.fixture
async def stored(town: Town, clock: Clock, old: tuple[AsyncEngine, dict[str, list[str]]]) -> Rows:
    """What the old release has stored: people with due reminders, and an update of each."""
    await town.move_in(CROWD)
    clock.advance(minutes=31)
    for who in CROWD:
        town.server.people.say(who, "/note all is well")
    await town.run(in_the_old_hands, town.updates())
    return await town.run(take_out, old[1])


async def carry_on(town: Town, fault: str) -> None:
    """Start this release: everybody is answered and reminded, the unsure ones silently."""
    async with town.inbox() as inbox:
        await done(inbox)
    await town.deliver(rounds=2)

    assert town.count(fault, due=[*CROWD, *CROWD]) == Tally(24, 24)
    assert sum(note["silent"] for note in town.sent) == IN_HAND
    assert set(await town.run(ledger)) == {(State.SENT, None)}


async def test_what_the_old_release_stores_on_the_new_schema_is_handled(
    town: Town, stored: Rows
) -> None:
    await town.run(put_in, stored)

    await carry_on(town, "rolling upgrade, the old release on the new schema")


async def test_what_the_old_release_stored_before_the_migration_is_handled(
    town: Town, run: Runner, stored: Rows, old: tuple[AsyncEngine, dict[str, list[str]]]
) -> None:
    engine, _ = old
    town.run = replace(run, maker=sessions(engine))
    await town.run(put_in, stored)
    assert await migrate(engine) == (BEFORE, newest())
    assert await revision(engine) == newest()

    await carry_on(town, "rolling upgrade, migrated with all in it")
