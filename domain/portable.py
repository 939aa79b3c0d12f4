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
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

from domain import written
from domain.checkin import HABIT_PREFIX, MOST_OWN_LABEL, Source
from domain.entries import MOST_NOTE, EntryKind
from domain.fields import Table, Unreadable
from domain.opinions import NOTHING, Opinion
from domain.reminders import MOST_NUDGES, Kind
from domain.wishes import MOST_WORDS, Reminding, Wished
from domain.wording import is_visible, one_line

FORMAT = "commensal-diary"
VERSION = 1

MOST_BYTES = 10 * 1024 * 1024
"""The largest file that is read; ten years of full days stay well below."""

MOST_ROWS = 50_000
"""Rows of one section: some years of everything that can be answered in a day."""

MOST_OWN_ROWS = 200
"""Own items of a file, those that were taken away over the years among them."""

MOST_REMINDERS = 200
"""Reminders of a file, those that were never saved among them."""

MOST_OPINIONS = 2_000
"""Tips that a file says something about; the libraries of several instances may be behind it."""

OWN = re.compile(r"own[1-9][0-9]{0,8}")
"""The question id of an item of somebody's own."""

_ID = re.compile(r"[a-z0-9_]{1,24}")
_QUESTION = re.compile(rf"({HABIT_PREFIX})?[a-z0-9_]{{1,24}}")
_CODE = re.compile(r"[a-z0-9_+<>-]{1,16}")

Item = TypeVar("Item")


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


class Opined(NamedTuple):
    """What somebody made of a tip."""

    snippet: str
    opinion: Opinion


@dataclass(frozen=True, slots=True)
class Diary:
    """What a file brings back. Settings and consents stay out of it, and of reminders those for tips.

    says_marks: the file names what does not fit the person, which is not brought back either.
    """

    check_ins: tuple[Day, ...] = field(default=(), repr=False)
    entries: tuple[Timed, ...] = field(default=(), repr=False)
    warnings: tuple[Seen, ...] = field(default=(), repr=False)
    own_items: tuple[Own, ...] = field(default=(), repr=False)
    reminders: tuple[Reminding, ...] = field(default=(), repr=False)
    opinions: tuple[Opined, ...] = field(default=(), repr=False)
    says_marks: bool = field(default=False, repr=False)


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
        reminders=tuple(r for r in _rows(top, "reminders", _reminder, MOST_REMINDERS) if r),
        opinions=tuple(o for o in _rows(top, "tip_opinions", _opined, MOST_OPINIONS) if o),
        says_marks=_says_marks(top.get("person")),
    )
    _no_twice([(d.day, d.routine) for d in diary.check_ins], "check_ins")
    _no_twice([o.question for o in diary.own_items], "own_items")
    _no_twice([o.snippet for o in diary.opinions], "tip_opinions")
    return diary


def _says_marks(person: object) -> bool:
    return isinstance(person, dict) and bool(person.get("left_out"))


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


_ZONE = re.compile(r"[A-Za-z0-9_+/-]{1,64}")


def _rows(
    top: dict[str, Any], name: str, read_one: Callable[[Table], Item], most: int = MOST_ROWS
) -> tuple[Item, ...]:
    rows = top.get(name, [])
    if not isinstance(rows, list) or len(rows) > most:
        raise Unreadable("broken", name)
    return tuple(read_one(Table(row, f"{name}[{n}]")) for n, row in enumerate(rows))


def _day(row: Table) -> Day:
    answers = row.get("answers")
    if not isinstance(answers, list) or len(answers) > 200:
        raise row.broken("answers")
    replies = tuple(
        _reply(Table(one, f"{row.place}.answers[{n}]")) for n, one in enumerate(answers)
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


def _reply(row: Table) -> Reply:
    code = None if row.get("code") is None else row.matching("code", _CODE)
    return Reply(
        question=row.matching("question", _QUESTION),
        version=row.whole("version", 1_000_000),
        code=code,
        left_open=code is None and row.get("source") == Source.PRESET,
        answered_at=row.moment("answered_at"),
    )


def _timed(row: Table) -> Timed | None:
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


def _seen(row: Table) -> Seen:
    return Seen(row.day("day"), row.moment("at"), row.matching("sign", _ID))


def _own(row: Table) -> Own:
    removed = row.moment_or_none("removed_at") is not None
    label = one_line(row.text("label", MOST_OWN_LABEL))
    if not is_visible(label):
        raise row.broken("label")
    return Own(row.matching("question", OWN), label, removed)


def _opined(row: Table) -> Opined | None:
    """Return what was made of a tip; None where nothing is said."""
    helpful = row.get("helpful")
    if helpful is not None and not isinstance(helpful, bool):
        raise row.broken("helpful")
    tried = None if row.get("tried") is None else row.day("tried")
    opinion = Opinion(row.moment_or_none("saved"), helpful, tried)
    snippet = row.matching("snippet_id", _ID)
    return None if opinion == NOTHING else Opined(snippet, opinion)


BRINGABLE = (Kind.CHECK_IN, Kind.HABIT, Kind.OWN, Kind.SUMMARY)
"""The kinds of reminders that a file brings back."""


def _reminder(row: Table) -> Reminding | None:
    """Return a reminder; None for one that was never saved, has no day or time, or is of another kind."""
    kind = next((one for one in BRINGABLE if one == row.get("kind")), None)
    if kind is None or row.get("draft") is True:
        return None
    try:
        schedule = written.read(row.values)
    except ValueError:
        return None
    text = one_line(row.text("text", MOST_WORDS)) if kind is Kind.OWN else ""
    if kind is Kind.OWN and not is_visible(text):
        raise row.broken("text")
    wished = Wished(
        kind=kind,
        schedule=schedule,
        routine=row.matching("routine", _ID) if kind is Kind.CHECK_IN else None,
        habit=row.matching("habit", _ID) if kind is Kind.HABIT else None,
        text=text,
        medicine=kind is Kind.OWN and row.get("medicine") is True,
    )
    nudges = 0 if row.get("nudges") is None else row.whole("nudges", MOST_NUDGES)
    silent, active = row.get("silent") is True, row.get("active") is not False
    return Reminding(wished, silent, nudges, active)


def _no_twice(keys: list[Any], place: str) -> None:
    if len(set(keys)) != len(keys):
        raise Unreadable("broken", place)
