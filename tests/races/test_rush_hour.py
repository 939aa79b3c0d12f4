"""A rush hour: with fifty thousand messages due at once, a claim costs what it costs with five hundred."""

from __future__ import annotations

from datetime import timedelta
from statistics import median
from time import perf_counter

import pytest
from sqlalchemy import text

from actions import deliveries
from actions.work import Runner, Work
from tests.conftest import Clock

pytestmark = [pytest.mark.asyncio, pytest.mark.postgresql, pytest.mark.drill]

PEOPLE = """
INSERT INTO person (id, lookup, key, sealed_profile, language, zone, day_starts_at, tip_pace, discreet,
                    created_at, joined_at, seen_at, asked_idle)
SELECT n, int8send(n), 'k'::bytea, 'p'::bytea, 'en', 'Europe/Berlin', TIME '03:00', 'off', true, CAST(:now AS timestamptz), CAST(:now AS timestamptz), CAST(:now AS timestamptz), 0
FROM generate_series(CAST(:first AS bigint), CAST(:last AS bigint)) AS n
"""
REMINDERS = """
INSERT INTO reminder (id, person_id, kind, routine, weekdays, silent, active, created_at)
SELECT n, n, 'check_in', 'evening', 127, false, true, CAST(:now AS timestamptz) FROM generate_series(CAST(:first AS bigint), CAST(:last AS bigint)) AS n
"""
SLOTS = """
INSERT INTO reminder_slot (id, reminder_id, at)
SELECT n, n, TIME '20:30' FROM generate_series(CAST(:first AS bigint), CAST(:last AS bigint)) AS n
"""
DUE = """
INSERT INTO occurrence (id, reminder_id, slot, step, local_day, due_at, expires_at, state, attempts)
SELECT n, n, n, 0, CAST(:day AS date), CAST(:now AS timestamptz), CAST(:end AS timestamptz), 'due', 0 FROM generate_series(CAST(:first AS bigint), CAST(:last AS bigint)) AS n
"""


async def crowd(work: Work, first: int, last: int) -> None:
    given = {"first": first, "last": last, "now": work.now}
    more = {"day": work.now.date(), "end": work.now + timedelta(hours=2)}
    for statement in (PEOPLE, REMINDERS, SLOTS):
        await work.session.execute(text(statement), given)
    await work.session.execute(text(DUE), {**given, **more})
    for table in ("person", "reminder", "reminder_slot", "occurrence"):
        await work.session.execute(text(f"ANALYZE {table}"))


async def seconds_a_claim(run: Runner) -> float:
    """The median of many claims of as many as one sender has in flight."""
    taken = []
    for _ in range(25):
        begun = perf_counter()
        assert len(await run(deliveries.claim, 8, timedelta(minutes=2))) == 8
        taken.append(perf_counter() - begun)
    return median(taken)


async def test_a_claim_is_no_slower_for_a_hundred_times_as_many(run: Runner, clock: Clock) -> None:
    await run(crowd, 1, 500)
    clock.advance(seconds=1)
    few = await seconds_a_claim(run)
    await run(crowd, 501, 50_000)
    clock.advance(seconds=1)
    many = await seconds_a_claim(run)

    print(f"a claim of 8: {few * 1000:.1f} ms of 500 due, {many * 1000:.1f} ms of 50,000")
    assert many < 4 * few
