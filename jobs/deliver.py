"""Send the reminders that are due: claim a batch, send a bounded number at once, settle each.

Never open a transaction around a send, never decide what is due (the action asks
the rule), never keep anything in memory: power may fail between any two lines. A
claim whose lease ran out is sent once more, silently, as nobody can know whether
the first one arrived.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Protocol

import structlog

from actions import deliveries
from actions.counting import Count, count_nothing
from actions.work import Runner
from bot.screen import Screen
from bot.screens import render
from domain.delivery import Outcome, Receipt, Recipient
from domain.errors import Unavailable

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

BATCH = 100
"""Claims per transaction; what is left over is due in the next round."""

LEASE = timedelta(minutes=4)
"""How long a claim is ours: twice the time in which sends may start, far above a send's timeout."""

SETTLE_AGAIN = 1.0
"""Seconds between two tries to write down what became of a send."""

LEAST_SLEEP = 0.05
"""Seconds between two rounds, where what is due is in somebody else's hands at the moment."""


class Send(Protocol):
    async def __call__(self, to: Recipient, screen: Screen, *, silent: bool) -> Receipt:
        """Send through the one limiter; NotSent and Unknown are receipts, not errors."""


async def dispatch(
    run: Runner,
    send: Send,
    wake: asyncio.Event,
    at_once: int,
    stop: asyncio.Event,
    well: Callable[[], None],
    count: Count = count_nothing,
) -> None:
    """Deliver until *stop*, asleep until the next moment that matters; *well* after each round.

    *wake* is set by every change of what is due, by the slow tick, and by a stop. An error of the
    database ends this task; the composition root starts it again, with backoff.
    """
    while not stop.is_set():
        wake.clear()  # before looking, so that a change made meanwhile is not slept over
        await deliver(run, send, at_once, count)
        seconds = await run(deliveries.seconds_to_next)
        well()
        with suppress(TimeoutError):
            async with asyncio.timeout(None if seconds is None else max(seconds, LEAST_SLEEP)):
                await wake.wait()


async def deliver(
    run: Runner, send: Send, at_once: int, count: Count = count_nothing
) -> Counter[Outcome]:
    """Handle one batch, at most *at_once* sends in flight; return how many ended in each way."""
    outcomes: Counter[Outcome] = Counter()
    in_flight = asyncio.Semaphore(at_once)
    clock = asyncio.get_running_loop().time
    last_start = clock() + LEASE.total_seconds() / 2

    async def handle(claim: deliveries.Claim) -> None:
        async with in_flight:
            try:
                # Opened one by one: a row that cannot be read harms no other.
                due = await run(deliveries.open_claim, claim)
                if due is None:  # not wanted any more, and settled so
                    return
                screen = render(due.view, due.language)
                receipt = Receipt(Outcome.NOT_SENT)
                if clock() < last_start:
                    silent = due.silent or claim.attempt > 1
                    receipt = await send(due.recipient, screen, silent=silent)
                await settle(claim, receipt)
                outcomes[receipt.outcome] += 1
            except Exception:  # a boundary: the others go on, this one waits for its lease to end
                count("errors", "dispatcher")
                log.exception("reminder_unsettled", occurrence_id=claim.occurrence_id)
                outcomes[Outcome.UNKNOWN] += 1

    async def settle(claim: deliveries.Claim, receipt: Receipt) -> None:
        """Write it down, again while the database is away and the claim is surely ours."""
        while True:
            try:
                await run(deliveries.settle, claim, receipt)
                return
            except Unavailable:
                if clock() > last_start:
                    raise
                await asyncio.sleep(SETTLE_AGAIN)

    claims = await run(deliveries.claim, BATCH, LEASE)
    async with asyncio.TaskGroup() as group:
        for claim in claims:
            group.create_task(handle(claim))
    return outcomes
