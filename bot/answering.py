"""A turn: one stored update gets its effect and its answer, once, whatever fails on the way.

This is a boundary: whatever a turn raises is logged without what the person said, counted, and tried
again up to three times. Never touches an update that another process has taken over.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import Any, NamedTuple

import orjson
import structlog
from telegram import Update
from telegram.error import Forbidden

from actions import people, updates
from actions.counting import Count
from actions.work import Runner
from bot.context import AnyApplication, Context, Courtesy, LastShown
from bot.raw import sender
from bot.request import is_undelivered
from bot.together import Together
from domain.errors import NotOurs, Unavailable
from storage.inbox import Stored

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

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


class Answering:
    """Gives a stored update its turn."""

    def __init__(
        self, application: AnyApplication, run: Runner, doors: Doors, count: Count
    ) -> None:
        self._application, self._run, self._doors, self._count = application, run, doors, count
        self._last_shown, self._courtesy = LastShown(), Courtesy()
        self._answered: Together[tuple[int, Sequence[int]]] = Together(self._mark_answered)

    async def __call__(self, stored: Stored, doubtful: bool) -> None:
        """Run one stored update until it is answered or parked, however long the database is away.

        doubtful: others may have taken it meanwhile, and answered it.
        """
        turn = _Taken(stored, stored.applied, doubtful)
        for wait in chain(AGAIN_IN, repeat(AGAIN_IN[-1])):
            try:
                while not turn.done:
                    await self._go_on(turn)
            except NotOurs:
                log.info("update_taken_over", inbox_id=stored.id)
                turn.done = True
            except Unavailable:
                log.warning("update_waits_for_database", inbox_id=stored.id, again_in=wait)
                turn.waits += 1
                if turn.waits == TELL_AFTER:
                    await self.say(turn.stored.content, self._doors.explain_delay)
                await asyncio.sleep(wait)
            if turn.done:
                return

    async def flushed(self) -> None:
        """Wait until all that was answered is written down as such."""
        await self._answered.flushed()

    async def _mark_answered(self, done: Sequence[tuple[int, Sequence[int]]]) -> None:
        await self._run(updates.answered, done)

    async def _go_on(self, turn: _Taken) -> None:
        """Do what is still open of a turn. Errors: Unavailable, and what was done stays known; NotOurs."""
        if turn.doubtful and not turn.shown:
            turn.applied = await self._run(updates.is_applied, turn.stored.id)
            turn.doubtful = False
        if not turn.shown:
            await self._show(turn)
        if turn.shown:
            await self._answered.add((turn.stored.id, turn.sent))
            self._count("updates", "answered")
            turn.done = True

    async def _show(self, turn: _Taken) -> None:
        """Give the turn to its door. Errors: Unavailable, NotOurs."""
        turn.doubtful = True  # until it is known whether the action was committed
        try:
            stored = turn.stored
            update, context = self._opened(stored.content, self._run.within(stored.id))
            turn.sent = context.sent
            await (self._doors.show_current if turn.applied else self._doors.handle)(
                update, context
            )
            turn.shown = True
        except (Unavailable, NotOurs):
            raise
        except Forbidden:
            await self._run(people.blocked, sender(orjson.loads(turn.stored.content)))
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
            await self.say(turn.stored.content, self._doors.apologise)

    async def say(self, content: bytes, door: Turn) -> None:
        """Say something to a person outside of their turn."""
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
