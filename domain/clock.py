"""Times of day as people type them, and what their clock tells of where they are.

A small grammar of our own: what it does not know it refuses, and never guesses.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta

MOST_CHARACTERS = 16

_TIME = re.compile(
    r"(\d{1,2})(?:\s*[:.h]\s*(\d{2})|\s*(h))?\s*(?:([ap])\.?\s?m\.?)?", re.IGNORECASE
)
_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+\-\u2212])\s*(\d{1,2})(?::?([0-5]\d))?", re.IGNORECASE)
_FURTHEST = timedelta(hours=14)
_DELAY = re.compile(
    r"(\d{1,2})\s*h\.?\s*(?:(\d{1,2})\s*(?:m|min)?\.?)?|(\d{1,4})\s*(?:m|min)?\.?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(\d{2})(\d{2})")


def read_time(text: str, *, whole_hours: bool = True) -> time | None:
    """Return the time of day that *text* names (20:30, 20.30, 2030, 20h30, 8:30pm), or None.

    whole_hours: whether an hour alone (20, 8pm) will do.
    """
    stripped = text.strip()
    if len(stripped) > MOST_CHARACTERS:
        return None
    digits = _DIGITS.fullmatch(stripped)
    if digits:
        return _time(int(digits[1]), int(digits[2]), "")
    match = _TIME.fullmatch(stripped)
    if match is None or (match[2] is None and not whole_hours):
        return None
    return _time(int(match[1]), int(match[2] or 0), (match[4] or "").lower())


def read_offset(text: str) -> timedelta | None:
    """Return how far ahead of UTC *text* says to be (UTC+2, GMT-5, +5:30, UTC), or None.

    At most 14 hours either way.
    """
    stripped = text.strip()
    if len(stripped) > MOST_CHARACTERS:
        return None
    if stripped.upper() in ("UTC", "GMT"):
        return timedelta()
    match = _OFFSET.fullmatch(stripped)
    if match is None:
        return None
    offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return (offset if match[1] == "+" else -offset) if offset <= _FURTHEST else None


def read_later(text: str, local: datetime) -> timedelta | None:
    """Return how much later than *local* (aware) *text* means: "25", "25 min", "2 h", "1h30" or the
    next time that the clock shows "21:45"; None for anything else, and for the minute that it shows
    now. Less than a day, at least a minute.
    """
    stripped = text.strip()
    if len(stripped) > MOST_CHARACTERS:
        return None
    match = _DELAY.fullmatch(stripped)
    if match:
        hours, minutes = int(match[1] or 0), int(match[2] or match[3] or 0)
        by = timedelta(hours=hours, minutes=minutes)
        return by if timedelta(minutes=1) <= by < timedelta(days=1) else None
    at = read_time(stripped, whole_hours=False)
    if at is None or at == local.time().replace(second=0, microsecond=0):
        return None
    moment = datetime.combine(local.date(), at, local.tzinfo)
    if moment.astimezone(UTC) <= local:
        moment = datetime.combine(local.date() + timedelta(days=1), at, local.tzinfo)
    return moment.astimezone(UTC) - local.astimezone(UTC)


def ahead_of_utc(now: datetime, shown: time) -> timedelta:
    """Return how far ahead of UTC a clock is that shows *shown* at *now* (aware); a day more or
    less is the same to a clock."""
    utc = now.astimezone(UTC)
    return datetime.combine(utc.date(), shown, UTC) - utc


def _time(hour: int, minute: int, half: str) -> time | None:
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
