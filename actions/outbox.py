"""What an operator can see and do of the messages that are due: look, send again, drop.

Says nothing of anybody: kinds, states, moments and counts. What is sent again goes the usual way, so
it is asked once more whether it is wanted, and it comes at most once more.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from actions import planning
from actions.work import Work
from domain.delivery import MOST_ATTEMPTS, Reason, State
from domain.reminders import Kind
from storage import deliveries, outbox
from storage import snippets as shown
from storage.outbox import Choice, Heap
from storage.tables import Occurrence

BATCH = 500
"""Rows that are changed in one transaction: the bot writes in between."""

SOON = timedelta(hours=1)
"""How far ahead an operator is told of what is coming."""


@dataclass(frozen=True, slots=True)
class Line:
    """One message. late: how long it has been due, or had been when it ended."""

    id: int
    kind: Kind
    due_at: datetime
    late: timedelta
    state: State
    reason: Reason | None
    attempts: int


@dataclass(frozen=True, slots=True)
class Outbox:
    """What was asked for. waiting: messages that are due and not settled; coming: due within the hour."""

    heaps: tuple[Heap, ...]
    lines: tuple[Line, ...]
    waiting: int
    coming: int


@dataclass(frozen=True, slots=True)
class Done:
    """A batch that was changed. last: the highest id in it; None: there was nothing left."""

    count: int
    last: int | None


class Unfit(Enum):
    """Why a row cannot be changed in the way that was asked for."""

    MISSING = auto()
    AHEAD = auto()
    WAITS = auto()
    IN_HAND = auto()
    SENT = auto()
    SKIPPED = auto()
    ENDED = auto()


async def look(work: Work, choice: Choice, limit: int) -> Outbox:
    """Return the chosen part of the ledger: in counts, and up to *limit* rows of it."""
    rows = await outbox.rows(work.session, choice, work.now, limit) if limit else []
    return Outbox(
        tuple(await outbox.heaps(work.session, choice, work.now)),
        tuple(_line(row, kind, work.now) for row, kind in rows),
        await deliveries.unsettled(work.session, work.now),
        await outbox.coming(work.session, work.now, SOON),
    )


async def unfit_to_retry(work: Work, ids: Collection[int]) -> Mapping[int, Unfit]:
    """Return which of *ids* cannot be sent again, and why."""
    return {one: why for one, why in (await _found(work, ids)).items() if why is not Unfit.ENDED}


async def unfit_to_drop(work: Work, ids: Collection[int]) -> Mapping[int, Unfit]:
    """Return which of *ids* cannot be dropped, and why."""
    return {one: why for one, why in (await _found(work, ids)).items() if why is not Unfit.WAITS}


async def retriable(work: Work, choice: Choice) -> tuple[int, int]:
    """Return how many of the chosen ended without coming, and how many of those are wanted still."""
    return await outbox.retriable(work.session, choice, work.now)


async def retry(work: Work, choice: Choice, after: int = 0, limit: int = BATCH) -> Done:
    """Let the next *limit* of the chosen, by id above *after*, be due again with a fresh grace.

    One of which nobody knows whether it came has one send left, a silent one.
    """
    rows = await outbox.to_retry(work.session, choice, work.now, after, limit)
    for row, reminder in rows:
        row.attempts = MOST_ATTEMPTS - 1 if row.state is State.UNKNOWN else 0
        row.state, row.reason = State.DUE, None
        row.lease_until = row.settled_at = None
        row.expires_at = work.now + planning.grace(work, reminder)
    return _done(work, [row for row, _ in rows])


async def droppable(work: Work, choice: Choice) -> int:
    """Return how many of the chosen may still be sent and are in nobody's hands."""
    return await outbox.droppable(work.session, choice, work.now)


async def drop(work: Work, choice: Choice, after: int = 0, limit: int = BATCH) -> Done:
    """Let the next *limit* of the chosen, by id above *after*, never be sent; what follows is planned."""
    leased = await outbox.to_drop(work.session, choice, work.now, after, limit)
    for row, _ in leased:
        if not row.attempts:  # nobody can have seen what it was going to show
            await shown.take_back(work.session, row.id)
            await deliveries.untell(work.session, row.id)
        row.state, row.reason = State.SKIPPED, Reason.DROPPED
        row.lease_until, row.settled_at = None, work.now
    await work.session.flush()
    first = [one for one in leased if one.occurrence.step == 0]
    await planning.plan_ahead(work, ((one.placed, one.occurrence.due_at) for one in first))
    return _done(work, [row for row, _ in leased])


def _done(work: Work, rows: Collection[Occurrence]) -> Done:
    if rows:
        work.wake()
    return Done(len(rows), max((row.id for row in rows), default=None))


async def _found(work: Work, ids: Collection[int]) -> dict[int, Unfit]:
    rows = await outbox.by_id(work.session, ids)
    return {one: await _how(work, rows.get(one)) for one in ids}


async def _how(work: Work, row: Occurrence | None) -> Unfit:
    if row is None:
        return Unfit.MISSING
    if row.state in (State.SENT, State.SKIPPED):
        return Unfit.SENT if row.state is State.SENT else Unfit.SKIPPED
    if row.due_at > work.now:
        return Unfit.AHEAD
    if await outbox.is_in_hand(work.session, row):
        return Unfit.IN_HAND
    waits = row.state in (State.DUE, State.CLAIMED, State.UNKNOWN) and row.attempts < MOST_ATTEMPTS
    return Unfit.WAITS if waits else Unfit.ENDED


def _line(row: Occurrence, kind: Kind, now: datetime) -> Line:
    until = row.settled_at or now
    late = max(until - row.due_at, timedelta(0))
    return Line(row.id, kind, row.due_at, late, row.state, row.reason, row.attempts)
