"""What a process that works does: turns, reminders and ticks, from its start to an orderly end.

Beside it other processes may do the same. What this one does not finish is left to them, or to the next start.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial

import structlog

from actions import budget, deliveries, updates
from bot import face
from bot.inbox import Inbox
from bot.poller import PollingBot
from bot.sender import Sender
from commensal import presence
from commensal.health import Wellbeing
from commensal.house import House, zones_version
from commensal.tasks import end, keep
from domain.errors import Unavailable
from jobs import deliver, retention, schedule, zones
from storage import copies
from storage.election import number_of, unless_done
from web.metrics import Metrics

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

IN_FLIGHT = 6.0
"""Seconds that sends, turns and requests under way have to end at a stop, all at once: under ten."""

LEAVE_WITHIN = 1.0
"""Seconds to say goodbye in; others notice by themselves when we are gone."""


class Working:
    """The tasks of a process that works. It ends some time after *stop*, by finish()."""

    def __init__(
        self,
        house: House,
        bot: PollingBot,
        inbox: Inbox,
        health: Wellbeing,
        metrics: Metrics,
        stop: asyncio.Event,
    ) -> None:
        self._house, self._bot, self._inbox, self._stop = house, bot, inbox, stop
        self._health, self._metrics = health, metrics
        self._sender = Sender(bot, partial(health.set, "telegram"), metrics.count)
        metrics.show_moment("dispatcher_round", health.rounds.last)
        self._alone = house.settings.database_file is not None

    async def begin(self) -> None:
        """Start everything; return once others count us as there, or at a stop. Errors: Unavailable."""
        house, health = self._house, self._health
        await zones.follow(house.run, zones_version())
        self._presence = None if self._alone else keep("presence", health, self._stay)
        await self._inbox.presence(self._stop)
        turns = partial(health.set, "turns", "")
        self._turns = keep("turns", health, lambda: self._inbox.take(turns))
        self._facing = keep("face", health, lambda: face.register(self._bot, house.run.library))
        self._dispatcher = keep("dispatcher", health, self._dispatch)
        self._scheduler = schedule.start(
            schedule.Ticks(house.wake.set, self._tidy, self._retain, self._metrics.count)
        )

    async def finish(self) -> None:
        """End what is under way, leave the rest, and say that we are gone."""
        self._scheduler.shutdown(wait=False)
        self._house.wake.set()
        await end(self._turns)  # first of all: what is left now is not to be taken again
        await asyncio.gather(
            end(self._facing),
            self._sender.close(IN_FLIGHT),
            self._inbox.finish(IN_FLIGHT),
            end(self._dispatcher, IN_FLIGHT),
        )
        if self._presence is not None:
            await end(self._presence)
            with suppress(Unavailable, TimeoutError):
                async with asyncio.timeout(LEAVE_WITHIN):
                    await self._house.run(updates.leave)

    async def _stay(self) -> None:
        house, well = self._house, partial(self._health.set, "presence", "")
        url = house.settings.database_url.reveal()
        await presence.stay(url, house.run, self._inbox, house.wake.set, well)

    async def _dispatch(self) -> None:
        house, metrics, at_once = self._house, self._metrics, self._house.settings.sends_at_once
        await deliver.dispatch(
            house.run,
            self._sender,
            house.wake,
            at_once,
            self._stop,
            self._health.made_round,
            metrics.count,
            metrics.measure,
        )

    async def _tidy(self) -> None:
        await self._house.run(updates.tidy)
        await self._house.run(deliveries.tidy)
        await self._house.run(budget.tidy)

    async def _retain(self) -> None:
        """Do the day's round; of several processes, one does."""
        house = self._house
        if house.settings.database_file is not None:
            await retention.daily(house.run, self._sender)
            copies.drop_old(house.settings.database_file)
            return
        url = house.settings.database_url.reveal()
        daily = partial(retention.daily, house.run, self._sender)
        await unless_done(url, number_of("commensal's round of the day"), daily)
