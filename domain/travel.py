"""Zones that a person moves between: whether two clocks differ, and what one shows when the other rings.

Pure. A zone is IANA's; a moment is aware.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

AHEAD = timedelta(weeks=4)
"""How far ahead two clocks are compared: a journey is rarely longer."""


def offset(zone: ZoneInfo, at: datetime) -> timedelta:
    """Return how far the clocks of *zone* are ahead of UTC at a moment."""
    ahead = at.astimezone(zone).utcoffset()
    assert ahead is not None  # noqa: S101 - a zone always has one
    return ahead


def same_clock(one: ZoneInfo, other: ZoneInfo, now: datetime) -> bool:
    """Say whether both clocks show the same time now, and on every day of the weeks that follow."""
    days = (now + timedelta(days=n) for n in range(AHEAD.days + 1))
    return all(offset(one, day) == offset(other, day) for day in days)


def next_at(at: time, zone: ZoneInfo, now: datetime) -> datetime:
    """Return when the clocks of *zone* next show *at*, later than *now*; aware, in UTC."""
    today = now.astimezone(zone).date()
    moments = (datetime.combine(today + timedelta(days=n), at, zone) for n in range(3))
    return min(m for m in (moment.astimezone(UTC) for moment in moments) if m > now)
