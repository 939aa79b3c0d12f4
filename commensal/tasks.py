"""Tasks that live as long as the bot: started again when they fail, ended when it stops."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from commensal.health import Wellbeing
from domain.errors import Unavailable

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

AGAIN_IN = (1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds before a task that failed is tried again; the last one repeats."""

AWAY_AGAIN_IN = 5.0
"""Seconds between tries while the database is away."""

STEADY = 60.0
"""Seconds after which a task that ran is no longer one that keeps failing."""


def keep(name: str, health: Wellbeing, run: Callable[[], Awaitable[None]]) -> asyncio.Task[None]:
    """Run a task until it ends by itself: what it raises is logged, and it starts again."""

    async def kept() -> None:
        clock, failures = asyncio.get_running_loop().time, 0
        while True:
            started = clock()
            try:
                await run()
                return
            except Unavailable:
                health.set(name, "waits for the database")
                log.warning("task_waits_for_database", task=name, again_in=AWAY_AGAIN_IN)
                await asyncio.sleep(AWAY_AGAIN_IN)
            except Exception as error:  # a boundary: nothing that lives on may end the bot
                failures = 0 if clock() - started > STEADY else failures
                wait = AGAIN_IN[min(failures, len(AGAIN_IN) - 1)]
                failures += 1
                health.failed(name, error)
                log.exception("task_failed", task=name, again_in=wait)
                await asyncio.sleep(wait)

    return asyncio.create_task(kept())


async def end(task: asyncio.Task[None], within: float = 0) -> None:
    """Give *task* some seconds to end by itself, then end it."""
    await asyncio.wait({task}, timeout=within)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
