"""Days and times inside sentences, as each language writes them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from babel import Locale

from content.language import Language
from content.library import Library

SHIPPED = Library.load()
LANGUAGES = list(SHIPPED.languages.values())
DAYS = [date(2026, month, 24) for month in range(1, 13)] + [date(2026, 6, n) for n in range(1, 8)]
TEXTS = {
    "x.ends": "{day}.",
    "x.two": "{day}. {day}.",
    "x.goes_on": "{day}, {day}...",
    "dates.moment": "{day} {time}, {city}",
}


def of(tag: str, **texts: str) -> Language:
    return Language(tag, tag, Locale.parse(tag), {**TEXTS, **texts})


@pytest.mark.parametrize("tag", ["en_GB", "de", "es", "fr", "pt", "ar"])
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_sentence_that_ends_in_an_abbreviation_ends_in_one_stop(tag: str, day: date) -> None:
    language = of(tag)

    said = language("x.ends", day=language.day(day))
    assert said.endswith(".")
    assert ".." not in said
    assert ".." not in language("x.two", day=language.weekday(day.weekday()))


def test_a_stop_stays_after_what_ends_without_one() -> None:
    assert of("en_GB")("x.ends", day="Tue 24 Nov") == "Tue 24 Nov."
    assert of("fr")("x.ends", day="mar. 24 nov.") == "mar. 24 nov."
    assert of("fr")("x.goes_on", day="nov.") == "nov., nov...."


@pytest.mark.parametrize(
    ("tag", "day"),
    [
        ("en", "Tue 24 Nov"),
        ("de", "Di., 24. Nov."),
        ("es", "mar, 24 nov"),
        ("fr", "mar. 24 nov."),
        ("pt", "ter., 24 de nov."),
        ("ar", "الثلاثاء، 24 نوفمبر"),
    ],
)
def test_a_day_is_written_as_the_language_does_within_a_sentence(tag: str, day: str) -> None:
    language = SHIPPED.language(tag)

    assert language.day(date(2026, 11, 24)) == day
    assert day.startswith(language.weekday(1))


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
def test_times_are_of_24_hours_with_digits_of_one_kind(language: Language) -> None:
    for hour in range(24):
        said = language.time(time(hour, 5))
        assert re.fullmatch(rf"0?{hour}:05", said), said
    moment = language.moment(datetime(2026, 11, 24, 19, 30, tzinfo=UTC), ZoneInfo("Europe/Berlin"))
    assert "20:30" in moment
    assert re.findall(r"\d", language.dated(date(2026, 11, 24))) == list("242026")
    assert re.search("[٠-٩]", "".join(str(text) for text in language.texts.values())) is None
