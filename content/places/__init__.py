"""Cities and their time zones: what a typed place may mean, and who shares an hour of the day.

The data is GeoNames' (CC BY 4.0, see NOTICE), cities of 15,000 people and more, written into one
file by content/places/make.py. It is read at first use and kept. Never asks a network.
"""

from __future__ import annotations

import gzip
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from content.places.areas import Area, areas_called, called
from content.places.folding import countries, fold

__all__ = ["Place", "find", "fold", "is_clear", "zones_at_offset"]

DATA = Path(__file__).parent / "cities.tsv.gz"
"""A line for each city, largest first: name, country, US state, zone, population, folded names."""

MOST_TYPED = 100
"""Characters of a typed place; a longer one is no place."""

FAR_LARGER = 10
"""How many times the people of any other city of that name: nobody means the other without saying so."""

DAY = timedelta(hours=24)
QUARTER = timedelta(minutes=15)

SHORTEST_BEGINNING = 3
"""Letters from which on a beginning of a name will do."""


class Place(NamedTuple):
    """A city. country: ISO code of two letters. region: the state within the US, else empty.

    zone: an IANA name. population: as GeoNames has it.
    """

    name: str
    country: str
    region: str
    zone: str
    population: int


class _Cities(NamedTuple):
    """Each city's line, largest first; their folded names, sorted; and whose they are."""

    lines: list[str]
    names: list[str]
    called: dict[str, list[int]]


def find(typed: str, limit: int = 6) -> list[Place]:
    """Return the cities that *typed* may mean: those of a country or state, those called so, then
    those that begin so.

    A beginning counts from three letters on and without a digit. A city's own name goes before one in another language, then the larger before the
    smaller; case and accents do not matter. One of each zone and country (in the US, state), of an
    area one of each zone. After a comma a country, state or province may follow, by its English
    name or its code. Too long or empty: none.
    """
    if len(typed) > MOST_TYPED:
        return []
    city, _, within = (fold(part) for part in _written_out(typed).partition(","))
    if not city:
        return []
    cities = _cities()
    exact = set(cities.called.get(city, ()))
    wanted = [] if within else areas_called(city)
    begun = set() if wanted else {n for name in _beginning(city) for n in cities.called[name]}

    def rank(n: int) -> tuple[bool, int]:
        own = cities.lines[n].rpartition("\t")[2].partition("|")[0]
        return not own.startswith(city), n

    ordered = [*sorted(exact, key=rank), *sorted(begun - exact, key=rank)]
    named = [_place(cities.lines[n]) for n in ordered]
    if within:
        wanted = [*areas_called(within), *_beginning_areas(within)]
        return list(islice(_distinct(p for p in named if _is_within(p, wanted)), limit))
    there = [place for place in named if _is_within(place, wanted)]
    found = [*_inside(there, wanted), *(place for place in named if place not in there)]
    return list(islice(_distinct(found), limit))


def is_clear(typed: str, found: Sequence[Place]) -> bool:
    """Say whether *typed* surely means the first of *found*: its own name, and by far the largest."""
    if not found or fold(found[0].name) != fold(called(fold(typed))):
        return False
    return len(found) == 1 or found[0].population >= FAR_LARGER * max(
        p.population for p in found[1:]
    )


def zones_at_offset(offset: timedelta, now: datetime, limit: int = 6) -> list[Place]:
    """Return the largest city of each zone whose clocks now show what *offset* from UTC gives.

    *offset* is taken to the nearest quarter of an hour and by the clock alone: 10 hours ahead and
    14 behind are the same time of day. *now* is aware. Zones of larger cities first.
    """
    wanted = round(offset / QUARTER) * QUARTER % DAY
    found = (
        place
        for place in _largest_by_zone()
        if (now.astimezone(ZoneInfo(place.zone)).utcoffset() or timedelta()) % DAY == wanted
    )
    return list(islice(found, limit))


@cache
def _cities() -> _Cities:
    lines = gzip.decompress(DATA.read_bytes()).decode().splitlines()
    called: dict[str, list[int]] = {}
    for n, line in enumerate(lines):
        for name in line.rpartition("\t")[2].split("|"):
            called.setdefault(name, []).append(n)
    return _Cities(lines, sorted(called), called)


def _place(line: str) -> Place:
    name, country, region, zone, population, _ = line.split("\t")
    return Place(name, country, region, zone, int(population))


@cache
def _largest_by_zone() -> list[Place]:
    largest: dict[str, Place] = {}
    for place in map(_place, _cities().lines):
        largest.setdefault(place.zone, place)
    return list(largest.values())


def _written_out(typed: str) -> str:
    """Return *typed*, or what it is short for."""
    folded = fold(typed)
    return typed if called(folded) == folded else called(folded)


def _beginning(city: str) -> list[str]:
    if len(city) < SHORTEST_BEGINNING or any(c.isdigit() for c in city):
        return []
    names = _cities().names
    return names[bisect_left(names, city) : bisect_left(names, city + "\U0010ffff")]


def _inside(named: Iterable[Place], wanted: Sequence[Area]) -> Iterator[Place]:
    """Yield a city of each zone in these areas: one of *named*, which are in them, else the largest."""
    seen: set[tuple[str, str]] = set()
    for place in chain(named, map(_place, _cities().lines) if wanted else ()):
        where = (place.country, place.zone)
        if where not in seen and _is_within(place, wanted):
            seen.add(where)
            yield place


def _is_within(place: Place, wanted: Iterable[Area]) -> bool:
    return any(area.holds(place.country, place.region, place.zone) for area in wanted)


def _beginning_areas(within: str) -> list[Area]:
    """Return what else may stand behind a comma: a state's code, and the beginning of a country."""
    begun = [Area(code) for code, name in countries().items() if name.startswith(within)]
    return [*begun, Area("US", within.upper())]


def _distinct(found: Iterable[Place]) -> Iterator[Place]:
    """Yield the first place of each zone, country and state: the others would change no clock."""
    seen: set[tuple[str, str, str]] = set()
    for place in found:
        where = (place.zone, place.country, place.region)
        if where not in seen:
            seen.add(where)
            yield place
