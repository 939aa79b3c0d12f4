"""The sandbox's server: one loopback port with the Bot API, the control API and the chat page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import web

from sandbox.api import Api
from sandbox.control import Control, only_ours
from sandbox.events import Events
from sandbox.membership import Membership
from sandbox.oversight import Oversight
from sandbox.page import page_routes
from sandbox.people import People
from sandbox.saving import Saving
from sandbox.time_routes import Jump, NextDue, Time
from sandbox.updates import Updates
from sandbox.webhook import Webhook
from sandbox.world import World

MOST_BODY = 60_000_000
"""Bytes of one request: a document of 50 MB and what goes with it."""


def real_time() -> datetime:
    """Return now, aware, in UTC."""
    return datetime.now(UTC)


class Sandbox:
    """A Telegram on this machine.

    token: the bot's, None lets any in. clock: the time that messages carry. folder: where the
    chats are kept over a restart, None for nowhere. jump: moves the clock ahead, coming back when all that
    fell due has settled; without it the clock cannot be moved. next_due: the next moment worth jumping to.
    """

    def __init__(
        self,
        token: str | None = None,
        clock: Callable[[], datetime] = real_time,
        folder: Path | None = None,
        jump: Jump | None = None,
        next_due: NextDue | None = None,
    ) -> None:
        self.world = World(clock)
        if token and token.partition(":")[0].isdigit():
            self.world.bot.id = int(token.partition(":")[0])
        self.updates = Updates(self.world)
        self.webhook = Webhook(self.updates)
        self.membership = Membership(self.world, self.updates)
        self.people = People(self.world, self.updates, self.membership)
        self.api = Api(self.world, self.updates, self.webhook, token)
        self.time = Time(self.world, jump, next_due)
        self.events = Events(self.world)
        self.saving = Saving(self.world, self.updates, self.webhook, folder) if folder else None
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; port 0 takes a free one. Afterwards `url` is the address, without a slash at its end."""
        if self.saving:
            self.saving.load()
        app = web.Application(middlewares=[only_ours], client_max_size=MOST_BODY)
        app.add_routes(self.api.routes())
        app.add_routes(Control(self.world, self.people, self.membership, self.api).routes())
        app.add_routes(Oversight(self.world, self.api).routes())
        app.add_routes(self.time.routes())
        app.add_routes(self.events.routes())
        app.add_routes(page_routes(self.world))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1, handle_signals=False)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        bound = self._runner.addresses[0]
        name = f"[{host}]" if ":" in host else host
        self.url = f"http://{name}:{bound[1]}"
        self.webhook.start()
        if self.saving:
            self.saving.start()

    async def stop(self) -> None:
        """Stop listening, and save."""
        self.events.stop()
        self.updates.end_poll(conflict=False)
        await self.webhook.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        if self.saving:
            await self.saving.stop()

    async def serve(self, stop: asyncio.Event) -> None:
        """Stay until *stop* is set."""
        with suppress(asyncio.CancelledError):
            await stop.wait()
        await self.stop()
