"""A schedule is said in words, and each thing that can be unclear has its question."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.screens.schedules import in_words, question
from content.library import Library
from domain.lines.asking import Why
from domain.recurrence import (
    EVERY_DAY,
    AtMoment,
    EveryDays,
    MonthDay,
    OnDay,
    Pattern,
    Schedule,
    SinceLast,
    Weekdays,
)

ZONE = ZoneInfo("Europe/Berlin")
MONDAY = date(2025, 12, 1)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (Weekdays(EVERY_DAY), "every day at 08:00 and 20:30"),
        (Weekdays(frozenset({4, 0, 2})), "Mon, Wed and Fri at 08:00 and 20:30"),
        (Weekdays(frozenset({6})), "Sun at 08:00 and 20:30"),
        (Weekdays(frozenset(range(5))), "on weekdays at 08:00 and 20:30"),
        (Weekdays(frozenset({5, 6})), "at weekends at 08:00 and 20:30"),
        (EveryDays(1, MONDAY), "every day at 08:00 and 20:30"),
        (EveryDays(3, MONDAY), "every 3 days at 08:00 and 20:30"),
        (EveryDays(7, MONDAY), "every week, Mon at 08:00 and 20:30"),
        (EveryDays(14, MONDAY), "every 2 weeks, Mon at 08:00 and 20:30"),
        (MonthDay(15), "on day 15 of each month at 08:00 and 20:30"),
        (MonthDay(30), "on day 30 of each month, or on its last day, at 08:00 and 20:30"),
        (MonthDay(31), "on the last day of each month at 08:00 and 20:30"),
        (OnDay(date(2025, 12, 24)), "once, on Wed 24 Dec at 08:00 and 20:30"),
        (SinceLast(1), "when you have written nothing for a day, at 08:00 and 20:30"),
        (SinceLast(3), "when you have written nothing for 3 days, at 08:00 and 20:30"),
    ],
)
def test_each_pattern_has_its_words(library: Library, pattern: Pattern, words: str) -> None:
    schedule = Schedule(pattern, (time(8), time(20, 30)))

    assert in_words(schedule, library.language("en"), ZONE) == words


def test_a_moment_is_told_by_the_clock_of_the_zone(library: Library) -> None:
    late = Schedule(AtMoment(datetime(2025, 12, 24, 23, 40, tzinfo=UTC)), ())

    assert in_words(late, library.language("en"), ZONE) == "once, on Thu 25 Dec at 00:40"


def test_the_next_day_is_said_where_the_pattern_does_not_say_it(library: Library) -> None:
    language, times = library.language("en"), (time(12),)

    counted = in_words(Schedule(EveryDays(3, MONDAY), times), language, ZONE, date(2025, 12, 4))
    daily = in_words(Schedule(Weekdays(EVERY_DAY), times), language, ZONE, date(2025, 12, 4))

    assert counted == "every 3 days at 12:00, next on Thu 4 Dec"
    assert daily == "every day at 12:00"


@pytest.mark.parametrize("why", list(Why))
def test_each_question_leads_on(library: Library, why: Why) -> None:
    asked = question(why, library.language("en"))

    assert "?" in asked or "Please" in asked or "You could" in asked
    assert len(asked) < 250
