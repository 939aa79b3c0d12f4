"""The composition root's first half: settings made into a database, keys, content and a runner.

Everything that can be refused at a start is refused here, by name, before Telegram is asked.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from zoneinfo import reset_tzpath

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from actions import erase, system
from actions.work import Policy, Runner
from commensal.clock import SteadyClock
from commensal.settings import Settings
from content.library import Library
from domain.errors import SettingsError
from storage import copies, erased, migrate
from storage.binding import is_bound
from storage.crypto import Keys, new_key_file, read_key_file
from storage.database import open_engine, sessions
from storage.erasing import truncate_log

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class House:
    """What every command needs: settings, a checked database, and a runner. *wake* stirs the dispatcher."""

    settings: Settings
    engine: AsyncEngine
    run: Runner
    wake: asyncio.Event


@asynccontextmanager
async def open_house(
    settings: Settings,
    clock: Callable[[], datetime] | None = None,
    library: Library | None = None,
) -> AsyncIterator[House]:
    """Open the database at this release's schema, with the keys that fit it, and the content.

    clock: now, as people live by it; one that no jump of the host's clock disturbs, unless given.
    library: what is shipped, with the operator's own laid over it, unless given. Errors: SettingsError, ContentError.
    """
    use_locked_zones()
    library = library or Library.load(over=settings.content_dir)
    keys = open_keys(settings)
    if settings.database_file is not None:
        settings.database_file.parent.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.database_url.reveal())
    try:
        if settings.database_file is not None:
            await migrate.migrate(engine)
            settings.database_file.chmod(0o600)
            copies.drop_old(settings.database_file)
        else:
            await migrate.check(engine)
        wake = asyncio.Event()
        run = Runner(
            sessions(engine),
            library,
            keys,
            _policy(settings),
            clock or SteadyClock(),
            wake.set,
            truncate=partial(truncate_log, engine),
            list_erased=partial(_list_erased, settings.erased_file),
        )
        await run(system.recognise_key)
        if again := await run(erase.again, erased.read(settings.erased_file)):
            log.warning("erased_again", people=again)
        yield House(settings, engine, run, wake)
    finally:
        await engine.dispose()


async def migrate_only(settings: Settings) -> tuple[str | None, str]:
    """Bring the schema to this release; return the revision before and after. Errors: SettingsError."""
    use_locked_zones()
    if settings.database_file is not None:
        settings.database_file.parent.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.database_url.reveal())
    try:
        done = await migrate.migrate(engine)
        if settings.database_file is not None:
            settings.database_file.chmod(0o600)
        return done
    finally:
        await engine.dispose()


def open_keys(settings: Settings) -> Keys:
    """Read the key file; on SQLite the first start makes it. Errors: SettingsError."""
    if not settings.key_file.exists() and settings.database_file is not None:
        if is_bound(settings.database_file):
            raise SettingsError(
                [f"COMMENSAL_KEY_FILE: {settings.key_file} is gone, and {settings.database_file} "
                 "cannot be read without it; put it back"]
            )  # fmt: skip
        new_key_file(settings.key_file)
        log.info("key_file_made", path=str(settings.key_file))
    return read_key_file(settings.key_file)


def _list_erased(path: Path, lookups: Sequence[bytes], at: datetime) -> None:
    try:
        erased.append(path, lookups, at)
    except OSError as error:  # they are erased all the same
        log.error("erased_not_listed", people=len(lookups), reason=type(error).__name__)


def use_locked_zones() -> None:
    """Read time zones from the tzdata that is locked with the code, not from the system's."""
    reset_tzpath(to=())


def zones_version() -> str:
    """Return which release of the time-zone data is in use."""
    return version("tzdata")


def _policy(settings: Settings) -> Policy:
    return Policy(
        min_age=settings.min_age,
        operator_contact=settings.operator_contact or "",
        keep_blocked=settings.keep_blocked,
        keep_idle=settings.keep_idle,
        keep_unfinished=settings.keep_unfinished,
    )
