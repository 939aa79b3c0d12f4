"""The habits of a day: one screen of toggles on its card, outside the check-in's questions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from actions import cards, checkins, items, people, sheets
from actions.work import Here, Work
from domain.checkin import HABIT_CODES, HABIT_PREFIX, Answer, Source
from domain.errors import Refused
from storage import checkins as store
from storage.people import Known

UNSET = "unset"
"""What a tap carries to make a habit unknown again."""


@dataclass(frozen=True, slots=True)
class HabitSheet:
    """The chosen habits and what each was answered with that day; None: not answered. past: it is over."""

    check_in_id: int
    day: date
    past: bool
    states: tuple[tuple[str, str | None], ...] = field(repr=False)


async def show(work: Work, who: int, check_in_id: int) -> Here:
    """Show the habits of a day, or the list to choose from where none is chosen yet."""
    person, sheet = await checkins.open_sheet(work, who, check_in_id)
    return await _here(work, person, sheet)


async def answer(work: Work, who: int, check_in_id: int, habit_id: str, code: str) -> Here:
    """Store what a habit was answered with. *code*: one of HABIT_CODES, or UNSET. Errors: Refused."""
    person, sheet = await checkins.open_sheet(work, who, check_in_id)
    chosen = items.habits_on(work, person)
    if habit_id not in chosen or code not in (*HABIT_CODES, UNSET):
        raise Refused("stale")
    name = HABIT_PREFIX + habit_id
    holders = [
        row_id for row_id, said in (await _said(work, person, sheet)).items() if name in said
    ]
    if code == UNSET:
        for holder in holders:
            await store.take_back(work.session, holder, name)
    else:
        late = sheet.row.day < people.today_of(work, person)
        said = Answer(code, Source.LATE if late else Source.TAPPED)
        versioned = (name, work.library.habits[habit_id].version)
        for holder in holders or [check_in_id]:
            await store.put(work.session, person, holder, versioned, said, work.now)
    return await _here(work, person, await sheets.read(work, person, sheet.row))


def following(code: str | None) -> str:
    """Return what a tap on a habit that stands at *code* makes of it: round the codes, then unset."""
    round_trip = (None, *HABIT_CODES, None)
    return round_trip[round_trip.index(code) + 1] or UNSET


async def _here(work: Work, person: Known, sheet: sheets.Sheet) -> Here:
    chosen = items.habits_on(work, person)
    view: object
    if chosen:
        said = dict(cards.habits(work, *(await _said(work, person, sheet)).values()))
        states = tuple((habit, said.get(habit)) for habit in chosen)
        past = sheet.row.day < people.today_of(work, person)
        view = HabitSheet(sheet.row.id, sheet.row.day, past, states)
    else:
        view = items.habit_list(work, person, sheet.row.id)
    return Here(people.language_of(work, person), (view,))


async def _said(work: Work, person: Known, sheet: sheets.Sheet) -> dict[int, dict[str, Answer]]:
    """Return the answers of all check-ins of the sheet's day, by check-in: a habit is the day's."""
    day = sheet.row.day
    rows = (await store.between(work.session, person, day, day)).get(day, [])
    return await store.answers(work.session, person, [row.id for row in rows])
