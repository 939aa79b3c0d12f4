"""The ticks are few, and a tick that fails comes again."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from jobs import schedule
from jobs.schedule import Ticks

pytestmark = pytest.mark.asyncio


async def nothing() -> None:
    """A tick with nothing to do."""


async def test_the_three_ticks_run_once_at_a_time_and_late_rather_than_never() -> None:
    scheduler = schedule.start(Ticks(lambda: None, nothing, nothing))
    jobs = scheduler.get_jobs()
    scheduler.shutdown(wait=False)

    assert sorted(job.id for job in jobs) == ["daily", "hourly", "safety"]
    for job in jobs:
        assert (job.coalesce, job.max_instances, job.misfire_grace_time) == (True, 1, None)


async def test_a_bot_that_is_started_anew_every_night_has_its_rounds_soon_after() -> None:
    scheduler = schedule.start(Ticks(lambda: None, nothing, nothing))
    first = {job.id: job.next_run_time for job in scheduler.get_jobs()}
    scheduler.shutdown(wait=False)

    soon = datetime.now(UTC) + timedelta(minutes=2)
    assert first["daily"] < soon
    assert first["hourly"] < soon


async def test_a_tick_that_fails_comes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    calls, often = 0, asyncio.Event()

    async def fail() -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            often.set()
        raise RuntimeError("no database")

    monkeypatch.setattr(schedule, "FIRST", schedule.SAFETY / 1500)
    monkeypatch.setattr(schedule, "HOURLY", schedule.SAFETY / 1500)
    counted: list[tuple[str, str]] = []
    ticks = Ticks(lambda: None, fail, nothing, lambda *what: counted.append(what))
    scheduler = schedule.start(ticks)
    async with asyncio.timeout(20):
        await often.wait()
    scheduler.shutdown(wait=False)

    assert counted[:2] == [("errors", "tick")] * 2
