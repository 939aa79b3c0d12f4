"""A schedule survives being written as JSON; anything else is told apart."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, date, datetime, time
from typing import Any

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
)
from domain.written import read, write

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
NUMBERS = st.integers(1, 365)
PATTERNS = st.one_of(
    st.builds(Weekdays, st.frozensets(st.integers(0, 6), min_size=1)),
    st.builds(EveryDays, NUMBERS, DAYS),
    st.builds(MonthDay, st.integers(1, 31)),
    st.builds(OnDay, DAYS),
    st.builds(SinceLast, NUMBERS),
)
MINUTES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
TIMES = st.sets(MINUTES, min_size=1, max_size=12).map(lambda times: tuple(sorted(times)))
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
SCHEDULES = st.one_of(
    st.builds(Schedule, PATTERNS, TIMES),
    st.builds(lambda at: Schedule(AtMoment(at), ()), MOMENTS),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=6,
)


@given(SCHEDULES)
def test_a_schedule_comes_back_as_it_was(schedule: Schedule) -> None:
    assert read(json.loads(json.dumps(write(schedule)))) == schedule


@given(
    st.dictionaries(
        st.sampled_from(["pattern", "number", "anchor", "moment", "weekdays", "times"]), JSON
    )
)
def test_whatever_is_none_is_a_value_error(values: dict[str, Any]) -> None:
    with suppress(ValueError):
        assert isinstance(read(values), Schedule)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"times": ["9:00"], "weekdays": [1]},
        {"times": ["24:00"], "weekdays": [1]},
        {"times": ["09:00:30"], "weekdays": [1]},
        {"times": ["09:00"], "weekdays": []},
        {"times": ["09:00"], "weekdays": [True]},
        {"times": ["09:00", "09:00"], "weekdays": [1]},
        {"times": [], "pattern": "at_moment", "moment": "2030-01-01T00:00:00"},
        {"times": ["09:00"], "pattern": "every_days", "number": 0, "anchor": "2030-01-01"},
        {"times": ["09:00"], "pattern": "every_days", "number": 3, "anchor": "0001-01-01"},
        {"times": ["09:00"], "pattern": "sometimes"},
    ],
)
def test_what_is_nearly_one_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - which one is all the same
        read(values)


def test_weekdays_are_what_a_file_without_a_pattern_means() -> None:
    expected = Schedule(Weekdays(frozenset({0, 2})), (time(9, 0),))
    assert read({"weekdays": [2, 0], "times": ["09:00"]}) == expected
    assert read({"weekdays": [0, 2], "times": ["09:00:00"]}) == expected
