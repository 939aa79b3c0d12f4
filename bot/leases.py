"""Our part of the budget that all senders of one token share: asked for, a little at a time.

Asks only while somebody waits here, at most some ten times a second, for what can be sent within a
fifth of a second. A database that is away, or does not answer, leaves us at a modest pace; it is
asked again until it is back. Whose turn it is, is not decided here, and nothing is sent.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import structlog

from actions import budget as actions
from actions.work import Runner
from bot.budget import Chat, Shared
from bot.pace import Lane, Pace
from domain.budget import AHEAD, Ask, Slice
from domain.errors import Unavailable

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

GAP = 0.1
"""Seconds between two asks, and up to a quarter more, so that no process is always the second."""

PATIENCE = 1.0
"""Seconds after which a database that does not answer counts as away."""

AGAIN = 1.0
"""Seconds until a database that was away is asked again."""


@dataclass(frozen=True, slots=True)
class Share:
    """How a process reaches the shared budget. Errors of the first two: Unavailable.

    name: what a chat is called among processes; None for one that they do not share.
    """

    take: Callable[[Ask], Awaitable[Slice]]
    pause: Callable[[int, float, bool], Awaitable[None]]
    name: Callable[[Chat], bytes | None]


def share(run: Runner, per_second: int) -> Share:
    """Return the budget of *per_second* that all who run on this database share."""

    async def take(ask: Ask) -> Slice:
        return await run(actions.take, ask, per_second)

    async def pause(chat: int, seconds: float, everything: bool) -> None:
        await run(actions.pause, chat, seconds, everything=everything)

    def name(chat: Chat) -> bytes | None:
        return run.keys.lookup(chat) if isinstance(chat, int) else None

    return Share(take, pause, name)


class Leases:
    """Keeps *budget* in permits for who waits in *pace*. *changed* is called when there are new ones."""

    def __init__(
        self,
        share: Share,
        pace: Pace,
        budget: Shared,
        time: Callable[[], float],
        changed: Callable[[], None],
    ) -> None:
        self._share = share
        self._pace = pace
        self._budget = budget
        self._time = time
        self._changed = changed
        self._most = int(2 * AHEAD.total_seconds() * budget.per_second) + 2
        self._asking: asyncio.Task[None] | None = None
        self._closed = False
        self._asked_at = self._again_at = 0.0
        self._tasks: set[asyncio.Task[None]] = set()

    def look(self) -> float | None:
        """Ask for permits where it is worth it; return the seconds until to look again, None if never."""
        now = self._time()
        if self._closed or not any(self._pace.waiting.values()):
            return None
        if self._asking is not None:
            return self._wait_for(self._asking, now)
        if now < self._again_at:
            return self._again_at - now
        ask = self._ask(now)
        soonest = [at for at, n in zip(self._budget.more_at, (ask.answers, ask.bulk), strict=True) if n]  # fmt: skip
        if not soonest:
            return None
        if not self._budget.away and min(soonest) > now:
            return min(soonest) - now
        self._asked_at = now
        self._again_at = now + GAP * random.uniform(1, 1.25)  # noqa: S311 - no secret
        self._asking = self._start(self._take(ask, now))
        return PATIENCE

    def tell(self, chat: Chat, seconds: float, *, everything: bool) -> None:
        """Tell the other processes that *chat* has to wait; *everything*: that all of us have."""
        if isinstance(chat, int):
            self._start(self._tell(chat, seconds, everything))

    async def close(self) -> None:
        """Ask no more; end what is under way, within a second or so."""
        self._closed = True
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=PATIENCE)
            for task in late:
                task.cancel()
            await asyncio.wait(late, timeout=PATIENCE) if late else None

    def _ask(self, now: float) -> Ask:
        within = AHEAD.total_seconds()
        answers = self._pace.wanted(Lane.ANSWERS, within, self._most)
        bulk = self._pace.wanted(Lane.BULK, within, self._most)
        held = self._budget.held(now)
        more = max(0, answers - held)
        return Ask(more, max(0, answers + bulk - held - more), self._budget.known)

    async def _take(self, ask: Ask, asked: float) -> None:
        try:
            given = await self._share.take(ask)
            if self._budget.away:
                log.info("budget_back")
            self._budget.take(given, asked, self._time())
            self._pace.turn_away()
        except Unavailable as error:
            self._lost(str(error))
        except Exception:  # a boundary: people are still answered, at a modest pace
            log.exception("budget_failed")
            self._lost("a fault of ours")
        finally:
            self._asking = None
        if not self._closed:
            self._changed()

    def _wait_for(self, asking: asyncio.Task[None], now: float) -> float:
        """Give up on a database that does not answer; it is asked afresh when that has ended."""
        left = self._asked_at + PATIENCE - now
        if left > 0:
            return left
        self._lost("no answer")
        asking.cancel()
        return AGAIN

    async def _tell(self, chat: int, seconds: float, everything: bool) -> None:
        try:
            await self._share.pause(chat, seconds, everything)
        except Unavailable:  # the others will be told by Telegram itself
            log.warning("pause_untold")

    def _lost(self, reason: str) -> None:
        if not self._budget.away:
            log.warning("budget_away", reason=reason)
        self._budget.away = True
        self._again_at = self._time() + AGAIN

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
