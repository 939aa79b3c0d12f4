"""A reminder's schedule in words, and what is asked where a typed line is not clear.

Words only, for the screens that show them; what a line means is for domain/lines/reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from zoneinfo import ZoneInfo

from content.language import Language
from domain.lines.asking import Why
from domain.recurrence import (
    EVERY_DAY,
    AtMoment,
    EveryDays,
    MonthDay,
    OnDay,
    Schedule,
    SinceLast,
    Weekdays,
)

WORKING_DAYS = frozenset(range(5))
WEEKEND = frozenset((5, 6))

SHORTEST_MONTH = 28
"""From the day after it on, some months end before."""


def in_words(
    schedule: Schedule, language: Language, zone: ZoneInfo, next_day: date | None = None
) -> str:
    """Return a schedule as part of a sentence: "every day at 08:00 and 20:30".

    zone: whose clock a single moment is told by. next_day: said where the pattern alone does not say
    which days are meant, as "every 3 days".
    """
    times = listed_times(schedule.times, language)
    match schedule.pattern:
        case Weekdays(days):
            return _weekdays(days, times, language)
        case EveryDays(n, since):
            words = _every(n, since, times, language)
            if next_day is None:
                return words
            return language("schedules.next", schedule=words, day=language.day(next_day))
        case MonthDay(number):
            return _month_day(number, times, language)
        case OnDay(day):
            return language("schedules.once", day=language.day(day), times=times)
        case SinceLast(n):
            return language("schedules.since_last", count=n, times=times)
        case AtMoment(due_at):
            local = due_at.astimezone(zone)
            named, clock = language.day(local.date()), language.time(local.time())
            return language("schedules.once", day=named, times=clock)


def listed_times(times: Sequence[time], language: Language) -> str:
    """Return times as a list in a sentence: "08:00, 12:00 and 20:30"."""
    return language.listed([language.time(at) for at in times])


def question(why: Why, language: Language) -> str:
    """Return what to ask about a line that is not clear."""
    return language(f"schedules.unclear.{why}")


def _weekdays(days: frozenset[int], times: str, language: Language) -> str:
    if days == EVERY_DAY:
        return language("schedules.every_day", times=times)
    if days == WORKING_DAYS:
        return language("schedules.weekdays", times=times)
    if days == WEEKEND:
        return language("schedules.weekend", times=times)
    named = language.listed([language.weekday(day) for day in sorted(days)])
    return language("schedules.some_days", days=named, times=times)


def _every(n: int, since: date, times: str, language: Language) -> str:
    if n % 7:
        return language("schedules.every_days", count=n, times=times)
    day = language.weekday(since.weekday())
    return language("schedules.every_weeks", count=n // 7, day=day, times=times)


def _month_day(number: int, times: str, language: Language) -> str:
    if number == 31:
        return language("schedules.month_end", times=times)
    called = "month_day" if number <= SHORTEST_MONTH else "month_day_or_last"
    return language(f"schedules.{called}", number=number, times=times)
