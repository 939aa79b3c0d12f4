"""Reading the numbers to call in each country, and which country a time zone lies in.

Only checks that a number looks like one: whether it is right, an operator finds out. Knows no person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from babel import Locale
from babel.core import get_global
from babel.languages import get_official_languages

from content.language import Language
from content.loading import Table
from content.places.areas import areas_called
from content.places.folding import fold
from domain.helplines import Helplines, Line

FILE = "helplines.toml"

MOST_NAME = 60
"""Characters of a line's name: it stands on a phone's line with its number."""

_NUMBER = re.compile(r"[*+]?\d(?:[ -]?\d){1,14}")
_CHECKED = re.compile(r"(\d{4}-\d{2}-\d{2}), \S.*")
_CLOCK_ONLY = re.compile(r"[CEMW]ET|[EMH]ST|[A-Z]{3}\d[A-Z]{3}")
"""Zones of many countries (CET, EST5EDT), each of which Babel takes for another name of one city's."""
_NO_COUNTRIES = frozenset(
    {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
)
"""What Babel has names for beside the countries: groups of them, parts of one, none at all."""


def read(table: Table) -> dict[str, Helplines]:
    """Read the countries of a file, in its order. What is wrong with them is noted as faults."""
    found = {}
    for code in table.names():
        within = table.table(code)
        if code not in countries():
            table.fault(f"'{code}' is no country's code that Babel knows", code)
        if within is not None:
            found[code] = _country(code, within)
    return found


@cache
def countries() -> frozenset[str]:
    """Return the codes of all countries that Babel has a name for."""
    named = map(str, Locale("en").territories)
    return frozenset(code for code in named if re.fullmatch(r"[A-Z]{2}", code)) - _NO_COUNTRIES


def country_of(zone: str) -> str | None:
    """Return the country that an IANA *zone* lies in, None where it lies in none (Etc/UTC, CET)."""
    if _CLOCK_ONLY.fullmatch(zone):
        return None
    zones: Mapping[str, str] = get_global("zone_territories")
    code = zones.get(get_global("zone_aliases").get(zone, zone))
    return code if code in countries() else None


def likely(found: Mapping[str, Helplines], language: Language, most: int = 5) -> list[str]:
    """Return the first countries of *found* in which *language* is an official one."""
    spoken = language.conventions.language
    return [
        code
        for code in found
        if spoken in get_official_languages(code, regional=False, de_facto=True)
    ][:most]


def called(typed: str, languages: tuple[Language, ...], most: int = 8) -> list[str]:
    """Return the countries that *typed* may mean, by their names in *languages* or their code.

    One that is called so wholly comes alone, else those whose names begin so, from three letters on.
    """
    wanted = fold(typed)
    if not wanted:
        return []
    names = [(code, fold(name)) for code, name in _names(languages)]
    areas = [area.country for area in areas_called(wanted) if not (area.region or area.zones)]
    whole = [code for code, name in names if wanted == name]
    begun = [code for code, name in names if len(wanted) > 2 and name.startswith(wanted)]
    exact = [code for code in (*whole, *areas) if code in countries()]
    return list(dict.fromkeys(exact or sorted(begun)))[:most]


def _names(languages: tuple[Language, ...]) -> Iterator[tuple[str, str]]:
    for language in languages:
        yield from ((code, language.country(code)) for code in sorted(countries()))


def _country(code: str, within: Table) -> Helplines:
    emergency = within.texts("emergency")
    if not emergency:
        within.fault(f"'{code}.emergency' holds no number", "emergency")
    for number in emergency:
        _check_number(within, f"{code}.emergency", number, "emergency")
    checked = within.text("checked", "")
    if checked and not says_who(checked):
        within.fault(
            f"'{code}.checked' must say when and by whom: \"2026-11-24, Ana Souza\"", "checked"
        )
    lines = Helplines(
        country=code,
        emergency=emergency,
        advice=_lines(within, code, "advice"),
        crisis=_lines(within, code, "crisis"),
        checked=checked,
    )
    within.close()
    return lines


def _lines(within: Table, code: str, kind: str) -> tuple[Line, ...]:
    table = within.table(kind, required=False)
    if table is None:
        return ()
    found = []
    for name in table.names():
        where = f"{code}.{kind}"
        if not name.strip() or len(name) > MOST_NAME:
            within.fault(
                f"'{where}': a line's name has 1 to {MOST_NAME} characters: '{name}'", kind
            )
        number = table.text(name)
        if number:
            _check_number(within, where, number, kind, name)
        found.append(Line(name, number))
    return tuple(found)


def _check_number(within: Table, where: str, number: str, *at: str) -> None:
    if not _NUMBER.fullmatch(number):
        within.fault(f"'{where}': '{number}' is no number to call", *at)


def says_who(text: str) -> bool:
    """Say whether *text* says when and by whom something was checked: "2026-11-24, Ana Souza"."""
    match = _CHECKED.fullmatch(text)
    try:
        return match is not None and bool(date.fromisoformat(match[1]))
    except ValueError:
        return False
