"""The host's clock is wrong for ten seconds: no reminder comes early, twice or never for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from commensal.clock import SteadyClock
from domain.delivery import State
from tests.faults.tally import Tally
from tests.faults.town import Town
from tests.jobs.ledger import ledger

pytestmark = pytest.mark.asyncio

CROWD = range(1000, 1010)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SHORTLY_BEFORE = datetime(2025, 3, 3, 19, 29, 55, tzinfo=UTC)
"""Five seconds before half past eight in Berlin."""


@dataclass
class Host:
    """A host whose clock can be wrong; what it counts since it was booted cannot."""

    wrong: timedelta = timedelta()
    running: timedelta = HOUR

    def clock(self) -> datetime:
        return SHORTLY_BEFORE - HOUR + self.running + self.wrong

    def since_boot(self) -> timedelta:
        return self.running


@pytest.mark.parametrize("wrong", [HOUR, -HOUR, DAY], ids=["+1 h", "-1 h", "+1 day"])
async def test_a_clock_that_is_wrong_for_ten_seconds_moves_nothing(
    town: Town, wrong: timedelta
) -> None:
    host = Host()
    town.run = replace(town.run, clock=SteadyClock(host.clock, host.since_boot))
    await town.move_in(CROWD)

    seen = []
    for second in range(30):
        host.wrong = wrong if 2 <= second < 12 else timedelta()
        host.running += timedelta(seconds=1)
        await town.deliver()
        seen.append(len(town.sent))

    assert town.count(f"host clock {wrong} off for 10 s") == Tally(10, 10)
    assert (seen[3], seen[4]) == (0, 10), "at half past eight, not before and not after"
    assert (await town.run(ledger)).count((State.SENT, None)) == 10
