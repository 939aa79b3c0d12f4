"""Several workers on one PostgreSQL, in one process: what each does is real but for its turns.

A turn's effect is a line in the database that says who wrote what and which worker did it, so that a
test can count what was lost, doubled or out of order.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from telegram import Update

from actions.work import Runner, Work
from bot.answering import Doors
from bot.context import Context, build_application
from bot.inbox import Inbox
from bot.poller import PollingBot
from bot.request import AiohttpRequest
from commensal.presence import stay
from storage.database import sessions
from storage.tables import Meta, new_id

TOKEN = "77:nothing-but-a-test"
NOWHERE = "http://127.0.0.1:9/bot"
"""These turns answer nobody, so nothing has to listen."""

CONNECTIONS = 8
"""Those of one worker, beside its own line."""


def message(number: int, who: int, words: str) -> dict[str, Any]:
    """Return an update as Telegram sends it: the private message *words* of *who*."""
    person = {"id": who, "is_bot": False, "first_name": "P"}
    about = {"message_id": number, "date": 1_700_000_000, "text": words}
    return {
        "update_id": number,
        "message": {**about, "from": person, "chat": {"id": who, "type": "private"}},
    }


async def write_down(work: Work, who: int, words: str, worker: str) -> None:
    """One effect: a line of its own in the database, in the order of the commits of a person."""
    mine = select(Meta).where(Meta.name == f"told {who}").with_for_update()
    row = (await work.session.scalars(mine)).one_or_none()
    lines = json.loads(row.value) if row else []
    value = json.dumps([*lines, [words, worker]])
    if row:
        row.value = value
    else:
        work.session.add(Meta(name=f"told {who}", value=value))
    await work.session.flush()


async def told(work: Work) -> dict[int, list[tuple[str, str]]]:
    """Return what was written down, by person: the words, and the worker who did it."""
    rows = await work.session.scalars(select(Meta).where(Meta.name.like("told %")))
    return {int(row.name[5:]): [(w, by) for w, by in json.loads(row.value)] for row in rows}


@dataclass
class Turns:
    """What a worker's turns do, and what it answered. before: called ahead of each effect."""

    name: str
    answered: list[tuple[int, str]] = field(default_factory=list)
    shown: list[tuple[int, str]] = field(default_factory=list)
    operator: list[str] = field(default_factory=list)
    before: Callable[[int, str], Awaitable[None]] | None = None
    after: Callable[[int, str], Awaitable[None]] | None = None

    async def handle(self, update: Update, context: Context) -> None:
        who, words = self._of(update)
        if self.before:
            await self.before(who, words)
        await context.run(write_down, who, words, self.name)
        if self.after:
            await self.after(who, words)
        self.answered.append((who, words))

    async def show_current(self, update: Update, _: Context) -> None:
        self.shown.append(self._of(update))

    async def nothing(self, *_: object) -> None:
        """Nobody is told anything."""

    async def tell_operator(self, event: str) -> None:
        self.operator.append(event)

    def doors(self) -> Doors:
        return Doors(
            self.handle, self.show_current, self.nothing, self.nothing, self.tell_operator,
            lambda _: None,
        )  # fmt: skip

    @staticmethod
    def _of(update: Update) -> tuple[int, str]:
        assert update.effective_user
        assert update.effective_message
        return update.effective_user.id, str(update.effective_message.text)


@dataclass
class Worker:
    """A process's worth: an inbox on an engine of its own, counted as there. stores only: *works* False."""

    inbox: Inbox
    turns: Turns
    run: Runner
    tasks: list[asyncio.Task[None]]

    async def die(self) -> None:
        """Be gone without a word, whatever is under way."""
        for task in (*self.tasks, *self.inbox._turns._tasks):
            task.cancel()
        await asyncio.gather(*self.tasks, *self.inbox._turns._tasks, return_exceptions=True)


@asynccontextmanager
async def worker(url: str, run: Runner, name: str, *, works: bool = True) -> AsyncIterator[Worker]:
    """A worker that is there until the block ends; its end is that of a process that was killed."""
    engine = await _ready_engine(url)
    own = replace(run, maker=sessions(engine), worker=new_id())
    bot = PollingBot(
        TOKEN, base_url=NOWHERE, request=AiohttpRequest(), get_updates_request=AiohttpRequest()
    )
    turns = Turns(name)
    inbox = Inbox(build_application(bot), own, turns.doors(), works=works, alone=False)
    made = Worker(inbox, turns, own, [])
    if works:
        made.tasks = [
            asyncio.create_task(_again(lambda: stay(url, own, inbox, nothing, nothing))),
            asyncio.create_task(_again(lambda: inbox.take(nothing))),
        ]
        await inbox.presence(asyncio.Event())
    await inbox.replay()
    try:
        yield made
    finally:
        await made.die()
        await engine.dispose()


async def _ready_engine(url: str) -> AsyncEngine:
    """Return an engine whose connections are open already: a task that is cancelled opens none, and
    so leaves none half open in this process, which lives on."""
    engine = create_async_engine(
        url, pool_size=CONNECTIONS, max_overflow=0, pool_timeout=60, pool_pre_ping=True
    )
    async with AsyncExitStack() as stack:
        for _ in range(CONNECTIONS):
            await stack.enter_async_context(engine.connect())
    return engine


def nothing() -> None:
    """Nobody needs to know."""


async def _again(act: Callable[[], Awaitable[None]]) -> None:
    while True:
        with suppress(Exception):  # as the composition root does
            await act()
        await asyncio.sleep(0.2)


async def until(seen: Callable[[], Awaitable[bool]], within: float = 20) -> None:
    """Look again and again. Errors: TimeoutError."""
    async with asyncio.timeout(within):
        while not await seen():  # noqa: ASYNC110 - it happens in the database
            await asyncio.sleep(0.02)


def lost_and_doubled(
    sent: dict[int, list[str]], kept: dict[int, list[tuple[str, str]]]
) -> tuple[int, int]:
    """Return how many of what was *sent*, by person, had no effect, and how many had it again."""
    wanted = Counter((who, words) for who, texts in sent.items() for words in texts)
    had = Counter((who, words) for who, lines in kept.items() for words, _ in lines)
    return (wanted - had).total(), (had - wanted).total()


async def cut_connections(work: Work) -> int:
    """End every other connection to this database, whatever it is doing."""
    ended = await work.session.execute(
        text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    )
    return len(ended.all())
