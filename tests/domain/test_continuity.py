"""Days that count: done, or asked and not answered. Nothing else counts against anybody."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.continuity import Day, Message, Rate, rate, was_asked
from domain.delivery import Reason, State

TODAY = date(2025, 3, 10)
SENT = Message(State.SENT)

messages = st.builds(
    Message, st.sampled_from(State), st.none() | st.sampled_from(Reason), st.booleans()
)
weeks = st.lists(
    st.builds(
        Day,
        st.integers(0, 30).map(lambda n: TODAY - timedelta(days=n)),
        st.booleans(),
        st.lists(messages, max_size=4).map(tuple),
    ),
    unique_by=lambda day: day.day,
)


def ago(n: int, *, done: bool = False, said: tuple[Message, ...] = (SENT,)) -> Day:
    return Day(TODAY - timedelta(days=n), done, said)


def test_a_day_asked_and_not_answered_counts_and_one_done_counts_as_done() -> None:
    assert rate([ago(1), ago(2, done=True)], TODAY) == Rate(1, 2)


def test_an_entry_counts_where_nothing_was_planned() -> None:
    assert rate([ago(1, done=True, said=())], TODAY) == Rate(1, 1)


def test_a_day_without_a_message_or_an_entry_does_not_count() -> None:
    assert rate([ago(1, said=())], TODAY) == Rate(0, 0)


def test_today_counts_once_it_is_done_and_not_before() -> None:
    assert rate([ago(0)], TODAY) == Rate(0, 0)
    assert rate([ago(0, done=True)], TODAY) == Rate(1, 1)


@pytest.mark.parametrize(
    "left",
    [
        Message(State.SKIPPED, Reason.PAUSED),
        Message(State.SKIPPED, Reason.BY_PERSON),
        Message(State.SKIPPED, Reason.QUIET),
        Message(State.EXPIRED),
        Message(State.FAILED, Reason.REFUSED),
        Message(State.UNKNOWN, Reason.NO_OUTCOME),
        Message(State.DUE),
    ],
)
def test_what_was_paused_left_out_or_our_own_fault_is_neutral(left: Message) -> None:
    assert not was_asked([left])
    assert not was_asked([SENT, left])


def test_a_day_that_was_left_out_stays_so_whatever_came_before_and_after() -> None:
    assert not was_asked([Message(State.SKIPPED, Reason.BY_PERSON), SENT])


def test_a_message_that_came_and_was_answered_with_not_today_is_neutral() -> None:
    assert not was_asked([Message(State.SENT, Reason.BY_PERSON)])
    assert not was_asked([SENT, Message(State.SKIPPED, Reason.BY_PERSON, nudge=True)])


def test_a_nudge_that_did_not_come_changes_nothing() -> None:
    assert was_asked([SENT, Message(State.SKIPPED, Reason.QUIET, nudge=True)])
    assert not was_asked([Message(State.EXPIRED), Message(State.SENT, nudge=True)])


def test_a_message_that_came_after_one_that_we_lost_was_asked() -> None:
    assert was_asked([Message(State.EXPIRED), SENT])


@given(weeks)
def test_a_rate_is_never_above_one_nor_below_nothing(days: list[Day]) -> None:
    found = rate(days, TODAY)

    assert 0 <= found.done <= found.counted <= len(days)
    assert found.done == sum(day.done for day in days)


@given(weeks, st.lists(messages, max_size=3))
def test_a_pause_or_a_day_left_out_never_makes_a_rate_worse(
    days: list[Day], more: list[Message]
) -> None:
    left = Message(State.SKIPPED, Reason.PAUSED)
    paused = [Day(day.day, day.done, (*day.messages, left, *more)) for day in days]
    before, after = rate(days, TODAY), rate(paused, TODAY)

    assert after.done == before.done
    assert after.counted <= before.counted


@given(weeks)
def test_one_more_entry_never_makes_a_rate_worse(days: list[Day]) -> None:
    before = rate(days, TODAY)
    for n, day in enumerate(days):
        after = rate([*days[:n], Day(day.day, True, day.messages), *days[n + 1 :]], TODAY)
        assert after.done * before.counted >= before.done * after.counted


@given(weeks)
def test_the_order_of_days_does_not_matter(days: list[Day]) -> None:
    assert rate(days, TODAY) == rate(reversed(days), TODAY)
