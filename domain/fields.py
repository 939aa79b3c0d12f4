"""One object of somebody's file, read field by field: strict about what is taken, and blind to all else.

Pure. Knows no format; domain/portable says which fields there are.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

_FIRST, _LAST = 2000, 2100


class Unreadable(Exception):  # noqa: N818 - says what it is
    """A file that is not a diary of ours. *why*: not_json, not_ours, newer, too_big or broken.

    place: where it broke ("check_ins[3].day"): our own names and a number, never what stands there.
    """

    def __init__(self, why: str, place: str = "") -> None:
        super().__init__(f"{why} {place}".strip())
        self.why = why
        self.place = place


class Table:
    """One object of the file, and where it stands in it."""

    __slots__ = ("place", "values")

    def __init__(self, values: Any, place: str) -> None:  # noqa: ANN401
        if not isinstance(values, dict):
            raise Unreadable("broken", place)
        self.values = values
        self.place = place

    def get(self, name: str) -> Any:  # noqa: ANN401
        return self.values.get(name)

    def broken(self, name: str) -> Unreadable:
        return Unreadable("broken", f"{self.place}.{name}")

    def matching(self, name: str, pattern: re.Pattern[str]) -> str:
        value = self.get(name)
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise self.broken(name)
        return value

    def text(self, name: str, most: int) -> str:
        """Return a text with something in it, at most *most* characters, all of them storable."""
        value = self.get(name)
        if not isinstance(value, str) or not 0 < len(value) <= most or not value.strip():
            raise self.broken(name)
        if "\0" in value or any("\ud800" <= c <= "\udfff" for c in value):
            raise self.broken(name)
        return value

    def whole(self, name: str, most: int) -> int:
        value = self.get(name)
        if type(value) is not int or not 0 <= value <= most:
            raise self.broken(name)
        return value

    def day(self, name: str) -> date:
        value = self.get(name)
        try:
            day = date.fromisoformat(value)
        except (TypeError, ValueError):
            raise self.broken(name) from None
        if not _FIRST <= day.year <= _LAST:
            raise self.broken(name)
        return day

    def moment(self, name: str) -> datetime:
        value = self.get(name)
        try:
            at = datetime.fromisoformat(value)
        except (TypeError, ValueError):
            raise self.broken(name) from None
        if at.tzinfo is None or not _FIRST <= at.year <= _LAST:
            raise self.broken(name)
        return at.astimezone(UTC)

    def moment_or_none(self, name: str) -> datetime | None:
        return None if self.get(name) is None else self.moment(name)
