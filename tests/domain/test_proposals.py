"""What is proposed for a reminder: only from clear signs, and only ever quieter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.proposals import FAR, Fewer, OtherTime, Present, Sent, proposal, sounds

BERLIN = ZoneInfo("Europe/Berlin")
DAILY = frozenset(range(7))
EVENING = Present(time(20, 30), DAILY, BERLIN, time(3))


def messages(answers: Sequence[str | None], at: str = "20:30") -> list[Sent]:
    """A message a day, answered at that time (before the day begins: the night after), or not."""
    found = []
    for n, said in enumerate(answers):
        day = date(2025, 2, 1) + timedelta(days=n)
        sent = datetime.combine(day, time.fromisoformat(at), BERLIN).astimezone(UTC)
        answered = None
        if said is not None:
            clock = time.fromisoformat(said)
            night = timedelta(days=clock < time(3))
            answered = datetime.combine(day + night, clock, BERLIN).astimezone(UTC)
        found.append(Sent(sent, answered))
    return found


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        (["22:40"] * 7, OtherTime(time(22, 45))),
        (["22:40", None, "22:30", "22:50", "22:30", None, "20:40"], OtherTime(time(22, 30))),
        (["00:10"] * 8, OtherTime(time(0, 15))),  # the night that still belongs to the evening
        (["22:40"] * 6, None),  # too few to tell
        (["20:50"] * 10, None),  # answered within the hour
        (["21:40"] * 4 + ["20:50"] * 6, None),  # four late ones are not often
        (["22:40"] * 3 + [None] * 4, None),  # three answers are no habit
        (["21:35", "22:00", "23:30", "00:30", "01:30", "02:30", "02:50"], None),  # not steady
        ([None] * 7, Fewer(frozenset({0, 2, 4}))),
        ([None] * 9 + ["20:40"], Fewer(frozenset({0, 2, 4}))),
        ([None] * 8 + ["20:40"] * 2, None),
        ([None] * 6, None),
    ],
)
def test_what_is_proposed_for_an_evening(answers: list[str | None], found: object) -> None:
    assert proposal(EVENING, messages(answers)) == found


def test_only_the_last_ten_count() -> None:
    assert proposal(EVENING, messages(["22:40"] * 10 + ["20:40"] * 10)) is None


@pytest.mark.parametrize(
    ("weekdays", "fewer"),
    [
        (DAILY, {0, 2, 4}),
        ({0, 1, 2, 3, 4}, {0, 2, 4}),
        ({0, 2, 4}, {0}),
        ({5, 6}, {5}),
        ({3}, set()),
    ],
)
def test_fewer_goes_down_by_steps_to_none(weekdays: set[int], fewer: set[int]) -> None:
    present = Present(time(20, 30), frozenset(weekdays), BERLIN, time(3))

    assert proposal(present, messages([None] * 7)) == Fewer(frozenset(fewer))


def test_no_time_within_the_quiet_hours_is_proposed() -> None:
    quiet = Present(time(20, 30), DAILY, BERLIN, time(3), quiet=(time(22), time(7)))

    assert proposal(quiet, messages(["22:40"] * 7)) is None
    assert proposal(quiet, messages(["21:40"] * 7)) == OtherTime(time(21, 45))


def test_what_comes_without_a_sound_is_not_proposed_to_ring() -> None:
    quiet = Present(time(20, 30), DAILY, BERLIN, time(3), quiet=(time(20), time(22)))

    assert proposal(quiet, messages(["22:40"] * 7)) is None


def test_a_time_at_which_more_nudges_would_come_is_not_proposed() -> None:
    nudged = Present(time(12, 0), DAILY, BERLIN, time(3), 2, (time(12, 30), time(16)))

    assert sounds(time(12), nudged) == 1
    assert proposal(nudged, messages(["17:00"] * 7, "12:00")) is None


@given(
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.frozensets(st.integers(0, 6), min_size=1),
    st.integers(0, 2),
    st.none() | st.tuples(st.times(), st.times()),
    st.integers(0, 1439),
    st.lists(st.none() | st.integers(-120, 120), max_size=14),
    st.sampled_from(["Europe/Berlin", "Pacific/Apia", "America/Nuuk", "Asia/Tokyo"]),
)
def test_whatever_is_proposed_is_quieter(
    at: time,
    weekdays: frozenset[int],
    nudges: int,
    quiet: tuple[time, time] | None,
    around: int,
    answers: list[int | None],
    zone: str,
) -> None:
    present = Present(at, weekdays, ZoneInfo(zone), time(3), nudges, quiet)
    sent = []
    for n, minutes in enumerate(answers):
        moment = datetime.combine(date(2025, 2, 1) + timedelta(days=n), at, ZoneInfo(zone))
        answered = None
        if minutes is not None:
            answered = (moment + timedelta(minutes=around + minutes)).astimezone(UTC)
        sent.append(Sent(moment.astimezone(UTC), answered))

    found = proposal(present, sent)

    match found:
        case Fewer(fewer):
            assert fewer < weekdays
        case OtherTime(other):
            assert sounds(other, present) <= sounds(at, present)
            assert other.minute % 15 == 0
            apart = abs(other.hour * 60 + other.minute - at.hour * 60 - at.minute)
            assert min(apart, 24 * 60 - apart) >= FAR or apart > 12 * 60
            if quiet is not None and quiet[0] != quiet[1]:
                first, last = quiet
                inside = first <= other < last if first <= last else not last <= other < first
                assert not inside
        case None:
            pass
