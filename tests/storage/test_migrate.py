"""A database is brought to this release, or refused by name."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, func, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

import storage.migrate
from actions.work import Runner
from domain.errors import SettingsError
from storage.database import open_engine
from storage.migrate import check, migrate, newest, revision
from storage.tables import Base
from tests.actions.diaries import ANNA, plant

pytestmark = pytest.mark.asyncio


async def test_the_steps_lead_to_exactly_the_tables_of_the_code(database_url: str) -> None:
    engine = open_engine(database_url)
    async with engine.connect() as connection:
        differences = await connection.run_sync(_differences)
    await engine.dispose()

    assert differences == []


@pytest.mark.postgresql
async def test_the_steps_lead_there_on_postgresql_too(database_url: str) -> None:
    engine = open_engine(database_url)
    async with engine.connect() as connection:
        differences = await connection.run_sync(_differences)
    await engine.dispose()

    assert differences == []


async def test_a_second_migration_changes_nothing(database_url: str) -> None:
    engine = open_engine(database_url)
    assert await migrate(engine) == (newest(), newest())
    await check(engine)
    await engine.dispose()


@pytest.mark.postgresql
async def test_two_that_migrate_at_once_take_turns(database_url: str) -> None:
    engines = [open_engine(database_url) for _ in range(4)]
    async with engines[0].begin() as connection:
        await connection.run_sync(Base.metadata.drop_all)
        await connection.execute(text("DROP TABLE alembic_version"))

    await asyncio.gather(*(migrate(engine) for engine in engines))

    assert await revision(engines[0]) == newest()
    for engine in engines:
        await engine.dispose()


@pytest.mark.postgresql
async def test_tables_in_use_are_not_waited_for_long_and_nothing_is_changed(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage.migrate, "PATIENCE", timedelta(milliseconds=200))
    engine = open_engine(database_url)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.drop_all)
        await connection.execute(text("DROP TABLE alembic_version"))
        await connection.run_sync(_first_step)

    async with engine.begin() as somebody:
        await somebody.execute(text("LOCK TABLE person IN ACCESS SHARE MODE"))
        with pytest.raises(SettingsError, match="the tables are in use, so nothing was changed"):
            await migrate(engine)
        assert await revision(engine) == "0001"

    assert await migrate(engine) == ("0001", newest())
    await engine.dispose()


def _first_step(connection: Connection) -> None:
    config = storage.migrate._config()
    config.attributes["connection"] = connection
    command.upgrade(config, "0001")


STEP = """
import sqlalchemy as sa
from alembic import op

revision = "9000"
down_revision = "{newest}"


def upgrade():
    with op.batch_alter_table("person", recreate="always") as person:
        person.add_column(sa.Column("nickname", sa.String(8)))
{more}
"""


@pytest.fixture
def next_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Give a copy of the steps one that makes the table of people anew, and does *more*."""

    def add(more: str) -> None:
        steps = tmp_path / "migrations"
        step = STEP.format(newest=newest(), more=f"    {more}")
        shutil.copytree(storage.migrate.STEPS, steps)
        (steps / "versions" / "9000_next.py").write_text(step)
        monkeypatch.setattr(storage.migrate, "STEPS", steps)

    return add


@pytest.mark.sqlite
async def test_a_step_that_makes_a_table_anew_keeps_all_that_hangs_on_it(
    database_url: str, run: Runner, next_step: Callable[[str], None]
) -> None:
    engine = open_engine(database_url)
    await run(plant, ANNA)
    before = await rows(engine)
    next_step("")

    await migrate(engine)

    assert await revision(engine) == "9000"
    assert await rows(engine) == before
    assert before["consent"] > 0
    await engine.dispose()


@pytest.mark.sqlite
async def test_a_step_that_leaves_rows_hanging_changes_nothing(
    database_url: str, run: Runner, next_step: Callable[[str], None]
) -> None:
    engine = open_engine(database_url)
    await run(plant, ANNA)
    before = await rows(engine)
    next_step('op.execute("DELETE FROM person")')

    with pytest.raises(SettingsError, match="consent"):
        await migrate(engine)

    assert await revision(engine) != "9000"
    assert await rows(engine) == before
    await engine.dispose()


async def rows(engine: AsyncEngine) -> dict[str, int]:
    """Count what each table holds."""
    async with engine.connect() as connection:
        return {
            table.name: await connection.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


async def test_an_empty_database_is_told_to_migrate(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}")
    with pytest.raises(SettingsError, match="commensal migrate"):
        await check(engine)
    await engine.dispose()


async def test_a_schema_newer_than_the_code_is_refused_by_name(database_url: str) -> None:
    engine = open_engine(database_url)
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    for act in (check, migrate):
        with pytest.raises(SettingsError, match="9999 is newer"):
            await act(engine)
    await engine.dispose()


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": False})
    return list(compare_metadata(context, Base.metadata))
