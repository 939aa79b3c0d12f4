"""Updates a second, and what a kill costs: our inbox against python-telegram-bot's own queue.

Ours stores every update before it acknowledges it, the stock one keeps it in memory; so ours does
more work, and the figures say how much more.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path

from bench.echo import Far
from bench.report import Row, interleaved

LATENCY = 0.05
"""Seconds until the far end answers a message."""

PEOPLE = 100
"""Senders of the updates, in turn. Ours keeps each one's in order; the stock bot does not."""

QUIET = 1.0
"""Seconds without an answer, after which a bot that was started again has no more to give."""


async def compare_rates(far: Far, repeats: int, updates: int) -> list[Row]:
    """Have each bot answer *updates* in turn."""
    ours, stock, swapped = await interleaved(
        repeats, *(partial(_rate, far, bot, updates) for bot in ("ours", "stock", "swapped"))
    )
    what = "updates a second, ours stored first"
    return [
        Row(what, "stock Application", ours, stock),
        Row(what, "stock Application on our client", ours, swapped),
    ]


async def compare_kills(far: Far, repeats: int, updates: int, slow: float) -> list[Row]:
    """Kill each bot once half of *updates* are answered, and start it again. slow: see Answering."""
    twice: dict[str, list[float]] = {"ours": [], "stock": []}

    async def lost(bot: str) -> float:
        never, again = await _killed(far, bot, updates, slow)
        twice[bot].append(again)
        return never

    ours, stock = await interleaved(repeats, lambda: lost("ours"), lambda: lost("stock"))
    peer = "stock Application"
    return [
        Row(f"never answered after a kill, of {updates}", peer, ours, stock, counts=True),
        Row(f"answered twice, of {updates}", peer, twice["ours"], twice["stock"], counts=True),
    ]


async def _rate(far: Far, bot: str, updates: int) -> float:
    """Return answers a second, from the first update handed out to the last answer's arrival."""
    await far.load(LATENCY, updates, PEOPLE)
    with tempfile.TemporaryDirectory(prefix="commensal-bench-") as folder:
        async with _running(bot, far, Path(folder), slow=0.0):
            seen = await far.wait(updates)
    if seen.answered < updates:
        raise RuntimeError(f"{bot} answered {seen.answered} of {updates} updates")
    return updates / (seen.moments[-1] - seen.handed_at)


async def _killed(far: Far, bot: str, updates: int, slow: float) -> tuple[int, int]:
    """Return how many acknowledged updates were never answered, and how many answers came again."""
    await far.load(LATENCY, updates, PEOPLE)
    with tempfile.TemporaryDirectory(prefix="commensal-bench-") as folder:
        async with _running(bot, far, Path(folder), slow):
            await far.wait(updates // 2)
        async with _running(bot, far, Path(folder), slow):
            seen = await far.wait(updates, QUIET + 10 * slow)
    return seen.acknowledged - seen.answered, len(seen.moments) - seen.answered


@asynccontextmanager
async def _running(bot: str, far: Far, folder: Path, slow: float) -> AsyncIterator[None]:
    """Run a bot until the end, and then kill it with SIGKILL. Errors: RuntimeError if it ended before."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.worker", bot, far.url, str(folder), str(slow)),
        env={**os.environ, "NO_PROXY": "127.0.0.1"},
    )
    try:
        yield
        if process.returncode is not None:
            raise RuntimeError(f"{bot} ended by itself, with {process.returncode}")
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
