"""Many small writes in few transactions: what is added while one is under way goes into the next."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Generic, TypeVar

from domain.errors import Unavailable

Item = TypeVar("Item")


class Together(Generic[Item]):
    """Gathers what is added while *write* is under way, and writes it all in the next one."""

    def __init__(self, write: Callable[[Sequence[Item]], Awaitable[None]]) -> None:
        self._write = write
        self._next: list[tuple[Item, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def add(self, item: Item) -> None:
        """Return when *item* is written. Errors: what the write raised."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._next.append((item, done))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        await done

    async def flushed(self) -> None:
        """Wait until nothing is left to write."""
        if self._writing is not None:
            await self._writing

    async def _write_all(self) -> None:
        while self._next:
            batch, self._next = self._next, []
            try:
                await self._write([item for item, _ in batch])
            except Exception as error:  # noqa: BLE001 - handed to those who wait, as it is
                _settle((done for _, done in batch), error)
            else:
                _settle((done for _, done in batch), None)
            finally:  # nobody waits for ever for a write that was ended
                _settle((done for _, done in batch), Unavailable("the write was ended"))


def _settle(waiting: Iterable[asyncio.Future[None]], error: Exception | None) -> None:
    for done in waiting:
        if done.done():
            continue
        if error is None:
            done.set_result(None)
        else:
            done.set_exception(error)
