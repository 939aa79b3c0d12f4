"""Telegram says "too many requests": who is told waits, everybody else goes on, answers first."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from time import monotonic

import pytest
import pytest_asyncio

from actions.work import Runner
from domain.delivery import State
from tests.conftest import Clock
from tests.faults.tally import Tally, received, tally
from tests.faults.town import Town, until
from tests.faults.town import town as a_town
from tests.jobs.ledger import ledger

pytestmark = pytest.mark.asyncio

CROWD = range(1000, 1020)
ANNA = CROWD[0]
TAPPING = 42


@pytest.mark.parametrize("seconds", [1, pytest.param(7, marks=pytest.mark.drill)])
async def test_a_chat_that_is_told_to_wait_gets_it_afterwards_and_holds_up_nobody(
    town: Town, clock: Clock, seconds: int
) -> None:
    await town.move_in(CROWD)
    clock.advance(minutes=31)
    town.fail("retry_after", chat_id=ANNA, seconds=seconds)

    async with town.dispatcher():
        await until(lambda: len(town.sent) == 19)
        assert ANNA not in {note["chat_id"] for note in town.sent}
        await until(lambda: len(town.sent) == 20)

    assert town.count(f"429 of {seconds} s for one chat") == Tally(20, 20)
    assert town.calls == 21, "it was not asked again before its time"
    assert await town.run(ledger) == [(State.SENT, None)] * 20


@pytest_asyncio.fixture
async def paced(run: Runner, tmp_path: Path) -> AsyncIterator[Town]:
    """A town whose bot keeps the pace that operators have by default."""
    async with a_town(run, tmp_path, MESSAGES_PER_SECOND="30", MESSAGES_PER_CHAT="1") as town:
        yield town


@pytest.mark.parametrize(
    ("people", "taps", "seconds"), [(40, 4, 1), pytest.param(200, 30, 7, marks=pytest.mark.drill)]
)
async def test_a_storm_that_bulk_is_told_off_for_keeps_no_answer_waiting(
    paced: Town, clock: Clock, people: int, taps: int, seconds: int
) -> None:
    storm = range(2000, 2000 + people)
    await paced.move_in(storm)
    await paced.move_in([TAPPING], at=None)
    clock.advance(minutes=31)
    for one in storm[: people // 3 : 2]:
        paced.fail("retry_after", chat_id=one, seconds=seconds)
    waited: list[float] = []

    async with paced.inbox() as inbox, paced.dispatcher():
        await until(lambda: paced.calls >= 3)
        for n in range(taps):
            began = monotonic()
            paced.server.people.say(TAPPING, f"/note {n}")
            await inbox.receive(paced.updates())
            await until(partial(is_answered, paced, n + 1))
            waited.append(monotonic() - began)
            await asyncio.sleep(0.3)
        left = len(storm) - (len(paced.sent) - answers(paced))
        await until(lambda: len(paced.sent) == len(storm) + taps, within=180)

    due = [*storm, *[TAPPING] * taps]
    assert tally("429 storm for bulk", due, received(paced.sent)) == Tally(len(due), len(due))
    assert left > 0, "the storm was still on while answers flowed"
    waited.sort()
    print(f"answers in the storm: p95 {waited[int(len(waited) * 0.95) - 1]:.2f} s")
    assert taps < 30 or waited[int(len(waited) * 0.95) - 1] < 1


def is_answered(town: Town, times: int) -> bool:
    return answers(town) >= times


def answers(town: Town) -> int:
    """How many messages the person who taps was sent."""
    return sum(note["chat_id"] == TAPPING for note in town.sent)
