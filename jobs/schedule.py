"""The handful of system ticks, on APScheduler. Nothing that a person relies on lives in here.

A tick that is late runs once, late; one that is still running is not started again.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from actions.counting import Count, count_nothing

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

SAFETY = timedelta(seconds=30)
"""How often the dispatcher is woken, in case that a wake was lost or the clock was moved."""

HOURLY = timedelta(hours=1)

FIRST = timedelta(minutes=1)
"""How soon after a start the hourly ticks come first: a bot that is started anew every night has them too."""


class Ticks(NamedTuple):
    """What the ticks do. wake: the dispatcher's safety net. daily: asked every hour, and knows itself
    whether a day is over. counts: is told of each tick that failed."""

    wake: Callable[[], None]
    hourly: Callable[[], Awaitable[None]]
    daily: Callable[[], Awaitable[None]]
    counts: Count = count_nothing


def start(ticks: Ticks) -> AsyncIOScheduler:
    """Start the ticks on the running loop; `shutdown` ends them."""

    async def wake() -> None:
        ticks.wake()

    scheduler = AsyncIOScheduler(timezone="UTC")
    now = datetime.now(UTC)
    for name, every, first, act in (
        ("safety", SAFETY, SAFETY, wake),
        ("hourly", HOURLY, FIRST, ticks.hourly),
        ("daily", HOURLY, FIRST, ticks.daily),
    ):
        scheduler.add_job(
            _guarded,
            "interval",
            args=(name, act, ticks.counts),
            id=name,
            seconds=every.total_seconds(),
            next_run_time=now + first,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
    scheduler.start()
    return scheduler


async def _guarded(name: str, act: Callable[[], Awaitable[None]], count: Count) -> None:
    try:
        await act()
    except Exception:  # a boundary: the tick comes again
        count("errors", "tick")
        log.exception("tick_failed", tick=name)
