"""A language is a folder: its plurals, its safety texts, and what English stands in for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest
from babel import Locale

from content import pseudo
from content.check import faults, missing
from content.language import Language, Typed
from content.library import Library
from content.safety import SAFETY_TEXTS
from content.wording import placeholders
from tests.content.conftest import Write

MARKS = dict.fromkeys(map(ord, "\u200f\u2068\u2069"))
"""What marks the direction of a line, to be left out."""

EVENING = datetime(2026, 11, 24, 19, 30, tzinfo=UTC)


def speaking(conventions: str, **texts: str | dict[str, str]) -> Language:
    dates = {"dates.moment": "{day} {time}, {city} time"}
    return Language("xx", "X", Locale.parse(conventions), {**dates, **texts})


@pytest.fixture
def accented(root: Path) -> Path:
    """The folder of a complete pseudo-language beside English."""
    return pseudo.write(Library.load(root), root / "locales")


def test_a_folder_adds_a_language(root: Path, accented: Path) -> None:
    library = Library.load(root)

    assert list(library.languages) == ["en", "en-XA"]
    assert library.language("en_xa").tag == "en-XA"
    assert missing(library) == []


@pytest.mark.parametrize(
    ("tag", "found"),
    [
        ("pt", "pt-BR"),
        ("pt-br", "pt-BR"),
        ("pt_BR", "pt-BR"),
        ("pt-PT", "pt-BR"),
        ("en-GB", "en"),
        ("p", "en"),
    ],
)
def test_the_nearest_language_is_found(root: Path, tag: str, found: str) -> None:
    pseudo.write(Library.load(root), root / "locales", "pt-BR")

    assert Library.load(root).language(tag).tag == found


def test_no_text_of_the_pseudo_language_is_english(root: Path, accented: Path) -> None:
    library = Library.load(root)
    english, other = library.language("en"), library.language("en-XA")

    for key, text in english.texts.items():
        forms = [other.texts[key]] if isinstance(text, str) else list(other.texts[key].values())  # type: ignore[union-attr]
        assert all(form[0] + form[-1] == pseudo.OPEN + pseudo.CLOSE for form in forms)  # type: ignore[index]
        assert placeholders(text) == placeholders(other.texts[key])


def test_the_pseudo_language_keeps_commands_addresses_and_placeholders() -> None:
    text = pseudo.pseudo("Send /privacy to {name} or see https://example.org/a now")

    assert all(kept in text for kept in ("/privacy", "{name}", "https://example.org/a"))
    assert len(text) > 1.25 * len("Send /privacy to {name} or see https://example.org/a now")


def test_english_stands_in_for_an_ordinary_text_and_it_is_reported(
    root: Path, accented: Path
) -> None:
    (accented / "common.toml").unlink()

    library = Library.load(root)

    assert library.language("en-XA")("common.buttons.back") == "Back"
    assert "common.buttons.back" in library.texts_missing("en-XA")


@pytest.mark.parametrize("file", ["disclaimers", "redflags", "tiers"])
def test_a_language_without_a_safety_text_is_refused(root: Path, accented: Path, file: str) -> None:
    (accented / f"{file}.toml").unlink()

    found = faults(root)

    assert found
    assert all(f"content/locales/en-XA/{file}.toml: missing safety text" in line for line in found)


def test_the_question_for_warning_signs_is_a_safety_text() -> None:
    assert SAFETY_TEXTS.fullmatch("questions.warning.ask")
    assert not SAFETY_TEXTS.fullmatch("questions.stress.ask")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('moment = "{day} {time}"', "differs from English in its placeholders: city"),
        ('moment = "{day} {time} {city} {zone}"', "differs from English in its placeholders: zone"),
        ('month = "x"', "unknown text 'dates.month'"),
        ('moment = { other = "{day} {time} {city}" }', "has plural forms, which English does not"),
        ('moment = ""', "'dates.moment' is empty"),
    ],
)
def test_a_translation_that_does_not_fit_english_is_refused(
    root: Path, accented: Path, write: Write, text: str, says: str
) -> None:
    write("content/locales/en-XA/dates.toml", text)

    found = faults(root)

    assert any(f.startswith("content/locales/en-XA/dates.toml:") and says in f for f in found), (
        found
    )


def test_a_plural_that_the_language_needs_may_not_be_missing(root: Path, write: Write) -> None:
    write("content/locales/en/days.toml", 'left = { one = "{count} day", other = "{count} days" }')
    pseudo.write(Library.load(root), root / "locales", "pl")
    write("content/locales/pl/language.toml", 'name = "Polski"\nconventions = "pl"')

    lacking = "content/locales/pl/days.toml:1: 'days.left' lacks the plural form for few, many"
    assert lacking in faults(root)


def test_a_language_without_its_own_description_is_refused(root: Path, write: Write) -> None:
    write("content/locales/de/common.toml", 'bot_name = "Commensal"')

    assert "content/locales/de/language.toml: is missing" in faults(root)


@pytest.mark.parametrize(
    ("conventions", "counts"),
    [
        ("en", {"one": [1], "other": [0, 2, 5, 21]}),
        ("pl", {"one": [1], "few": [2, 4, 22], "many": [0, 5, 12, 25]}),
        (
            "ar",
            {"zero": [0], "one": [1], "two": [2], "few": [3, 10], "many": [11, 99], "other": [100]},
        ),
        ("ja", {"other": [0, 1, 2, 100]}),
    ],
)
def test_plurals_follow_the_language(conventions: str, counts: dict[str, list[int]]) -> None:
    forms = {form: f"{form} {{count}}" for form in counts} | {"other": "other {count}"}
    language = speaking(conventions, days=forms)

    for form, numbers in counts.items():
        said = [language("days", count=n).translate(MARKS) for n in numbers]
        assert said == [f"{form} {n}" for n in numbers]


def test_what_a_person_typed_cannot_turn_the_line_around() -> None:
    language = speaking("en", hello="Hello {name}!")

    assert language("hello", name=Typed("\u202eevil\u2069")) == "Hello \u2068evil\u2069!"
    assert language("hello", name="ours") == "Hello ours!"


def test_braces_that_a_person_typed_stay_braces() -> None:
    language = speaking("en", hello="Hello {name}!")

    assert language("hello", name=Typed("{count}")) == "Hello \u2068{count}\u2069!"


@pytest.mark.parametrize(("key", "values"), [("gone", {}), ("hello", {}), ("hello", {"nam": "x"})])
def test_an_unknown_key_or_a_missing_value_is_a_bug(key: str, values: dict[str, str]) -> None:
    with pytest.raises(KeyError):
        speaking("en", hello="Hello {name}!")(key, **values)


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Europe/Berlin", "Tue 20:30, Berlin time"),
        ("America/Argentina/Buenos_Aires", "Tue 16:30, Buenos Aires time"),
        ("Asia/Kolkata", "Wed 01:00, Kolkata time"),
        ("UTC", "Tue 19:30, UTC time"),
        ("Etc/GMT+3", "Tue 16:30, GMT+3 time"),
    ],
)
def test_a_moment_is_told_in_a_persons_own_time(shipped: Library, zone: str, said: str) -> None:
    assert shipped.language("en").moment(EVENING, ZoneInfo(zone)) == said


def test_days_and_times_read_as_people_write_them(shipped: Library) -> None:
    english = shipped.language("en")

    assert english.day(date(2026, 11, 24)) == "Tue 24 Nov"
    assert english.time(time(8, 5)) == "08:05"
    assert [english.weekday(n) for n in (0, 6)] == ["Mon", "Sun"]
    assert (
        english.dated_moment(EVENING, ZoneInfo("Europe/Berlin")) == "Tue 24 Nov 20:30, Berlin time"
    )
    assert english.listed(["a", "b", "c"]) == "a, b and c"


def test_a_country_is_called_as_the_language_calls_it(shipped: Library) -> None:
    assert shipped.language("en").country("DE") == "Germany"
    assert speaking("de").country("DE") == "Deutschland"
    assert speaking("de").country("ZZZ") == "ZZZ"


def test_the_direction_of_writing_is_babels() -> None:
    assert speaking("ar").right_to_left
    assert not speaking("de").right_to_left


@pytest.mark.parametrize("name", ["wa", "smj", "tn_ZA", "hnj", "en", "de", "es", "fr", "pt", "ar"])
def test_every_zone_has_a_city_whatever_babel_lacks(shipped: Library, name: str) -> None:
    language = replace(shipped.language("en"), conventions=Locale.parse(name))

    cities = {zone: language.city(ZoneInfo(zone)) for zone in available_timezones()}

    assert all(cities.values())
    assert not [city for city in cities.values() if "/" in city or "_" in city]
