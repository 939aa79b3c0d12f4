"""Send the reminders that are due: claim a batch, send a bounded number at once, settle each.

Never open a transaction around a send, never decide what is due (the action asks
the rule), never keep anything in memory: power may fail between any two lines. A
claim whose lease ran out is sent once more, silently, as nobody can know whether
the first one arrived.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Protocol, TypeVar

import structlog

from actions import deliveries
from actions.counting import Count, Measure, count_nothing, measure_nothing
from actions.work import Runner
from bot.screen import Screen
from bot.screens import render
from domain.delivery import Outcome, Receipt, Recipient, State
from domain.errors import Unavailable

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

ROUND = 100
"""Messages in a round; what is left over is due in the next one."""

LEASE = timedelta(minutes=2)
"""How long a claim is ours."""

START_WITHIN, SETTLE_WITHIN = 60.0, 100.0
"""Seconds after its claim in which a send may start (it takes half a minute at the longest), and in
which its outcome is written: well before the lease ends."""

AWAY_AGAIN = 1.0
"""Seconds between two tries to open a claim, or to write down what became of it."""

LEAST_SLEEP = 0.05
"""Seconds between two rounds, where what is due is in somebody else's hands at the moment."""


OVER = (State.SKIPPED, State.EXPIRED, State.UNKNOWN)
"""How a message ends that is not sent any more."""

Begin = Callable[[], Awaitable[bool]]
"""Notes that a send begins; False where it must not."""


Done = TypeVar("Done")


class Send(Protocol):
    async def __call__(
        self, to: Recipient, screen: Screen, *, silent: bool, begin: Begin | None = None
    ) -> Receipt:
        """Send through the one limiter; NotSent and Unknown are receipts, not errors.

        *begin* is asked when it is this message's turn, right before it leaves; False calls it off.
        """


async def dispatch(
    run: Runner,
    send: Send,
    wake: asyncio.Event,
    at_once: int,
    stop: asyncio.Event,
    well: Callable[[], None],
    count: Count = count_nothing,
    measure: Measure = measure_nothing,
) -> None:
    """Deliver until *stop*, asleep until the next moment that matters; *well* after each round.

    *wake* is set by every change of what is due, by the slow tick, and by a stop. An error of the
    database ends this task; the composition root starts it again, with backoff.
    """
    while not stop.is_set():
        wake.clear()  # before looking, so that a change made meanwhile is not slept over
        await deliver(run, send, at_once, count, measure)
        seconds = await run(deliveries.seconds_to_next)
        well()
        with suppress(TimeoutError):
            async with asyncio.timeout(None if seconds is None else max(seconds, LEAST_SLEEP)):
                await wake.wait()


async def deliver(
    run: Runner,
    send: Send,
    at_once: int,
    count: Count = count_nothing,
    measure: Measure = measure_nothing,
) -> Counter[Outcome]:
    """Handle up to ROUND due messages, at most *at_once* of them claimed and in flight at any moment;
    return how many ended in each way.

    No more is claimed than can be sent at once, so that a kill touches no message that nobody has begun
    to send. Errors: Unavailable, once what is in flight has ended.
    """
    work, left = _Round(run, send, count, measure), ROUND
    in_flight: set[asyncio.Task[None]] = set()
    await run(deliveries.close_lost)
    try:
        while left > 0:
            claimed_at = work.clock()
            claims = await run(deliveries.claim, min(at_once - len(in_flight), left), LEASE)
            if not claims:
                break
            left -= len(claims)
            in_flight |= {asyncio.create_task(work.handle(one, claimed_at)) for one in claims}
            while len(in_flight) > at_once // 2:  # half of them free: worth another transaction
                _, in_flight = await asyncio.wait(in_flight, return_when=asyncio.FIRST_COMPLETED)
    except asyncio.CancelledError:
        for task in in_flight:
            task.cancel()
        raise
    finally:
        await asyncio.gather(*in_flight, return_exceptions=True)
    return work.outcomes


class _Round:
    """What one round does with each claim, and how its sends ended."""

    def __init__(self, run: Runner, send: Send, count: Count, measure: Measure) -> None:
        self.run, self.send, self.count, self.measure = run, send, count, measure
        self.clock = asyncio.get_running_loop().time
        self.outcomes: Counter[Outcome] = Counter()

    async def handle(self, claim: deliveries.Claim, claimed_at: float) -> None:
        """Open, send and settle one claim. *claimed_at*: on the loop's clock."""
        try:
            due = await self.open(claim, claimed_at)
            if not isinstance(due, deliveries.Due):  # not wanted any more, and settled so
                if due in OVER:
                    self.count("unsent", due.value)
                return
            screen = render(due.view, due.language)
            receipt = Receipt(Outcome.NOT_SENT)
            if self.clock() - claimed_at < START_WITHIN:
                silent = due.silent or claim.before > 0
                begin = partial(self.run, deliveries.begin, claim)
                receipt = await self.send(due.recipient, screen, silent=silent, begin=begin)
            if receipt.outcome is Outcome.SENT:
                late = self.run.clock() - due.due_at
                self.measure("reminder_late", max(0.0, late.total_seconds()))
            await self.settle(claim, receipt, claimed_at)
            self.outcomes[receipt.outcome] += 1
        except Exception:  # a boundary: the others go on, this one waits for its lease to end
            self.count("errors", "dispatcher")
            log.exception("reminder_unsettled", occurrence_id=claim.occurrence_id)
            self.outcomes[Outcome.UNKNOWN] += 1
            with suppress(
                Unavailable
            ):  # it counts as one that may have come: the second is the last
                await self.run(deliveries.begin, claim)

    async def open(
        self, claim: deliveries.Claim, claimed_at: float
    ) -> deliveries.Due | State | None:
        """Open one claim by itself: a row that cannot be read harms no other. It counts as begun, so
        that the second time is the last. Errors: whatever is wrong with it."""
        try:
            opening = partial(self.run, deliveries.open_claim, claim)
            return await self.patiently(opening, claimed_at + START_WITHIN)
        except Unavailable:
            raise
        except Exception:
            await self.run(deliveries.begin, claim)
            raise

    async def settle(self, claim: deliveries.Claim, receipt: Receipt, claimed_at: float) -> None:
        """Write it down."""
        settling = partial(self.run, deliveries.settle, claim, receipt)
        await self.patiently(settling, claimed_at + SETTLE_WITHIN)

    async def patiently(self, act: Callable[[], Awaitable[Done]], until: float) -> Done:
        """Do *act*, again while the database is away and the claim is surely ours. Errors: Unavailable."""
        while True:
            try:
                return await act()
            except Unavailable:
                if self.clock() > until:
                    raise
                await asyncio.sleep(AWAY_AGAIN)
