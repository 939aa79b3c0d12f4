"""One process at a time does what only one may do: whoever holds a lock of PostgreSQL's.

The lock ends with the connection that took it, so a process that dies has lost it at once; and a
process whose connection ends stops what it was doing.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable

from storage.listening import Line, line

TRY_EVERY = 2.0
"""Seconds between two tries of who waits."""


def number_of(what: str) -> int:
    """Return the number of the lock that *what* stands for."""
    return int.from_bytes(hashlib.sha256(what.encode()).digest()[:8], signed=True)


async def elected(url: str, number: int, act: Callable[[], Awaitable[None]]) -> None:
    """Wait until this process holds the lock *number* at *url*, then *act*; return when that ends.

    Errors: Unavailable where the connection ended, *act* being ended first; and what *act* raises.
    """
    async with line(url) as own:
        while not await own.take(number):  # noqa: ASYNC110 - nobody tells us
            await asyncio.sleep(TRY_EVERY)
        await while_connected(own, act)


async def unless_done(url: str, number: int, act: Callable[[], Awaitable[None]]) -> None:
    """*act*, unless another process holds the lock *number*, and so does it already. Errors: as elected()."""
    async with line(url) as own:
        if await own.take(number):
            await while_connected(own, act)


async def while_connected(own: Line, act: Callable[[], Awaitable[None]]) -> None:
    """*act* until it ends, or until the connection does. Errors: as elected()."""
    acting = asyncio.ensure_future(act())
    watching = asyncio.ensure_future(own.watch())
    try:
        done, _ = await asyncio.wait({acting, watching}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (acting, watching):
            task.cancel()
        await asyncio.gather(acting, watching, return_exceptions=True)
    for task in done:
        task.result()
