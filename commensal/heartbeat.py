"""A sign of life for a watcher elsewhere: an address is asked for while all is well, and else is not.

It carries nothing, of nobody. The address may hold a token, so it is in no log and in no error.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

import aiohttp
import structlog
from yarl import URL

from bot.request import proxy_for
from commensal.kinds import Secret
from web.health import Health

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

PATIENCE = 10.0
"""Seconds for the watcher to answer in."""

FRESH = 120.0
"""Seconds since the dispatcher's last round after which something holds it up: it is woken every 30."""


class Rounds:
    """When the dispatcher last made a round. *clock*: seconds that no change of the host's clock moves."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._at, self._steadily = 0.0, float("-inf")

    def made(self) -> None:
        """Note that a round was made just now."""
        self._at, self._steadily = time.time(), self._clock()

    def last(self) -> float:
        """Return when, as Unix time; 0 before the first."""
        return self._at

    def are_fresh(self) -> bool:
        """Say whether the last one was not long ago."""
        return self._clock() - self._steadily < FRESH


async def is_well(health: Health, rounds: Rounds | None) -> bool:
    """Say whether all probes are green and the dispatcher makes its rounds; None: there is none here."""
    found = await health.look()
    return not any(found.values()) and (rounds is None or rounds.are_fresh())


async def beat(
    url: Secret, every: float, well: Callable[[], Awaitable[bool]], patience: float = PATIENCE
) -> None:
    """Ask for *url* every so many seconds while *well*, until cancelled. A failure is logged once."""
    limits = aiohttp.ClientTimeout(total=patience)
    failing = False
    async with aiohttp.ClientSession(timeout=limits, cookie_jar=aiohttp.DummyCookieJar()) as client:
        while True:
            if await well():
                problem = await _ask(client, url.reveal())
                if problem and not failing:
                    log.warning("heartbeat_failed", reason=problem)
                if failing and not problem:
                    log.info("heartbeat_again")
                failing = bool(problem)
            await asyncio.sleep(every)


async def _ask(client: aiohttp.ClientSession, url: str) -> str:
    """Ask once; return what is wrong, without the address: "" where nothing is."""
    try:
        parts = URL(url)
        proxy = proxy_for(parts.scheme, parts.host or "")
        async with client.get(url, proxy=proxy, allow_redirects=False) as answer:
            return "" if answer.status < 300 else f"answered {answer.status}"
    except (aiohttp.ClientError, OSError, ValueError) as error:  # a TimeoutError is an OSError
        return type(error).__name__
