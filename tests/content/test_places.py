"""A typed place finds its time zone, and so does the time on a person's own clock."""

from __future__ import annotations

import importlib.resources
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import places
from content.places import areas, find, fold, is_clear, make, zones_at_offset

WINTER = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
SUMMER = datetime(2026, 7, 15, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Berlin", "Europe/Berlin"),
        ("  bERLIN ", "Europe/Berlin"),
        ("köln", "Europe/Berlin"),
        ("Genève", "Europe/Zurich"),
        ("Москва", "Europe/Moscow"),
        ("القاهرة", "Africa/Cairo"),
        ("Tromso", "Europe/Oslo"),
        ("saint-petersburg", "Europe/Moscow"),
        ("London", "Europe/London"),
        ("London, CA", "America/Toronto"),
        ("London, Canada", "America/Toronto"),
        ("Paris", "Europe/Paris"),
        ("Paris, US", "America/Chicago"),
        ("paris,united states", "America/Chicago"),
        ("Portland", "America/Los_Angeles"),
        ("Portland, ME", "America/New_York"),
        ("new york", "America/New_York"),
        ("San Fran", "America/Los_Angeles"),
        ("Jersey", "Europe/Jersey"),
        ("UK", "Europe/London"),
        ("usa", "America/New_York"),
        ("UAE", "Asia/Dubai"),
        ("Germany", "Europe/Berlin"),
        ("DE", "Europe/Berlin"),
        ("Hawaii", "Pacific/Honolulu"),
        ("nyc", "America/New_York"),
        ("L.A.", "America/Los_Angeles"),
        ("sf", "America/Los_Angeles"),
        ("EST", "America/New_York"),
        ("London, Ontario", "America/Toronto"),
        ("London, UK", "Europe/London"),
        ("Paris, Texas", "America/Chicago"),
        ("Newcastle, New South Wales", "Australia/Sydney"),
    ],
)
def test_a_typed_place_finds_its_zone(typed: str, zone: str) -> None:
    assert find(typed)[0].zone == zone


def test_one_of_each_zone_and_country_is_offered() -> None:
    assert [(p.name, p.country) for p in find("London", limit=2)] == [
        ("London", "GB"),
        ("London", "CA"),
    ]
    assert [p.region for p in find("Portland")[:3]] == ["OR", "ME", "TX"]


def test_a_country_of_several_zones_offers_the_largest_city_of_each() -> None:
    offered = find("Spain")

    assert [p.name for p in offered][:2] == ["Madrid", "Las Palmas de Gran Canaria"]
    assert len({p.zone for p in offered}) == len(offered)


def test_a_province_called_like_a_city_is_named_by_it() -> None:
    assert find("Quebec")[0].name == "Québec"


@pytest.mark.parametrize("typed", ["+2", "12", "Pa", "Paris 2"])
def test_a_beginning_with_a_digit_or_of_two_letters_is_no_place(typed: str) -> None:
    assert [p.name for p in find(typed) if p.name.startswith("Paris")] == []


def test_what_begins_larger_cities_is_not_clear() -> None:
    assert not is_clear("San", find("San"))


def test_the_names_of_areas_are_folded_and_each_is_found() -> None:
    for kind, names in areas._names().items():
        listed = [n for group in names.values() for n in group] if kind == "provinces" else names
        for name in listed:
            assert fold(name) == name
            assert areas.areas_called(name) or areas.called(name) != name


def test_a_city_called_so_comes_before_a_larger_one_that_begins_so() -> None:
    assert [p.name for p in find("York", limit=1)] == ["York"]


@pytest.mark.parametrize(
    "typed", ["", "   ", ",", ", DE", "Nowhereville", "b" * 101, "Berlin, Japan"]
)
def test_what_is_no_known_place_finds_none(typed: str) -> None:
    assert find(typed) == []


@given(st.text(max_size=120))
def test_whatever_is_typed_the_answer_is_short_and_of_real_cities(typed: str) -> None:
    found = find(typed)

    assert len(found) <= 6
    assert all(place.population >= 0 and place.zone for place in found)


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_clock_finds_the_largest_city_of_each_zone() -> None:
    found = zones_at_offset(timedelta(hours=1), WINTER, limit=50)

    names = [place.name for place in found]
    assert {"Lagos", "Berlin", "Madrid"} <= set(names)
    assert len({place.zone for place in found}) == len(found)
    assert [p.population for p in found] == sorted((p.population for p in found), reverse=True)


def test_a_clock_is_read_on_the_day_it_is_read() -> None:
    berlin = [p.zone == "Europe/Berlin" for p in zones_at_offset(timedelta(hours=2), SUMMER, 50)]

    assert any(berlin)
    assert not any(
        p.zone == "Europe/Berlin" for p in zones_at_offset(timedelta(hours=2), WINTER, 50)
    )


@pytest.mark.parametrize(
    ("minutes", "zone"),
    [
        (330, "Asia/Kolkata"),
        (345, "Asia/Kathmandu"),
        (341, "Asia/Kathmandu"),
        (-14 * 60, "Australia/Brisbane"),
    ],
)
def test_a_clock_some_minutes_wrong_or_a_day_off_still_finds_its_zone(
    minutes: int, zone: str
) -> None:
    assert zone in [p.zone for p in zones_at_offset(timedelta(minutes=minutes), WINTER, 10)]


def test_every_zone_of_the_file_is_one_of_tzdata() -> None:
    listed = importlib.resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8")
    known = set(listed.split())

    zones = {line.split("\t")[3] for line in places._cities().lines}

    assert len(zones) > 300
    assert zones <= known


def test_the_file_is_small_and_names_its_source() -> None:
    assert places.DATA.stat().st_size < 1_200_000
    notice = places.DATA.with_name("NOTICE").read_text(encoding="utf-8")
    assert "GeoNames" in notice
    assert "creativecommons.org/licenses/by/4.0" in notice


def test_a_new_file_is_made_largest_first_without_codes_and_transcriptions() -> None:
    def city(number: int, name: str, population: int, *names: str) -> dict[str, object]:
        return {
            "geonameid": number, "name": name, "countrycode": "DE", "admin1code": "07",
            "timezone": "Europe/Berlin", "population": population, "alternatenames": list(names),
        }  # fmt: skip

    made = make.lines(
        [
            city(2, "Kleinstadt", 20_000, "Smalltown"),
            city(1, "Köln", 900_000, "CGN", "Cologne", "kln"),
        ]
    )

    assert made == [
        "Köln\tDE\t\tEurope/Berlin\t900000\tkoln|cologne",
        "Kleinstadt\tDE\t\tEurope/Berlin\t20000\tkleinstadt",
    ]
