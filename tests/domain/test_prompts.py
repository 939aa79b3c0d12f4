"""A prompt for a delay, a day or a time understands the words of whole lines, and refuses the rest."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.library import Library
from domain.lines import prompts
from domain.lines.grammar import Words
from domain.pause import LONGEST
from tests.corpus import NOW, ZONE

TODAY = date(2025, 11, 26)
"""A Wednesday."""


@pytest.fixture(scope="module")
def words(library: Library) -> Words:
    return library.language("en").words


@pytest.fixture(scope="module")
def shipped() -> Library:
    return Library.load()


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("25", 25),
        ("25 min", 25),
        ("5 mins", 5),
        ("in 5 min", 5),
        ("in 5 minutes please", 5),
        ("half an hour", 30),
        ("in half an hour", 30),
        ("an hour", 60),
        ("2 h", 120),
        ("2 hrs", 120),
        ("in 2 hours", 120),
        ("1h30", 90),
        ("in 1h30", 90),
        ("1 hour and 30 minutes", 90),
        ("23 hours", 23 * 60),
    ],
)
def test_a_delay_is_read_in_the_ways_people_say_it(words: Words, text: str, minutes: int) -> None:
    assert prompts.delay(text, words, NOW, ZONE) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("tag", "text", "minutes"),
    [
        ("de", "25 Minuten", 25),
        ("de", "1 Std. 30 Min.", 90),
        ("es", "media hora", 30),
        ("fr", "1 heure et 30 minutes", 90),
        ("pt", "2 horas", 120),
        ("ar", "٢٥", 25),
        ("ar", "ساعتين", 120),
    ],
)
def test_a_delay_is_read_in_every_language(
    shipped: Library, tag: str, text: str, minutes: int
) -> None:
    words = shipped.language(tag).words

    assert prompts.delay(text, words, NOW, ZONE) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("9pm", datetime(2025, 11, 26, 21, tzinfo=ZONE)),
        ("at 21:45", datetime(2025, 11, 26, 21, 45, tzinfo=ZONE)),
        ("21:45", datetime(2025, 11, 26, 21, 45, tzinfo=ZONE)),
        ("noon", datetime(2025, 11, 26, 12, tzinfo=ZONE)),
        ("today at 18:00", datetime(2025, 11, 26, 18, tzinfo=ZONE)),
        ("tomorrow 6am", datetime(2025, 11, 27, 6, tzinfo=ZONE)),
        ("9:59", datetime(2025, 11, 27, 9, 59, tzinfo=ZONE)),
        ("midnight", datetime(2025, 11, 27, tzinfo=ZONE)),
        ("10:01", datetime(2025, 11, 26, 10, 1, tzinfo=ZONE)),
    ],
)
def test_a_clock_time_is_the_next_one_of_that_name(
    words: Words, text: str, moment: datetime
) -> None:
    by = prompts.delay(text, words, NOW.replace(second=0), ZONE)

    assert by is not None
    assert NOW.replace(second=0) + by == moment


@pytest.mark.parametrize("text", ["10:00", "10am", "at 10:00", "tomorrow at 10"])
def test_the_minute_that_the_clock_shows_is_not_a_day_from_now(words: Words, text: str) -> None:
    assert prompts.delay(text, words, NOW.replace(hour=10, minute=0, second=20), ZONE) is None


@pytest.mark.parametrize(
    "text",
    ["", "0", "later", "24 h", "in 2 days", "monday at 9", "every day at 9", "at 9 and 10", "9:00 tea",
     "around 9pm", "after 21:00", "in 1:30", "x" * 300],
)  # fmt: skip
def test_what_is_no_delay_of_less_than_a_day_is_refused(words: Words, text: str) -> None:
    assert prompts.delay(text, words, NOW, ZONE) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("24.12.", date(2025, 12, 24)),
        ("tomorrow", date(2025, 11, 27)),
        ("the day after tomorrow", date(2025, 11, 28)),
        ("monday", date(2025, 12, 1)),
        ("Wednesday", date(2025, 12, 3)),
        ("on friday", date(2025, 11, 28)),
        ("5 december", date(2025, 12, 5)),
        ("December 5th, 2025", date(2025, 12, 5)),
        ("in 3 days", date(2025, 11, 29)),
        ("in a week", date(2025, 12, 3)),
    ],
)
def test_a_day_is_read_in_the_ways_people_say_it(words: Words, text: str, day: date) -> None:
    assert prompts.day(text, words, TODAY) == day


@pytest.mark.parametrize(
    "text",
    ["", "today", "next monday", "every monday", "mondays", "mon and tue", "after friday", "until friday",
     "in 2 hours", "tomorrow at 9", "25 November 2025", "31 june", "in 2 years", "soon", "daily"],
)  # fmt: skip
def test_what_names_no_single_day_ahead_is_refused(words: Words, text: str) -> None:
    assert prompts.day(text, words, TODAY) is None


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("20:30", time(20, 30)),
        ("9", time(9)),
        ("at 8pm", time(20)),
        ("20 o'clock", time(20)),
        ("noon", time(12)),
        ("at 9 please", time(9)),
        ("2000 hrs", time(20)),
    ],
)
def test_a_time_is_read_with_the_words_around_it(words: Words, text: str, at: time) -> None:
    assert prompts.clock(text, words) == at


@pytest.mark.parametrize("text", ["", "9 and 10", "after 9:00", "tomorrow at 9", "25:00", "9 tea"])
def test_what_is_more_or_less_than_a_time_is_refused(words: Words, text: str) -> None:
    assert prompts.clock(text, words) is None


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("22-7", (time(22), time(7))),
        ("10pm to 7am", (time(22), time(7))),
        ("from 22:00 to 07:00", (time(22), time(7))),
        ("between 22:30 and 6", (time(22, 30), time(6))),
        ("from midnight to 7", (time(0), time(7))),
    ],
)
def test_hours_are_read_past_midnight_too(
    words: Words, text: str, hours: tuple[time, time]
) -> None:
    assert prompts.window(text, words) == hours


@pytest.mark.parametrize(
    "text", ["", "22", "10pm to 7", "22-25", "every day 22-7", "22-7 tea", "9 to 9"]
)
def test_what_is_no_pair_of_hours_is_refused(words: Words, text: str) -> None:
    assert prompts.window(text, words) is None


@given(text=st.text(max_size=40))
def test_any_text_is_something_ahead_or_refused(words: Words, text: str) -> None:
    by, day = prompts.delay(text, words, NOW, ZONE), prompts.day(text, words, TODAY)
    prompts.clock(text, words)
    prompts.window(text, words)

    assert by is None or timedelta(minutes=1) <= by < timedelta(days=1)
    assert day is None or TODAY < day <= TODAY + LONGEST


def test_a_delay_to_a_clock_time_counts_the_hour_that_a_clock_change_takes(words: Words) -> None:
    zone = ZoneInfo("Europe/Berlin")
    evening = datetime(2026, 3, 28, 22, 0, tzinfo=zone)

    assert prompts.delay("6am", words, evening, zone) == timedelta(hours=7)
