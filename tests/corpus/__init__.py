"""Lines with what they mean, written down before anything read them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from domain.lines.reading import Unclear, Understood
from domain.recurrence import AtMoment, EveryDays, MonthDay, OnDay, Pattern, SinceLast, Weekdays

HERE = Path(__file__).parent
ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2025, 11, 26, 10, 0, 20, tzinfo=ZONE)
"""A Wednesday."""

_HIDDEN = re.compile(r"\\u([0-9a-f]{4})")


class Case(NamedTuple):
    """A line, and what it means as the files write it."""

    file: str
    expected: str
    line: str


def cases(*names: str) -> Iterator[Case]:
    """Yield the cases of files, in order."""
    for name in names:
        for row in (HERE / name).read_text(encoding="utf-8").splitlines():
            if not row.startswith("#"):
                expected, _, line = row.partition("\t")
                yield Case(name, expected, _HIDDEN.sub(lambda m: chr(int(m[1], 16)), line))


def meaning(read: Understood | Unclear) -> str:
    """Return what was read, as the files write it."""
    if isinstance(read, Unclear):
        return f"ask:{read.why}"
    times = "".join(f" {at:%H:%M}" for at in read.schedule.times)
    about = f" | {read.text}" if read.text else ""
    return f"{_pattern(read.schedule.pattern)}{times}{about}"


def fits(expected: str, found: str) -> bool:
    """Say whether what was found is what a file expects. Weekdays may be written in any order."""
    if expected == "ask":
        return found.startswith("ask:")
    head, space, rest = expected.partition(" ")
    if head.startswith("week:"):
        head = "week:" + "".join(sorted(head.removeprefix("week:")))
    return head + space + rest == found


def _pattern(pattern: Pattern) -> str:
    match pattern:
        case Weekdays(days):
            return "week:" + "".join(str(day + 1) for day in sorted(days))
        case EveryDays(n, since):
            return f"days:{n}@{since}"
        case MonthDay(day):
            return f"month:{day}"
        case OnDay(on):
            return f"on:{on}"
        case SinceLast(n):
            return f"since:{n}"
        case AtMoment(due_at):
            return f"at:{due_at.astimezone(ZONE):%Y-%m-%dT%H:%M}"
