"""Where an operator's command meets the database of a bot that may be running: opened as it is, never
made, migrated or cleaned. Also how a command asks before it acts, and how it words counts and times.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial

from actions import system
from actions.outbox import Done
from actions.work import Policy, Runner
from commensal import logs
from commensal.house import use_locked_zones
from commensal.settings import Settings
from content.library import Library
from domain.errors import SettingsError, Unavailable
from sandbox.clock import SandboxClock
from storage import migrate
from storage.crypto import read_key_file
from storage.database import open_engine, sessions

say = partial(print, flush=True)
"""Words for the operator, on standard output."""

complain = partial(print, file=sys.stderr, flush=True)
"""What is wrong, on standard error."""


TRIES = 3
"""How often a batch is tried while the bot writes."""


def read_settings() -> Settings:
    """Return what is set, for a command that talks to nobody. Errors: SettingsError."""
    settings = Settings.read(os.environ, for_sandbox=True)
    for warning in settings.warnings:
        complain(warning)
    return settings


@asynccontextmanager
async def open_desk(settings: Settings, library: Library | None = None) -> AsyncIterator[Runner]:
    """A runner of actions on the bot's database. Errors: SettingsError, ContentError.

    On SQLite a write waits up to five seconds for the bot's own. library: where it was read already.
    """
    use_locked_zones()
    logs.configure("warning", settings.log_format, settings.secrets)
    file = settings.database_file
    if file is not None and not file.exists():
        usual = file == settings.data_dir / "commensal.db"
        name = "COMMENSAL_DATA_DIR" if usual else "COMMENSAL_DATABASE_URL"
        raise SettingsError([f"{name}: {file} is not there; did the bot run here?"])
    library, keys = (
        library or Library.load(over=settings.content_dir),
        read_key_file(settings.key_file),
    )
    engine = open_engine(settings.database_url.reveal())
    try:
        await migrate.check(engine)
        run = Runner(
            sessions(engine), library, keys, Policy(), clock_of(settings), wake=lambda: None
        )
        await run(system.recognise_key)
        yield run
    finally:
        await engine.dispose()


def clock_of(settings: Settings) -> Callable[[], datetime]:
    """Return the clock that the bot on this database goes by: the host's, or its sandbox's, moved ahead."""
    file = settings.database_file
    saved = None if file is None else file.with_name("clock.json")
    if saved is None or not saved.exists():
        return _now
    clock = SandboxClock(saved)
    if clock.offset:
        complain(
            f"This is a sandbox. Its clock counts here: it is at {clock():%Y-%m-%d %H:%M} UTC."
        )
    return clock


async def persist(run: Runner, batch: Callable[..., Awaitable[Done]], after: int) -> Done:
    """Do one batch, again where the bot is writing. Errors: Unavailable; then nothing of it was done."""
    for _ in range(TRIES - 1):
        with suppress(Unavailable):
            return await run(batch, after=after)
    return await run(batch, after=after)


def is_held_back(arguments: argparse.Namespace, question: str) -> int | None:
    """Return the exit code where nothing is to be changed: a dry run, or the operator says no."""
    if arguments.dry_run:
        say("This was a dry run: nothing was changed.")
        return 0
    return None if arguments.yes or _agreed(question) else 1


def _agreed(question: str) -> bool:
    """Ask the operator; anything but y or yes means no."""
    say(f"{question} [y/N] ", end="")
    answer = sys.stdin.readline().strip().lower()
    if answer in ("y", "yes"):
        return True
    say("Nothing was changed." if answer else "\nNothing was changed; --yes needs no answer.")
    return False


def counted(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun: 1 message, 2,000 messages."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def spelled(time: timedelta) -> str:
    """Return a length of time, roughly: 40 s, 12 min, 3 h 20 min, 5 d."""
    seconds = max(0, round(time.total_seconds()))
    if seconds < 100:
        return f"{seconds} s"
    minutes = round(seconds / 60)
    if minutes < 100:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours < 48 else f"{round(hours / 24)} d"


def drained_in(messages: int, settings: Settings) -> timedelta:
    """Return how long that many messages take at the set pace, if nothing else goes out."""
    return timedelta(seconds=messages / settings.messages_per_second)


def _now() -> datetime:
    return datetime.now(UTC)
