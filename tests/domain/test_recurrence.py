"""The days of a pattern, the times of a window, and when the next moments are."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.recurrence import (
    AtMoment,
    EveryDays,
    MonthDay,
    OnDay,
    Schedule,
    SinceLast,
    Weekdays,
    days_from,
    spread,
)
from domain.reminders import (
    MOST_SPREAD,
    Planned,
    Rule,
    counted_from,
    is_quiet,
    jittered,
    occurrences,
)

MONDAY = date(2025, 3, 3)
BERLIN = ZoneInfo("Europe/Berlin")
days = st.dates(date(2020, 1, 1), date(2040, 1, 1))


def first(pattern: Weekdays | EveryDays | MonthDay | OnDay, day: date, count: int) -> list[str]:
    return [f"{found:%d.%m.}" for found in islice(days_from(pattern, day), count)]


def test_the_patterns_fall_on_the_days_that_one_expects() -> None:
    assert first(Weekdays(frozenset({0, 4})), MONDAY, 3) == ["03.03.", "07.03.", "10.03."]
    assert first(EveryDays(3, MONDAY), MONDAY, 3) == ["03.03.", "06.03.", "09.03."]
    assert first(EveryDays(3, MONDAY), date(2025, 3, 5), 2) == ["06.03.", "09.03."]
    assert first(EveryDays(3, MONDAY), date(2025, 2, 1), 1) == ["03.03."]
    assert first(OnDay(MONDAY), MONDAY, 2) == ["03.03."]
    assert first(OnDay(MONDAY), date(2025, 3, 4), 2) == []


def test_the_31st_is_the_last_day_of_a_shorter_month() -> None:
    assert first(MonthDay(31), date(2025, 1, 31), 4) == ["31.01.", "28.02.", "31.03.", "30.04."]
    assert first(MonthDay(29), date(2028, 2, 1), 1) == ["29.02."]


@given(st.integers(1, 365), days, days)
def test_every_n_days_does_not_depend_on_when_one_looks(n: int, since: date, day: date) -> None:
    found = list(islice(days_from(EveryDays(n, since), day), 5))

    assert all(one >= max(day, since) and (one - since).days % n == 0 for one in found)
    assert all((b - a).days == n for a, b in pairwise(found))
    assert found[0] - max(day, since) < timedelta(days=n)


@given(st.times(), st.times(), st.integers(1, 12))
def test_times_in_a_window_are_in_order_within_it_and_even(a: time, b: time, n: int) -> None:
    start, end = sorted((a.replace(second=0, microsecond=0), b.replace(second=0, microsecond=0)))
    minutes = [t.hour * 60 + t.minute for t in (start, end)]
    if minutes[1] - minutes[0] < n - 1:
        with pytest.raises(ValueError, match="no room"):
            spread(start, end, n)
        return
    found = [t.hour * 60 + t.minute for t in spread(start, end, n)]

    assert len(set(found)) == n
    assert found == sorted(found)
    assert found[0] == minutes[0]
    assert n == 1 or found[-1] == minutes[1]
    apart = [later - earlier for earlier, later in pairwise(found)]
    assert not apart or max(apart) - min(apart) <= 1


@pytest.mark.parametrize(
    "make",
    [
        lambda: Weekdays(frozenset()),
        lambda: Weekdays(frozenset({7})),
        lambda: EveryDays(0, MONDAY),
        lambda: EveryDays(366, MONDAY),
        lambda: SinceLast(0),
        lambda: MonthDay(32),
        lambda: AtMoment(datetime(2025, 1, 1)),  # noqa: DTZ001
        lambda: Schedule(MonthDay(1), ()),
        lambda: Schedule(MonthDay(1), (time(9), time(8))),
        lambda: Schedule(MonthDay(1), (time(9), time(9))),
        lambda: Schedule(MonthDay(1), tuple(time(hour) for hour in range(13))),
        lambda: Schedule(AtMoment(datetime(2025, 1, 1, tzinfo=UTC)), (time(9),)),
    ],
)
def test_what_cannot_be_is_refused(make: object) -> None:
    assert callable(make)
    with pytest.raises(ValueError, match=r"\w"):
        make()


def test_since_the_last_entry_counts_from_its_day() -> None:
    days = counted_from(SinceLast(3), MONDAY)

    assert days == EveryDays(3, MONDAY + timedelta(days=3))


def test_a_moment_is_the_same_in_every_zone_and_comes_once() -> None:
    moment = datetime(2025, 10, 26, 1, 30, tzinfo=UTC)  # 02:30 in Berlin for the second time

    for zone in ("Europe/Berlin", "Asia/Tokyo"):
        rule = Rule(time.min, AtMoment(moment), ZoneInfo(zone))
        found = occurrences(rule, moment - timedelta(minutes=40))
        assert [planned.due_at for planned in found] == [moment]
        assert list(occurrences(rule, moment)) == []


@given(st.integers(1, 2**62), days, st.integers(0, MOST_SPREAD))
def test_a_message_may_come_later_by_as_much_as_is_allowed_and_always_the_same(
    slot: int, day: date, minutes: int
) -> None:
    planned = Planned(day, datetime(2025, 3, 3, 19, 30, tzinfo=UTC))

    later = jittered(planned, slot, minutes)

    assert later == jittered(planned, slot, minutes)
    assert timedelta(0) <= later.due_at - planned.due_at <= timedelta(minutes=minutes)
    assert minutes == 0 or later.due_at - planned.due_at < timedelta(minutes=minutes)


def test_many_that_are_due_together_are_moved_evenly_apart() -> None:
    planned = Planned(MONDAY, datetime(2025, 3, 3, 19, 30, tzinfo=UTC))
    minutes = [
        int((jittered(planned, slot * 7919, 10).due_at - planned.due_at).total_seconds() // 60)
        for slot in range(10_000)
    ]

    assert all(800 < minutes.count(minute) < 1200 for minute in range(10))


@pytest.mark.parametrize(
    ("at", "quiet"),
    [("21:59", False), ("22:00", True), ("00:00", True), ("06:59", True), ("07:00", False)],
)
def test_quiet_hours_go_over_midnight(at: str, quiet: bool) -> None:
    now = datetime.combine(MONDAY, time.fromisoformat(at), BERLIN)

    assert is_quiet(now, BERLIN, (time(22), time(7))) is quiet
    assert not is_quiet(now, BERLIN, None)
    assert not is_quiet(now, BERLIN, (time(22), time(22)))
