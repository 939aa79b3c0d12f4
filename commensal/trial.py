"""Try the bot without Telegram: a sandbox on this machine, the bot in front of it, a clock to move.

The bot does not know the difference: it has an address and a token like any other. Only here is
its clock an offset from the real one.
"""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

import structlog
import uvloop

from actions import planning
from commensal import logs
from commensal.house import House, open_house
from commensal.kinds import Address, Secret
from commensal.run import live, stop_on_signals
from commensal.settings import Settings
from content.library import Library
from domain.errors import SettingsError
from sandbox.clock import SandboxClock
from sandbox.server import Sandbox

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

TOKEN = "4242:a-token-that-opens-nothing-but-the-sandbox"  # noqa: S105 - it opens nothing else

SETTLED_WITHIN = 30.0
"""Seconds that what is due at one moment has to be sent in, before the clock moves on."""


def main(settings: Settings) -> int:
    """Run the sandbox and the bot until a signal, then return 0. Errors: SettingsError."""
    logs.configure(settings.log_level, settings.log_format, (*settings.secrets, TOKEN))
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_try(settings))
    return 0


async def _try(settings: Settings) -> None:
    stop = stop_on_signals()
    async with trial(settings) as (url, living):
        print(f"\n  The chat page: {url}/\n", flush=True)  # noqa: T201 - what was asked for
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait({stopped, living}, return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()


@asynccontextmanager
async def trial(
    settings: Settings, library: Library | None = None
) -> AsyncIterator[tuple[str, asyncio.Task[None]]]:
    """A sandbox with the bot in front of it, until the block ends: its address, and the bot's life.

    library: the content that is shipped, unless given. Errors: SettingsError.
    """
    folder = settings.data_dir / "sandbox"
    folder.mkdir(parents=True, exist_ok=True)
    clock = SandboxClock(folder / "clock.json")
    houses: list[House] = []

    async def jump(to: datetime) -> None:
        await _jump(houses[0], clock, to)

    async def next_due() -> datetime | None:
        return await houses[0].run(planning.next_due) if houses else None

    sandbox = Sandbox(token=TOKEN, clock=clock, folder=folder, jump=jump, next_due=next_due)
    try:
        await sandbox.start(port=settings.sandbox_port)
    except OSError:
        raise SettingsError(
            [f"COMMENSAL_SANDBOX_PORT: port {settings.sandbox_port} is taken; set another"]
        ) from None
    try:
        async with open_house(_for_sandbox(settings, sandbox.url), clock, library) as house:
            houses.append(house)
            stop = asyncio.Event()
            living = asyncio.create_task(live(house, stop))
            try:
                yield sandbox.url, living
            finally:
                stop.set()
                await living
    finally:
        await sandbox.stop()


def _for_sandbox(settings: Settings, url: str) -> Settings:
    """The same settings, in a folder of the sandbox's own: trying out never touches real data."""
    folder = settings.data_dir / "sandbox"
    return dataclasses.replace(
        settings,
        bot_token=Secret(TOKEN),
        telegram_api=url,
        database_url=Secret(f"sqlite+aiosqlite:///{folder / 'commensal.db'}"),
        key_file=folder / "commensal.key",
        erased_file=folder / "erased.txt",
        webhook_url=None,
        heartbeat_url=None,
        listen=Address("127.0.0.1", 0),
        operator_contact=settings.operator_contact or "whoever runs this sandbox",
    )


async def _jump(house: House, clock: SandboxClock, to: datetime) -> None:
    """Move people's time to *to*, stopping at each due moment until its sends have settled."""
    while clock() < to:
        due = await house.run(planning.next_due)
        clock.move_to(to if due is None else min(to, max(due, clock())))
        house.wake.set()
        await _settle(house)


async def _settle(house: House) -> None:
    async with asyncio.timeout(SETTLED_WITHIN):
        while await house.run(planning.unsettled):
            house.wake.set()
            await asyncio.sleep(0.02)
