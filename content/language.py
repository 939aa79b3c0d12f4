"""A language: its texts by key, and how it writes times, days and numbers of things.

Never holds a sentence of its own and never decides which language a person gets. Texts are
looked up in one dictionary in which English already stands in for what is missing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_skeleton, get_day_names, get_timezone_location
from babel.lists import format_list

from content.direction import END, FIRST, directed
from content.synonyms import Synonyms
from content.wary import Wary
from domain.distress import Wording
from domain.lines.grammar import Words

CATEGORIES = frozenset({"zero", "one", "two", "few", "many", "other"})
"""The plural categories of CLDR; a text that is a table of these is chosen by `count`."""

Text = str | Mapping[str, str]
Value = str | int

NO_WORDS = Words({})
"""The grammar of no language: nothing is understood by it."""

PLAIN = "_plain"
"""How the key of a text ends that stands for another where no symbol is wanted."""

_PLACE = re.compile(r"\{(\w+)\}(\.(?!\.))?")
_BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


class Typed(str):
    """What a person typed. Put into a text it is isolated, so that it cannot turn the line around."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the library.

    tag: its folder's name. name: what its speakers call it. conventions: Babel's locale, whose
    plurals, dates and direction hold. texts: by key; English where it has none of its own. words: in
    which people say when; English ones where it has none of its own. plain: for screen readers, with
    words in place of every symbol. distress: what people say in it when they may be in distress.
    synonyms: words of one meaning, for finding tips.
    reviewed: when and by which clinician it was read ("2026-11-24, Dr Ana Souza"), empty for not yet.
    """

    tag: str
    name: str
    conventions: Locale = field(repr=False)
    texts: Mapping[str, Text] = field(repr=False)
    words: Words = field(default=NO_WORDS, repr=False)
    plain: bool = False
    distress: Wording = field(default=Wording(), repr=False)
    reviewed: str = ""
    synonyms: Synonyms = ()
    wary: Wary = field(default=Wary(), repr=False)

    def __call__(self, key: str, /, **values: Value) -> str:
        """Return the text at *key*, its placeholders filled with *values*.

        Of a plural table the form for `count` is taken. A value that ends in the dot of an abbreviation
        takes over the full stop after it. Errors: KeyError for an unknown key or a placeholder without a
        value, which are bugs.
        """
        text = self._text(key)
        if not isinstance(text, str):
            category = self.conventions.plural_form(int(values["count"]))
            text = text.get(category) or text["other"]
        if "{" not in text:
            return _as_it_stands(text) if self.right_to_left else text
        text = _filled(text, values)
        return directed(text) if self.right_to_left else text

    def _text(self, key: str) -> Text:
        if self.plain and f"{key}{PLAIN}" in self.texts:
            return self.texts[f"{key}{PLAIN}"]
        return self.texts[key]

    def in_plain(self) -> Language:
        """Return this language without symbols, as a screen reader reads it best."""
        return replace(self, plain=True)

    def __contains__(self, key: str) -> bool:
        return key in self.texts

    @property
    def right_to_left(self) -> bool:
        """Whether the language is written from right to left."""
        return self.conventions.text_direction == "rtl"

    def time(self, at: time) -> str:
        """Return a wall-clock time on the 24-hour clock: "20:30"."""
        return format_skeleton("Hm", datetime.combine(date.min, at), locale=self.conventions)

    def day(self, day: date) -> str:
        """Return a day without its year: "Tue 24 Nov"."""
        return format_skeleton("MMMEd", day, locale=self.conventions)

    def dated(self, day: date) -> str:
        """Return a day with its year: "Tue, Nov 24, 2015"."""
        return format_skeleton("yMMMEd", day, locale=self.conventions)

    def month(self, day: date) -> str:
        """Return the short name of a day's month: "Nov"."""
        return format_skeleton("MMM", day, locale=self.conventions)

    def weekday(self, number: int) -> str:
        """Return the short name of a weekday, 0 = Monday: "Tue"."""
        names = get_day_names("abbreviated", context="stand-alone", locale=self.conventions)
        return str(names[number])

    def moment(self, at: datetime, zone: ZoneInfo) -> str:
        """Return an aware moment as people in *zone* call it: "Tue 20:30, Berlin time"."""
        local = at.astimezone(zone)
        weekday, clock = self.weekday(local.weekday()), self.time(local.time())
        return self("dates.moment", day=weekday, time=clock, city=self.city(zone))

    def dated_moment(self, at: datetime, zone: ZoneInfo) -> str:
        """Return a moment that may be weeks away: "Tue 24 Nov 20:30, Berlin time"."""
        local = at.astimezone(zone)
        day, clock = self.day(local.date()), self.time(local.time())
        return self("dates.moment", day=day, time=clock, city=self.city(zone))

    def city(self, zone: ZoneInfo) -> str:
        """Return the city that *zone* is called by: "Berlin"."""
        return _city(zone.key, self.conventions)

    def country(self, code: str) -> str:
        """Return a country's name by its ISO code of two letters: "Germany"; the code if unknown."""
        return str(self.conventions.territories.get(code, code))

    def listed(self, items: Sequence[str]) -> str:
        """Return *items* as a list in a sentence: "pain, bloating and stress"."""
        return format_list(list(items), locale=self.conventions)


@lru_cache(maxsize=8192)
def _as_it_stands(text: str) -> str:
    """Return a text of the library, directed. What a filled one says of somebody stays in no cache."""
    return directed(text)


@lru_cache(maxsize=2048)
def _city(zone: str, conventions: Locale) -> str:
    if zone.startswith("Etc/"):
        return zone.removeprefix("Etc/")
    try:
        called = get_timezone_location(ZoneInfo(zone), locale=conventions, return_city=True)
    except KeyError:  # Babel lacks its "unknown region" for many languages
        called = zone.replace("_", " ")
    return called.rsplit("/", 1)[-1]  # "Argentina/Buenos Aires"


def _filled(text: str, values: Mapping[str, Value]) -> str:
    def fill(place: re.Match[str]) -> str:
        shown = _shown(values[place[1]])
        return shown if shown.endswith(".") else f"{shown}{place[2] or ''}"

    return _PLACE.sub(fill, text)


def _shown(value: Value) -> str:
    if isinstance(value, Typed):
        return f"{FIRST}{value.translate(_BIDI)}{END}"
    return str(value)
