"""What tests of deliveries look at and turn: the ledger, and the database's clock."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import select, update

from actions.work import Runner, Work
from domain.delivery import Outcome, Reason, State
from jobs.deliver import deliver
from storage.moments import database_now
from storage.tables import Occurrence
from tests.conftest import Post


async def ledger(work: Work) -> list[tuple[State, Reason | None]]:
    """What became of the occurrences that were due, oldest first."""
    due = select(Occurrence.state, Occurrence.reason).where(Occurrence.due_at <= work.now)
    rows = await work.session.execute(due.order_by(Occurrence.due_at))
    return [(state, reason) for state, reason in rows]


async def lapse(work: Work) -> None:
    """Let every lease and every backoff be over, by the database's clock."""
    past = await database_now(work.session) - timedelta(seconds=1)
    leased = Occurrence.lease_until.is_not(None)
    await work.session.execute(update(Occurrence).where(leased).values(lease_until=past))


async def again(run: Runner, post: Post) -> Counter[Outcome]:
    await run(lapse)
    return await deliver(run, post, at_once=8)


async def ahead(work: Work) -> list[datetime]:
    """What is planned and not due yet."""
    due = select(Occurrence.due_at).where(Occurrence.due_at > work.now)
    return list(await work.session.scalars(due.order_by(Occurrence.due_at)))
