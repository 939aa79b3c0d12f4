"""Turns: one update at a time for a person, lowest number first, many persons at once.

Keeps nothing that the inbox does not: what waits here is stored already.
"""

from __future__ import annotations

import asyncio
from bisect import insort
from collections.abc import Awaitable, Callable
from operator import itemgetter
from typing import Generic, TypeVar

import structlog

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

Item = TypeVar("Item")


class Turns(Generic[Item]):
    """Gives each person's items to *handle*, in order. What *handle* raises is logged.

    at_once: persons served at the same time. most_waiting: items above which there is no room. There
    is slack while no more than twice as many persons as are served at once have items here.
    """

    def __init__(
        self, handle: Callable[[Item], Awaitable[None]], at_once: int, most_waiting: int
    ) -> None:
        self._handle = handle
        self._most_waiting = most_waiting
        self._has_room, self._has_slack = asyncio.Event(), asyncio.Event()
        self._has_room.set()
        self._has_slack.set()
        self._free = asyncio.Semaphore(at_once)
        self._most_people = 2 * at_once
        self._lines: dict[int, list[tuple[int, Item]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._finishing = False

    def __len__(self) -> int:
        return self._waiting

    @property
    def places(self) -> int:
        """How many persons more may come before there is no slack."""
        return max(0, self._most_people - len(self._lines))

    def add(self, who: int, item: Item, number: int = 0) -> None:
        """Put *item* into this person's line, behind those with a lower or the same *number*.

        Once finishing has begun, do nothing.
        """
        if self._finishing:
            return
        self._count(1)
        line = self._lines.get(who)
        if line is not None:
            insort(line, (number, item), key=itemgetter(0))
            return
        self._lines[who] = [(number, item)]
        self._look_at_slack()
        task = asyncio.create_task(self._serve(who))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def room(self) -> None:
        """Return when there is room for more."""
        await self._has_room.wait()

    async def slack(self) -> None:
        """Return when others' persons may be taken in."""
        await self._has_slack.wait()

    def close(self) -> list[Item]:
        """Begin no turn any more; return what will not have its turn here."""
        self._finishing = True
        left = [item for line in self._lines.values() for _, item in line]
        self._count(-len(left))
        for line in self._lines.values():
            line.clear()
        return left

    async def finish(self, within: float) -> None:
        """Wait, *within* seconds at the most, for the turns under way; what waits stays stored."""
        self.close()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=within)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _count(self, change: int) -> None:
        self._waiting += change
        if self._waiting > self._most_waiting:
            self._has_room.clear()
        else:
            self._has_room.set()

    def _look_at_slack(self) -> None:
        if self.places:
            self._has_slack.set()
        else:
            self._has_slack.clear()

    async def _serve(self, who: int) -> None:
        line = self._lines[who]
        try:
            while line:
                async with self._free:  # given back between turns, so that one person's flood
                    if not line:  # does not keep a place from others
                        break
                    _, item = line.pop(0)
                    try:
                        await self._handle(item)
                    except Exception:  # a boundary: the others in line still have their turn
                        log.exception("turn_lost")
                    finally:
                        self._count(-1)
        finally:
            del self._lines[who]
            self._look_at_slack()
