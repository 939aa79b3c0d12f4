"""Typed times are read or refused, never guessed; a clock tells how far from UTC it is."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from domain.clock import ahead_of_utc, read_offset, read_time


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("20:30", time(20, 30)),
        (" 20.30 ", time(20, 30)),
        ("2030", time(20, 30)),
        ("20h30", time(20, 30)),
        ("8:30pm", time(20, 30)),
        ("8.30 P.M.", time(20, 30)),
        ("8pm", time(20)),
        ("20h", time(20)),
        ("9", time(9)),
        ("12am", time(0)),
        ("12 pm", time(12)),
        ("٢٠:٣٠", time(20, 30)),
    ],
)
def test_a_time_is_read_in_the_ways_people_write_it(typed: str, at: time) -> None:
    assert read_time(typed) == at


@pytest.mark.parametrize(
    "typed", ["", "24:00", "20:60", "13pm", "0pm", "20:3", "tomorrow at 8", "Berlin", "8" * 300]
)
def test_what_is_no_time_is_refused(typed: str) -> None:
    assert read_time(typed) is None


@pytest.mark.parametrize("typed", ["20", "8pm", "20h"])
def test_an_hour_alone_does_not_tell_what_time_it_is_now(typed: str) -> None:
    assert read_time(typed, whole_hours=False) is None


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("+2", 120), ("UTC+2", 120), ("GMT-5", -300), ("utc +5:30", 330), ("−0330", -210), ("UTC", 0)],
)
def test_an_offset_from_utc_is_read(typed: str, minutes: int) -> None:
    assert read_offset(typed) == timedelta(minutes=minutes)


@pytest.mark.parametrize("typed", ["2", "12", "+15", "UTC+99", "+2:75", "Berlin", "+" * 300])
def test_what_is_no_offset_is_refused(typed: str) -> None:
    assert read_offset(typed) is None


def test_a_clock_beyond_midnight_is_a_day_off_at_most() -> None:
    now = datetime(2025, 3, 3, 23, 0, tzinfo=UTC)

    assert ahead_of_utc(now, time(0, 30)) % timedelta(days=1) == timedelta(hours=1, minutes=30)
