"""Which day a moment belongs to, for a person.

One function decides it. A day belongs to a zone and begins at an hour a person chose
(03:00 unless they say otherwise), so that an answer after midnight counts to the evening it is about.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY_STARTS_AT = time(3, 0)
"""The default: late enough for most evenings, early enough for most mornings."""

LATEST_START = time(12, 0)
"""A day may begin at noon at the latest; later, an evening would belong to the next day."""

DAYS_BACK = 7
"""How many days before today a check-in can still be filled in."""


def day_of(now: datetime, zone: ZoneInfo, starts_at: time = DAY_STARTS_AT) -> date:
    """Return the local day that *now* (aware) belongs to. Errors: ValueError if *now* is naive."""
    if now.tzinfo is None:
        raise ValueError("now must be an aware datetime")
    local = now.astimezone(zone)
    return local.date() - timedelta(days=1 if local.time() < starts_at else 0)


def can_fill_in(day: date, today: date, *, begun: bool = False) -> bool:
    """Say whether a check-in of *day* may still be opened: today and up to seven days back.

    begun: it is there already. Whoever has travelled west since may have begun it tomorrow.
    """
    return (-1 if begun else 0) <= (today - day).days <= DAYS_BACK
