"""Many schedulers at once: nothing is lost and nothing comes twice. Only PostgreSQL lets them race."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime, time

import pytest
import pytest_asyncio

from actions import deliveries, planning
from actions.work import Runner, Work
from jobs.deliver import LEASE, deliver
from tests.actions.members import join, member
from tests.conftest import Clock, Post
from tests.jobs.ledger import ahead

pytestmark = pytest.mark.asyncio

ANNA = 7
CROWD = range(1000, 1600)


@pytest_asyncio.fixture(autouse=True)
async def evening(run: Runner, clock: Clock) -> None:
    """Anna asked for 20:30 in Berlin; there it is 20:31 on Monday, 3 March 2025."""
    clock.now = datetime(2025, 3, 3, 19, 0, tzinfo=UTC)
    await run(join, ANNA, time(20, 30))
    clock.advance(minutes=31)


async def crowd(work: Work) -> None:
    for who in CROWD:
        await join(work, who, time(20, 31))


@pytest.mark.postgresql
async def test_four_schedulers_lose_none_of_600_and_double_none(
    run: Runner, post: Post, clock: Clock
) -> None:
    async def scheduler() -> None:
        while await deliver(run, post, at_once=8):
            pass

    clock.advance(minutes=-5)
    await run(crowd)
    clock.advance(minutes=6)

    await asyncio.gather(*(scheduler() for _ in range(4)))

    sent = Counter(chat for chat, _ in post.sent)
    lost, doubled = set(CROWD) - sent.keys(), [chat for chat, n in sent.items() if n > 1]
    assert (len(lost), len(doubled)) == (0, 0)


async def travel(work: Work, who: int, left: asyncio.Event, arrived: asyncio.Event) -> None:
    person = await member(work, who)
    person.row.zone = "Asia/Tokyo"
    await planning.replan(work, person)
    left.set()
    await arrived.wait()


@pytest.mark.postgresql
async def test_who_is_changing_their_zone_is_passed_over_for_the_moment(run: Runner) -> None:
    left, arrived = asyncio.Event(), asyncio.Event()
    async with asyncio.timeout(20):
        journey = asyncio.create_task(run(travel, ANNA, left, arrived))
        await left.wait()
        meanwhile = await run(deliveries.claim, 10, LEASE)
        arrived.set()
        await journey

    assert meanwhile == []
    assert len(await run(deliveries.claim, 10, LEASE)) == 1
    assert await run(ahead) == [datetime(2025, 3, 4, 11, 30, tzinfo=UTC)]
