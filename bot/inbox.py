"""What arrives: stored first, then given its turn, then answered, or made good by whoever comes next.

Private chats only. An update of a group is answered and not kept. Where several processes work, this one
takes what nobody has in hand, and all that is open of a person whose turns it gives.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import suppress
from typing import Any

import orjson
import structlog

from actions import updates
from actions.counting import Count, count_nothing
from actions.work import Runner
from bot.answering import Answering, Doors
from bot.context import AnyApplication
from bot.order import Turns
from bot.raw import canonical, chat_type, sender
from bot.together import Together
from domain.errors import Unavailable
from storage.claims import Left, Most
from storage.inbox import Arrived, Stored

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

AT_ONCE = 64
"""Persons whose turns run at the same time."""

MOST_WAITING = 5_000
"""Turns that may wait in memory; above, fetching pauses, and Telegram keeps the rest."""

LOOK_EVERY = 2.0
"""Seconds between two looks for what nobody has in hand, should nobody tell us."""

LOOK_AGAIN_EVERY = 15.0
"""Seconds between two looks for what is ours and in none of our lines: there should be none."""

MOST_PEOPLE = 16
"""People that are taken in one look, so that others find some too."""

MOST_EACH = 100
"""Updates of one person that are taken in one look, so that a flood keeps no other waiting."""

LEAVE_WITHIN = 2.0
"""Seconds that leaving things to others may take at a stop; it follows by itself when we are gone."""


class Inbox:
    """Receives from the poller or the webhook, and gives turns.

    works: gives turns; otherwise it only stores, for others. alone: no other process is there (SQLite).
    wake: set by whoever knows that something waits which nobody has in hand.
    """

    def __init__(
        self,
        application: AnyApplication,
        run: Runner,
        doors: Doors,
        count: Count = count_nothing,
        *,
        works: bool = True,
        alone: bool = True,
    ) -> None:
        self._count = count
        self._told: set[int] = set()
        self._run, self._doors = run, doors
        self._answer = Answering(application, run, doors, count)
        self._works, self._alone = works, alone
        self._open = self._closing = False
        self._present = asyncio.Event()
        if alone:
            self._present.set()
        self._held: set[int] = set()  # stored updates that are in our lines
        self._lapsed: set[int] = set()  # those of them that others may have taken meanwhile
        self._in_doubt = False  # may there be some that we have, and do not know of?
        self._turns: Turns[Stored] = Turns(self._take_turn, AT_ONCE, MOST_WAITING)
        self._arriving: Together[dict[str, Any]] = Together(self._store)
        self.wake = asyncio.Event()

    def __len__(self) -> int:
        return len(self._turns)

    async def receive(self, raw: Sequence[dict[str, Any]]) -> None:
        """Store *raw* updates; return when they are safe.

        Errors: Unavailable, and nothing is kept; always before replay(), when nobody is there yet.
        """
        if not self._open:
            raise Unavailable("not yet")
        private = [one for one in raw if chat_type(one) == "private"]
        try:
            await asyncio.gather(*(self._arriving.add(one) for one in private))
        except Unavailable:
            await asyncio.gather(*(self._explain(one) for one in private))
            raise
        self._told.clear()
        for one in raw:
            if chat_type(one) != "private":
                self._count("updates", "ignored")
                self._doors.hear_group(one)
        await self._turns.room()

    async def replay(self) -> int:
        """Take up what an earlier run stored and did not answer; return how many there are."""
        waiting = await self._look_again() if self._works and self._present.is_set() else 0
        for _ in range(waiting):
            self._count("updates", "replayed")
        self._open = True
        return waiting

    async def take(self, well: Callable[[], None]) -> None:
        """Take what nobody has in hand, until it ends; *well* after each look. Errors: Unavailable."""
        clock = asyncio.get_running_loop().time
        again_at = clock() + LOOK_AGAIN_EVERY
        while not self._closing:
            self.wake.clear()
            taken = 0
            if self._in_doubt or (clock() > again_at and not self._alone):
                taken = await self._look_again()
                again_at = clock() + LOOK_AGAIN_EVERY
            elif self._present.is_set() and not self._alone:
                taken = self._queue(await self._claimed(self._run(updates.claim, self._most())))
            well()
            for _ in range(taken):
                self._count("updates", "taken")
            if taken:
                await self._turns.slack()
                await self._turns.room()
                continue
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY):
                    await self.wake.wait()

    def be_present(self, present: bool) -> None:
        """Say whether others count us as there. While they do not, they may take what we have."""
        if present:
            self._present.set()
            self.wake.set()
        else:
            self._present.clear()
            self._lapsed |= self._held

    async def presence(self, stop: asyncio.Event) -> None:
        """Return once others count us as there, or at a *stop*."""
        waits = [asyncio.ensure_future(event.wait()) for event in (self._present, stop)]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for one in waits:
            one.cancel()

    async def finish(self, within: float) -> None:
        """Let the turns under way end, *within* seconds; the rest is left to others, or the next start."""
        self._closing = True
        self._held -= {stored.id for stored in self._turns.close()}
        await self._leave(self._held)
        await self._turns.finish(within)
        await self._answer.flushed()
        await self._leave(())

    async def _leave(self, keep: Collection[int]) -> None:
        if self._works:
            with suppress(Unavailable, TimeoutError):
                async with asyncio.timeout(LEAVE_WITHIN):
                    await self._run(updates.release, keep)

    def _most(self) -> Most:
        return Most() if self._alone else Most(min(self._turns.places, MOST_PEOPLE), MOST_EACH)

    async def _look_again(self) -> int:
        """Take what is anybody's, and what is ours and we do not know of. Errors: Unavailable."""
        self._in_doubt = False
        return self._queue(
            await self._claimed(self._run(updates.unanswered, self._held, self._most()))
        )

    async def _claimed(self, claiming: Awaitable[Left]) -> Left:
        try:
            return await claiming
        except Exception:  # it may have been done all the same
            self._in_doubt = True
            raise

    def _queue(self, left: Left) -> int:
        """Put what is ours into our lines; return how many there are."""
        for inbox_id in left.unreadable:
            log.error("update_unreadable", inbox_id=inbox_id)
            self._count("updates", "parked")
        for stored in left.waiting:
            self._add(stored)
        return len(left.waiting)

    def _add(self, stored: Stored) -> None:
        if stored.id not in self._held:
            self._held.add(stored.id)
            self._turns.add(sender(orjson.loads(stored.content)), stored, stored.update_id)

    async def _explain(self, raw: dict[str, Any]) -> None:
        """Tell each person, once as long as it lasts, that nothing can be stored; Telegram keeps it."""
        if sender(raw) not in self._told:
            self._told.add(sender(raw))
            await self._answer.say(orjson.dumps(raw), self._doors.explain_delay)

    async def _store(self, raw: Sequence[dict[str, Any]]) -> None:
        arrived = [Arrived(u["update_id"], sender(u), canonical(u)) for u in raw]
        takes = self._works and self._present.is_set() and not self._closing
        takes = takes and (self._alone or self._turns.places > 0)
        try:
            new = await self._run(updates.arrive, arrived, takes)
        except Exception:  # it may have been done all the same, and Telegram brings no new one
            self._in_doubt = True
            self.wake.set()
            raise
        for stored in new:
            self._count("updates", "stored")
            if stored.ours:
                self._add(stored)
        if self._works and not all(stored.ours for stored in new):
            self.wake.set()

    async def _take_turn(self, stored: Stored) -> None:
        await self._answer(stored, stored.id in self._lapsed)
        self._held.discard(stored.id)
        self._lapsed.discard(stored.id)
