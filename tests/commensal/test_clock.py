"""The moment that people live by stays steady on a host whose clock does not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update
from structlog.testing import capture_logs

from actions.work import Policy, Runner, Work
from commensal.clock import DRIFT, LASTING, SteadyClock, host_clock, since_boot
from content.library import Library
from domain.delivery import Outcome, State
from jobs.deliver import deliver
from storage.crypto import Keys
from storage.database import open_engine, sessions
from storage.moments import database_now
from storage.tables import Occurrence
from tests.actions.members import join
from tests.conftest import Clock, Post
from tests.jobs.ledger import ledger

EVENING = datetime(2025, 3, 3, 19, 29, tzinfo=UTC)
"""A minute before half past eight in Berlin."""

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class Host:
    """A host: its own clock can be set, what it counts since it was booted cannot."""

    wrong: timedelta = timedelta()
    running: timedelta = timedelta(hours=5)
    start: datetime = field(default=EVENING - timedelta(hours=5))

    def clock(self) -> datetime:
        return self.start + self.running + self.wrong

    def since_boot(self) -> timedelta:
        return self.running

    @property
    def truth(self) -> datetime:
        return self.start + self.running

    def steady(self) -> SteadyClock:
        return SteadyClock(self.clock, self.since_boot)

    def wait(self, **by: float) -> None:
        self.running += timedelta(**by)


@pytest.mark.parametrize("jump", [HOUR, -HOUR, DAY, -DAY])
def test_a_jump_of_ten_seconds_is_not_seen_at_all(jump: timedelta) -> None:
    host = Host()
    clock = host.steady()
    host.wrong = jump
    seen = []
    for _ in range(11):
        seen.append(clock() - host.truth)
        host.wait(seconds=1)
    host.wrong = timedelta()

    with capture_logs() as said:
        seen.append(clock() - host.truth)

    assert seen == [timedelta()] * 12
    assert said == []


@pytest.mark.parametrize("jump", [HOUR, -HOUR, DAY])
def test_a_jump_that_lasts_is_followed_and_logged_once(jump: timedelta) -> None:
    host = Host()
    clock = host.steady()
    host.wrong = jump
    with capture_logs() as said:
        for _ in range(120):
            assert clock() in (host.truth, host.clock())
            host.wait(seconds=1)

    assert clock() == host.clock()
    assert [(one["event"], one["seconds"]) for one in said] == [
        ("clock_jumped", jump.total_seconds())
    ]


def test_a_jump_is_believed_only_when_it_was_there_at_two_looks_half_a_minute_apart() -> None:
    host = Host()
    clock = host.steady()
    host.wait(hours=3)
    host.wrong = HOUR

    assert clock() == host.truth
    host.wait(seconds=LASTING.total_seconds() - 1)
    assert clock() == host.truth
    host.wait(seconds=1)
    assert clock() == host.clock()


def test_another_jump_begins_its_half_minute_anew() -> None:
    host = Host()
    clock = host.steady()
    host.wrong = HOUR
    clock()
    host.wait(seconds=25)
    host.wrong = DAY
    clock()
    host.wait(seconds=25)

    assert clock() == host.truth


def test_a_clock_that_drifts_is_followed() -> None:
    host = Host()
    clock = host.steady()
    for _ in range(100):
        host.wait(minutes=30)
        host.wrong += timedelta(seconds=0.9)
        assert clock() == host.clock()


def test_a_small_step_back_is_waited_for_so_that_time_never_goes_back() -> None:
    host = Host()
    clock = host.steady()
    before = clock()
    host.wrong = -timedelta(seconds=1.5)

    assert clock() == before
    host.wait(seconds=1)
    assert clock() == before
    host.wait(seconds=1)
    assert clock() == host.clock() > before


def test_a_host_that_slept_is_where_it_says() -> None:
    host = Host()
    clock = host.steady()
    host.wait(hours=9)

    assert clock() == host.truth


def test_the_hosts_own_clocks_are_read() -> None:
    clock = SteadyClock()

    assert abs(clock() - host_clock()) < DRIFT
    assert since_boot() > timedelta()


@given(
    st.lists(
        st.tuples(
            st.floats(0, 20),
            st.timedeltas(-3 * DAY, 3 * DAY) | st.timedeltas(-2 * DRIFT, 2 * DRIFT),
        ),
        max_size=40,
    )
)
def test_whatever_a_host_does_time_goes_back_only_by_a_jump_that_lasted(
    steps: list[tuple[float, timedelta]],
) -> None:
    host = Host()
    clock = host.steady()
    last = clock()
    for seconds, wrong in steps:
        host.wait(seconds=seconds)
        host.wrong = wrong
        with capture_logs() as said:
            now = clock()
        assert now >= last or said
        assert abs(now - last) <= timedelta(seconds=seconds) + 2 * DRIFT or said
        last = now


@pytest.mark.asyncio
@pytest.mark.parametrize("jump", [DAY, HOUR, -HOUR])
async def test_a_clock_that_is_wrong_for_ten_seconds_loses_and_doubles_nothing(
    jump: timedelta, database_url: str, library: Library, keys: Keys, post: Post
) -> None:
    host = Host()
    engine = open_engine(database_url)
    run = Runner(sessions(engine), library, keys, Policy(), host.steady(), wake=lambda: None)
    crowd = range(100, 120)
    for who in crowd:
        await run(join, who, time(20, 30))

    async def deliver_for(seconds: int) -> int:
        sent = 0
        for _ in range(seconds):
            host.wait(seconds=1)
            sent += (await deliver(run, post, at_once=8))[Outcome.SENT]
        return sent

    host.wrong = jump  # half a minute before anything is due
    assert await deliver_for(10) == 0
    host.wrong = timedelta()
    assert await deliver_for(55) == len(crowd)
    host.wrong = jump  # and once more, when all has been sent
    assert await deliver_for(10) == 0
    host.wrong = timedelta()
    assert await deliver_for(10) == 0

    assert sorted(chat for chat, _ in post.sent) == list(crowd)
    assert await run(ledger) == [(State.SENT, None)] * len(crowd)
    await engine.dispose()


@pytest.mark.asyncio
async def test_a_wait_written_while_the_databases_clock_was_a_day_ahead_holds_nobody_up(
    run: Runner, clock: Clock, post: Post
) -> None:
    async def a_day_ahead(work: Work) -> None:
        waits = Occurrence.lease_until.is_not(None)
        until = await database_now(work.session) + DAY
        await work.session.execute(update(Occurrence).where(waits).values(lease_until=until))

    await run(join, 7, time(20, 30))
    clock.now = EVENING + timedelta(minutes=2)
    post.answers[7] = Outcome.NOT_SENT
    await deliver(run, post, at_once=8)
    await run(a_day_ahead)
    post.answers[7] = Outcome.SENT

    assert await deliver(run, post, at_once=8) == {Outcome.SENT: 1}
