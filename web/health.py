"""Whether the process lives, and whether it can do its work, for whoever watches it.

`/health/live` says only that the loop turns. `/health/ready` asks what the composition root
gives it, and is red as soon as one part is. Nothing here knows what the parts are.
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

Ready = Callable[[], Awaitable[Mapping[str, str | None]]]
"""Returns every part by name: None where it is well, else a sentence for the operator, nothing
secret in it. Called by one at a time."""

PATIENCE = 8.0
"""Seconds to wait for it; a monitor has given up by then."""

FRESH = 1.0
"""Seconds that a finding is used again, so that nobody can keep the database busy from outside."""

NO_STORE = {"Cache-Control": "no-store"}


class Health:
    """The two routes and the last finding. *patience* and *fresh* are in seconds."""

    def __init__(self, ready: Ready, patience: float = PATIENCE, fresh: float = FRESH) -> None:
        self._ask = ready
        self._patience, self._fresh = patience, fresh
        self._found: Mapping[str, str | None] = {}
        self._fresh_until = float("-inf")
        self._asking = asyncio.Lock()

    def routes(self) -> list[Route]:
        return [Route("/health/live", self._live), Route("/health/ready", self._ready)]

    async def look(self) -> Mapping[str, str | None]:
        """Return what is wrong by part, None where nothing is; at most a moment old."""
        async with self._asking:
            if time.monotonic() >= self._fresh_until:
                self._found = await self._look()
                self._fresh_until = time.monotonic() + self._fresh
            return self._found

    async def _look(self) -> Mapping[str, str | None]:
        try:
            async with asyncio.timeout(self._patience):
                return await self._ask()
        except TimeoutError:
            return {"health": "no answer in time"}
        except Exception:  # a boundary: who cannot say that it is well is not
            log.exception("health_failed")
            return {"health": "it failed; the log says how"}

    async def _live(self, _: Request) -> Response:
        return JSONResponse({"status": "green"}, headers=NO_STORE)

    async def _ready(self, _: Request) -> Response:
        found = await self.look()
        checks = {
            part: {"status": "red", "why": problem} if problem else {"status": "green"}
            for part, problem in found.items()
        }
        red = any(found.values())
        body = {"status": "red" if red else "green", "checks": checks}
        return JSONResponse(body, 503 if red else 200, headers=NO_STORE)
