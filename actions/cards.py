"""What a check-in shows: its next question, or the card of its day. Values only, no words.

Where a check-in stands is worked out anew from its stored answers, so a restart, a second phone or
an old button needs nothing here. Never stores.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from actions import items, people, quiet
from actions.items import Item
from actions.proposals import Offer
from actions.sheets import Sheet, of_row
from actions.work import Work
from content.language import Typed
from domain.checkin import (
    HABIT_PREFIX,
    ROUTINE,
    Answer,
    Question,
    asked,
    counted,
    next_question,
    question_before,
)
from domain.day import can_fill_in
from domain.entries import EntryKind
from domain.redflags import most_urgent
from storage import checkins as store
from storage import entries, warnings
from storage.people import Known
from storage.tables import CheckIn


@dataclass(frozen=True, slots=True)
class Step:
    """One question of a check-in, the *place*th of *total*.

    answer: what it was answered with so far. back_to: the question before. calm: offer a calm day.
    late: its day is over. finished: the check-in was done before; this answer is being put right.
    days: how many the routine looks back on.
    """

    check_in_id: int
    day: date
    item: Item
    place: int
    total: int
    answer: Answer | None = field(repr=False)
    back_to: str | None
    calm: bool
    late: bool
    finished: bool
    routine: str = ROUTINE
    days: int = 1


@dataclass(frozen=True, slots=True)
class Logged:
    """An extra log of an item, at its moment. zone: where it was made."""

    id: int
    at: datetime
    zone: ZoneInfo
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Line:
    """An item on the card. answer None: nobody answered. check_in_id: the check-in that asks it, if any."""

    item: Item
    answer: Answer | None = field(repr=False)
    logs: tuple[Logged, ...]
    check_in_id: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What a check-in of the morning or the week adds to the card. open: it is not finished."""

    routine: str
    check_in_id: int
    lines: tuple[Line, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Note:
    """A note on the card. zone: where it was made. written: the day of `at`, where that is another than
    the card's."""

    id: int
    at: datetime
    zone: ZoneInfo
    text: Typed = field(repr=False)
    written: date | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A day as the person told it.

    check_in_id: the check-in that was shown last, which is of *routine*; None where there is none.
    lines: the evening's, and logs. parts: what other check-ins of that day add. editable: it is at most
    seven days back, and a diary is kept. fillable: the evening's can still be begun. open: not
    finished. thanks: it was finished just now, and neither its day nor today is a quiet one. signs: what
    was chosen on the warning list. urgent: the one of them that wants help soonest. closed: the person is
    done with it. offer: another time that is proposed for its reminder.
    """

    day: date
    today: bool
    zone: ZoneInfo
    check_in_id: int | None
    lines: tuple[Line, ...]
    notes: tuple[Note, ...]
    habits: tuple[tuple[str, str], ...] = field(repr=False)
    signs: tuple[str, ...] = field(repr=False)
    editable: bool
    open: bool
    thanks: bool = False
    closed: bool = False
    urgent: str | None = field(default=None, repr=False)
    routine: str = ROUTINE
    parts: tuple[Part, ...] = ()
    fillable: bool = False
    offer: Offer | None = None


async def where(work: Work, person: Known, sheet: Sheet) -> Step | Card:
    """Return where a check-in stands: its first open question, or the card once it is finished."""
    open_now = next_question(sheet.questions, sheet.known)
    if sheet.row.finished_at is not None or open_now is None:
        return await card(work, person, sheet.row.day, of=sheet.row)
    return step(work, person, sheet, open_now)


def step(work: Work, person: Known, sheet: Sheet, question: Question) -> Step:
    """Return the screen of *question*, which is one of the sheet's."""
    line = asked(sheet.questions, sheet.known)
    place = line.index(question) + 1 if question in line else 1
    before = question_before(sheet.questions, sheet.known, question.id)
    finished = sheet.row.finished_at is not None
    item = sheet.item(question.id)
    assert item is not None  # noqa: S101 - the callers took it from the sheet
    return Step(
        check_in_id=sheet.row.id,
        day=sheet.row.day,
        item=item,
        place=place,
        total=len(line),
        answer=sheet.answers.get(question.id),
        back_to=before.id if before else None,
        calm=place == 1 and not finished and sheet.row.routine == ROUTINE,
        late=sheet.row.day < people.today_of(work, person),
        finished=finished,
        routine=sheet.row.routine,
        days=sheet.days,
    )


async def card(
    work: Work,
    person: Known,
    day: date,
    *,
    of: CheckIn | None = None,
    thanks: bool = False,
    closed: bool = False,
) -> Card:
    """Return the card of *day*, whether or not there is a check-in. Unknown is never zero.

    of: the check-in that its buttons are about; the evening's where None, else any of that day. An
    item that is switched off is on it only where it was answered, and an answer whose question fell
    away is not.
    """
    rows = (await store.between(work.session, person, day, day)).get(day, [])
    row = of or next(iter(rows), None)
    said = await entries.between(work.session, person, day, day)
    signs = [c.sign_id for c in await warnings.between(work.session, person, day, day)]
    everything = await items.all_items(work, person)
    answers = await store.answers(work.session, person, [each.id for each in rows])
    lines, parts = _parts(
        [of_row(work, everything, each, answers) for each in rows], everything, said
    )
    today = people.today_of(work, person)
    known = [work.library.signs[sign] for sign in signs if sign in work.library.signs]
    urgent = most_urgent(known)
    editable = can_fill_in(day, today, begun=bool(rows)) and await people.keeps(work, person)
    praised = thanks and not [d for d in (day, today) if await quiet.quiet_day(work, person, d)]
    return Card(
        day=day,
        today=day == today,
        zone=people.zone_of(person),
        check_in_id=row.id if row else None,
        lines=lines,
        notes=tuple(_note(person, s) for s in said if s.kind is EntryKind.NOTE),
        habits=tuple(habits(work, *answers.values())),
        signs=tuple(sign.id for sign in known),
        editable=editable,
        open=row is not None and row.finished_at is None,
        thanks=praised,
        closed=closed,
        urgent=urgent.id if urgent else None,
        routine=row.routine if row else ROUTINE,
        parts=parts,
        fillable=editable
        and not any(each.routine == ROUTINE for each in rows)
        and (row is None or day < today),
    )


def habits(work: Work, *answers: Mapping[str, Answer]) -> list[tuple[str, str]]:
    """Return the habits that were answered that day, in any of its check-ins, each with its code."""
    said = {name: answer for each in reversed(answers) for name, answer in each.items()}
    found = [(habit, said.get(HABIT_PREFIX + habit)) for habit in work.library.habits]
    return [(habit, answer.code) for habit, answer in found if answer and answer.code]


def _note(person: Known, said: entries.Said) -> Note:
    written = people.written_on(person, said.day, said.at, said.zone)
    return Note(said.id, said.at, said.zone, Typed(said.value), written)


def _parts(
    sheets: Sequence[Sheet], everything: list[Item], said: list[entries.Said]
) -> tuple[tuple[Line, ...], tuple[Part, ...]]:
    """Return the lines of the evening with the logs of what nobody else has, and those of each other
    check-in of the day. No item is on the card twice."""
    logs: dict[str, list[Logged]] = {}
    for entry in said:
        if entry.question_id:
            logged = Logged(entry.id, entry.at, entry.zone, entry.value)
            logs.setdefault(entry.question_id, []).append(logged)
    evening: list[Line] = []
    parts = []
    shown: set[str] = set()
    for sheet in sheets:
        lines = [line for line in _lines(sheet, logs) if line.item.question.id not in shown]
        shown |= {line.item.question.id for line in lines}
        row = sheet.row
        if row.routine == ROUTINE:
            evening = lines
        else:
            parts.append(Part(row.routine, row.id, tuple(lines), row.finished_at is None))
    for item in everything:
        name = item.question.id
        if name in logs and name not in shown:
            evening.append(Line(item, None, tuple(logs[name])))
    places = {item.question.id: place for place, item in enumerate(everything)}
    evening.sort(key=lambda line: places[line.item.question.id])
    return tuple(evening), tuple(parts)


def _lines(sheet: Sheet, logs: Mapping[str, list[Logged]]) -> list[Line]:
    """Return the lines of what a check-in asks or was told, and no other check-in of the day."""
    mine = [
        item
        for item in sheet.items
        if item.question.id not in sheet.elsewhere
        and ((item.on and item.question.id in sheet.asks) or item.question.id in sheet.answers)
    ]
    questions = [item.question for item in mine]
    holding = counted(questions, sheet.known)
    left_in = {question.id for question in asked(questions, sheet.known)}
    lines = []
    for item in mine:
        name = item.question.id
        if name in holding or name in logs or (item.on and name in left_in):
            lines.append(Line(item, holding.get(name), tuple(logs.get(name, ())), sheet.row.id))
    return lines
