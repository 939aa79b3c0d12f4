"""What arrives: stored first, then given its turn, then answered, or made good at the next start.

Private chats only. An update of a group is answered and not kept. This is a boundary: whatever a
turn raises is logged without what the person said, counted, and tried again up to three times.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any, NamedTuple

import orjson
import structlog
from telegram import Update
from telegram.error import BadRequest, Forbidden, NetworkError

from actions import people, updates
from actions.work import Runner, Unavailable
from bot.context import AnyApplication, Context, Count, LastShown, count_nothing
from bot.order import Turns
from storage.inbox import Arrived, Stored

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

AT_ONCE = 64
"""Persons whose turns run at the same time."""

MOST_WAITING = 5_000
"""Turns that may wait in memory; above, fetching pauses, and Telegram keeps the rest."""

AGAIN_IN = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
"""Seconds between tries while the database cannot be reached; the last one repeats."""

Turn = Callable[[Update, Context], Awaitable[None]]


class Doors(NamedTuple):
    """What a turn can be: a new update, one that has had its effect already, and what goes wrong."""

    handle: Turn
    show_current: Turn
    apologise: Turn
    tell_operator: Callable[[str], Awaitable[None]]
    answer_group: Callable[[dict[str, Any]], Awaitable[None]]


class Inbox:
    """Receives from the poller or the webhook, and gives turns."""

    def __init__(
        self, application: AnyApplication, run: Runner, doors: Doors, count: Count = count_nothing
    ) -> None:
        self._count = count
        self._last_shown = LastShown()
        self._application = application
        self._run = run
        self._doors = doors
        self._turns: Turns[Stored] = Turns(self._take_turn, AT_ONCE, MOST_WAITING)
        self._arriving = _Together(self._store)
        self._answered = _Together(self._mark_answered)

    def __len__(self) -> int:
        return len(self._turns)

    async def receive(self, raw: Sequence[dict[str, Any]]) -> None:
        """Store *raw* updates; return when they are safe. Errors: Unavailable, and nothing is kept."""
        private = [one for one in raw if _chat_type(one) == "private"]
        for one in raw:
            if _chat_type(one) != "private":
                self._count("updates", "ignored")
                await self._doors.answer_group(one)
        await asyncio.gather(*(self._arriving.add(one) for one in private))
        await self._turns.room()

    async def replay(self) -> int:
        """Take up what an earlier run stored and did not answer; return how many there are."""
        waiting = await self._run(updates.unanswered)
        for stored in waiting:
            self._count("updates", "replayed")
            self._turns.add(_sender(orjson.loads(stored.content)), stored)
        return len(waiting)

    async def finish(self, within: float) -> None:
        """Let the turns under way end, *within* seconds; the rest stays stored for the next start."""
        await self._turns.finish(within)
        await self._answered.flushed()

    async def _store(self, raw: Sequence[dict[str, Any]]) -> None:
        arrived = [Arrived(u["update_id"], _sender(u), _canonical(u)) for u in raw]
        for stored in await self._run(updates.arrive, arrived):
            self._count("updates", "stored")
            self._turns.add(_sender(orjson.loads(stored.content)), stored)

    async def _mark_answered(self, done: Sequence[tuple[int, Sequence[int]]]) -> None:
        await self._run(updates.answered, done)

    async def _take_turn(self, stored: Stored) -> None:
        """Run one stored update until it is answered, parked, or left for the next start."""
        waits = iter(AGAIN_IN)
        wait = 0.0
        while True:
            try:
                await self._answer(stored)
                return
            except Unavailable:
                wait = next(waits, wait)
                log.warning("update_waits_for_database", inbox_id=stored.id, again_in=wait)
                await asyncio.sleep(wait)
            except Forbidden:
                await self._run(people.blocked, _sender(orjson.loads(stored.content)))
                await self._answered.add((stored.id, ()))
                return
            except Exception as error:  # a boundary: one update that fails must not stop the others
                if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
                    log.warning("answer_not_sent", inbox_id=stored.id, reason=type(error).__name__)
                    await self._answered.add((stored.id, ()))
                    return
                log.exception("update_failed", inbox_id=stored.id)
                parked, applied = await self._count_failure(stored)
                if parked:
                    return
                stored = stored._replace(applied=applied)

    async def _answer(self, stored: Stored) -> None:
        update, context = self._opened(stored)
        await (self._doors.show_current if stored.applied else self._doors.handle)(update, context)
        await self._answered.add((stored.id, context.sent))
        self._count("updates", "answered")

    def _opened(self, stored: Stored) -> tuple[Update, Context]:
        update = Update.de_json(orjson.loads(stored.content), self._application.bot)
        context = Context.from_update(update, self._application)
        context.run = self._run.within(stored.id)
        context.sent, context.last_shown = [], self._last_shown
        return update, context

    async def _count_failure(self, stored: Stored) -> tuple[bool, bool]:
        """Return whether the update is parked now, and whether it has had its effect."""
        self._count("errors", "turn")
        try:
            parked, applied = await self._run(updates.failed, stored.id)
        except Unavailable:
            return False, stored.applied
        if parked:
            await self._own_up(stored)
        return parked, applied

    async def _own_up(self, stored: Stored) -> None:
        """Tell the operator and the person, once, that an update could not be handled."""
        await self._doors.tell_operator("update_parked")
        try:
            update, context = self._opened(stored)
            await self._doors.apologise(update, context)
        except Exception:  # the same boundary: the apology may fail for the same reason
            log.exception("apology_failed", inbox_id=stored.id)


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
