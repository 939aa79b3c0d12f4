"""A stream of what changes (server-sent events), for the page."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import Any

from aiohttp import web

from sandbox.world import World

Json = dict[str, Any]

KEEP_ALIVE = 15
"""Seconds between signs of life."""


class Events:
    """Everybody who listens. They are sent away when the server stops."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.stopping = False

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/sandbox/events", self.stream)]

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Send each change as one event, until the listener goes or the server stops."""
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        queue: asyncio.Queue[Json] = asyncio.Queue()
        self.world.changes.listeners.add(queue)
        try:
            await response.write(b"retry: 1000\n\n")
            while not self.stopping:
                change: Json | None = None
                with suppress(TimeoutError):
                    change = await asyncio.wait_for(queue.get(), KEEP_ALIVE)
                line = f"data: {json.dumps(change)}\n\n" if change else ": here\n\n"
                await response.write(line.encode())
        except ConnectionError:
            pass
        finally:
            self.world.changes.listeners.discard(queue)
        return response

    def stop(self) -> None:
        """Let every stream end."""
        self.stopping = True
        self.world.changes.tell("stop")
