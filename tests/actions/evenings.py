"""Evenings in Berlin for tests of reminders: moments by the clock on the wall, what is planned, what was sent."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select

from actions import planning, usual_reminders
from actions.work import Runner, Work
from domain.delivery import Outcome, State
from jobs.deliver import deliver
from storage.tables import Occurrence
from tests.actions.members import BERLIN, member
from tests.conftest import Clock, Post

ANNA, BERT = 7, 8
MONDAY = date(2025, 3, 3)
ZONE = ZoneInfo(BERLIN)


def at(clock: str, day: date = MONDAY) -> datetime:
    """A moment by the clock on Anna's wall."""
    return datetime.combine(day, time.fromisoformat(clock), ZONE).astimezone(UTC)


async def planned(work: Work) -> list[datetime]:
    """What is still to be sent."""
    due = select(Occurrence.due_at).where(Occurrence.state == State.DUE)
    return list(await work.session.scalars(due.order_by(Occurrence.due_at)))


async def choose(work: Work, who: int, chosen: time | None) -> None:
    await usual_reminders.set_check_in_time(work, await member(work, who), chosen)


async def next_message(work: Work, who: int) -> datetime | None:
    return await planning.next_message(work, await member(work, who))


async def sent(work: Work) -> int:
    """The id of the newest occurrence that was sent."""
    query = select(Occurrence.id).where(Occurrence.state == State.SENT)
    return (await work.session.scalars(query.order_by(Occurrence.due_at.desc()))).first() or 0


async def reminded(run: Runner, post: Post, clock: Clock, moment: str = "20:31") -> int:
    """Let Anna be reminded at *moment*; return which message it was."""
    clock.now = at(moment)
    assert await deliver(run, post, at_once=8) == {Outcome.SENT: 1}
    return await run(sent)
