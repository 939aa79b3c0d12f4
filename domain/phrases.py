"""What the pieces of a line say together: its times, its days, and what is left over.

Pure. Each reader looks at one place, takes the phrase that begins there or nothing, and notes what it
says. Whether all of it fits together, and what it means from now on, is for domain/reading.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from domain.grammar import DAY, HOUR, MINUTE, MONTH, NIGHT, WEEK, Sense
from domain.lexing import Token

ALL_WEEK = frozenset(range(7))
GROUPS = (frozenset(range(5)), frozenset((5, 6)))
"""The days of a group, by its word's number: weekdays, the weekend."""


class Clock(NamedTuple):
    """A time of day, in minutes; -1 where there is none such.

    marked: am or pm was said. midnight: that word was said, and whose night is open.
    """

    minute: int
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

    def __init__(self, tokens: list[Token], *, to_is_at: bool) -> None:
        self.tokens = tokens
        self.said = Said()
        self.to = (Sense.AT,) if to_is_at else (Sense.TO, Sense.UNTIL)

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


def read_phrases(tokens: list[Token], *, to_is_at: bool) -> Said:
    """Return what *tokens* say, phrase by phrase; what no phrase takes is left over."""
    line = Line(tokens, to_is_at=to_is_at)
    at = 0
    while at < len(tokens):
        for reader in READERS:
            end = reader(line, at)
            if end > at:
                at = end
                break
        else:
            line.said.left.append(tokens[at])
            at += 1
    return line.said


def _clock(line: Line, at: int, *, bare: bool) -> tuple[Clock, int] | None:
    """Read one time. bare: whether an hour alone, without a mark, is one."""
    sense = line.sense(at)
    if sense is Sense.NOON:
        return Clock(12 * 60, marked=True), at + 1
    if sense is Sense.MIDNIGHT:
        return Clock(0, marked=True, midnight=True), at + 1
    if sense not in (Sense.CLOCK, Sense.NUMBER):
        return None
    end = line.skip(at + 1, Sense.O_CLOCK, Sense.H)
    half = line.sense(end) is Sense.HALF
    if sense is Sense.NUMBER and end == at + 1 and not half and not bare:
        return None
    minute = line.number(at) if sense is Sense.CLOCK else _hour(line.tokens[at])
    if not half:
        return Clock(minute), end
    if not 60 <= minute < 13 * 60:
        return Clock(-1), end + 1
    return Clock(minute % 720 + 720 * line.number(end), marked=True), end + 1


def _hour(token: Token) -> int:
    """Return a number read as a time: an hour, or four digits as hour and minute."""
    if token.end - token.start == 4 and token.number >= 100:
        hour, minute = divmod(token.number, 100)
        return hour * 60 + minute if hour < 24 and minute < 60 else -1
    return token.number * 60 if token.number < 24 else -1


GOES_ON = (
    Sense.UNIT, Sense.MONTH, Sense.TIMES, Sense.PER, Sense.NUMBER, Sense.CLOCK, Sense.ODD,
    Sense.ORDINAL, Sense.DATE, Sense.DASH, Sense.SLASH, Sense.FROM_NOW, Sense.OFTEN, Sense.HALF_HOUR,
)  # fmt: skip
"""What makes of a number something else than the hour that it would be alone."""

CLOSES = (
    None, Sense.COMMA, Sense.AND, Sense.MARK, Sense.QUOTED, Sense.AT, Sense.ON, Sense.EVERY,
    Sense.EACH, Sense.IN_PART, Sense.EVERY_PART, Sense.PART, Sense.DAY_AHEAD, Sense.TONIGHT,
    Sense.WEEKDAY, Sense.WEEKDAYS, Sense.GROUP, Sense.GROUPS, Sense.FILLER, Sense.TO, Sense.SINCE_LAST,
)  # fmt: skip
"""What may stand after an hour alone, so that it surely counts nothing."""


def times(line: Line, at: int) -> int:
    """at 8 and 20:30 · 7am, noon · 18h"""
    said_at = line.sense(at) is Sense.AT
    first = _first_time(line, at, said_at=said_at)
    if first is None:
        return at
    clock, end = first
    found = [clock]
    while True:
        following = _next_time(line, end)
        if following is None:
            break
        clock, end = following
        found.append(clock)
    line.said.times.append(tuple(found))
    return end


def _first_time(line: Line, at: int, *, said_at: bool) -> tuple[Clock, int] | None:
    start = at + said_at
    read = _clock(line, start, bare=said_at)
    if read is None or line.sense(start) is not Sense.NUMBER or read[1] > start + 1:
        return read
    after = line.sense(start + 1)
    between = after is Sense.PLAIN and line.sense(at - 1) is Sense.PLAIN
    return None if between or after in GOES_ON else read


def _next_time(line: Line, at: int) -> tuple[Clock, int] | None:
    start = line.skip(at, Sense.COMMA, Sense.AND)
    said_at = line.sense(start) is Sense.AT
    if said_at and start == at and line.to == (Sense.AT,):
        return None  # "9 à 13" may be from nine to thirteen
    start += said_at
    read = _clock(line, start, bare=True)
    if read is None or line.sense(start) is not Sense.NUMBER or read[1] > start + 1:
        return read
    if start == at or line.sense(start + 1) not in CLOSES:
        return None
    return read


def window(line: Line, at: int) -> int:
    """between 9 and 18 · from 9 to 17 · 9-17"""
    opening = line.sense(at)
    opened = opening in (Sense.FROM, Sense.BETWEEN)
    start = line.skip(at + opened, Sense.AT)
    first = _clock(line, start, bare=True)
    if first is None:
        return at
    joins = (Sense.AND,) if opening is Sense.BETWEEN else (*line.to, Sense.DASH)
    if line.to == (Sense.AT,) and opening is not Sense.FROM:
        joins = (Sense.AND,) if opening is Sense.BETWEEN else (Sense.DASH,)
    if line.sense(first[1]) not in joins:
        return at
    last = _clock(line, line.skip(first[1] + 1, Sense.AT), bare=True)
    if last is None or line.sense(last[1]) in (Sense.UNIT, Sense.MONTH):
        return at
    line.said.windows.append((first[0], last[0]))
    return last[1]


def part(line: Line, at: int) -> int:
    """in the morning · every evening · tomorrow night"""
    sense = line.sense(at)
    if sense is Sense.EVERY_PART:
        line.said.repeats.append((1, DAY))
    elif sense is Sense.EVERY and line.sense(at + 1) is Sense.PART:
        line.said.repeats.append((1, DAY))
        at += 1
    elif sense is Sense.THIS and line.sense(at + 1) is Sense.PART:
        line.said.ahead.append(0)
        at += 1
    elif sense is not Sense.IN_PART:
        return at
    line.said.parts.append(line.number(at))
    return at + 1


def day_ahead(line: Line, at: int) -> int:
    """today · tomorrow evening · tonight"""
    if line.sense(at) is Sense.TONIGHT:
        line.said.ahead.append(0)
        line.said.parts.append(NIGHT)
        return at + 1
    if line.sense(at) is not Sense.DAY_AHEAD:
        return at
    line.said.ahead.append(line.number(at))
    return _part_after(line, at + 1)


def _part_after(line: Line, at: int) -> int:
    if line.sense(at) is not Sense.PART:
        return at
    line.said.parts.append(line.number(at))
    return at + 1


def weekdays(line: Line, at: int) -> int:
    """every weekday · mon wed fri · monday to friday · every other monday"""
    start = line.skip(at, Sense.ON)
    which = line.sense(start)
    if which is Sense.EVERY and line.sense(start + 1) is Sense.OTHER:
        return _every_other(line, start + 2, at)
    start = line.skip(start, Sense.EVERY, Sense.THIS, Sense.NEXT, Sense.THE, Sense.FROM)
    days: set[int] = set()
    each = which is Sense.EVERY
    end = start
    while True:
        read = _some_days(line, line.skip(end, *_BETWEEN_DAYS) if days else end)
        if read is None:
            break
        found, plural, end = read
        days |= found
        each = each or plural
    if not days:
        return at
    open_end = which is Sense.FROM and len(days) == 1
    said = which if open_end or which in (Sense.THIS, Sense.NEXT) else None
    group = line.sense(end - 1) in (Sense.GROUP, Sense.GROUPS)
    line.said.weekdays.append(Chosen(frozenset(days), each, said, group))
    return _part_after(line, end)


_BETWEEN_DAYS = (Sense.COMMA, Sense.AND, Sense.SLASH, Sense.ON, Sense.EVERY)


def _some_days(line: Line, at: int) -> tuple[frozenset[int], bool, int] | None:
    """Read a weekday, some from one to another, or a group; and whether each one is meant."""
    sense = line.sense(at)
    if sense in (Sense.GROUP, Sense.GROUPS):
        return GROUPS[line.number(at)], sense is Sense.GROUPS, at + 1
    if sense not in (Sense.WEEKDAY, Sense.WEEKDAYS):
        return None
    first = line.number(at)
    to_another = line.sense(at + 1) in (*line.to, Sense.DASH)
    if to_another and line.sense(at + 2) in (Sense.WEEKDAY, Sense.WEEKDAYS):
        length = (line.number(at + 2) - first) % 7 + 1
        return frozenset((first + n) % 7 for n in range(length)), True, at + 3
    return frozenset((first,)), sense is Sense.WEEKDAYS, at + 1


def _every_other(line: Line, at: int, otherwise: int) -> int:
    if line.sense(at) is not Sense.WEEKDAY:
        return otherwise
    line.said.repeats.append((2, WEEK))
    line.said.weekdays.append(Chosen(frozenset((line.number(at),)), each=False))
    return _part_after(line, at + 1)


def repeat(line: Line, at: int) -> int:
    """every 3 days · every other week · daily · every 2 hours"""
    if line.sense(at) in (Sense.EACH, Sense.FORTNIGHTLY):
        weekly = line.sense(at) is Sense.FORTNIGHTLY
        line.said.repeats.append((2, WEEK) if weekly else (1, line.number(at)))
        return at + 1
    if line.sense(at) is not Sense.EVERY:
        return at
    if line.sense(at + 1) is Sense.OTHER:
        return _repeat(line, at, 2, at + 2)
    if line.sense(at + 1) in (Sense.NUMBER, Sense.ORDINAL):
        return _repeat(line, at, line.number(at + 1), at + 2)
    if line.sense(at + 1) is Sense.HALF_HOUR:
        line.said.repeats.append((30, MINUTE))
        return at + 2
    return _repeat(line, at, 1, at + 1)


def _repeat(line: Line, at: int, n: int, unit_at: int) -> int:
    unit = _unit(line, unit_at)
    if unit is None:
        return at
    line.said.repeats.append((n, unit))
    return unit_at + 1


def _unit(line: Line, at: int) -> int | None:
    if line.sense(at) is Sense.H:
        return HOUR
    return line.number(at) if line.sense(at) is Sense.UNIT else None


def count(line: Line, at: int) -> int:
    """4 times a day · twice a week · 3x daily"""
    if line.sense(at) is Sense.OFTEN:
        if line.number(at) == 1 and line.sense(at + 1) is Sense.EVERY:
            return at + 1  # "once every 3 days" says no more than "every 3 days"
        n, end = line.number(at), at + 1
    elif line.follows(at, Sense.NUMBER, Sense.TIMES):
        n, end = line.number(at), at + 2
    else:
        return at
    if line.sense(end) in (Sense.PER, Sense.EACH):
        unit: int | None = line.number(end)
    else:
        end = line.skip(end, Sense.A, Sense.EVERY)
        unit = _unit(line, end)
    if unit not in (DAY, WEEK, MONTH):
        return at
    line.said.counts.append((n, unit))
    return end + 1


def month_day(line: Line, at: int) -> int:
    """on the 1st of every month · monthly on the 15th · on the last day of the month"""
    start = line.skip(at, Sense.ON, Sense.THE)
    if line.sense(start) is Sense.LAST:
        n, end = 31, start + 1
        if _unit(line, end) != DAY:
            return at
    elif line.sense(start) is Sense.ORDINAL:
        n, end = line.number(start), start
    else:
        return at
    end += 1
    if line.sense(end) is Sense.UNIT and line.number(end) == DAY:
        end += 1
    month = line.skip(end, Sense.OF, Sense.A, Sense.THE)
    if line.sense(month) is Sense.EVERY and _unit(line, month + 1) == MONTH:
        line.said.repeats.append((1, MONTH))
        end = month + 2
    elif month > end and _unit(line, month) == MONTH:
        end = month + 1
    elif line.sense(start) is Sense.LAST:
        return at
    line.said.month_days.append(n)
    return end


def date(line: Line, at: int) -> int:
    """24 Dec · December 24th, 2025 · 2025-12-24"""
    start = line.skip(at, Sense.ON, Sense.THE)
    if line.sense(start) is Sense.DATE:
        line.said.dates.append(line.number(start))
        return start + 1
    day_at = start if line.sense(start) in _NUMBERS else start + 1
    month_at = line.skip(start + 1, Sense.OF) if day_at == start else start
    if line.sense(month_at) is not Sense.MONTH or line.sense(day_at) not in _NUMBERS:
        return at
    end = max(month_at, day_at) + 1
    year_at = line.skip(end, Sense.COMMA)
    year = 0
    if line.sense(year_at) is Sense.NUMBER and 1900 <= line.number(year_at) < 2200:
        year, end = line.number(year_at), year_at + 1
    line.said.dates.append(year * 10000 + line.number(month_at) * 100 + line.number(day_at))
    return end


_NUMBERS = (Sense.NUMBER, Sense.ORDINAL)


def moment(line: Line, at: int) -> int:
    """in 40 minutes · in an hour · in 1 hour and 30 minutes · 2 hours from now · in 3 days"""
    said_in = line.sense(at) is Sense.IN
    spans: list[tuple[int, int]] = []
    end = at + said_in
    while True:
        read = _span(line, line.skip(end, Sense.AND) if spans else end)
        if read is None:
            break
        n, unit, end = read
        spans.append((n, unit))
    if not spans:
        return at
    if line.sense(end) is Sense.FROM_NOW:
        said_in, end = True, end + 1
    if not said_in:
        if any(line.sense(n) is Sense.H for n in range(at, end)):
            return at  # 18h, and no "in": a time
        line.said.spans.extend(spans)
        return end
    return end if _ahead(line, spans) else at


def _span(line: Line, at: int) -> tuple[int, int, int] | None:
    if line.sense(at) is Sense.HALF_HOUR:
        return 30, MINUTE, at + 1
    if line.sense(at) is Sense.PER and line.sense(at - 1) is Sense.IN:
        return 1, line.number(at), at + 1  # "a week" may be one word
    if line.sense(at) not in (Sense.NUMBER, Sense.A):
        return None
    unit = _unit(line, at + 1)
    if unit is None or (line.sense(at) is Sense.A and line.sense(at - 1) is not Sense.IN):
        return None
    return (line.number(at) if line.sense(at) is Sense.NUMBER else 1), unit, at + 2


def _ahead(line: Line, spans: list[tuple[int, int]]) -> bool:
    """Note how far ahead *spans* are: hours and minutes are a moment, days and weeks a day."""
    units = {unit for _, unit in spans}
    if len(units) == len(spans) and units <= {MINUTE, HOUR}:
        line.said.minutes.append(sum(n * (60 if unit == HOUR else 1) for n, unit in spans))
        return True
    if len(spans) == 1 and units <= {DAY, WEEK}:
        line.said.ahead.append(spans[0][0] * (7 if spans[0][1] == WEEK else 1))
        return True
    return False


def since_last(line: Line, at: int) -> int:
    """since the last entry · if I have not written for"""
    if line.sense(at) is not Sense.SINCE_LAST:
        return at
    line.said.since_last += 1
    return at + 1


READERS: tuple[Reader, ...] = (
    since_last, count, moment, date, month_day, part, day_ahead, weekdays, repeat, window, times,
)  # fmt: skip
"""In order: where two could begin at one place, the one that says more comes first."""
