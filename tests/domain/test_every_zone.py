"""Every zone there is, three years, any time of day: one message for each planned local day that exists.

What is expected is worked out another way than the rule does it: by walking through the zone's time in
steps, and noting which dates its calendar shows and where its clock jumps.
"""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise, takewhile
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

import pytest

from domain.recurrence import EVERY_DAY, Days, EveryDays, MonthDay, Weekdays, days_from
from domain.reminders import Rule, occurrences

FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)
STEP = timedelta(minutes=15)
ZONES = sorted(available_timezones())
QUARTERS = [time(hour, minute) for hour in range(24) for minute in (0, 15, 30, 45)]


class Zone(NamedTuple):
    """Which dates its calendar shows, and by how much its clock is put forward, by the date before it."""

    dates: frozenset[date]
    jumps: dict[date, timedelta]


@cache
def walked(name: str, first: date = FIRST, last: date = LAST) -> Zone:
    """Walk through a zone in steps of a quarter of an hour where its offset changes, else of a day."""
    zone, jumps = ZoneInfo(name), dict[date, timedelta]()
    moment = datetime.combine(first, time.min, UTC) - timedelta(days=2)
    end = datetime.combine(last, time.min, UTC) + timedelta(days=3)
    dates = set[date]()
    while moment < end:
        tomorrow = moment + timedelta(days=1)
        here, there = moment.astimezone(zone), tomorrow.astimezone(zone)
        if here.utcoffset() == there.utcoffset():
            dates |= {here.date(), there.date()}
        else:
            steps = [moment + n * STEP for n in range(97)]
            dates |= {step.astimezone(zone).date() for step in steps}
            for before, after in pairwise(step.astimezone(zone) for step in steps):
                moved = (after.utcoffset() or timedelta()) - (before.utcoffset() or timedelta())
                if moved > timedelta(0):
                    jumps[before.date()] = jumps[after.date()] = moved
        moment = tomorrow
    return Zone(frozenset(dates), jumps)


def check(name: str, days: Days, at: time, first: date = FIRST, last: date = LAST) -> int:
    """Compare what is planned with what was walked through; return the largest shift in minutes."""
    zone, (dates, jumps) = ZoneInfo(name), walked(name, first, last)
    after = datetime.combine(first, time.min, zone).astimezone(UTC) - timedelta(days=1)
    planned = [
        one
        for one in takewhile(
            lambda one: one.local_day <= last, occurrences(Rule(at, days, zone), after)
        )
        if one.local_day >= first
    ]

    chosen = takewhile(lambda day: day <= last, days_from(days, first))
    assert [one.local_day for one in planned] == [day for day in chosen if day in dates], name
    assert all(a.due_at < b.due_at for a, b in pairwise(planned)), name
    largest = timedelta(0)
    for day, due_at in planned:
        shift = due_at.astimezone(zone).replace(tzinfo=None) - datetime.combine(day, at)
        assert timedelta(0) <= shift <= jumps.get(day, timedelta(0)), (name, day, at)
        largest = max(largest, shift)
    return int(largest.total_seconds()) // 60


def test_each_day_has_one_in_every_zone_at_times_that_clocks_skip() -> None:
    """At the quarters that some zone somewhere skips: midnight, the small hours, shortly before midnight."""
    chance = random.Random(1)
    shifted = 0
    for name in ZONES:
        for at in (time(0, 0), time(2, 30), time(23, 30), chance.choice(QUARTERS)):
            shifted += check(name, Weekdays(EVERY_DAY), at) > 0
    assert shifted > 100, "the zones with a clock change were not met"


def test_the_other_patterns_hold_in_every_zone_too() -> None:
    chance = random.Random(2)
    for name in ZONES:
        at = time(chance.randrange(24), chance.randrange(60))
        check(name, EveryDays(chance.randint(1, 9), FIRST), at)
        check(name, MonthDay(chance.randint(1, 31)), at)
        check(name, Weekdays(frozenset({chance.randrange(7), chance.randrange(7)})), at)


@pytest.mark.drill
def test_each_day_has_one_in_every_zone_at_every_quarter_of_an_hour() -> None:
    for name in ZONES:
        for at in QUARTERS:
            check(name, Weekdays(EVERY_DAY), at)


@pytest.mark.parametrize(
    ("name", "day", "at", "shift"),
    [
        ("Europe/Berlin", date(2025, 3, 30), time(2, 30), 60),
        ("America/Santiago", date(2025, 9, 7), time(0, 30), 60),
        ("Africa/Cairo", date(2025, 4, 25), time(0, 15), 60),
        ("Australia/Lord_Howe", date(2025, 10, 5), time(2, 15), 30),
        ("Africa/Casablanca", date(2025, 4, 6), time(2, 30), 60),
        ("America/Nuuk", date(2025, 3, 29), time(23, 30), 60),
    ],
)
def test_where_a_clock_change_skips_the_time_it_comes_later_by_the_gap(
    name: str, day: date, at: time, shift: int
) -> None:
    assert check(name, Weekdays(EVERY_DAY), at, day - timedelta(days=9), day) == shift


def test_apia_left_out_a_day() -> None:
    first, last = date(2011, 12, 1), date(2012, 1, 31)

    check("Pacific/Apia", Weekdays(EVERY_DAY), time(9, 0), first, last)
    assert date(2011, 12, 30) not in walked("Pacific/Apia", first, last).dates
