"""A schedule as plain values that JSON can hold, and back: for a file, and for taking a change back.

The names are those of the stored columns, so that an export and this say the same.

Pure. Reading is strict: whatever is no schedule is a ValueError, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from domain.recurrence import (
    AtMoment,
    EveryDays,
    MonthDay,
    OnDay,
    Pattern,
    PatternKind,
    Schedule,
    SinceLast,
    Weekdays,
)

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:00)?")
_FIRST, _LAST = 2000, 2100


def write(schedule: Schedule) -> dict[str, Any]:
    """Return *schedule* as plain values: its pattern by name, the numbers of it, and its times."""
    times = [at.strftime("%H:%M") for at in schedule.times]
    return {**_pattern(schedule.pattern), "times": times}


def read(values: Mapping[str, Any]) -> Schedule:
    """Return the schedule that plain *values* hold. Errors: ValueError."""
    times = values.get("times")
    if not isinstance(times, list) or not all(isinstance(at, str) for at in times):
        raise ValueError("times must be a list of texts")
    if not all(_TIME.fullmatch(at) for at in times):
        raise ValueError("a time is written 20:30, to the minute")
    days = _read_pattern(values)
    if isinstance(days, AtMoment):
        return Schedule(days, ())  # its time is only where it is stored under
    return Schedule(days, tuple(time.fromisoformat(at) for at in times))


def _pattern(days: Pattern) -> dict[str, Any]:
    match days:
        case Weekdays(chosen):
            return {"pattern": PatternKind.WEEKDAYS.value, "weekdays": sorted(chosen)}
        case EveryDays(n, since):
            kind = PatternKind.EVERY_DAYS.value
            return {"pattern": kind, "number": n, "anchor": since.isoformat()}
        case MonthDay(day):
            return {"pattern": PatternKind.MONTH_DAY.value, "number": day}
        case OnDay(day):
            return {"pattern": PatternKind.ON_DAY.value, "anchor": day.isoformat()}
        case SinceLast(n):
            return {"pattern": PatternKind.SINCE_LAST.value, "number": n}
        case AtMoment(due_at):
            moment = due_at.astimezone(UTC).isoformat()
            return {"pattern": PatternKind.AT_MOMENT.value, "moment": moment}


def _read_pattern(values: Mapping[str, Any]) -> Pattern:
    match PatternKind(values.get("pattern", PatternKind.WEEKDAYS)):
        case PatternKind.WEEKDAYS:
            return Weekdays(_weekdays(values.get("weekdays")))
        case PatternKind.EVERY_DAYS:
            return EveryDays(_number(values), _day(values))
        case PatternKind.MONTH_DAY:
            return MonthDay(_number(values))
        case PatternKind.ON_DAY:
            return OnDay(_day(values))
        case PatternKind.SINCE_LAST:
            return SinceLast(_number(values))
        case PatternKind.AT_MOMENT:
            return AtMoment(_moment(values))


def _weekdays(value: Any) -> frozenset[int]:  # noqa: ANN401 - whatever a file holds
    if not isinstance(value, list) or not all(type(day) is int for day in value):
        raise ValueError("weekdays must be a list of numbers")
    return frozenset(value)


def _number(values: Mapping[str, Any]) -> int:
    value = values.get("number")
    if type(value) is not int:
        raise ValueError("number must be one")
    return value


def _day(values: Mapping[str, Any]) -> date:
    value = values.get("anchor")
    if not isinstance(value, str):
        raise ValueError("anchor must be a day")
    day = date.fromisoformat(value)
    if not _FIRST <= day.year <= _LAST:
        raise ValueError("anchor is out of range")
    return day


def _moment(values: Mapping[str, Any]) -> datetime:
    value = values.get("moment")
    if not isinstance(value, str):
        raise ValueError("moment must be a moment")
    at = datetime.fromisoformat(value)
    if at.tzinfo is None or not _FIRST <= at.year <= _LAST:
        raise ValueError("moment is out of range")
    return at.astimezone(UTC)
