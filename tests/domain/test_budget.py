"""A budget that several processes draw on: never more than the rate, answers first, nobody's share lies idle."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.budget import AHEAD, CLAIM, LATE, LEAD, STEADY, Ask, Budget, give

NOW = datetime(2025, 3, 3, 19, 0, tzinfo=UTC)
FRESH = Budget.fresh(NOW)


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


asks = st.lists(
    st.tuples(st.floats(0, 0.5), st.integers(0, 12), st.integers(0, 12), st.floats(0, 1)),
    max_size=80,
)


@given(asks, st.integers(1, 60))
def test_however_late_each_permit_is_used_no_second_holds_more_than_the_rate(
    asked: list[tuple[float, int, int, float]], per_second: int
) -> None:
    budget, now, used = FRESH, NOW, []
    for later, answers, bulk, late in asked:
        now += seconds(later)
        budget, given = give(budget, now, Ask(answers, bulk), per_second)
        assert len(given.starts) <= answers + bulk
        assert all(now <= start <= now + AHEAD for start in given.starts)
        used += [start + late * LATE for start in given.starts]

    for first in used:
        assert sum(first <= moment < first + seconds(1) for moment in used) <= per_second


@given(st.integers(1, 60), st.floats(0.01, 0.1))
def test_who_always_wants_more_gets_the_steady_rate(per_second: int, gap: float) -> None:
    budget, now, got = FRESH, NOW, 0
    while now < NOW + seconds(20):
        budget, given = give(budget, now, Ask(0, 1000), per_second)
        got += len(given.starts)
        now += seconds(gap)

    assert 20 * per_second * STEADY <= got <= (20 + AHEAD.total_seconds()) * per_second * STEADY + 1


def test_what_nobody_asked_for_is_given_to_who_asks() -> None:
    budget, _ = give(FRESH, NOW, Ask(0, 100), 30)
    later = NOW + seconds(60)

    _, given = give(budget, later, Ask(0, 100), 30)

    assert given.starts[0] == later
    assert len(given.starts) == 6  # a fifth of a second's


def test_an_answer_goes_a_little_before_its_place_and_bulk_does_not() -> None:
    budget, first = give(FRESH, NOW, Ask(1, 0), 30)

    _, answer = give(budget, NOW, Ask(1, 0), 30)
    _, bulk = give(budget, NOW, Ask(0, 1), 30)

    assert first.starts == answer.starts == (NOW,)
    assert bulk.starts == (budget.spent_until,)
    assert budget.spent_until < NOW + LEAD


def test_answers_come_before_bulk_of_the_same_ask() -> None:
    _, given = give(FRESH, NOW, Ask(3, 100), 30)
    _, alone = give(FRESH, NOW, Ask(3, 0), 30)

    assert given.starts[:3] == alone.starts


def test_bulk_of_any_process_keeps_away_while_answers_are_left_over() -> None:
    budget, answers = give(FRESH, NOW, Ask(20, 0), 30)
    until = answers.answers_at + CLAIM
    soon = until - seconds(0.01)

    _, bulk = give(budget, soon, Ask(0, 5), 30)
    _, more = give(budget, soon, Ask(5, 0), 30)
    _, later = give(budget, until, Ask(0, 5), 30)

    assert len(answers.starts) < 20
    assert (bulk.starts, bulk.bulk_at) == ((), until)
    assert len(more.starts) == len(later.starts) == 5


def test_a_slow_budget_keeps_bulk_away_until_the_answers_asked_again() -> None:
    budget, first = give(FRESH, NOW, Ask(3, 0), 1)

    _, bulk = give(budget, first.answers_at, Ask(0, 1), 1)
    _, answer = give(budget, first.answers_at, Ask(2, 0), 1)

    assert bulk.starts == ()
    assert len(answer.starts) == 1


def test_it_says_from_when_asking_is_worth_it() -> None:
    budget, full = give(FRESH, NOW, Ask(0, 100), 30)

    _, early = give(budget, full.bulk_at - seconds(0.001), Ask(0, 1), 30)
    _, due = give(budget, full.bulk_at + seconds(0.001), Ask(0, 1), 30)

    assert (len(early.starts), len(due.starts)) == (0, 1)


def test_bulk_is_given_nothing_while_all_are_told_to_wait_and_answers_are() -> None:
    budget = FRESH.paused(7)

    _, waiting = give(budget, NOW + seconds(6.9), Ask(2, 5), 30)
    _, over = give(budget, NOW + seconds(7), Ask(0, 5), 30)

    assert (len(waiting.starts), waiting.bulk_at) == (2, NOW + seconds(7))
    assert over.starts[0] == NOW + seconds(7)


def test_a_shorter_pause_does_not_end_a_longer_one() -> None:
    assert FRESH.paused(7).paused(2).paused_until == NOW + seconds(7)


@given(st.sampled_from([-86400.0, -3600.0, -1.0, 3600.0, 86400.0]))
def test_a_clock_that_is_set_holds_nobody_up(moved: float) -> None:
    budget, _ = give(FRESH, NOW, Ask(0, 100), 30)
    now = NOW + seconds(moved)

    _, given = give(budget, now, Ask(0, 1), 30)
    _, later = give(budget.moved_to(now), now + seconds(1), Ask(0, 1), 30)

    assert given.bulk_at <= now + AHEAD
    assert len(later.starts) == 1


def test_a_pause_is_no_longer_for_a_clock_that_was_set_back() -> None:
    budget = FRESH.paused(7).moved_to(NOW - seconds(3600))

    _, given = give(budget, NOW - seconds(3600 - 7), Ask(1, 0), 30)

    assert len(given.starts) == 1
