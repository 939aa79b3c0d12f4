"""Whether the process lives, and whether it can do its work, for whoever watches it.

`/health/live` says only that the loop turns. `/health/ready` asks the probes that the
composition root gives it, and is red as soon as one is. Nothing here knows what a probe looks at.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

Probe = Callable[[], Awaitable[str]]
"""Returns "" where all is well, else a fixed sentence for the operator: no value, nothing secret."""

PATIENCE = 2.0
"""Seconds for one probe; a monitor has given up by then too."""

FRESH = 1.0
"""Seconds that a finding is used again, so that nobody can keep the database busy from outside."""

NO_STORE = {"Cache-Control": "no-store"}


class Health:
    """The two routes and the last finding. *patience* and *fresh* are in seconds."""

    def __init__(
        self, probes: Mapping[str, Probe], patience: float = PATIENCE, fresh: float = FRESH
    ) -> None:
        self._probes = dict(probes)
        self._patience, self._fresh = patience, fresh
        self._found: dict[str, str] = {}
        self._fresh_until = float("-inf")
        self._asking = asyncio.Lock()

    def routes(self) -> list[Route]:
        return [Route("/health/live", self._live), Route("/health/ready", self._ready)]

    async def look(self) -> dict[str, str]:
        """Ask all probes at once; return what is wrong by name, "" where nothing is."""
        async with self._asking:
            if time.monotonic() >= self._fresh_until:
                found = await asyncio.gather(*(self._ask(n, p) for n, p in self._probes.items()))
                self._found = dict(zip(self._probes, found, strict=True))
                self._fresh_until = time.monotonic() + self._fresh
            return self._found

    async def _ask(self, name: str, probe: Probe) -> str:
        try:
            async with asyncio.timeout(self._patience):
                return await probe()
        except TimeoutError:
            return "no answer in time"
        except Exception:  # a boundary: a probe that fails is red, the others are still asked
            log.exception("probe_failed", probe=name)
            return "the probe failed; the log says how"

    async def _live(self, _: Request) -> Response:
        return JSONResponse({"status": "green"}, headers=NO_STORE)

    async def _ready(self, _: Request) -> Response:
        found = await self.look()
        checks = {
            name: {"status": "red", "why": why} if why else {"status": "green"}
            for name, why in found.items()
        }
        red = any(found.values())
        body = {"status": "red" if red else "green", "checks": checks}
        return JSONResponse(body, 503 if red else 200, headers=NO_STORE)
