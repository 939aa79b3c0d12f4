"""What one process holds of a shared budget, and how far it trusts another clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.budget import MODEST, Apart, Chat, Shared
from domain.budget import LATE, STEADY, Slice

EPOCH = datetime(2025, 3, 3, 19, 0, tzinfo=UTC)
LATEST = LATE.total_seconds()


def named(chat: Chat) -> bytes | None:
    return str(chat).encode() if isinstance(chat, int) else None


def at(seconds: float) -> datetime:
    return EPOCH + timedelta(seconds=seconds)


def slice_of(*starts: float, **more: object) -> Slice:
    """A slice given at second 100 of the database's."""
    values = {"paused_until": at(0), "answers_at": at(100), "bulk_at": at(100), **more}
    return Slice(at(100), tuple(map(at, starts)), **values)  # type: ignore[arg-type]


@pytest.fixture
def shared() -> Shared:
    return Shared(30, named)


def test_nobody_goes_without_a_permit(shared: Shared) -> None:
    assert shared.ready_at(50) == inf


def test_permits_hold_from_their_moment_on_our_own_clock(shared: Shared) -> None:
    shared.take(slice_of(100.1, 100.2), 49.99, 50.01)

    assert shared.ready_at(50) == pytest.approx(50.1)
    shared.spend(50.1)
    assert shared.ready_at(50.1) == pytest.approx(50.2)


def test_a_permit_that_was_not_used_in_time_is_lost(shared: Shared) -> None:
    shared.take(slice_of(100.0, 100.2), 50, 50)

    assert shared.ready_at(50 + LATEST - 0.001) == pytest.approx(50)
    assert shared.ready_at(50 + LATEST + 0.001) == pytest.approx(50.2)
    assert shared.held(51) == 0


def test_what_was_given_later_may_hold_earlier(shared: Shared) -> None:
    shared.take(slice_of(100.15), 50, 50)
    shared.take(slice_of(100.05), 50, 50)

    assert shared.ready_at(50) == pytest.approx(50.05)


def test_who_cannot_ask_goes_on_at_a_modest_pace_and_recovers(shared: Shared) -> None:
    shared.away, now, went = True, 50.0, 0
    while now < 60:
        now = max(now, shared.ready_at(now))
        shared.spend(now)
        went += 1

    assert went == pytest.approx(10 * 30 * MODEST * STEADY, abs=2)
    shared.take(slice_of(), 60, 60)
    assert shared.ready_at(60) == inf


def test_a_pause_of_all_is_on_our_own_clock_and_never_shortened(shared: Shared) -> None:
    shared.take(slice_of(100.0, paused_until=at(107)), 50, 50)
    shared.take(slice_of(), 50, 50)

    assert shared.paused_until == pytest.approx(57)


def test_a_chats_pause_is_known_by_its_name_alone(shared: Shared) -> None:
    shared.take(slice_of(pauses={b"7": at(105)}), 50, 50)
    shared.take(slice_of(), 50, 50)

    assert shared.chat_paused_until(7) == pytest.approx(55)
    assert shared.chat_paused_until(8) == shared.chat_paused_until("@channel") == 0
    shared.take(slice_of(pauses={}), 50, 50)
    assert shared.chat_paused_until(7) == 0


def test_no_name_is_shown(shared: Shared) -> None:
    shared.take(slice_of(pauses={b"secret": at(105)}), 50, 50)

    assert "secret" not in repr(shared)


@given(
    st.floats(-1e6, 1e6),
    st.lists(st.tuples(st.floats(0, 10), st.floats(0, 1), st.floats(0, 1)), min_size=1),
)
def test_another_clock_is_known_at_least_as_well_as_the_quickest_answer_allows(
    apart: float, answers: list[tuple[float, float, float]]
) -> None:
    known, now = Apart(), 50.0
    for gap, out, back in answers:
        asked, now = now + gap, now + gap + out + back
        known.learn(EPOCH.timestamp() + asked + out + apart, asked, now)

    quickest = min(out + back for _, out, back in answers)
    drifted = sum(sum(answer) for answer in answers) * 1e-4
    assert known.here(at(apart)) == pytest.approx(0, abs=quickest + drifted + 1e-3)


def test_a_clock_that_was_set_is_believed_at_once() -> None:
    known = Apart()
    known.learn(EPOCH.timestamp() + 50, 50.0, 50.01)
    known.learn(EPOCH.timestamp() + 3660, 60.0, 60.01)

    assert known.here(at(3660)) == pytest.approx(60, abs=0.02)
