"""Phrases that say a time of day, or from when to when.

Each reader looks at one place, takes the phrase that begins there or nothing, and notes what it says.
"""

from __future__ import annotations

from domain.lines.grammar import HOUR, Sense
from domain.lines.lexing import Token
from domain.lines.said import Clock, Line


def _clock(line: Line, at: int, *, bare: bool, hours: bool = False) -> tuple[Clock, int] | None:
    """Read one time.

    bare: whether an hour alone, without a mark, is one. hours: whether the word for hours after it is such
    a mark, as in "à 8 heures".
    """
    sense = line.sense(at)
    if sense is Sense.NOON:
        return Clock(12 * 60, marked=True), at + 1
    if sense is Sense.MIDNIGHT:
        return Clock(0, marked=True, midnight=True), at + 1
    if sense not in (Sense.CLOCK, Sense.NUMBER):
        return None
    end = line.skip(at + 1, Sense.O_CLOCK, Sense.H)
    end += hours and end == at + 1 and line.unit(end) == HOUR
    half = line.sense(end) is Sense.HALF
    if sense is Sense.NUMBER and end == at + 1 and not half and not bare:
        return None
    minute = line.number(at) if sense is Sense.CLOCK else _hour(line.tokens[at])
    if sense is Sense.NUMBER and minute >= 0 and end == at + 2 and _are_minutes(line, at, end):
        return Clock(minute + line.number(end)), end + 1
    if not half:
        return Clock(minute), end
    if not 60 <= minute < 13 * 60:
        return Clock(-1), end + 1
    return Clock(minute % 720 + 720 * line.number(end), half=True, marked=True), end + 1


def _are_minutes(line: Line, at: int, end: int) -> bool:
    """Say whether the number at *end* surely is the minutes of the hour at *at*: "18 h 30", "18 Uhr 30".

    Two digits or a word, that count nothing, and no time that something takes: "marcher 2 h 30".
    """
    if not line.hour_and_minutes or line.sense(end) is not Sense.NUMBER:
        return False
    token = line.tokens[end]
    in_two = token.number >= 10 or token.end - token.start == 2
    takes = line.sense(end - 1) is not Sense.O_CLOCK and line.sense(at - 1) in TAKES
    closes = (*CLOSES, Sense.UNTIL) if line.sense(at - 1) is Sense.FROM else CLOSES
    return token.number < 60 and in_two and not takes and line.sense(end + 1) in closes


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


TAKES = (Sense.PLAIN, Sense.QUOTED, Sense.IN, Sense.NEAR, Sense.LIMIT)
"""What may come before hours and minutes that are no time of day, but how long something takes."""


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
    read = _clock(line, start, bare=said_at, hours=said_at)
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
    listed = start > at and line.unit(at - 1) == HOUR and line.sense(start + 2) in CLOSES
    start += said_at
    read = _clock(line, start, bare=True, hours=said_at or listed)
    if read is None or line.sense(start) is not Sense.NUMBER or read[1] > start + 1:
        return read
    if start == at or line.sense(start + 1) not in CLOSES or _could_be_minutes(line, at, start):
        return None
    return read


def _could_be_minutes(line: Line, at: int, start: int) -> bool:
    """Say whether the hour at *start* may be minutes of the one before *at*: "las 8 y 20".

    Not in a longer list: in "8, 14 y 20" each is an hour.
    """
    if start != at + 1 or not line.follows(at - 1, Sense.NUMBER, Sense.AND):
        return False
    return line.number(at) == 1 and line.sense(at - 2) is not Sense.COMMA


def window(line: Line, at: int) -> int:
    """between 9 and 18 · from 9 to 17 · 9-17"""
    opening = line.sense(at)
    opened = opening in (Sense.FROM, Sense.BETWEEN)
    start = line.skip(at + opened, Sense.AT)
    first = _clock(line, start, bare=True, hours=opened)
    if first is None:
        return at
    joins = (Sense.AND,) if opening is Sense.BETWEEN else (*line.to, Sense.DASH)
    if line.to == (Sense.AT,) and opening is not Sense.FROM:
        joins = (Sense.AND,) if opening is Sense.BETWEEN else (Sense.DASH,)
    if line.sense(first[1]) not in joins:
        return at
    last = _clock(line, line.skip(first[1] + 1, Sense.AT), bare=True, hours=opened)
    if last is None or line.sense(last[1]) in (Sense.UNIT, Sense.MONTH):
        return at
    line.said.windows.append((first[0], last[0]))
    return last[1]
