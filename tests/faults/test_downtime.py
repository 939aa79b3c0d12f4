"""The bot was away, or stood still: what is still inside its grace comes once, the rest is counted and told."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import and_, func, select

from actions.work import Runner, Work
from domain.delivery import State
from storage.tables import Occurrence
from tests.conftest import Clock
from tests.faults.tally import Tally, received, tally
from tests.faults.town import Town, until
from tests.faults.town import town as a_town
from tests.jobs.ledger import ledger

pytestmark = pytest.mark.asyncio

CROWD = range(1000, 1040)
MISSED = "did not reach you"


@pytest.mark.parametrize("people", [50, pytest.param(500, marks=pytest.mark.drill)])
async def test_after_six_hours_away_what_is_in_its_grace_comes_once_and_the_rest_is_told_once(
    town: Town, clock: Clock, people: int
) -> None:
    too_late = range(1000, 1000 + people * 3 // 5)
    in_time = range(too_late.stop, 1000 + people)
    clock.now = datetime(2025, 3, 3, 11, 30, tzinfo=UTC)  # half past twelve in Berlin
    await town.move_in(too_late, time(13, 0))
    await town.move_in(in_time, time(17, 0))
    clock.advance(hours=6)

    await town.deliver(rounds=2)

    count = town.count(f"down 6 h, {people} due, the fresh ones", due=in_time)
    assert count == Tally(len(in_time), len(in_time))
    ends = await town.run(ledger)
    assert ends.count((State.EXPIRED, None)) == len(too_late)
    assert ends.count((State.SENT, None)) == len(in_time)

    for day in (4, 5):
        before = len(town.sent)
        for hour in (12, 16):
            clock.now = datetime(2025, 3, day, hour, 5, tzinfo=UTC)
            await town.deliver()

        new = town.sent[before:]
        counted = tally("an evening after", [*too_late, *in_time], received(new))
        assert counted == Tally(people, people)
        told = [note["chat_id"] for note in new if MISSED in note["text"]]
        assert sorted(told) == (list(too_late) if day == 4 else [])
    assert await town.run(untold) == 0


async def untold(work: Work) -> int:
    """How many missed ones nobody was told of."""
    late = and_(Occurrence.state == State.EXPIRED, Occurrence.told_by.is_(None))
    return await work.session.scalar(select(func.count()).select_from(Occurrence).where(late)) or 0


async def test_ninety_seconds_away_cost_nothing(town: Town, clock: Clock) -> None:
    await town.move_in(CROWD)
    clock.advance(minutes=29, seconds=55)
    await town.deliver()
    clock.advance(seconds=90)

    await town.deliver(rounds=2)

    assert town.count("down 90 s") == Tally(40, 40)
    assert not any(MISSED in note["text"] or note["silent"] for note in town.sent)


async def test_a_loop_that_stands_still_for_three_seconds_loses_and_doubles_nothing(
    run: Runner, clock: Clock, tmp_path: Path
) -> None:
    async with a_town(run, tmp_path, apart=True) as town:
        await town.move_in(CROWD)
        clock.advance(minutes=31)
        town.fail("delay_after", times=None, seconds=0.05)

        async with town.dispatcher():
            await until(lambda: len(town.sent) >= 10)
            Event().wait(3)  # what no code of ours may do; Telegram goes on meanwhile
            await until(lambda: len(town.sent) >= 40)

        assert town.count("event loop blocked for 3 s") == Tally(40, 40)
        assert await town.run(ledger) == [(State.SENT, None)] * 40
