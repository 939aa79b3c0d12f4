"""Silence until a day: which day somebody means who types one.

Pure. A small grammar of our own: day and month with or without a year, or the ISO form.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

OPEN_END = date.max
"""Silent until the person says otherwise."""

LONGEST = timedelta(days=365)
"""The furthest day that can be named."""

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[./ -](\d{1,2})\.?(?:[./ -]?(\d{4}))?", re.ASCII)


def day_named(text: str, today: date) -> date | None:
    """Return the day that *text* names, after *today* and at most a year ahead, or None.

    "2025-12-24", "24.12.", "24/12/2025", "24 12": the day comes before the month. Without a year,
    the next such day is meant.
    """
    iso, first = _ISO.fullmatch(text.strip()), _DAY_FIRST.fullmatch(text.strip())
    if iso:
        candidates = [(iso[1], iso[2], iso[3])]
    elif first:
        years = [first[3]] if first[3] else [str(today.year), str(today.year + 1)]
        candidates = [(year, first[2], first[1]) for year in years]
    else:
        return None
    days = (_day(*(int(part) for part in parts)) for parts in candidates)
    return next((d for d in days if d is not None and today < d <= today + LONGEST), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
