"""What a line says, phrase by phrase, and the line while it is being read.

Pure. Only keeps what was found; the readers of phrases are domain/clock_phrases and
domain/day_phrases.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from domain.lines.grammar import HOUR, Sense, Words
from domain.lines.lexing import Token


class Clock(NamedTuple):
    """A time of day, in minutes; -1 where there is none such.

    half: am or pm was said. marked: that, or a word for the time itself. midnight: that word was said,
    and whose night is open.
    """

    minute: int
    half: bool = False
    marked: bool = False
    midnight: bool = False

    @property
    def could_be_either(self) -> bool:
        """Whether the hour is one of twelve, and nobody said of which twelve."""
        return not self.marked and 60 <= self.minute < 13 * 60


class Chosen(NamedTuple):
    """Days of the week. each: every one, not only the next. which: "this", "next", "from". group: they
    were named together, as "weekend", and not one by one."""

    days: frozenset[int]
    each: bool
    which: Sense | None = None
    group: bool = False


@dataclass(slots=True)
class Said:
    """All that a line says, phrase by phrase, in order."""

    times: list[tuple[Clock, ...]] = field(default_factory=list)
    windows: list[tuple[Clock, Clock]] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)
    weekdays: list[Chosen] = field(default_factory=list)
    repeats: list[tuple[int, int]] = field(default_factory=list)
    counts: list[tuple[int, int]] = field(default_factory=list)
    month_days: list[int] = field(default_factory=list)
    dates: list[int] = field(default_factory=list)
    ahead: list[int] = field(default_factory=list)
    minutes: list[int] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    since_last: int = 0
    left: list[Token] = field(default_factory=list)


Reader = Callable[["Line", int], int]
"""Notes what stands at a place and returns where it ends; the place itself where nothing does."""


class Line:
    """The pieces of a line, and what was found in them so far."""

    def __init__(self, tokens: list[Token], words: Words) -> None:
        self.tokens = tokens
        self.hour_and_minutes = words.hour_and_minutes
        self.said = Said()
        self.to = (Sense.AT,) if words.to_is_at else (Sense.TO, Sense.UNTIL)

    def sense(self, at: int) -> Sense | None:
        """Return what stands at a place; None beyond the ends."""
        return self.tokens[at].sense if 0 <= at < len(self.tokens) else None

    def number(self, at: int) -> int:
        """Return the number at a place."""
        return self.tokens[at].number

    def skip(self, at: int, *senses: Sense) -> int:
        """Return the place after any of *senses* that stand at *at*."""
        while self.sense(at) in senses:
            at += 1
        return at

    def follows(self, at: int, *senses: Sense) -> bool:
        """Say whether exactly *senses* stand at *at*, in this order."""
        return all(self.sense(at + n) is sense for n, sense in enumerate(senses))

    def unit(self, at: int) -> int | None:
        """Return the unit that stands at a place."""
        if self.sense(at) is Sense.H:
            return HOUR
        return self.number(at) if self.sense(at) is Sense.UNIT else None
