"""Turns: one update at a time for a person, many persons at once.

Keeps nothing that the inbox does not: what waits here is stored already.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

import structlog

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

Item = TypeVar("Item")


class Turns(Generic[Item]):
    """Gives each person's items to *handle*, in order. What *handle* raises is logged.

    at_once: persons served at the same time. most_waiting: items above which there is no room.
    """

    def __init__(
        self, handle: Callable[[Item], Awaitable[None]], at_once: int, most_waiting: int
    ) -> None:
        self._handle = handle
        self._most_waiting = most_waiting
        self._has_room = asyncio.Event()
        self._has_room.set()
        self._free = asyncio.Semaphore(at_once)
        self._lines: dict[int, deque[Item]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._finishing = False

    def __len__(self) -> int:
        return self._waiting

    def add(self, who: int, item: Item) -> None:
        """Put *item* at the end of this person's line; once finishing has begun, do nothing."""
        if self._finishing:
            return
        self._count(1)
        line = self._lines.get(who)
        if line is not None:
            line.append(item)
            return
        self._lines[who] = deque([item])
        task = asyncio.create_task(self._serve(who))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def room(self) -> None:
        """Return when there is room for more."""
        await self._has_room.wait()

    async def finish(self, within: float) -> None:
        """Wait, *within* seconds at the most, for the turns under way; what waits stays stored."""
        self._finishing = True
        for line in self._lines.values():
            self._count(-len(line))
            line.clear()
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

    async def _serve(self, who: int) -> None:
        line = self._lines[who]
        try:
            while line:
                async with self._free:  # given back between turns, so that one person's flood
                    if not line:  # does not keep a place from others
                        break
                    item = line.popleft()
                    try:
                        await self._handle(item)
                    except Exception:  # a boundary: the others in line still have their turn
                        log.exception("turn_lost")
                    finally:
                        self._count(-1)
        finally:
            del self._lines[who]
