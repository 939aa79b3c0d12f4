"""On which days a reminder falls, and at which times: what a person wishes, as plain values.

Pure. No zone and no clock: days are calendar days, times are wall-clock times of wherever the
person is. domain/reminders turns them into moments.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import count


class PatternKind(StrEnum):
    """How a pattern is called where it is stored."""

    WEEKDAYS = "weekdays"
    EVERY_DAYS = "every_days"
    MONTH_DAY = "month_day"
    ON_DAY = "on_day"
    SINCE_LAST = "since_last"
    AT_MOMENT = "at_moment"


MOST_TIMES = 12
"""Times of day that one reminder can have."""

MOST_DAYS = 365
"""The longest stretch of "every n days", and of "n days since the last entry"."""


@dataclass(frozen=True, slots=True)
class Weekdays:
    """Some days of the week: 0 = Monday .. 6 = Sunday, at least one, else ValueError."""

    days: frozenset[int]

    def __post_init__(self) -> None:
        if not self.days or not self.days <= EVERY_DAY:
            raise ValueError("weekdays must be some of 0..6")


@dataclass(frozen=True, slots=True)
class EveryDays:
    """Every *n* days (1 to 365, else ValueError), counted from *since*, which is one of them."""

    n: int
    since: date

    def __post_init__(self) -> None:
        _check_days(self.n)


@dataclass(frozen=True, slots=True)
class MonthDay:
    """One day of each month, 1 to 31 (else ValueError); the last one of a month that is shorter."""

    day: int

    def __post_init__(self) -> None:
        if not 1 <= self.day <= 31:
            raise ValueError("a day of the month is 1..31")


@dataclass(frozen=True, slots=True)
class OnDay:
    """One day, once."""

    day: date


@dataclass(frozen=True, slots=True)
class SinceLast:
    """Whenever *n* days (1 to 365, else ValueError) have passed since the last entry, and again each *n*."""

    n: int

    def __post_init__(self) -> None:
        _check_days(self.n)


@dataclass(frozen=True, slots=True)
class AtMoment:
    """One moment (aware, UTC), once, wherever the person is by then: "in 40 minutes"."""

    due_at: datetime

    def __post_init__(self) -> None:
        if self.due_at.tzinfo is None:
            raise ValueError("a moment must be aware")


Days = Weekdays | EveryDays | MonthDay | OnDay
"""What says of a calendar day whether it is one."""

Pattern = Days | SinceLast | AtMoment


@dataclass(frozen=True, slots=True)
class Schedule:
    """A pattern of days with its times of day: distinct, in order, 1 to 12 of them; none with AtMoment.

    Errors: ValueError for anything else.
    """

    pattern: Pattern
    times: tuple[time, ...]

    def __post_init__(self) -> None:
        if list(self.times) != sorted(set(self.times)):
            raise ValueError("times must be distinct and in order")
        fewest, most = (0, 0) if isinstance(self.pattern, AtMoment) else (1, MOST_TIMES)
        if not fewest <= len(self.times) <= most:
            raise ValueError(f"a reminder has {fewest} to {most} times")


EVERY_DAY = frozenset(range(7))
"""All days of the week."""


def days_from(days: Days, first: date) -> Iterator[date]:
    """Yield the days of a pattern from *first* on (itself included), earliest first.

    Ends where the pattern does, and at the end of the calendar.
    """
    match days:
        case Weekdays(chosen):
            yield from (d for d in _each(first, 1) if d.weekday() in chosen)
        case EveryDays(n, since):
            behind = max(0, -((since - first).days // n)) if first > since else 0
            yield from _each(since + timedelta(days=behind * n), n)
        case MonthDay(number):
            yield from (d for d in _month_days(first, number) if d >= first)
        case OnDay(day):
            yield from (day,) * (day >= first)


def spread(first: time, last: time, n: int) -> tuple[time, ...]:
    """Return *n* times (1 to 12) from *first* to *last*, evenly apart, to the minute.

    A single one stands at *first*. Errors: ValueError where there is no room for so many.
    """
    start, end = _minutes(first), _minutes(last)
    if not 1 <= n <= MOST_TIMES or end - start < n - 1:
        raise ValueError("no room for so many times")
    step = (end - start) / max(1, n - 1)
    return tuple(time(*divmod(round(start + k * step), 60)) for k in range(n))


def _check_days(n: int) -> None:
    if not 1 <= n <= MOST_DAYS:
        raise ValueError("a number of days is 1..365")


def _each(first: date, step: int) -> Iterator[date]:
    ordinals = count(first.toordinal(), step)
    last = date.max.toordinal()
    for ordinal in ordinals:
        if ordinal > last:
            return
        yield date.fromordinal(ordinal)


def _month_days(first: date, number: int) -> Iterator[date]:
    for months in count(first.year * 12 + first.month - 1):
        year, month = divmod(months, 12)
        if year > date.max.year:
            return
        yield date(year, month + 1, min(number, monthrange(year, month + 1)[1]))


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
