"""What a check-in shows: its next question, or the card of its day. Values only, no words.

Where a check-in stands is worked out anew from its stored answers, so a restart, a second phone or
an old button needs nothing here. Never stores.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from actions import items, people, quiet
from actions.items import Item
from actions.work import Work
from content.language import Typed
from domain.checkin import (
    HABIT_PREFIX,
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
    """

    check_in_id: int
    day: date
    item: Item
    place: int
    total: int
    answer: Answer | None
    back_to: str | None
    calm: bool
    late: bool
    finished: bool


@dataclass(frozen=True, slots=True)
class Logged:
    """An extra log of an item, at its moment."""

    id: int
    at: datetime
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Line:
    """An item on the card. answer None: nobody answered."""

    item: Item
    answer: Answer | None
    logs: tuple[Logged, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A note on the card. written: the day of `at`, where that is another than the card's."""

    id: int
    at: datetime
    text: Typed = field(repr=False)
    written: date | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A day as the person told it.

    check_in_id: None where there is no check-in. editable: it is at most seven days back, and a
    diary is kept. open: not finished. thanks: it was finished just now, and neither its day nor today
    is a quiet one. signs: what was chosen on the warning list. urgent: the one of them that wants help
    soonest. closed: the person is done with it.
    """

    day: date
    today: bool
    zone: ZoneInfo
    check_in_id: int | None
    lines: tuple[Line, ...]
    notes: tuple[Note, ...]
    habits: tuple[tuple[str, str], ...]
    signs: tuple[str, ...]
    editable: bool
    open: bool
    thanks: bool = False
    closed: bool = False
    urgent: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A check-in as it is stored: its row, every item of the person's, and the answers."""

    row: CheckIn
    items: list[Item]
    answers: Mapping[str, Answer]

    @property
    def questions(self) -> list[Question]:
        """What is asked: the items that are switched on, in order."""
        return [item.question for item in self.items if item.on]

    def item(self, question_id: str) -> Item | None:
        """Return the item of that question, or None."""
        return next((item for item in self.items if item.question.id == question_id), None)


async def read(work: Work, person: Known, row: CheckIn) -> Sheet:
    """Return a check-in with its items and answers."""
    answers = await store.answers(work.session, person, [row.id])
    return Sheet(row, await items.all_items(work, person), answers[row.id])


async def where(work: Work, person: Known, sheet: Sheet) -> Step | Card:
    """Return where a check-in stands: its first open question, or the card once it is finished."""
    open_now = next_question(sheet.questions, sheet.answers)
    if sheet.row.finished_at is not None or open_now is None:
        return await card(work, person, sheet.row.day)
    return step(work, person, sheet, open_now)


def step(work: Work, person: Known, sheet: Sheet, question: Question) -> Step:
    """Return the screen of *question*, which is one of the sheet's."""
    line = asked(sheet.questions, sheet.answers)
    place = line.index(question) + 1 if question in line else 1
    before = question_before(sheet.questions, sheet.answers, question.id)
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
        calm=place == 1 and not finished,
        late=sheet.row.day < people.today_of(work, person),
        finished=finished,
    )


async def card(
    work: Work, person: Known, day: date, *, thanks: bool = False, closed: bool = False
) -> Card:
    """Return the card of *day*, whether or not there is a check-in. Unknown is never zero.

    An item that is switched off is on it only where it was answered, and an answer whose question
    fell away is not.
    """
    row = await store.find(work.session, person, day)
    said = await entries.between(work.session, person, day, day)
    signs = [c.sign_id for c in await warnings.between(work.session, person, day, day)]
    everything = await items.all_items(work, person)
    answers = (await store.answers(work.session, person, [row.id]))[row.id] if row else {}
    today = people.today_of(work, person)
    known = [work.library.signs[sign] for sign in signs if sign in work.library.signs]
    urgent = most_urgent(known)
    praised = thanks and not [d for d in (day, today) if await quiet.quiet_day(work, person, d)]
    return Card(
        day=day,
        today=day == today,
        zone=people.zone_of(person),
        check_in_id=row.id if row else None,
        lines=tuple(_lines(everything, answers, said, checked_in=row is not None)),
        notes=tuple(
            Note(s.id, s.at, Typed(s.value), people.written_on(person, s.day, s.at))
            for s in said
            if s.kind is EntryKind.NOTE
        ),
        habits=tuple(habits(work, answers)),
        signs=tuple(sign.id for sign in known),
        editable=can_fill_in(day, today, begun=row is not None)
        and await people.keeps(work, person),
        open=row is not None and row.finished_at is None,
        thanks=praised,
        closed=closed,
        urgent=urgent.id if urgent else None,
    )


def habits(work: Work, answers: Mapping[str, Answer]) -> list[tuple[str, str]]:
    """Return the habits that were answered that day, each with its code."""
    found = [(habit, answers.get(HABIT_PREFIX + habit)) for habit in work.library.habits]
    return [(habit, answer.code) for habit, answer in found if answer and answer.code]


def _lines(
    everything: list[Item],
    answers: Mapping[str, Answer],
    said: list[entries.Said],
    *,
    checked_in: bool,
) -> list[Line]:
    questions = [item.question for item in everything if item.on or item.question.id in answers]
    holding = counted(questions, answers)
    left_in = {question.id for question in asked(questions, answers)}
    lines = []
    for item in everything:
        name = item.question.id
        logs = tuple(Logged(s.id, s.at, s.value) for s in said if s.question_id == name)
        if logs or name in holding or (checked_in and item.on and name in left_in):
            lines.append(Line(item, holding.get(name), logs))
    return lines
