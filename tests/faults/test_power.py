"""The power fails at each step of a delivery: nothing is lost, and at most that one message comes twice, silently.

From that step on nothing of the process happens any more; what it had not committed is gone. Then a new
process, on a connection of its own, carries on with the same database.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import func, select

from actions import deliveries
from actions.work import Work
from bot.screen import Screen
from domain.delivery import Receipt, Recipient, State
from jobs.deliver import Begin, deliver
from storage.database import open_engine, sessions
from storage.tables import Occurrence
from tests.conftest import Clock
from tests.faults.tally import Tally
from tests.faults.town import Town
from tests.jobs.ledger import lapse, ledger

pytestmark = pytest.mark.asyncio

CROWD = range(1000, 1005)

POINTS = {
    "before claim": 0,
    "in claim": 0,
    "after claim": 0,
    "in open_claim": 0,
    "after open_claim": 0,
    "in begin": 0,
    "after begin": 0,
    "in send, not arrived": 0,
    "in send, arrived": 1,
    "before settle": 1,
    "in settle": 1,
    "after settle": 0,
}
"""Each point, and how many messages come twice for it. "in" an action: its work is done and not yet
committed; a claim also plans what follows. After one is settled and before the next is claimed lies the
place between two items."""

UNBEGUN = ("in claim", "after claim", "in open_claim", "after open_claim", "in begin")
"""Where nobody has begun to send."""


@dataclass
class Power:
    """Fails when *point* is reached for the *left*-th time; nothing goes on after that."""

    point: str
    left: int = 1
    failed: asyncio.Event = field(default_factory=asyncio.Event)

    async def at(self, point: str) -> None:
        self.left -= point == self.point
        if not self.left:
            self.failed.set()
        if self.failed.is_set():
            await asyncio.Event().wait()


@dataclass
class Mains:
    """A runner of actions, and a sender, that hang on a power supply."""

    power: Power
    town: Town

    @property
    def clock(self) -> Callable[[], datetime]:
        return self.town.run.clock

    async def __call__(self, action: Callable[..., Awaitable[Any]], *args: object) -> object:
        name = action.__name__
        await self.power.at(f"before {name}")

        async def cut(work: Work) -> object:
            done = await action(work, *args)
            await self.power.at(f"in {name}")
            return done

        done = await self.town.run(cut)
        await self.power.at(f"after {name}")
        return done

    async def send(
        self, to: Recipient, screen: Screen, *, silent: bool, begin: Begin | None = None
    ) -> Receipt:
        if self.power.point == "in send, not arrived" and self.power.left == 1:
            self.town.fail("drop_before", chat_id=to.chat_id)
        receipt = await self.town.sender(to, screen, silent=silent, begin=begin)
        await self.power.at("in send, not arrived")
        await self.power.at("in send, arrived")
        return receipt


@pytest_asyncio.fixture(autouse=True)
async def evening(town: Town, clock: Clock) -> None:
    """Five people are to be reminded, and it is a minute later."""
    await town.move_in(CROWD)
    clock.advance(minutes=31)


async def fail(town: Town, power: Power, at_once: int = 1) -> None:
    """Deliver until the power fails."""
    mains = Mains(power, town)
    delivering = asyncio.create_task(deliver(mains, mains.send, at_once))  # type: ignore[arg-type]
    failed = asyncio.create_task(power.failed.wait())
    await asyncio.wait({delivering, failed}, return_when=asyncio.FIRST_COMPLETED)
    assert failed.done()
    await asyncio.sleep(0.5 * (at_once > 1))  # what else is in flight gets as far as it can
    delivering.cancel()
    await asyncio.gather(delivering, return_exceptions=True)


async def carry_on(town: Town, database_url: str) -> None:
    """Start again as a new process does; once the leases are over, everything is made good."""
    engine = open_engine(database_url)
    town.run = replace(town.run, maker=sessions(engine))
    await town.deliver(rounds=2)
    assert set(await town.run(ledger)) == {(State.SENT, None)}
    assert await town.run(planned) == len(CROWD), "the next evening is planned, once for each"
    await engine.dispose()


async def planned(work: Work) -> int:
    """How many messages wait for the next evening."""
    ahead = select(func.count()).where(Occurrence.due_at > work.now)
    return await work.session.scalar(ahead) or 0


@pytest.mark.parametrize("point", POINTS)
async def test_a_power_failure_at_any_point_loses_nothing_and_doubles_what_was_in_flight(
    town: Town, database_url: str, point: str
) -> None:
    await fail(town, Power(point, left=3))
    await carry_on(town, database_url)

    doubled = POINTS[point]
    assert town.count(f"power failure {point}") == Tally(5, 5 + doubled, doubled=doubled)


@pytest.mark.postgresql
@pytest.mark.parametrize("point", ["in claim", "in begin", "in send, arrived", "in settle"])
async def test_a_power_failure_costs_the_same_on_postgresql(
    town: Town, database_url: str, point: str
) -> None:
    await fail(town, Power(point, left=3))
    await carry_on(town, database_url)

    doubled = POINTS[point]
    assert town.count(f"power failure {point}") == Tally(5, 5 + doubled, doubled=doubled)


@pytest.mark.parametrize("point", list(POINTS)[8:])
async def test_with_four_in_flight_no_more_than_those_come_twice(
    town: Town, database_url: str, point: str
) -> None:
    await fail(town, Power(point, left=2), at_once=4)
    await carry_on(town, database_url)

    count = town.count(f"power failure {point}, four in flight")
    assert (count.lost, count.loud) == (0, 0)
    assert count.doubled <= 4


@pytest.mark.parametrize("point", UNBEGUN)
async def test_what_nobody_began_to_send_is_not_given_up_however_often_the_power_fails(
    town: Town, database_url: str, point: str
) -> None:
    for _ in range(4):
        await fail(town, Power(point))
        await town.run(lapse)
    await carry_on(town, database_url)

    assert town.count(f"four power failures {point}") == Tally(5, 5)
    assert not any(note["silent"] for note in town.sent), "nobody had it before"


async def test_a_power_failure_while_the_ledger_is_tidied_changes_nothing(
    town: Town, database_url: str, clock: Clock
) -> None:
    await town.deliver()
    clock.advance(days=1)
    mains = Mains(Power("in tidy"), town)
    tidying = asyncio.create_task(mains(deliveries.tidy))
    await mains.power.failed.wait()
    tidying.cancel()
    await asyncio.gather(tidying, return_exceptions=True)
    await carry_on(town, database_url)

    assert town.count("power failure in tidy", due=[*CROWD, *CROWD]) == Tally(10, 10)
