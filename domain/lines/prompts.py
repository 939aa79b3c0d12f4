"""What is typed where a prompt asks for one thing: a delay, a day, a time, or from when to when.

Pure. The words are those of whole lines, so that "in 5 min", "9pm" and "tomorrow" are understood
wherever they can be meant; short forms that only make sense at a prompt come first. None is refused.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.clock import read_later, read_time
from domain.lines.asking import Ask
from domain.lines.grammar import Sense, Words
from domain.lines.lexing import Token, lex
from domain.lines.patterns import schedule
from domain.lines.phrases import read_phrases
from domain.lines.reading import MOST_CHARACTERS, Understood, read
from domain.lines.said import Clock, Said
from domain.pause import LONGEST, day_named
from domain.recurrence import OnDay, Schedule

_DAY_END = Clock(23 * 60 + 59, marked=True)
_ASIDE = (Sense.FILLER, Sense.MARK)


def delay(text: str, words: Words, now: datetime, zone: ZoneInfo) -> timedelta | None:
    """Return how much later than *now* (aware) *text* means: "25", "in 5 min", "half an hour", or the
    next time that the clock of *zone* shows "21:45" or "9pm".

    At least a minute, and less than a day; the minute that the clock shows now is none of these.
    """
    local = now.astimezone(zone)
    by = read_later(text, local)
    if by is None and len(text) <= MOST_CHARACTERS:
        by = _ahead(text, words) or _until(text, words, local, zone)
    return by if by is not None and timedelta(minutes=1) <= by < timedelta(days=1) else None


def day(text: str, words: Words, today: date) -> date | None:
    """Return the day that *text* names, after *today* and at most a year ahead: "24.12.", "tomorrow",
    "monday" (the next one), "5 december", "in 3 days"."""
    named = day_named(text, today)
    if named is not None or len(text) > MOST_CHARACTERS:
        return named
    said = _said(lex(text, words), words)
    if said is None or said.times or said.windows or said.minutes or said.parts:
        return None
    if not (said.ahead or said.dates or said.weekdays):
        return None
    said.times.append((_DAY_END,))
    days = {
        found.pattern.day for found in _meanings(said, today) if isinstance(found.pattern, OnDay)
    }
    one = days.pop() if len(days) == 1 else None
    return one if one is not None and today < one <= today + LONGEST else None


def clock(text: str, words: Words) -> time | None:
    """Return the one time of day that *text* names: "20:30", "20", "at 8pm", "noon", "20 o'clock"."""
    at = read_time(text)
    if at is not None or len(text) > MOST_CHARACTERS:
        return at
    said = _said(lex(text, words), words)
    if said is None or len(said.times) != 1 or len(said.times[0]) != 1:
        return None
    only = replace(said, times=[])
    return _time(said.times[0][0]) if only == Said(left=said.left) else None


def window(text: str, words: Words) -> tuple[time, time] | None:
    """Return from when to when *text* says: "22-7", "from 10pm to 7am". It may go past midnight; the same
    time twice is none."""
    said = _said(lex(text, words), words) if len(text) <= MOST_CHARACTERS else None
    if said is None or len(said.windows) != 1:
        return None
    if replace(said, windows=[]) != Said(left=said.left):
        return None
    first, last = (_time(at) for at in said.windows[0])
    halves = {at.half for at in said.windows[0] if at.half or at.could_be_either}
    told_apart = first != last and len(halves) <= 1
    return (first, last) if first is not None and last is not None and told_apart else None


def _said(tokens: list[Token], words: Words) -> Said | None:
    """Return what tokens say; None where words are left over."""
    said = read_phrases(tokens, words)
    return said if all(token.sense in _ASIDE for token in said.left) else None


def _ahead(text: str, words: Words) -> timedelta | None:
    """Read hours and minutes, with or without the word "in"; dots of short forms say nothing."""
    tokens = [token for token in lex(text, words) if token.sense is not Sense.MARK]
    if tokens and tokens[0].sense is not Sense.IN:
        tokens.insert(0, Token(Sense.IN, 0, 0, 0))
    said = _said(tokens, words)
    if said is None or len(said.minutes) != 1 or replace(said, minutes=[]) != Said(left=said.left):
        return None
    return timedelta(minutes=said.minutes[0]) if 0 < said.minutes[0] < 24 * 60 else None


def _until(text: str, words: Words, local: datetime, zone: ZoneInfo) -> timedelta | None:
    """Read a time of day, with or without its day, as the one moment that it can be."""
    found = read(text, words, local, zone)
    if found.text:
        return None
    meant = (found.schedule,) if isinstance(found, Understood) else found.choices
    once = [s for s in meant if isinstance(s.pattern, OnDay) and len(s.times) == 1]
    if len(once) != 1 or once[0].times[0] == local.time().replace(second=0, microsecond=0):
        return None
    pattern = once[0].pattern
    if not isinstance(pattern, OnDay):
        return None
    moment = datetime.combine(pattern.day, once[0].times[0], zone)
    return moment.astimezone(UTC) - local.astimezone(UTC)


def _meanings(said: Said, today: date) -> tuple[Schedule, ...]:
    """Return what days may be meant at the end of *today*."""
    try:
        return (schedule(said, datetime.combine(today, time(23, 59, 30), UTC)),)
    except Ask as ask:
        return ask.choices


def _time(at: Clock) -> time | None:
    return time(*divmod(at.minute, 60)) if at.minute >= 0 else None
