"""Making a reminder: by buttons, a choice after the other, or by a line of text.

What is being made is stored from the first choice on, and never sent before it is saved. What a line
means is never guessed: it is said back with its next moments, or asked.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from actions import awaiting, distress, people, planning, reminder_change, reminder_sheet, reminders
from actions.people import language_of
from actions.reminders import Mine
from actions.work import Here, Work
from content.language import Typed
from domain import written
from domain.errors import Refused
from domain.lines.asking import Why
from domain.lines.reading import Unclear, Understood, read
from domain.recurrence import Schedule, Weekdays
from domain.reminders import Kind
from domain.wishes import MOST
from domain.wording import one_line
from storage import reminders as store
from storage import wishes as counted
from storage.people import Known
from storage.tables import Reminder, ReminderSlot, new_id

DRAFTS = 10
"""Unsaved reminders that a person can have; an older one makes room."""

SUNDAY, SUMMARY_AT = frozenset({6}), time(18, 0)
"""When the weekly summary comes unless it is changed."""

ANY_TIME = " 09:00"
"""What is put behind a line that says no time, to learn its days: it is not used."""

NOT_CHOSEN = 0
"""Weekdays of a draft whose days are not chosen yet."""


@dataclass(frozen=True, slots=True)
class Unsure:
    """A line that was not clear. choices: what it may mean, by their numbers, on a draft of that id.

    The next typed message is a new line. clock: now, where the line was read by another clock than
    that where the person is.
    """

    why: Why
    draft_id: int
    choices: tuple[Schedule, ...]
    zone: ZoneInfo
    text: Typed = field(repr=False)
    clock: datetime | None = None


@dataclass(frozen=True, slots=True)
class ThrownAway:
    """What was being made is gone."""


async def start(work: Work, who: int) -> Here:
    """Ask what to be reminded of; a typed line will do as well. Errors: Refused."""
    person = await people.keeper(work, who)
    await _check_room(work, person)
    await awaiting.expect(work, person, reminder_sheet.LINE)
    return Here(language_of(work, person), (reminder_sheet.new_wish(work, person),))


async def say(work: Work, who: int, text: str) -> Here:
    """Read a line as a new reminder; without words, ask what for. Errors: Refused."""
    if not text.strip():
        return await start(work, who)

    async def act() -> Here:
        return await _line(work, await people.keeper(work, who), text)

    return await distress.beside(work, who, text, None, act)


async def take_line(work: Work, person: Known, _subject: str, text: str) -> Here:
    """Read a typed line as a new reminder. Errors: Refused."""
    await people.keeping(work, person)
    return await _line(work, person, text)


async def choose(work: Work, who: int, draft_id: int, number: int) -> Here:
    """Take one of the meanings that were offered for a line; a second tap changes nothing. Errors: Refused."""
    one = await reminders.mine(work, who, draft_id, keeps=True)
    said = dict(store.words(one.person, one.reminder))
    offered = said.pop("choices", None)
    if one.reminder.draft and offered is not None:
        if not 0 <= number < len(offered):
            raise Refused("stale")
        await reminders.set_schedule(work, one, written.read(offered[number]))
        _set_words(one, said)
    return await reminder_sheet.where(work, one)


async def choose_kind(work: Work, who: int, draft_id: int, kind: str) -> Here:
    """Begin a reminder for own words, a medicine, a habit or the week's summary. Errors: Refused."""
    person = await people.keeper(work, who)
    if kind == "habit":
        return Here(language_of(work, person), (reminder_sheet.habits(work, person, draft_id),))
    if kind in ("own", "medicine"):
        one = await _draft(work, person, draft_id, Kind.OWN)
        words = {"text": store.words(person, one.reminder).get("text", "")}
        store.set_words(person, one.reminder, {**words, "medicine": kind == "medicine"})
    elif kind == "summary":
        one = await _draft(work, person, draft_id, Kind.SUMMARY)
        one.reminder.sealed = None
        if store.schedule(one.reminder, one.slots) is None:
            await reminders.set_schedule(work, one, Schedule(Weekdays(SUNDAY), (SUMMARY_AT,)))
    else:
        raise Refused("stale")
    return await reminder_sheet.where(work, one)


async def choose_routine(work: Work, who: int, draft_id: int, routine: str) -> Here:
    """Begin a reminder of a check-in. Errors: Refused."""
    person = await people.keeper(work, who)
    if routine not in work.library.routines:
        raise Refused("stale")
    one = await _draft(work, person, draft_id, Kind.CHECK_IN)
    one.reminder.routine, one.reminder.sealed = routine, None
    return await reminder_sheet.where(work, one)


async def choose_habit(work: Work, who: int, draft_id: int, habit: str) -> Here:
    """Begin a reminder of a habit. Errors: Refused."""
    person = await people.keeper(work, who)
    if habit not in work.library.habits:
        raise Refused("stale")
    one = await _draft(work, person, draft_id, Kind.HABIT)
    store.set_words(person, one.reminder, {"habit": habit})
    return await reminder_sheet.where(work, one)


async def save(work: Work, who: int, draft_id: int) -> Here:
    """Let a draft come from now on; a second tap changes nothing. Errors: Refused."""
    one = await reminders.mine(work, who, draft_id, keeps=True)
    if not one.reminder.draft:
        return await reminder_sheet.where(work, one)
    await _check_room(work, one.person)
    told = await reminders.told(work, one)
    if told.schedule is None or told.in_pause:
        return await reminder_sheet.where(work, one)
    if not told.next and (told.comes_once or told.all_paused_until is None):
        raise Refused("wish_over")
    one.reminder.draft, one.reminder.active = False, True
    return await reminder_sheet.where(work, one, saved=True)


async def end_pause_and_save(work: Work, who: int, draft_id: int) -> Here:
    """End the pause of all reminders, as this one would fall into it, and save it. Errors: Refused."""
    one = await reminders.mine(work, who, draft_id, keeps=True)
    if one.reminder.draft:
        one.person.row.paused_until = None
        work.wake()
    return await save(work, who, draft_id)


async def throw_away(work: Work, who: int, draft_id: int) -> Here:
    """Erase a draft; one that was saved stays, and is shown. Errors: Refused."""
    person = await people.joined(work, who)
    there = await store.whole(work.session, person.id, draft_id)
    if there is not None and not there[0].draft:
        return await reminder_sheet.show(work, who, draft_id)
    await awaiting.clear(work, person)
    if there is not None:
        await work.session.delete(there[0])
        await work.session.flush()
    return Here(language_of(work, person), (ThrownAway(),))


async def _line(work: Work, person: Known, text: str) -> Here:
    """Read a line by the clock that reminders go by.

    For a traveller who keeps home times "tomorrow at 8am" is the day and the time at home, like all
    other times of reminders; it is said back by that clock and by the one where the person is.
    """
    await _check_room(work, person)
    words = language_of(work, person).words
    zone = planning.clock_of(person)
    found = read(text, words, work.now, zone)
    if isinstance(found, Understood):
        return await _understood(work, person, found.schedule, found.text)
    if found.why is Why.NO_TIME:
        timed = read(text + ANY_TIME, words, work.now, zone)
        if isinstance(timed, Understood):
            return await _without_times(work, person, timed)
    if found.why is Why.NOT_UNDERSTOOD and found.text and found.text == one_line(text):
        one = await _draft(work, person, 0, Kind.OWN)
        _set_words(one, {"text": found.text})
        return await reminder_sheet.where(work, one)
    return await _unsure(work, person, found)


async def _understood(work: Work, person: Known, schedule: Schedule, text: str) -> Here:
    one = await _draft(work, person, 0, Kind.OWN)
    await reminders.set_schedule(work, one, schedule)
    _set_words(one, {"text": text})
    return await reminder_sheet.where(work, one)


async def _without_times(work: Work, person: Known, found: Understood) -> Here:
    """The days are clear and the times are not: ask for these."""
    one = await _draft(work, person, 0, Kind.OWN)
    store.set_pattern(one.reminder, found.schedule.pattern)
    _set_words(one, {"text": found.text})
    return await reminder_sheet.where(work, one)


async def _unsure(work: Work, person: Known, found: Unclear) -> Here:
    """Ask what a line meant; what it may mean is kept with the draft until one is chosen."""
    draft_id = 0
    if found.choices:
        one = await _draft(work, person, 0, Kind.OWN)
        offered = [written.write(choice) for choice in found.choices]
        store.set_words(person, one.reminder, {"text": found.text, "choices": offered})
        draft_id = one.reminder.id
    await awaiting.expect(work, person, reminder_sheet.LINE)
    zone = planning.clock_of(person)
    clock = work.now if reminder_sheet.zone_here(person) is not None else None
    view = Unsure(found.why, draft_id, found.choices, zone, Typed(found.text), clock)
    return Here(language_of(work, person), (view,))


def _set_words(one: Mine, said: dict[str, Any]) -> None:
    """Seal the words of a draft; without any, what it is for is still to be chosen."""
    if said.get("text"):
        text = reminder_change.words_in(said["text"])
        store.set_words(one.person, one.reminder, {"medicine": False, **said, "text": text})
    else:
        one.reminder.sealed = None


async def _draft(work: Work, person: Known, draft_id: int, kind: Kind) -> Mine:
    """Return the draft of that id, or a new one where it is 0, as one of this kind. Errors: Refused."""
    await awaiting.clear(work, person)
    if draft_id:
        one = await reminders.found(work, person, draft_id)
        if not one.reminder.draft:
            raise Refused("stale")
        one.reminder.kind = kind
        return one
    await counted.drop_drafts(work.session, person.id, DRAFTS - 1)
    row = Reminder(
        id=new_id(),
        person_id=person.id,
        kind=kind,
        weekdays=NOT_CHOSEN,
        draft=True,
        active=False,
        created_at=work.now,
    )
    work.session.add(row)
    await work.session.flush()
    return Mine(person, row, list[ReminderSlot]())


async def _check_room(work: Work, person: Known) -> None:
    if await counted.saved(work.session, person.id) >= MOST:
        raise Refused("wishes_full", most=MOST)
