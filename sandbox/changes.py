"""What changed in the sandbox, told to whoever watches: the page, a test that waits.

A change has a number, and a chat remembers the number of its last one. Nothing is kept:
who comes late reads the state itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

Json = dict[str, Any]


class Changes:
    """A counter of changes, and those who listen."""

    def __init__(self) -> None:
        self.number = 0
        self.listeners: set[asyncio.Queue[Json]] = set()
        self.hooks: list[Callable[[], None]] = []
        self._news = asyncio.Event()

    def tell(self, kind: str, **about: object) -> int:
        """Number a change and pass it on; return its number."""
        self.number += 1
        for queue in self.listeners:
            if queue.qsize() < 10_000:
                queue.put_nowait({"kind": kind, "number": self.number, **about})
        for hook in self.hooks:
            hook()
        self._news.set()
        self._news = asyncio.Event()
        return self.number

    async def until(self, ready: Callable[[], bool], seconds: float) -> bool:
        """Wait until *ready*, asked again after every change; False when *seconds* have passed."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not ready():
                    await self._news.wait()
                return True
        return ready()
