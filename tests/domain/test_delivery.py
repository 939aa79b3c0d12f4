"""What a receipt makes of a message that has to be sent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.delivery import Outcome, Reason, Receipt, State, backoff, settlement

WAIT = timedelta(seconds=40)
HOURS = timedelta(hours=2)


def test_a_send_that_surely_failed_counts_as_none_and_waits() -> None:
    end = settlement(Receipt(Outcome.NOT_SENT), 0, WAIT)

    assert (end.state, end.attempts, end.retry_in) == (State.DUE, 0, WAIT)


def test_telegram_says_how_long_to_wait() -> None:
    end = settlement(Receipt(Outcome.NOT_SENT, retry_in=timedelta(seconds=7)), 0, WAIT)

    assert end.retry_in == timedelta(seconds=7)


def test_an_unknown_outcome_gets_one_more_attempt_and_no_third() -> None:
    first = settlement(Receipt(Outcome.UNKNOWN), 0, WAIT)
    second = settlement(Receipt(Outcome.UNKNOWN), 1, WAIT)

    assert (first.state, first.reason, first.attempts) == (State.UNKNOWN, None, 1)
    assert (second.state, second.reason, second.attempts) == (State.UNKNOWN, Reason.NO_OUTCOME, 2)


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        (Outcome.GONE, Reason.BLOCKED),
        (Outcome.NOT_FOUND, Reason.CHAT_NOT_FOUND),
        (Outcome.REFUSED, Reason.REFUSED),
    ],
)
def test_what_cannot_be_sent_has_failed_for_a_reason(outcome: Outcome, reason: Reason) -> None:
    end = settlement(Receipt(outcome), 0, WAIT)

    assert (end.state, end.reason, end.retry_in) == (State.FAILED, reason, None)


@pytest.mark.parametrize(
    ("outcome", "late", "left", "wait"),
    [
        (Outcome.NOT_SENT, 0, HOURS, 5),
        (Outcome.NOT_SENT, 40, HOURS, 40),
        (Outcome.NOT_SENT, 3000, HOURS, 300),
        (Outcome.NOT_SENT, 3000, timedelta(seconds=20), 20),
        (Outcome.NOT_SENT, 3000, timedelta(seconds=-1), 5),
        (Outcome.UNKNOWN, 0, HOURS, 60),
        (Outcome.UNKNOWN, 90, HOURS, 90),
    ],
)
def test_waits_double_up_to_a_bound_and_end_with_the_grace(
    outcome: Outcome, late: int, left: timedelta, wait: int
) -> None:
    assert backoff(outcome, timedelta(seconds=late), left) == timedelta(seconds=wait)
