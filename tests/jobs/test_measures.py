"""How late reminders were, and how those ended that were not sent, is counted: of nobody in particular."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, time, timedelta

import pytest
import pytest_asyncio

from actions.work import Runner, Work
from domain.delivery import Outcome
from jobs.deliver import deliver
from tests.actions.members import join, member
from tests.conftest import Clock, Post
from tests.jobs.ledger import lapse

pytestmark = pytest.mark.asyncio

ANNA, BERT = 7, 8


class Gauge:
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.counted: Counter[tuple[str, str]] = Counter()
        self.measured: list[tuple[str, float]] = []

    def count(self, name: str, word: str) -> None:
        self.counted[name, word] += 1

    def measure(self, name: str, seconds: float) -> None:
        self.measured.append((name, seconds))


@pytest_asyncio.fixture(autouse=True)
async def evening(run: Runner, clock: Clock) -> None:
    """Anna asked for 20:30 in Berlin; there it is 20:30:20 on Monday, 3 March 2025."""
    clock.now = datetime(2025, 3, 3, 19, 0, tzinfo=UTC)
    await run(join, ANNA, time(20, 30))
    clock.advance(minutes=30, seconds=20)


async def told(run: Runner, post: Post) -> Gauge:
    gauge = Gauge()
    await run(lapse)
    await deliver(run, post, 8, gauge.count, gauge.measure)
    return gauge


async def test_what_was_sent_tells_how_late_it_was(run: Runner, post: Post) -> None:
    gauge = await told(run, post)

    assert gauge.measured == [("reminder_late", 20.0)]
    assert not gauge.counted


async def test_what_was_not_sent_tells_nothing_until_it_is(
    run: Runner, post: Post, clock: Clock
) -> None:
    post.answers[ANNA] = Outcome.NOT_SENT
    assert (await told(run, post)).measured == []
    post.answers.clear()
    clock.advance(minutes=10)

    assert (await told(run, post)).measured == [("reminder_late", 620.0)]


async def test_what_came_too_late_or_was_not_wanted_is_counted(
    run: Runner, post: Post, clock: Clock
) -> None:
    clock.advance(minutes=-10)
    await run(join, BERT, time(20, 30))
    await run(rest, BERT)
    clock.advance(hours=6)

    gauge = await told(run, post)

    assert gauge.counted == {("unsent", "expired"): 1, ("unsent", "skipped"): 1}
    assert gauge.measured == []


async def rest(work: Work, who: int) -> None:
    (await member(work, who)).row.paused_until = work.now.date() + timedelta(days=9)
