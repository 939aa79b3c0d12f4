"""Bring the schema to this release, or say why not.

On SQLite the file is copied aside first. On PostgreSQL an advisory lock lets one process migrate
at a time. A schema newer than the code is refused by name; nothing is ever downgraded here.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.errors import SettingsError
from storage.copies import copy_aside
from storage.database import is_sqlite, open_engine, sqlite_path

STEPS = Path(__file__).parent / "migrations"

ADVISORY_LOCK = 0x636F6D6D
"""One number for all processes that migrate ("comm")."""

PATIENCE = timedelta(seconds=15)
"""How long a step waits for a table that somebody has in use. While it waits, everybody else waits
behind it."""

LOCK_NOT_AVAILABLE = "55P03"
"""PostgreSQL's code for a lock that was not to be had in that time."""


BUSY = (
    "COMMENSAL_DATABASE_URL: the tables are in use, so nothing was changed; stop the bots of the "
    "release before, and what else works on this database (a backup, a query), and migrate again"
)


def newest() -> str:
    """Return the revision that this release expects."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise RuntimeError("the package holds no migrations")
    return head


async def revision(engine: AsyncEngine) -> str | None:
    """Return the database's revision, or None for an empty database.

    Errors: SettingsError where it cannot be opened; of the reason only the kind is told, as its words
    may hold a user's name.
    """
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_revision)
    except OSError as error:
        raise _closed("reached", error) from None
    except DBAPIError as error:
        raise _closed("opened", (error.orig and error.orig.__cause__) or error.orig) from None


async def check(engine: AsyncEngine) -> None:
    """Refuse a schema that this release cannot run on. Errors: SettingsError, naming both."""
    found = await revision(engine)
    if found == newest():
        return
    if found is not None and not _is_known(found):
        raise SettingsError([_newer(found)])
    raise SettingsError(
        [f"COMMENSAL_DATABASE_URL: the schema is at {found or 'nothing'}, this release needs "
         f"{newest()}; run `commensal migrate`"]
    )  # fmt: skip


async def migrate(engine: AsyncEngine) -> tuple[str | None, str]:
    """Apply every missing step; return the revision before and after. Errors: SettingsError."""
    before = await revision(engine)
    if before is not None and not _is_known(before):
        raise SettingsError([_newer(before)])
    if before == newest():
        return before, before
    url = engine.url.render_as_string(hide_password=False)
    if before is not None and is_sqlite(url):
        copy_aside(sqlite_path(url), before, newest())
    rebuilding = open_engine(url, foreign_keys=False)
    try:
        async with rebuilding.begin() as connection:
            await connection.run_sync(_upgrade)
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == LOCK_NOT_AVAILABLE:
            raise SettingsError([BUSY]) from None
        raise
    finally:
        await rebuilding.dispose()
    return before, newest()


def _upgrade(connection: Connection) -> None:
    """Apply the steps in the caller's transaction. Errors: SettingsError, and nothing is changed."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ADVISORY_LOCK})
        patience = round(PATIENCE.total_seconds() * 1000)  # in ms; from here on, not for our turn
        connection.execute(text(f"SET LOCAL lock_timeout = {patience}"))
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite":
        hanging = {str(row[0]) for row in connection.execute(text("PRAGMA foreign_key_check"))}
        if hanging:
            raise SettingsError(
                [f"COMMENSAL_DATABASE_URL: migrating would leave rows that belong to nothing, in "
                 f"{', '.join(sorted(hanging))}; nothing was changed"]
            )  # fmt: skip


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(STEPS))
    config.set_main_option("path_separator", "os")
    return config


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _is_known(found: str) -> bool:
    return found in {
        step.revision for step in ScriptDirectory.from_config(_config()).walk_revisions()
    }


def _closed(done: str, error: BaseException | None) -> SettingsError:
    kind = type(error).__name__
    return SettingsError([f"COMMENSAL_DATABASE_URL: the database cannot be {done} ({kind})"])


def _newer(found: str) -> str:
    return (
        f"COMMENSAL_DATABASE_URL: the schema {found} is newer than this release knows "
        f"({newest()}); run the release that made it, or a later one"
    )
