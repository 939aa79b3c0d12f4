"""The check-in: open it, answer, skip, go back, stop, a calm day, put an answer right.

Each answer is stored at once. A tap names its check-in and its question, and neither is trusted; a
second tap changes nothing. Never words anything and never asks what a calm day or a fix left out
without a reason in domain/checkin.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from actions import awaiting, cards, items, people, proposals, routines, sheets
from actions.cards import Card, Step
from actions.items import Item
from actions.sheets import Sheet
from actions.work import Here, Work
from domain.checkin import (
    ROUTINE,
    Answer,
    Question,
    Shape,
    Source,
    calm_answers,
    follow_up,
    next_question,
)
from domain.day import can_fill_in
from domain.errors import Refused
from storage import checkins as store
from storage import warnings
from storage.people import Known
from storage.tables import CheckIn

STILL_OPEN = timedelta(hours=6)
"""How long a check-in of a day that is over still counts as the one a person is in."""

JUST_NOW = timedelta(minutes=10)
"""How long a check-in that is finished still counts as where a person stands."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """Left for now. kept: how many answers are stored. past: its day is over."""

    check_in_id: int
    day: date
    kept: int
    past: bool
    routine: str = ROUTINE


@dataclass(frozen=True, slots=True)
class CalmOffer:
    """What a calm day would set: presets to items, and what it leaves open. past: its day is over."""

    check_in_id: int
    day: date
    past: bool
    sets: tuple[tuple[Item, str], ...]
    leaves: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class FixList:
    """The answers of a day, to choose the one to put right."""

    check_in_id: int
    day: date
    lines: tuple[cards.Line, ...]


async def start(work: Work, who: int) -> Here:
    """Open today's check-in, or resume it; ask which one where the person does several."""
    person = await people.keeper(work, who)
    await awaiting.clear(work, person)
    used = await routines.used(work, person)
    if len(used) > 1:
        return _here(work, person, await routines.choice(work, person, used))
    return _here(work, person, await open_for(work, person, people.today_of(work, person)))


async def start_routine(work: Work, who: int, routine: str) -> Here:
    """Open today's check-in of *routine*, or resume it. Errors: Refused where there is none such."""
    person = await people.keeper(work, who)
    await awaiting.clear(work, person)
    if routine not in work.library.routines:
        raise Refused("stale")
    today = people.today_of(work, person)
    return _here(work, person, await open_for(work, person, today, routine))


async def fill_in(work: Work, who: int, day: date) -> Here:
    """Open or resume the check-in of *day*. Errors: Refused where it is over seven days back."""
    person = await people.keeper(work, who)
    await awaiting.clear(work, person)
    begun = await store.find(work.session, person, day) is not None
    _check_day(work, person, day, begun=begun)
    return _here(work, person, await open_for(work, person, day))


async def open_for(work: Work, person: Known, day: date, routine: str = ROUTINE) -> Step | Card:
    """Return where a check-in of *day* stands, made where there is none: what a reminder brings."""
    zone = people.zone_of(person).key
    row = await store.open_day(work.session, person, day, zone, work.now, routine)
    return await cards.where(work, person, await sheets.read(work, person, row))


async def current_step(work: Work, person: Known) -> Step | Card | None:
    """Return the question of the check-in that a person is in: today's, or one just opened.

    Where none is open, the card of one that was finished a moment ago: its last tap may have been
    stored and not answered.
    """
    if not await people.keeps(work, person):
        return None
    today, since = people.today_of(work, person), work.now - STILL_OPEN
    row = await store.unfinished(work.session, person, today, since)
    if row is None:
        row = await store.finished_since(work.session, person, work.now - JUST_NOW)
    if row is None or not can_fill_in(row.day, today, begun=True):
        return None
    return await cards.where(work, person, await sheets.read(work, person, row))


async def is_done(work: Work, person: Known, day: date, routine: str = ROUTINE) -> bool:
    """Say whether the check-in of *day* is finished."""
    row = await store.find(work.session, person, day, routine)
    return row is not None and row.finished_at is not None


async def questions_of(work: Work, person: Known, routine: str = ROUTINE) -> list[Question]:
    """Return what a person is asked, in order: what is switched on, own items, the warning list."""
    everything = await items.all_items(work, person)
    asked = [item for item in everything if items.is_asked_in(work, item, routine)]
    return [item.question for item in asked if item.on]


async def answer(work: Work, who: int, check_in_id: int, question_id: str, code: str) -> Here:
    """Store the answer and show what comes next; a second tap changes nothing.

    On the warning list "no" takes back what was chosen there for that day, where only this check-in
    found it: the person says so.
    Errors: Refused for what is not theirs, not asked or too long ago.
    """
    person, sheet = await open_sheet(work, who, check_in_id)
    question = _question(sheet, question_id)
    if code not in question.options or (question.shape is Shape.WARNING and code != "no"):
        raise Refused("stale")
    if question.shape is Shape.WARNING and _was_seen(sheet, question) and not sheet.signs_stay:
        await warnings.take_back(work.session, person, sheet.row.day)
    return _here(work, person, await store_answer(work, person, sheet, question, code))


async def skip(work: Work, who: int, check_in_id: int, question_id: str) -> Here:
    """Leave the question out: it stays unknown, and is not asked again by itself."""
    person, sheet = await open_sheet(work, who, check_in_id)
    question = _question(sheet, question_id)
    return _here(work, person, await store_answer(work, person, sheet, question, None))


async def show_question(work: Work, who: int, check_in_id: int, question_id: str) -> Here:
    """Show a question again, with its answer so far."""
    person, sheet = await open_sheet(work, who, check_in_id)
    view = cards.step(work, person, sheet, _question(sheet, question_id))
    return _here(work, person, view)


async def resume(work: Work, who: int, check_in_id: int) -> Here:
    """Show where a check-in stands."""
    person, sheet = await open_sheet(work, who, check_in_id)
    return _here(work, person, await cards.where(work, person, sheet))


async def stop(work: Work, who: int, check_in_id: int) -> Here:
    """Leave it for now: what was answered is kept."""
    person, sheet = await open_sheet(work, who, check_in_id)
    past = sheet.row.day < people.today_of(work, person)
    kept = sum(a.code is not None for a in sheet.answers.values())
    view = Stopped(check_in_id, sheet.row.day, kept, past, sheet.row.routine)
    return _here(work, person, view)


async def offer_calm(work: Work, who: int, check_in_id: int) -> Here:
    """Show what a calm day would set, before it does."""
    person, sheet = await open_sheet(work, who, check_in_id)
    if sheet.row.finished_at is not None or sheet.row.routine != ROUTINE:
        return _here(work, person, await cards.where(work, person, sheet))
    past = sheet.row.day < people.today_of(work, person)
    added = calm_answers(sheet.questions, sheet.answers)
    touched = [item for item in sheet.items if item.on and item.question.id in added]
    sets = tuple((i, i.question.calm) for i in touched if i.question.calm is not None)
    leaves = tuple(i for i in touched if i.question.calm is None)
    return _here(work, person, CalmOffer(check_in_id, sheet.row.day, past, sets, leaves))


async def set_calm(work: Work, who: int, check_in_id: int) -> Here:
    """Store a calm day's presets in one go; then only the warning list is left to ask."""
    person, sheet = await open_sheet(work, who, check_in_id)
    if sheet.row.finished_at is None and sheet.row.routine == ROUTINE:
        versions = {question.id: question.version for question in sheet.questions}
        for name, preset in calm_answers(sheet.questions, sheet.answers).items():
            await store.put(
                work.session, person, check_in_id, (name, versions[name]), preset, work.now
            )
    return _here(work, person, await _after(work, person, sheet.row, None))


async def fix(work: Work, who: int, check_in_id: int) -> Here:
    """List the answers of the day, to put one right."""
    person, sheet = await open_sheet(work, who, check_in_id)
    card = await cards.card(work, person, sheet.row.day, of=sheet.row)
    parts = [card.lines, *(part.lines for part in card.parts)]
    lines = tuple(
        line for part in parts for line in part if line.item.on and line.check_in_id is not None
    )
    return _here(work, person, FixList(check_in_id, sheet.row.day, lines))


async def close(work: Work, who: int, check_in_id: int) -> Here:
    """Leave the card as it is, with one button that opens it again."""
    person, sheet = await open_sheet(work, who, check_in_id)
    view = await cards.card(work, person, sheet.row.day, of=sheet.row, closed=True)
    return _here(work, person, view)


async def forget_seen(work: Work, person: Known, day: date) -> None:
    """Make unknown again that a check-in of *day* found something on the warning list."""
    for row in (await store.between(work.session, person, day, day)).get(day, []):
        sheet = await sheets.read(work, person, row)
        for question in sheet.questions:
            if question.shape is Shape.WARNING and _was_seen(sheet, question):
                await store.take_back(work.session, row.id, question.id)


async def open_sheet(work: Work, who: int, check_in_id: int) -> tuple[Known, Sheet]:
    """Return who it is and a check-in of theirs that can still be changed. Errors: Refused."""
    person = await people.keeper(work, who)
    await awaiting.clear(work, person)
    row = await work.session.get(CheckIn, check_in_id)
    if row is None or row.person_id != person.id:
        raise Refused("stale")
    _check_day(work, person, row.day, begun=True)
    return person, await sheets.read(work, person, row)


async def store_answer(
    work: Work, person: Known, sheet: Sheet, question: Question, code: str | None
) -> Step | Card:
    """Store one answer and return what comes next. code None: skipped."""
    late = sheet.row.day < people.today_of(work, person)
    said = Answer(code, Source.LATE if late else Source.TAPPED)
    name = (question.id, question.version)
    await store.put(work.session, person, sheet.row.id, name, said, work.now)
    return await _after(work, person, sheet.row, question.id)


async def _after(work: Work, person: Known, row: CheckIn, changed: str | None) -> Step | Card:
    """Return what follows: the next open question, what a fix newly asks for, or the card."""
    sheet = await sheets.read(work, person, row)
    if row.finished_at is None:
        following = next_question(sheet.questions, sheet.known)
        if following is None:
            row.finished_at = work.now
            await work.session.flush()
            work.wake()
            done = await cards.card(work, person, row.day, of=row, thanks=True)
            if not done.thanks:  # a day on which nothing is asked for
                return done
            offer = await proposals.after_check_in(work, person, row.routine, row.day)
            return replace(done, offer=offer)
    else:
        following = follow_up(sheet.questions, sheet.known, changed) if changed else None
    if following is not None:
        return cards.step(work, person, sheet, following)
    return await cards.card(work, person, row.day, of=row)


def _check_day(work: Work, person: Known, day: date, *, begun: bool) -> None:
    today = people.today_of(work, person)
    if not can_fill_in(day, today, begun=begun):
        raise Refused("day_closed" if day < today else "day_ahead")


def _question(sheet: Sheet, question_id: str) -> Question:
    """Return a question that is asked. Errors: Refused for any other, an old button's perhaps."""
    found = next((q for q in sheet.questions if q.id == question_id), None)
    if found is None:
        raise Refused("stale")
    return found


def _was_seen(sheet: Sheet, question: Question) -> bool:
    before = sheet.answers.get(question.id)
    return before is not None and before.code == "seen"


def _here(work: Work, person: Known, view: object) -> Here:
    return Here(people.language_of(work, person), (view,))
