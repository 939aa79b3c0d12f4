"""When a reminder is due: one a chosen local day that exists, at the wall-clock time, in any zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise, takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.delivery import Reason, State
from domain.recurrence import EVERY_DAY, Weekdays
from domain.reminders import (
    Planned,
    Rule,
    Snooze,
    ahead,
    day_about,
    judge,
    occurrences,
    snoozed_until,
)

EVERY = Weekdays(EVERY_DAY)

ZONES = [
    ZoneInfo(key)
    for key in (
        "Europe/Berlin",
        "America/Santiago",
        "Africa/Cairo",
        "Africa/Casablanca",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "America/Nuuk",
        "Asia/Kolkata",
    )
]

zones = st.sampled_from(ZONES)
times = st.times().map(lambda t: t.replace(second=0, microsecond=0))
weekdays = st.frozensets(st.integers(0, 6), min_size=1)
moments = st.datetimes(
    datetime(2009, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    datetime(2035, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


def planned(rule: Rule, after: datetime, count: int = 40) -> list[Planned]:
    return list(islice(occurrences(rule, after), count))


def on(day: date, at: time, zone: str) -> list[Planned]:
    """What is planned for *day*, seen from two days before."""
    rule = Rule(at, EVERY, ZoneInfo(zone))
    after = datetime.combine(day, at, UTC) - timedelta(days=2)
    return [p for p in planned(rule, after, 6) if p.local_day == day]


def local(moment: datetime, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).strftime("%d %H:%M")


@given(zones, times, weekdays, moments)
def test_moments_rise_and_no_local_day_has_two(
    zone: ZoneInfo, at: time, days: frozenset[int], after: datetime
) -> None:
    found = planned(Rule(at, Weekdays(days), zone), after)

    assert all(p.due_at > after for p in found)
    assert [p.due_at for p in found] == sorted({p.due_at for p in found})
    assert [p.local_day for p in found] == sorted({p.local_day for p in found})


@given(zones, times, moments)
def test_every_local_day_that_exists_has_one(zone: ZoneInfo, at: time, after: datetime) -> None:
    days = [p.local_day for p in planned(Rule(at, EVERY, zone), after)]

    gaps = {b for a, b in pairwise(days) if (b - a).days != 1}
    assert gaps <= {date(2011, 12, 31)}


@given(zones, times, weekdays, moments)
def test_the_clock_on_the_wall_shows_the_chosen_time_unless_a_gap_skips_it(
    zone: ZoneInfo, at: time, days: frozenset[int], after: datetime
) -> None:
    for day, due_at in planned(Rule(at, Weekdays(days), zone), after):
        there = due_at.astimezone(zone)
        assert day.weekday() in days
        if (there.date(), there.time()) != (day, at):  # moved on by exactly the gap
            wished = datetime.combine(day, at, zone)
            gap = wished.replace(fold=0).utcoffset(), wished.replace(fold=1).utcoffset()
            assert gap[0] is not None
            assert gap[1] is not None
            moved = there.replace(tzinfo=None) - wished.replace(tzinfo=None)
            assert moved == gap[1] - gap[0] > timedelta(0)


@given(zones, times, weekdays, moments, moments)
def test_what_is_planned_does_not_depend_on_when_one_looks(
    zone: ZoneInfo, at: time, days: frozenset[int], early: datetime, late: datetime
) -> None:
    early, late = sorted((early, late))
    late = min(late, early + timedelta(days=40))
    rule = Rule(at, Weekdays(days), zone)

    before = list(takewhile(lambda p: p.due_at <= late, occurrences(rule, early)))
    whole = planned(rule, early, len(before) + 5)

    assert whole == before + planned(rule, late, 5)


@given(zones, times, weekdays, moments, st.timedeltas(timedelta(0), timedelta(days=60)))
def test_planning_ahead_ends_with_the_first_one_in_the_future(
    zone: ZoneInfo, at: time, days: frozenset[int], after: datetime, away: timedelta
) -> None:
    rule, now = Rule(at, Weekdays(days), zone), after + away

    found = ahead(rule, after, now, taken=())

    assert [p.due_at > now for p in found] == [False] * (len(found) - 1) + [True]
    assert found == planned(rule, after, len(found))


def test_a_day_that_had_its_message_gets_no_second_one_when_the_time_moves() -> None:
    now = datetime(2025, 3, 3, 20, 0, tzinfo=UTC)
    rule = Rule(time(23, 0), EVERY, ZoneInfo("Europe/Berlin"))

    found = ahead(rule, now, now, taken={date(2025, 3, 3)})

    assert [p.local_day for p in found] == [date(2025, 3, 4)]


@pytest.mark.parametrize(
    ("zone", "day", "at", "there"),
    [
        ("Europe/Berlin", date(2025, 3, 30), time(2, 30), "30 03:30"),
        ("Europe/Berlin", date(2025, 10, 26), time(2, 30), "26 02:30"),
        ("America/Santiago", date(2024, 9, 8), time(0, 30), "08 01:30"),
        ("Africa/Cairo", date(2025, 4, 25), time(0, 0), "25 01:00"),
        ("Australia/Lord_Howe", date(2025, 10, 5), time(2, 15), "05 02:45"),
        ("America/Nuuk", date(2025, 3, 29), time(23, 30), "30 00:30"),
        ("Africa/Casablanca", date(2025, 4, 6), time(2, 30), "06 03:30"),
    ],
)
def test_a_day_with_a_clock_change_has_exactly_one(
    zone: str, day: date, at: time, there: str
) -> None:
    assert [local(p.due_at, zone) for p in on(day, at, zone)] == [there]


def test_a_time_that_comes_twice_means_the_first() -> None:
    (found,) = on(date(2025, 10, 26), time(2, 30), "Europe/Berlin")

    assert found.due_at == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)


def test_a_day_that_the_zone_leaves_out_has_none() -> None:
    assert on(date(2011, 12, 29), time(9), "Pacific/Apia")
    assert not on(date(2011, 12, 30), time(9), "Pacific/Apia")
    assert on(date(2011, 12, 31), time(9), "Pacific/Apia")


def test_a_naive_moment_is_refused() -> None:
    rule = Rule(time(9), EVERY, ZoneInfo("UTC"))

    with pytest.raises(ValueError, match="aware"):
        next(occurrences(rule, datetime(2025, 1, 1)))  # noqa: DTZ001


@pytest.mark.parametrize("days", [frozenset(), frozenset({7}), frozenset({-1, 2})])
def test_a_rule_needs_weekdays_that_there_are(days: frozenset[int]) -> None:
    with pytest.raises(ValueError, match="weekdays"):
        Weekdays(days)


DUE = datetime(2025, 3, 3, 19, 30, tzinfo=UTC)
GRACE = timedelta(hours=2)


@pytest.mark.parametrize(
    ("late", "paused", "answered", "newer", "end"),
    [
        (timedelta(seconds=-1), True, True, True, (State.DUE, None)),
        (timedelta(0), False, False, False, (State.CLAIMED, None)),
        (GRACE, False, False, False, (State.CLAIMED, None)),
        (GRACE + timedelta(seconds=1), False, False, False, (State.EXPIRED, None)),
        (timedelta(0), False, False, True, (State.EXPIRED, None)),
        (GRACE * 2, True, False, True, (State.SKIPPED, Reason.PAUSED)),
        (GRACE * 2, False, True, True, (State.SKIPPED, Reason.ANSWERED)),
    ],
)
def test_what_becomes_of_one_that_is_seen(
    late: timedelta,
    paused: bool,
    answered: bool,
    newer: bool,
    end: tuple[State, Reason | None],
) -> None:
    seen = judge(DUE, DUE + GRACE, DUE + late, paused=paused, answered=answered, newer=newer)

    assert seen == end


@pytest.mark.parametrize(
    ("by", "now", "until"),
    [
        (Snooze.QUARTER, "20:31", "20:46"),
        (Snooze.HOUR, "20:31", "21:31"),
        (Snooze.TONIGHT, "20:31", "22:00"),
        (Snooze.TONIGHT, "21:45", "22:00"),
        (Snooze.TONIGHT, "21:46", "23:46"),
        (Snooze.TONIGHT, "22:30", "00:30"),
    ],
)
def test_how_long_a_reminder_is_put_off(by: Snooze, now: str, until: str) -> None:
    zone = ZoneInfo("Europe/Berlin")
    moment = datetime.combine(date(2025, 3, 3), time.fromisoformat(now), zone).astimezone(UTC)

    again = snoozed_until(moment, zone, time(3), by)
    assert again.astimezone(zone).strftime("%H:%M") == until


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("21:40", "22:00"),
        ("23:59", "01:59"),
        ("00:00", "02:00"),
        ("00:30", "02:30"),
        ("01:30", "02:45"),  # the day ends at 03:00
        ("02:50", "03:05"),
        ("03:00", "22:00"),
    ],
)
def test_later_tonight_means_this_night_before_and_after_midnight(now: str, until: str) -> None:
    zone = ZoneInfo("Europe/Berlin")
    moment = datetime.combine(date(2025, 3, 4), time.fromisoformat(now), zone).astimezone(UTC)

    again = snoozed_until(moment, zone, time(3), Snooze.TONIGHT)

    assert again.astimezone(zone).strftime("%H:%M") == until
    assert again - moment < timedelta(hours=20)


def test_a_reminder_after_midnight_asks_about_the_evening_before() -> None:
    day = date(2025, 3, 4)

    assert day_about(day, time(0, 30), time(3)) == date(2025, 3, 3)
    assert day_about(day, time(3, 0), time(3)) == day
    assert day_about(day, time(20, 30), time(3)) == day
