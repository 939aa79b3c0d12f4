"""Two clocks: whether they differ, and when one shows a time."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.travel import next_at, offset, same_clock

ZONES = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
MOMENTS = st.datetimes(
    datetime(2020, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC)  # noqa: DTZ001
)  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "on", "same"),
    [
        ("Europe/Berlin", "Europe/Vienna", (2025, 3, 3), True),
        ("Europe/Berlin", "Asia/Tokyo", (2025, 3, 3), False),
        ("Europe/Berlin", "Africa/Lagos", (2025, 1, 10), True),
        ("Europe/Berlin", "Africa/Lagos", (2025, 3, 10), False),  # Berlin's change is near
        ("Africa/Lagos", "Europe/Berlin", (2025, 3, 10), False),
        ("Europe/Berlin", "America/New_York", (2025, 3, 10), False),
    ],
)
def test_clocks_are_the_same_if_they_agree_for_the_weeks_to_come(
    one: str, other: str, on: tuple[int, int, int], same: bool
) -> None:
    assert same_clock(ZoneInfo(one), ZoneInfo(other), datetime(*on, 12, tzinfo=UTC)) is same


@given(ZONES, ZONES, MOMENTS)
def test_it_does_not_matter_which_of_two_clocks_is_asked_about(
    one: ZoneInfo, other: ZoneInfo, now: datetime
) -> None:
    assert same_clock(one, one, now)
    assert same_clock(one, other, now) == same_clock(other, one, now)


@given(ZONES, MOMENTS, st.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_a_clock_shows_a_time_within_little_more_than_a_day(
    zone: ZoneInfo, now: datetime, at: time
) -> None:
    moment = next_at(at, zone, now)

    assert now < moment <= now + timedelta(days=2)
    shown = moment.astimezone(zone).time()
    before, after = (offset(zone, moment + timedelta(days=n)) for n in (-1, 1))
    assert shown == at or before != after  # but for a time that a change of clocks leaves out
