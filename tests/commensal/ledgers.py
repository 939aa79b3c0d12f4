"""A data folder whose bot has people, for commands that work on its messages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from actions.work import Runner, Work
from commensal.house import open_house
from commensal.settings import Settings
from jobs.deliver import deliver
from tests.actions.members import BERLIN, join
from tests.conftest import Clock, Post

P = ParamSpec("P")
R = TypeVar("R")

ANNA, BERT = 700_000_000_071, 700_000_000_082


@asynccontextmanager
async def opened(folder: Path, clock: Clock) -> AsyncIterator[Runner]:
    """The bot's database in *folder*, made if it is not there, at the clock's moment."""
    settings = Settings.read({"COMMENSAL_DATA_DIR": str(folder)}, for_sandbox=True)
    async with open_house(settings, clock) as house:
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


async def remind(folder: Path, *who: int, minutes_ago: float) -> None:
    """Let people join who are to be reminded at that moment of today."""
    clock = Clock(datetime.now(UTC))
    clock.advance(minutes=-minutes_ago)
    at = clock.now.astimezone(ZoneInfo(BERLIN)).time().replace(tzinfo=None)
    clock.advance(minutes=-60)
    async with opened(folder, clock) as run:
        for one in who:
            await run(join, one, at)


async def send(folder: Path, post: Post, hours_later: float = 0) -> None:
    """Let the bot send what is due, now or later."""
    clock = Clock(datetime.now(UTC))
    clock.advance(hours=hours_later)
    async with opened(folder, clock) as run:
        while await deliver(run, post, at_once=8):
            pass
