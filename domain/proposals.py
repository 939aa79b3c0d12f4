"""Whether to propose another time, or fewer messages, from how somebody answers a check-in's reminder.

Pure, and only ever quieter: what is proposed brings no more messages, no more nudges and no more sound
than what is there. Nothing is decided here; a person takes a proposal or leaves it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import quantiles
from typing import NamedTuple
from zoneinfo import ZoneInfo

from domain.day import day_of
from domain.reminders import NUDGE_AFTER

LAST = 10
"""How many of a reminder's last messages are looked at."""

LEAST_SENT = 7
LEAST_LATE = 5
LEAST_STEADY = 4
MOST_ANSWERED = 1
"""Answers at all, at most, for fewer messages to be proposed."""

PROMPT = timedelta(hours=1)
"""An answer within it is one to the message."""

STEADY = 90
"""Minutes that the middle half of the answers lies within."""

FAR = 45
"""Minutes that another time is away, at least."""

ROUNDED = 15
"""Minutes that a proposed time is rounded to."""

EVERY = timedelta(days=14)
"""How often something is proposed for one reminder, at most."""

SOME_DAYS = frozenset({0, 2, 4})
"""Monday, Wednesday and Friday, in place of more days."""


class Sent(NamedTuple):
    """A message and its answer, both aware. answered_at: when what it asks for was done; None: never.

    came: it was sent; else it was not needed, as it was answered before.
    """

    at: datetime
    answered_at: datetime | None
    came: bool = True


@dataclass(frozen=True, slots=True)
class Present:
    """How it is now: at which time, on which days (0 = Monday), with how many nudges.

    quiet: hours without sound and nudges. day_starts_at: when the person's day begins.
    """

    at: time
    weekdays: frozenset[int]
    zone: ZoneInfo
    day_starts_at: time
    nudges: int = 0
    quiet: tuple[time, time] | None = None


@dataclass(frozen=True, slots=True)
class OtherTime:
    """Ask at this time instead."""

    at: time


@dataclass(frozen=True, slots=True)
class Fewer:
    """Ask on these days only; on none: not until the person says so."""

    weekdays: frozenset[int]


Proposal = OtherTime | Fewer


def proposal(present: Present, messages: Sequence[Sent]) -> Proposal | None:
    """Return what to propose from the *messages*, oldest first, neutral ones left out; None: nothing."""
    looked_at = messages[-LAST:]
    came = [one for one in looked_at if one.came]
    if len(came) < LEAST_SENT:
        return None
    if sum(one.answered_at is not None for one in looked_at) <= MOST_ANSWERED:
        return Fewer(_fewer(present.weekdays))
    late = [one for one in came if one.answered_at is None or one.answered_at - one.at > PROMPT]
    if len(late) < LEAST_LATE:
        return None
    at = _steady([one for one in looked_at if one not in came or one in late], present)
    if at is None or sounds(at, present) > sounds(present.at, present) or _is_quiet(at, present):
        return None
    return OtherTime(at)


def sounds(at: time, present: Present) -> int:
    """Return how many messages ring on a day, at most: the one at *at* with its nudges, but for those
    within the quiet hours."""
    step = int(NUDGE_AFTER.total_seconds()) // 60
    minutes = [_minutes(at) + n * step for n in range(present.nudges + 1)]
    return sum(not _is_quiet(_time(minute), present) for minute in minutes)


def _fewer(weekdays: frozenset[int]) -> frozenset[int]:
    if weekdays > SOME_DAYS:
        return SOME_DAYS
    return frozenset({min(weekdays)}) if len(weekdays) > 1 else frozenset()


def _steady(messages: Sequence[Sent], present: Present) -> time | None:
    """Return the time around which these were answered on their own day; None where it varies, or is
    about the present one."""
    starts = _minutes(present.day_starts_at)
    into_day = [
        (_minutes(one.answered_at.astimezone(present.zone).time()) - starts) % (24 * 60)
        for one in messages
        if one.answered_at is not None and _day(one.at, present) == _day(one.answered_at, present)
    ]
    if len(into_day) < LEAST_STEADY:
        return None
    low, middle, high = quantiles(into_day, n=4, method="inclusive")
    rounded = round(middle / ROUNDED) * ROUNDED
    away = abs(rounded - (_minutes(present.at) - starts) % (24 * 60))
    if high - low > STEADY or away < FAR or rounded >= 24 * 60:
        return None
    return _time(rounded + starts)


def _day(at: datetime, present: Present) -> date:
    return day_of(at, present.zone, present.day_starts_at)


def _is_quiet(at: time, present: Present) -> bool:
    if present.quiet is None:
        return False
    first, last = present.quiet
    return first <= at < last if first <= last else at >= first or at < last


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _time(minutes: int) -> time:
    return time(*divmod(minutes % (24 * 60), 60))
