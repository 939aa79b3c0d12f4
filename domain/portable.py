"""The diary as a file: its JSON format, written and read as plain values.

The format is `commensal-diary`, version 1, documented in docs/export.md. Reading is strict about
what it takes and blind to all else: a file is whatever somebody sends. Nothing here knows who it
belongs to or what is stored already.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, NamedTuple, TypeVar

from domain.checkin import HABIT_PREFIX, MOST_OWN_LABEL, Source
from domain.entries import MOST_NOTE, EntryKind
from domain.wording import is_visible, one_line

FORMAT = "commensal-diary"
VERSION = 1

MOST_BYTES = 10 * 1024 * 1024
"""The largest file that is read; ten years of full days stay well below."""

MOST_ROWS = 50_000
"""Rows of one section: some years of everything that can be answered in a day."""

MOST_OWN_ROWS = 200
"""Own items of a file, those that were taken away over the years among them."""

OWN = re.compile(r"own[1-9][0-9]{0,8}")
"""The question id of an item of somebody's own."""

_ID = re.compile(r"[a-z0-9_]{1,24}")
_QUESTION = re.compile(rf"({HABIT_PREFIX})?[a-z0-9_]{{1,24}}")
_CODE = re.compile(r"[a-z0-9_+<>-]{1,16}")
_FIRST, _LAST = 2000, 2100

Item = TypeVar("Item")


class Unreadable(Exception):  # noqa: N818 - says what it is
    """A file that is not a diary of ours. *why*: not_json, not_ours, newer, too_big or broken.

    place: where it broke ("check_ins[3].day"): our own names and a number, never what stands there.
    """

    def __init__(self, why: str, place: str = "") -> None:
        super().__init__(f"{why} {place}".strip())
        self.why = why
        self.place = place


class Reply(NamedTuple):
    """One answer. code: None where the question was skipped, or *left_open* by a calm day."""

    question: str
    version: int
    code: str | None
    left_open: bool
    answered_at: datetime


class Day(NamedTuple):
    """One check-in with its answers; no question twice."""

    day: date
    routine: str
    zone: str
    opened_at: datetime
    finished_at: datetime | None
    answers: tuple[Reply, ...]


class Timed(NamedTuple):
    """A note, or an extra log of a question. content: the note's text or the log's code. zone: where it
    was made, None where the file does not say; it plays no part in whether two are the same.

    One that was removed and only waits for an undo is not read.
    """

    day: date
    at: datetime
    kind: EntryKind
    question: str | None
    content: str
    zone: str | None = None


class Seen(NamedTuple):
    """A warning sign that was selected."""

    day: date
    at: datetime
    sign: str


class Own(NamedTuple):
    """An item of somebody's own, under the id that the same file's answers use."""

    question: str
    label: str
    removed: bool


@dataclass(frozen=True, slots=True)
class Diary:
    """What a file brings back. Settings, consents and reminders stay out of it."""

    check_ins: tuple[Day, ...] = field(default=(), repr=False)
    entries: tuple[Timed, ...] = field(default=(), repr=False)
    warnings: tuple[Seen, ...] = field(default=(), repr=False)
    own_items: tuple[Own, ...] = field(default=(), repr=False)


def write(sections: Mapping[str, Any], exported_at: datetime) -> bytes:
    """Return *sections* as a file of ours: JSON in UTF-8, one row of a list a line."""
    head = {"format": FORMAT, "version": VERSION, "exported_at": exported_at.isoformat()}
    parts = [f"{json.dumps(k)}: {_section(v)}" for k, v in {**head, **sections}.items()]
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def read(content: bytes) -> Diary:
    """Return the diary that a file holds. Errors: Unreadable, and nothing else, ever."""
    if len(content) > MOST_BYTES:
        raise Unreadable("too_big")
    top = _parsed(content)
    if not isinstance(top, dict) or top.get("format") != FORMAT:
        raise Unreadable("not_ours")
    version = top.get("version")
    if type(version) is not int or version < 1:
        raise Unreadable("broken", "version")
    if version > VERSION:
        raise Unreadable("newer")
    diary = Diary(
        check_ins=_rows(top, "check_ins", _day),
        entries=tuple(e for e in _rows(top, "entries", _timed) if e is not None),
        warnings=_rows(top, "warnings", _seen),
        own_items=_rows(top, "own_items", _own, MOST_OWN_ROWS),
    )
    _no_twice([(d.day, d.routine) for d in diary.check_ins], "check_ins")
    _no_twice([o.question for o in diary.own_items], "own_items")
    return diary


def _section(value: Any) -> str:  # noqa: ANN401 - anything that JSON can hold
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(json.dumps(v, ensure_ascii=False) for v in value) + "\n]"
    return json.dumps(value, ensure_ascii=False)


def _parsed(content: bytes) -> Any:  # noqa: ANN401
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Unreadable("not_json") from None


def _no_constant(_name: str) -> None:
    raise ValueError("NaN and Infinity are not JSON")


class _Table:
    """One object of the file, and where it stands in it."""

    __slots__ = ("_values", "place")

    def __init__(self, values: Any, place: str) -> None:  # noqa: ANN401
        if not isinstance(values, dict):
            raise Unreadable("broken", place)
        self._values = values
        self.place = place

    def get(self, name: str) -> Any:  # noqa: ANN401
        return self._values.get(name)

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


_ZONE = re.compile(r"[A-Za-z0-9_+/-]{1,64}")


def _rows(
    top: dict[str, Any], name: str, read_one: Callable[[_Table], Item], most: int = MOST_ROWS
) -> tuple[Item, ...]:
    rows = top.get(name, [])
    if not isinstance(rows, list) or len(rows) > most:
        raise Unreadable("broken", name)
    return tuple(read_one(_Table(row, f"{name}[{n}]")) for n, row in enumerate(rows))


def _day(row: _Table) -> Day:
    answers = row.get("answers")
    if not isinstance(answers, list) or len(answers) > 200:
        raise row.broken("answers")
    replies = tuple(
        _reply(_Table(one, f"{row.place}.answers[{n}]")) for n, one in enumerate(answers)
    )
    _no_twice([r.question for r in replies], f"{row.place}.answers")
    return Day(
        day=row.day("day"),
        routine=row.matching("routine", _ID),
        zone=row.matching("zone", _ZONE),
        opened_at=row.moment("opened_at"),
        finished_at=row.moment_or_none("finished_at"),
        answers=replies,
    )


def _reply(row: _Table) -> Reply:
    code = None if row.get("code") is None else row.matching("code", _CODE)
    return Reply(
        question=row.matching("question", _QUESTION),
        version=row.whole("version", 1_000_000),
        code=code,
        left_open=code is None and row.get("source") == Source.PRESET,
        answered_at=row.moment("answered_at"),
    )


def _timed(row: _Table) -> Timed | None:
    if row.moment_or_none("removed_at") is not None:
        return None
    kind = row.get("kind")
    day, at = row.day("day"), row.moment("at")
    zone = None if row.get("zone") is None else row.matching("zone", _ZONE)
    if kind == EntryKind.NOTE:
        return Timed(day, at, EntryKind.NOTE, None, row.text("text", MOST_NOTE), zone)
    if kind == EntryKind.LOG:
        question, code = row.matching("question", _QUESTION), row.matching("code", _CODE)
        return Timed(day, at, EntryKind.LOG, question, code, zone)
    raise row.broken("kind")


def _seen(row: _Table) -> Seen:
    return Seen(row.day("day"), row.moment("at"), row.matching("sign", _ID))


def _own(row: _Table) -> Own:
    removed = row.moment_or_none("removed_at") is not None
    label = one_line(row.text("label", MOST_OWN_LABEL))
    if not is_visible(label):
        raise row.broken("label")
    return Own(row.matching("question", OWN), label, removed)


def _no_twice(keys: list[Any], place: str) -> None:
    if len(set(keys)) != len(keys):
        raise Unreadable("broken", place)
