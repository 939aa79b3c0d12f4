"""Reading the words in which a language says when, from `grammar.toml` of its folder.

Structure, not texts: a language without the file goes by English words, and that is reported. Here it
is only checked that every word is there, and has one meaning; what lines mean is for domain/lines/reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from content.loading import Table
from domain.lines.grammar import DAY, WEEK, Meaning, Sense, Words, fold
from domain.lines.lexing import lex

STEM = "grammar"
"""The name of the file, without its ending."""

ALONE: Mapping[str, Meaning] = {
    **{name: Meaning(Sense[name.upper()]) for name in (
        "every", "other", "and", "at", "on", "the", "a", "of", "in", "from", "to", "until", "between",
        "from_now", "times", "tonight", "noon", "midnight", "o_clock", "h", "half_hour",
        "last", "next", "this", "since_last", "filler", "limit", "near", "strange",
    )},
    "and_minutes": Meaning(Sense.AND, 1),
    "every_other_day": Meaning(Sense.EACH_OTHER, DAY),
    "fortnightly": Meaning(Sense.EACH_OTHER, WEEK),
    "am": Meaning(Sense.HALF, 0),
    "pm": Meaning(Sense.HALF, 1),
}  # fmt: skip
"""What each list of `[words]` means."""

_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_UNITS = ("minute", "hour", "day", "week", "month")
_GROUPS = ("weekdays", "weekend")
_PARTS = ("morning", "afternoon", "evening", "night")
_YEAR = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip


def _from(first: int, *names: str) -> dict[str, int]:
    return {name: first + n for n, name in enumerate(names)}


NUMBERED: Mapping[str, tuple[Sense, Mapping[str, int]]] = {
    "often": (Sense.OFTEN, _from(1, "once", "twice", "thrice")),
    "per": (Sense.PER, _from(2, *_UNITS[2:])),
    "units": (Sense.UNIT, _from(0, *_UNITS)),
    "each": (Sense.EACH, _from(1, *_UNITS[1:])),
    "weekdays": (Sense.WEEKDAY, _from(0, *_WEEK)),
    "each_weekday": (Sense.WEEKDAYS, _from(0, *_WEEK)),
    "groups": (Sense.GROUP, _from(0, *_GROUPS)),
    "each_group": (Sense.GROUPS, _from(0, *_GROUPS)),
    "months": (Sense.MONTH, _from(1, *_YEAR)),
    "days_ahead": (Sense.DAY_AHEAD, _from(0, "today", "tomorrow", "day_after_tomorrow")),
    "parts": (Sense.PART, _from(0, *_PARTS)),
    "in_part": (Sense.IN_PART, _from(0, *_PARTS)),
    "every_part": (Sense.EVERY_PART, _from(0, *_PARTS)),
}
"""What each other table means, and the number of each of its lists."""

NEEDED = frozenset(
    [
        *("words.every", "words.at", "words.in", "each.day", "days_ahead.today"),
        *("days_ahead.tomorrow",),
        *(f"weekdays.{name}" for name in _WEEK),
        *(f"months.{name}" for name in _YEAR),
        *(f"units.{name}" for name in _UNITS),
    ]
)
"""Lists that no language can do without; the others may be empty."""

OPTIONAL = frozenset(("and_minutes", "every_other_day"))
"""Lists of `[words]` that a language may leave out."""

MOST_NUMBER = 59
"""The highest number that a word may stand for."""


class _Found:
    """The phrases read so far, and where each came from."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._where: dict[tuple[str, ...], str] = {}
        self.phrases: dict[tuple[str, ...], Meaning] = {}

    def add(self, where: str, meaning: Meaning, spellings: tuple[str, ...]) -> None:
        """Take spellings in. A phrase that means something else already is a fault."""
        if where in NEEDED and not spellings:
            self._table.fault(f"'{where}' holds no word", *where.split("."))
        for spelling in spellings:
            phrase = tuple(_words(spelling))
            if not phrase or not all(word.replace("'", "").isalpha() for word in phrase):
                self._table.fault(
                    f"'{where}': '{spelling}' is not made of letters", *where.split(".")
                )
            elif self.phrases.setdefault(phrase, meaning) != meaning:
                first = self._where[phrase]
                what = f"'{spelling}' has two meanings: '{first}' and '{where}'"
                self._table.fault(what, *where.split("."))
            self._where.setdefault(phrase, where)


def read(table: Table) -> Words:
    """Read a file's words. What is wrong with them is noted as faults."""
    found = _Found(table)
    endings = frozenset(fold(ending) for ending in table.texts("ordinal_endings"))
    dot = table.flag("ordinal_dot")
    minutes = table.flag("hour_and_minutes", required=False)
    prefixes = tuple(fold(prefix) for prefix in table.texts("prefixes"))
    words = table.table("words")
    for name, meaning in ALONE.items() if words else ():
        required = name not in OPTIONAL
        found.add(f"words.{name}", meaning, words.texts(name, required=required))  # type: ignore[union-attr]
    for name, (sense, numbers) in NUMBERED.items():
        within = table.table(name)
        for key, number in numbers.items() if within else ():
            found.add(f"{name}.{key}", Meaning(sense, number), within.texts(key))  # type: ignore[union-attr]
        if within:
            within.close()
    for name, sense in (("numbers", Sense.NUMBER), ("ordinals", Sense.ORDINAL)):
        for number, spellings in _counted(table, name):
            found.add(f"{name}.{number}", Meaning(sense, number), spellings)
    if words:
        words.close()
    known = Words(found.phrases, {}, endings, dot, prefixes, minutes)
    short_for = dict(_short_for(table, known))
    table.close()
    return replace(known, short_for=short_for)


def _short_for(table: Table, words: Words) -> Iterator[tuple[tuple[str, ...], tuple[Meaning, ...]]]:
    """Yield the phrases of the optional `[short_for]`, each with the meanings of what it is short for."""
    within = table.table("short_for", required=False)
    for spelling in within.names() if within else ():
        said = within.text(spelling)  # type: ignore[union-attr]
        phrase, meanings = tuple(_words(spelling)), lex(said, words)
        if phrase in words.phrases or any(m.sense in (Sense.PLAIN, Sense.ODD) for m in meanings):
            table.fault(f"'short_for': '{spelling}' has a meaning already, or '{said}' has none")
        yield phrase, tuple(Meaning(m.sense, m.number) for m in meanings)
    if within:
        within.close()


def _counted(table: Table, name: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield a table's lists by their number, as far as they are numbers."""
    within = table.table(name)
    for key in within.names() if within else ():
        spellings = within.texts(key)  # type: ignore[union-attr]
        if key.isascii() and key.isdigit() and 1 <= int(key) <= MOST_NUMBER:
            yield int(key), spellings
        else:
            table.fault(f"'{name}.{key}' must be a number from 1 to {MOST_NUMBER}", name, key)


def _words(spelling: str) -> list[str]:
    """Return a spelling as the words that a line would be cut into."""
    return [fold(word) for word in spelling.split()]
