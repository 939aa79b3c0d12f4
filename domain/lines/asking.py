"""What can be unclear about a line that shall become a reminder, and what it may have meant."""

from __future__ import annotations

from enum import StrEnum

from domain.recurrence import Schedule


class Why(StrEnum):
    """What is unclear; the question for it is a text of this name."""

    NOT_UNDERSTOOD = "not_understood"
    LEFT_OVER = "left_over"
    TOO_LONG = "too_long"
    TWO_MEANINGS = "two_meanings"
    NO_TIME = "no_time"
    BARE_HOUR = "bare_hour"
    IN_DIGITS = "in_digits"
    NO_SUCH_TIME = "no_such_time"
    WHICH_HALF = "which_half"
    WHICH_NIGHT = "which_night"
    PAST_MIDNIGHT = "past_midnight"
    NO_WINDOW = "no_window"
    TOO_MANY_TIMES = "too_many_times"
    TOO_OFTEN = "too_often"
    WHICH_DAY = "which_day"
    NO_SUCH_DAY = "no_such_day"
    PAST = "past"
    TOO_FAR = "too_far"
    ONCE_OR_DAILY = "once_or_daily"
    ONCE_OR_WEEKLY = "once_or_weekly"
    ONCE_OR_MONTHLY = "once_or_monthly"


class Ask(Exception):  # noqa: N818 - it is a question, not a fault
    """What to ask, and what it may mean: each of *choices* is a schedule to take as it is."""

    def __init__(self, why: Why, *choices: Schedule) -> None:
        super().__init__(why)
        self.why = why
        self.choices = choices
