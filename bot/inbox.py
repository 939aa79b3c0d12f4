"""What arrives: stored first, then given its turn, then answered, or made good at the next start.

Private chats only. An update of a group is answered and not kept. This is a boundary: whatever a
turn raises is logged without what the person said, counted, and tried again up to three times.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import Any, NamedTuple

import orjson
import structlog
from telegram import Update
from telegram.error import Forbidden

from actions import people, updates
from actions.counting import Count, count_nothing
from actions.work import Runner
from bot.context import AnyApplication, Context, Courtesy, LastShown
from bot.order import Turns
from bot.request import is_undelivered
from domain.errors import Unavailable
from storage.inbox import Arrived, Stored

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

AT_ONCE = 64
"""Persons whose turns run at the same time."""

MOST_WAITING = 5_000
"""Turns that may wait in memory; above, fetching pauses, and Telegram keeps the rest."""

AGAIN_IN = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
"""Seconds between tries while the database cannot be reached; the last one repeats."""

TELL_AFTER = 3
"""Tries after which the person is told that storing has to wait: a few seconds."""

Turn = Callable[[Update, Context], Awaitable[None]]


class Doors(NamedTuple):
    """What a turn can be: a new update, one that has had its effect already, and what goes wrong."""

    handle: Turn
    show_current: Turn
    apologise: Turn
    explain_delay: Turn
    tell_operator: Callable[[str], Awaitable[None]]
    hear_group: Callable[[dict[str, Any]], None]


class Inbox:
    """Receives from the poller or the webhook, and gives turns."""

    def __init__(
        self, application: AnyApplication, run: Runner, doors: Doors, count: Count = count_nothing
    ) -> None:
        self._count = count
        self._last_shown = LastShown()
        self._courtesy = Courtesy()
        self._told: set[int] = set()
        self._open = False
        self._application = application
        self._run = run
        self._doors = doors
        self._turns: Turns[Stored] = Turns(self._take_turn, AT_ONCE, MOST_WAITING)
        self._arriving = _Together(self._store)
        self._answered = _Together(self._mark_answered)

    def __len__(self) -> int:
        return len(self._turns)

    async def receive(self, raw: Sequence[dict[str, Any]]) -> None:
        """Store *raw* updates; return when they are safe.

        Errors: Unavailable, and nothing is kept; always before replay(), when nobody is there yet.
        """
        if not self._open:
            raise Unavailable("not yet")
        private = [one for one in raw if _chat_type(one) == "private"]
        try:
            await asyncio.gather(*(self._arriving.add(one) for one in private))
        except Unavailable:
            await asyncio.gather(*(self._explain(one) for one in private))
            raise
        self._told.clear()
        for one in raw:
            if _chat_type(one) != "private":
                self._count("updates", "ignored")
                self._doors.hear_group(one)
        await self._turns.room()

    async def replay(self) -> int:
        """Take up what an earlier run stored and did not answer; return how many there are."""
        waiting, unreadable = await self._run(updates.unanswered)
        for inbox_id in unreadable:
            log.error("update_unreadable", inbox_id=inbox_id)
            self._count("updates", "parked")
        for stored in waiting:
            self._count("updates", "replayed")
            self._turns.add(_sender(orjson.loads(stored.content)), stored)
        self._open = True
        return len(waiting)

    async def finish(self, within: float) -> None:
        """Let the turns under way end, *within* seconds; the rest stays stored for the next start."""
        await self._turns.finish(within)
        await self._answered.flushed()

    async def _explain(self, raw: dict[str, Any]) -> None:
        """Tell each person, once as long as it lasts, that nothing can be stored; Telegram keeps it."""
        if _sender(raw) not in self._told:
            self._told.add(_sender(raw))
            await self._say(orjson.dumps(raw), self._doors.explain_delay)

    async def _store(self, raw: Sequence[dict[str, Any]]) -> None:
        arrived = [Arrived(u["update_id"], _sender(u), _canonical(u)) for u in raw]
        for stored in await self._run(updates.arrive, arrived):
            self._count("updates", "stored")
            self._turns.add(_sender(orjson.loads(stored.content)), stored)

    async def _mark_answered(self, done: Sequence[tuple[int, Sequence[int]]]) -> None:
        await self._run(updates.answered, done)

    async def _take_turn(self, stored: Stored) -> None:
        """Run one stored update until it is answered or parked, however long the database is away."""
        turn = _Taken(stored, stored.applied)
        for wait in chain(AGAIN_IN, repeat(AGAIN_IN[-1])):
            try:
                while not turn.done:
                    await self._go_on(turn)
                return
            except Unavailable:
                log.warning("update_waits_for_database", inbox_id=stored.id, again_in=wait)
                turn.waits += 1
                if turn.waits == TELL_AFTER:
                    await self._say(turn.stored.content, self._doors.explain_delay)
                await asyncio.sleep(wait)

    async def _go_on(self, turn: _Taken) -> None:
        """Do what is still open of a turn. Errors: Unavailable, and what was done stays known."""
        if turn.doubtful:
            turn.applied = await self._run(updates.is_applied, turn.stored.id)
            turn.doubtful = False
        if not turn.shown:
            await self._show(turn)
        if turn.shown:
            await self._answered.add((turn.stored.id, turn.sent))
            self._count("updates", "answered")
            turn.done = True

    async def _show(self, turn: _Taken) -> None:
        """Give the turn to its door. Errors: Unavailable."""
        turn.doubtful = True  # until it is known whether the action was committed
        try:
            stored = turn.stored
            update, context = self._opened(stored.content, self._run.within(stored.id))
            turn.sent = context.sent
            await (self._doors.show_current if turn.applied else self._doors.handle)(
                update, context
            )
            turn.shown = True
        except Unavailable:
            raise
        except Forbidden:
            await self._run(people.blocked, _sender(orjson.loads(turn.stored.content)))
            turn.shown = True
        except Exception as error:  # a boundary: one update that fails must not stop the others
            if is_undelivered(error):
                log.warning("answer_not_sent", inbox_id=turn.stored.id, reason=type(error).__name__)
                turn.shown = True
            else:
                log.exception("update_failed", inbox_id=turn.stored.id)
                await self._fail(turn)

    async def _fail(self, turn: _Taken) -> None:
        """Count a turn that raised; once it is parked, own up to the person and the operator."""
        self._count("errors", "turn")
        turn.done, turn.applied = await self._run(updates.failed, turn.stored.id)
        if turn.done:
            self._count("updates", "parked")
            await self._doors.tell_operator("update_parked")
            await self._say(turn.stored.content, self._doors.apologise)

    async def _say(self, content: bytes, door: Turn) -> None:
        try:
            await door(*self._opened(content, self._run))
        except Exception:  # the same boundary: it may fail for the same reason
            log.exception("not_told")

    def _opened(self, content: bytes, run: Runner) -> tuple[Update, Context]:
        update = Update.de_json(orjson.loads(content), self._application.bot)
        context = Context.from_update(update, self._application)
        context.run, context.ask = run, self._run
        context.sent, context.last_shown = [], self._last_shown
        context.courtesy = self._courtesy
        return update, context


@dataclass(slots=True)
class _Taken:
    """How far a turn is. doubtful: whether its effect was stored has to be asked."""

    stored: Stored
    applied: bool
    doubtful: bool = False
    shown: bool = False
    done: bool = False
    sent: list[int] = field(default_factory=list)
    waits: int = 0


class _Together:
    """Gathers what is added while a write is under way, and writes it all in the next one."""

    def __init__(self, write: Callable[[Sequence[Any]], Awaitable[None]]) -> None:
        self._write = write
        self._next: list[tuple[Any, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def add(self, item: Any) -> None:  # noqa: ANN401 - it is only passed on
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


def _settle(waiting: Iterable[asyncio.Future[None]], error: Exception | None) -> None:
    for done in waiting:
        if done.done():
            continue
        if error is None:
            done.set_result(None)
        else:
            done.set_exception(error)


def _canonical(raw: dict[str, Any]) -> bytes:
    """The same update gives the same bytes, however it came."""
    return orjson.dumps(raw, option=orjson.OPT_SORT_KEYS)


def _body(raw: dict[str, Any]) -> dict[str, Any]:
    return next((v for k, v in raw.items() if k != "update_id" and isinstance(v, dict)), {})


def _sender(raw: dict[str, Any]) -> int:
    return int(_body(raw).get("from", {}).get("id", 0))


def _chat_type(raw: dict[str, Any]) -> str | None:
    body = _body(raw)
    chat = body.get("chat") or body.get("message", {}).get("chat") or {}
    kind = chat.get("type")
    return kind if isinstance(kind, str) else None
