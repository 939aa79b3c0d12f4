"""The words in which people say when: what a language's grammar is made of, as plain values.

Pure. Knows no language: content/grammar reads the words of each, domain/lines/lexing finds them in a line.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import NamedTuple

MINUTE, HOUR, DAY, WEEK, MONTH = range(5)
"""Units, as a word's number."""

MORNING, AFTERNOON, EVENING, NIGHT = range(4)
"""Parts of the day, as a word's number."""

WITHIN: Mapping[int, range] = {
    MORNING: range(4, 12),
    AFTERNOON: range(12, 18),
    EVENING: range(17, 24),
    NIGHT: range(18, 24),
}
"""The hours of a part of the day. After midnight it is unclear whose night it is."""


class Sense(Enum):
    """What a piece of a line is. The number beside it says which: the weekday, the unit, the hour."""

    PLAIN = auto()
    ODD = auto()  # a number that is none of ours: 9ish, -3, 1/2
    QUOTED = auto()  # "what stands in quotes"
    COMMA = auto()
    SLASH = auto()
    DASH = auto()
    MARK = auto()  # any other sign
    NUMBER = auto()
    CLOCK = auto()  # minutes since midnight; -1 where there is no such time
    DATE = (
        auto()
    )  # year * 10000 + month * 100 + day, the year 0 where none is said; -1: two readings
    ORDINAL = auto()

    EVERY = auto()
    OTHER = auto()  # every other day
    AND = auto()  # its number is 1 where it may add minutes to an hour: "las 8 y 20"
    AT = auto()
    ON = auto()
    THE = auto()
    A = auto()
    OF = auto()
    IN = auto()
    FROM = auto()
    TO = auto()
    UNTIL = auto()  # ends a window; anywhere else it limits what we cannot limit
    BETWEEN = auto()
    FROM_NOW = auto()
    TIMES = auto()
    OFTEN = auto()  # once, twice
    PER = auto()  # a day, a week
    UNIT = auto()
    EACH = auto()  # daily, weekly: its number is the unit
    EACH_OTHER = auto()  # fortnightly, un jour sur deux: its number is the unit
    WEEKDAY = auto()
    WEEKDAYS = auto()  # mondays: each one
    GROUP = auto()  # weekday, weekend
    GROUPS = auto()
    MONTH = auto()
    DAY_AHEAD = auto()  # today, tomorrow
    TONIGHT = auto()
    NOON = auto()
    MIDNIGHT = auto()
    PART = auto()
    IN_PART = auto()
    EVERY_PART = auto()
    HALF = auto()  # am, pm
    O_CLOCK = auto()
    H = auto()  # 18h, 2h: the hour of a clock, or hours
    HALF_HOUR = auto()
    SINCE_LAST = auto()
    LAST = auto()
    NEXT = auto()
    THIS = auto()
    FILLER = auto()
    LIMIT = auto()  # except: says more than we can keep
    NEAR = auto()  # around, before: the same, where a time follows
    STRANGE = auto()  # a word about time that we do nothing with: years, half, past


class Meaning(NamedTuple):
    """What a word stands for."""

    sense: Sense
    number: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """The grammar words of one language.

    phrases: by their folded words, one or several. short_for: those that stand for several meanings in a
    row, as a dual does ("two hours" in one word). ordinal_endings: what makes an ordinal of a number, folded
    ("st"). ordinal_dot: whether a dot does ("24. Dezember", and "24.12." is a day).
    prefixes: what is written in one with the next word and means "and". hour_and_minutes: whether the
    minutes stand after the word for the hour ("18 h 30", "18 Uhr 30").
    """

    phrases: Mapping[tuple[str, ...], Meaning] = field(repr=False)
    short_for: Mapping[tuple[str, ...], tuple[Meaning, ...]] = field(
        default_factory=dict, repr=False
    )
    ordinal_endings: frozenset[str] = frozenset()
    ordinal_dot: bool = False
    prefixes: tuple[str, ...] = ()
    hour_and_minutes: bool = False
    longest: int = field(init=False)
    to_is_at: bool = field(init=False)

    def __post_init__(self) -> None:
        longest = max(map(len, (*self.phrases, *self.short_for)), default=1)
        object.__setattr__(self, "longest", longest)
        senses = {meaning.sense for meaning in self.phrases.values()}
        object.__setattr__(self, "to_is_at", Sense.TO not in senses)

    def one(self, word: str) -> Meaning | None:
        """Return what a single folded word stands for."""
        return self.phrases.get((word,))

    def all(self, phrase: tuple[str, ...]) -> tuple[Meaning, ...]:
        """Return what a phrase stands for, one meaning or several in a row; nothing where it is none."""
        one = self.phrases.get(phrase)
        return (one,) if one is not None else self.short_for.get(phrase, ())


def fold(word: str) -> str:
    """Return a word as words are compared: lower case, without accents, one kind of apostrophe."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    plain = "".join(c for c in apart if not unicodedata.combining(c))
    return plain.replace("’", "'").replace("ı", "i").replace("ـ", "")
