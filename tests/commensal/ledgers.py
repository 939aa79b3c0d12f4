"""A data folder whose bot has people, for commands that work on its messages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from actions.work import Runner, Work
from commensal.house import open_house
from commensal.settings import Settings
from jobs.deliver import deliver
from tests.actions.members import join
from tests.conftest import Clock, Post

P = ParamSpec("P")
R = TypeVar("R")

ANNA, BERT = 700_000_000_071, 700_000_000_082


@asynccontextmanager
async def opened(folder: Path, clock: Clock, url: str = "") -> AsyncIterator[Runner]:
    """The bot's database in *folder* (or at *url*), made if it is not there, at the clock's moment."""
    environ = {"COMMENSAL_DATA_DIR": str(folder), "COMMENSAL_DATABASE_URL": url}
    async with open_house(Settings.read(environ, for_sandbox=True), clock) as house:
        yield house.run


async def act(
    folder: Path,
    action: Callable[Concatenate[Work, P], Awaitable[R]],
    *args: P.args,
    **kwargs: P.kwargs,
) -> R:
    """Run one action on the bot's database, now."""
    async with opened(folder, Clock(datetime.now(UTC))) as run:
        return await run(action, *args, **kwargs)


async def remind(folder: Path, *who: int, minutes_ago: float, url: str = "") -> None:
    """Let people join who are to be reminded at that moment of today."""
    clock = Clock(datetime.now(UTC))
    clock.advance(minutes=-minutes_ago)
    at = clock.now.time()  # in UTC, as the clocks may be changed wherever else
    clock.advance(minutes=-60)
    async with opened(folder, clock, url) as run:
        for one in who:
            await run(join, one, at, zone="UTC")


async def send(folder: Path, post: Post, hours_later: float = 0, url: str = "") -> None:
    """Let the bot send what is due, now or later."""
    clock = Clock(datetime.now(UTC))
    clock.advance(hours=hours_later)
    async with opened(folder, clock, url) as run:
        while await deliver(run, post, at_once=8):
            pass
