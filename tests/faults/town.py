"""A town: people with phones and reminders, a Telegram that fails as told, the bot's own sender.

The sender, its limiter and its transport are the real ones on a real socket; only the Telegram is a
sandbox, in this process, so that nothing has to be waited for.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from threading import Thread
from typing import Any

from actions import deliveries
from actions.work import Runner, Work
from bot.app import doors
from bot.context import build_application
from bot.inbox import Inbox
from bot.poller import Poller, PollingBot
from bot.request import AiohttpRequest
from bot.sender import Sender
from commensal.health import Wellbeing
from commensal.run import build_bot
from commensal.settings import Settings
from commensal.tasks import end, keep
from jobs.deliver import deliver, dispatch
from sandbox.server import Sandbox
from tests.actions.members import BERLIN, join
from tests.faults.tally import Tally, received, tally
from tests.jobs.ledger import lapse

TOKEN = "77:a-token-of-the-faults-0123456789abcdefg"

AT_ONCE = 8
"""Sends in flight."""

HALF_PAST_EIGHT = time(20, 30)


@dataclass
class Town:
    """who: everybody's Telegram ids. problems: what the sender said of Telegram, "" for well.
    told: what the operator was told."""

    server: Sandbox
    bot: PollingBot
    run: Runner
    who: list[int] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sender = Sender(self.bot, self.problems.append)

    def phones(self, who: Iterable[int]) -> None:
        """Give people phones, with which they have started the bot."""
        for one in who:
            self.who.append(one)
            self.server.people.create({"name": f"P{one}", "id": one})
            self.server.people.start(one)
        self.updates()

    async def move_in(
        self, who: Iterable[int], at: time | None = HALF_PAST_EIGHT, zone: str = BERLIN
    ) -> None:
        """Let people join who want to be reminded at *at*, or not at all."""
        coming = list(who)
        self.phones(coming)

        async def all_join(work: Work) -> None:
            for one in coming:
                await join(work, one, at, zone=zone)

        await self.run(all_join)

    def fail(self, kind: str, times: int | None = 1, **which: object) -> None:
        """Let calls go wrong, as sandbox.faults has it."""
        self.server.api.faults.add({"kind": kind, "times": times, **which})

    def mend(self) -> None:
        self.server.api.faults.clear()

    def updates(self) -> list[dict[str, Any]]:
        """Take what the bot has not fetched yet, as it would come."""
        taken, self.server.updates.waiting = self.server.updates.waiting, []
        return taken

    async def tell(self, event: str) -> None:
        """Be the operator who is told."""
        self.told.append(event)

    @asynccontextmanager
    async def inbox(self) -> AsyncIterator[Inbox]:
        """The bot's inbox with its doors, as after a start; the test hands it the updates."""
        application = build_application(self.bot)
        inbox = Inbox(application, self.run, doors(application, self.run, self.tell))
        await inbox.replay()
        try:
            yield inbox
        finally:
            await inbox.finish(within=5)

    @property
    def sent(self) -> list[dict[str, Any]]:
        """What came, in its order."""
        return list(self.server.world.sent)

    @property
    def calls(self) -> int:
        """How often a message was asked for, whatever became of it."""
        return self.server.world.calls["sendMessage"]

    async def deliver(self, rounds: int = 1, sender: Sender | None = None) -> None:
        """Let the dispatcher go round; leases and backoff are over by then."""
        for _ in range(rounds):
            await self.run(lapse)
            while await self.run(deliveries.seconds_to_next) == 0:
                await deliver(self.run, sender or self.sender, AT_ONCE)

    @asynccontextmanager
    async def dispatcher(self) -> AsyncIterator[None]:
        """The dispatcher as it lives in the bot, on the real clock of leases and backoff."""
        wake, stop = asyncio.Event(), asyncio.Event()
        dispatching = keep(
            "dispatcher",
            Wellbeing(self.run),
            lambda: dispatch(self.run, self.sender, wake, AT_ONCE, stop, lambda: None),
        )
        try:
            yield
        finally:
            stop.set()
            wake.set()
            await end(dispatching, within=20)

    @asynccontextmanager
    async def polling(self) -> AsyncIterator[Inbox]:
        """The inbox, and a poller that feeds it, as they live in the bot."""
        async with self.inbox() as inbox:
            poller = Poller(self.bot, inbox.receive, lambda _: None, self.tell)
            polling = asyncio.create_task(poller.run())
            try:
                yield inbox
            finally:
                await end(polling)

    def count(self, fault: str, due: Iterable[int] | None = None) -> Tally:
        """Count what came. due: whom a message had to come to, everybody unless given."""
        return tally(fault, self.who if due is None else due, received(self.sent))


async def until(seen: Callable[[], bool], within: float = 20) -> None:
    """Look until there is something to see. Errors: TimeoutError."""
    async with asyncio.timeout(within):
        while not seen():  # noqa: ASYNC110 - what it waits for cannot wake it
            await asyncio.sleep(0.01)


async def done(inbox: Inbox) -> None:
    """Wait until every turn has been taken. Errors: TimeoutError."""
    await until(lambda: not len(inbox))


@asynccontextmanager
async def town(
    run: Runner, folder: Path, *, apart: bool = False, **more: str
) -> AsyncIterator[Town]:
    """A town without people yet. more: settings; without any, nothing is paced.

    apart: its Telegram runs on a loop of its own, and goes on while ours stands still.
    """
    server = Sandbox(token=TOKEN, clock=run.clock)
    async with _on_its_own_loop(server) if apart else _on_ours(server):
        environ = {
            "DATA_DIR": str(folder),
            "TELEGRAM_API": server.url,
            "BOT_TOKEN": TOKEN,
            "MESSAGES_PER_SECOND": "1000",
            "MESSAGES_PER_CHAT": "100",
            **more,
        }
        settings = Settings.read({f"COMMENSAL_{name}": value for name, value in environ.items()})
        bot = build_bot(settings, AiohttpRequest(), AiohttpRequest())
        async with bot:
            yield Town(server, bot, run)


@asynccontextmanager
async def _on_ours(server: Sandbox) -> AsyncIterator[None]:
    await server.start()
    yield
    await server.stop()


@asynccontextmanager
async def _on_its_own_loop(server: Sandbox) -> AsyncIterator[None]:
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()
    asyncio.run_coroutine_threadsafe(server.start(), loop).result()
    yield
    asyncio.run_coroutine_threadsafe(server.stop(), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()
