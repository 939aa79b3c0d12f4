"""Phrases that say days: which, how often, how far ahead, or since when.

Each reader looks at one place, takes the phrase that begins there or nothing, and notes what it says.
"""

from __future__ import annotations

from domain.lines.grammar import DAY, HOUR, MINUTE, MONTH, NIGHT, WEEK, Sense
from domain.lines.said import Chosen, Line

_NUMBERS = (Sense.NUMBER, Sense.ORDINAL)

GROUPS = (frozenset(range(5)), frozenset((5, 6)))
"""The days of a group, by its word's number: weekdays, the weekend."""


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
    if line.sense(at) in (Sense.EACH, Sense.EACH_OTHER):
        n = 1 if line.sense(at) is Sense.EACH else 2
        line.said.repeats.append((n, line.number(at)))
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
    unit = line.unit(unit_at)
    if unit is None:
        return at
    line.said.repeats.append((n, unit))
    return unit_at + 1


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
        unit = line.unit(end)
    if unit not in (DAY, WEEK, MONTH):
        return at
    line.said.counts.append((n, unit))
    return end + 1


def month_day(line: Line, at: int) -> int:
    """on the 1st of every month · monthly on the 15th · on the last day of the month"""
    start = line.skip(at, Sense.ON, Sense.THE)
    if line.sense(start) is Sense.LAST:
        n, end = 31, start + 1
        if line.unit(end) != DAY:
            return at
    elif line.sense(_day_word(line, start)) is Sense.ORDINAL or _each_month(line, start, at):
        end = _day_word(line, start)
        n = line.number(end)
    else:
        return at
    end += 1
    if line.sense(end) is Sense.UNIT and line.number(end) == DAY:
        end += 1
    month = line.skip(end, Sense.OF, Sense.A, Sense.THE)
    if line.sense(month) is Sense.EVERY and line.unit(month + 1) == MONTH:
        line.said.repeats.append((1, MONTH))
        end = month + 2
    elif month > end and line.unit(month) == MONTH:
        end = month + 1
    elif line.sense(start) is Sense.LAST:
        return at
    line.said.month_days.append(n)
    return end


def _day_word(line: Line, at: int) -> int:
    """Return the place of a number that the word for days may stand before: "day 15"."""
    named = line.sense(at) is Sense.UNIT and line.number(at) == DAY
    return at + 1 if named and line.sense(at + 1) in (*_NUMBERS, Sense.DATE) else at


def _each_month(line: Line, at: int, begins: int) -> bool:
    """Say whether a plain number is a day, as each month follows: "on the 15 of each month". It *begins*
    there or later; with no word before it and none after it, it may count something."""
    number = _day_word(line, at)
    every = line.skip(number + 1, Sense.OF)
    if line.sense(number) is not Sense.NUMBER or (number == begins and every == number + 1):
        return False
    return line.sense(every) is Sense.EVERY and line.unit(every + 1) == MONTH


def date(line: Line, at: int) -> int:
    """24 Dec · December 24th, 2025 · 2025-12-24 · day 24 December"""
    start = _day_word(line, line.skip(at, Sense.ON, Sense.THE))
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


def moment(line: Line, at: int) -> int:
    """in 40 minutes · in an hour · in 1h30 · in 1 hour and 30 minutes · 2 hours from now · in 3 days"""
    said_in = line.sense(at) is Sense.IN
    if said_in and line.sense(at + 1) is Sense.CLOCK and line.tokens[at + 1].with_h:
        line.said.minutes.append(line.number(at + 1))
        return at + 2 + (line.unit(at + 2) == MINUTE)
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
    unit = line.unit(at + 1)
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
