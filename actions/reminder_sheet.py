"""Where a reminder stands: its sheet, or the next thing to choose while it is being made.

`where` is what every change ends with: the change holds, what is ahead is planned anew, and the sheet
shows the next moments.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from actions import awaiting, items, people, planning, reminders
from actions.people import language_of, today_of, zone_of
from actions.reminder_alike import Alike, alike
from actions.reminders import Mine, Told
from actions.work import Here, Work
from domain.delivery import Reason, State
from domain.pause import OPEN_END
from domain.recurrence import AtMoment
from domain.reminders import Kind, is_quiet
from domain.wishes import MOST_WORDS
from storage import deliveries
from storage import reminders as store
from storage import wishes as counted
from storage.people import Known
from storage.tables import Occurrence

LOOK_BACK = timedelta(days=40)
"""How far back the last message of a reminder is looked for."""

WORDS, TIMES, DAYS, LINE = "wish_words", "wish_times", "wish_days", "wish_line"
"""Kinds of prompts: for the words of a reminder, its times, its days, and for a new one in a line."""


class Today(StrEnum):
    """What is with today: nothing comes (any more), something does, it was left out, or is done."""

    NOTHING = "nothing"
    AHEAD = "ahead"
    LEFT_OUT = "left_out"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Last:
    """The last message that was planned, and what became of it. done: the person said so."""

    due_at: datetime
    state: State
    reason: Reason | None
    done: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A reminder with all that can be done with it. in_quiet: some time lies in the quiet hours.

    undo: the last change can be taken back. saved: it was just saved.
    """

    told: Told
    zone: ZoneInfo
    last: Last | None
    today: Today
    in_quiet: bool
    undo: bool
    saved: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A reminder that is all chosen and not saved yet. here: see `zone_here`. alike: kinds that its words
    are the name of."""

    told: Told
    zone: ZoneInfo
    in_quiet: bool
    here: ZoneInfo | None = None
    alike: tuple[Alike, ...] = ()


@dataclass(frozen=True, slots=True)
class NewWish:
    """What is it to be for? draft_id: of one whose times are known already, else 0. routines: ids."""

    draft_id: int
    routines: tuple[str, ...]
    zone: ZoneInfo
    told: Told | None = None


@dataclass(frozen=True, slots=True)
class AskWords:
    """The next typed message is what to be reminded of. most: characters."""

    told: Told
    most: int


@dataclass(frozen=True, slots=True)
class HabitsToAsk:
    """Which habit? Those that were chosen first; the others after them."""

    draft_id: int
    habits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimesSheet:
    """Which times of day? A tap switches one; or they are typed."""

    told: Told
    zone: ZoneInfo
    in_quiet: bool


@dataclass(frozen=True, slots=True)
class DaysSheet:
    """Which days? today: by the clock that the reminder goes by."""

    told: Told
    zone: ZoneInfo
    today: date


async def where(work: Work, one: Mine, *, saved: bool = False) -> Here:
    """Show where a reminder stands after a change, planned anew. Nothing typed is expected any more."""
    one = await reminders.again(work, one)
    await awaiting.clear(work, one.person)
    if not one.reminder.draft:
        await planning.replan(work, one.person, one.reminder.id)
    view = await _step(work, one) if one.reminder.draft else await _sheet(work, one, saved=saved)
    return Here(language_of(work, one.person), (view,))


async def show(work: Work, who: int, reminder_id: int) -> Here:
    """Show where one of a person's reminders stands. Errors: Refused."""
    one = await reminders.mine(work, who, reminder_id)
    await awaiting.clear(work, one.person)
    view = await (_step if one.reminder.draft else _sheet)(work, one)
    return Here(language_of(work, one.person), (view,))


async def times_sheet(work: Work, one: Mine) -> TimesSheet:
    """Return the choice of times; typed ones are taken too."""
    await awaiting.expect(work, one.person, TIMES, str(one.reminder.id))
    told = await reminders.told(work, one)
    return TimesSheet(told, planning.clock_of(one.person), in_quiet(one.person, told))


async def days_sheet(work: Work, one: Mine) -> DaysSheet:
    """Return the choice of days; typed ones are taken too."""
    await awaiting.expect(work, one.person, DAYS, str(one.reminder.id))
    zone = planning.clock_of(one.person)
    return DaysSheet(await reminders.told(work, one), zone, work.now.astimezone(zone).date())


async def ask_words(work: Work, one: Mine) -> AskWords:
    """Ask for the words of a reminder; the next typed message answers."""
    await awaiting.expect(work, one.person, WORDS, str(one.reminder.id))
    return AskWords(await reminders.told(work, one), MOST_WORDS)


def new_wish(work: Work, person: Known, told: Told | None = None) -> NewWish:
    """Return the choice of what a reminder is for; *told*: of one that is begun already."""
    routines = tuple(work.library.routines)
    return NewWish(told.id if told else 0, routines, planning.clock_of(person), told)


def habits(work: Work, person: Known, draft_id: int) -> HabitsToAsk:
    """Return the habits to choose from: a person's own first."""
    chosen = items.habits_on(work, person)
    others = [habit for habit in work.library.habits if habit not in chosen]
    return HabitsToAsk(draft_id, (*chosen, *others))


def zone_here(person: Known) -> ZoneInfo | None:
    """Return where a person is, if the clock of the reminders stayed somewhere else."""
    here = zone_of(person)
    return None if here.key == planning.clock_of(person).key else here


def in_quiet(person: Known, told: Told) -> bool:
    """Say whether any time of a reminder lies in the person's quiet hours."""
    quiet = people.quiet_hours(person)
    zone = planning.clock_of(person)
    moments = [datetime.combine(date(2001, 1, 1), at, zone) for at in told.times]
    if isinstance(told.days, AtMoment):
        moments.append(told.days.due_at)
    return any(is_quiet(moment, zone_of(person), quiet) for moment in moments)


async def of_today(work: Work, one: Mine) -> list[Occurrence]:
    """Return the planned messages of a reminder that are about the day that it is for the person."""
    today = today_of(work, one.person)
    since = today - timedelta(days=1)
    at = {slot.id: slot.at for slot in await store.slots(work.session, one.reminder.id)}
    rows = await deliveries.of_reminder(work.session, [one.reminder.id], since)
    return [row for row in rows if _about(one.person, row, at) == today]


def waits(row: Occurrence, now: datetime) -> bool:
    """Say whether a message is still to come."""
    return row.state is State.DUE and row.due_at > now


def was_left(row: Occurrence, now: datetime, reason: Reason) -> bool:
    """Say whether a message that would still be to come does not, for this reason."""
    return (row.state, row.reason) == (State.SKIPPED, reason) and row.due_at > now


async def _sheet(work: Work, one: Mine, *, saved: bool = False) -> Sheet:
    told = await reminders.told(work, one)
    return Sheet(
        told=told,
        zone=planning.clock_of(one.person),
        last=await _last(work, one),
        today=await _today(work, one),
        in_quiet=in_quiet(one.person, told),
        undo=one.reminder.sealed_before is not None,
        saved=saved,
    )


async def _step(work: Work, one: Mine) -> object:
    """Return what is to be chosen next for a draft: what, when, on which days; then the whole."""
    told = await reminders.told(work, one)
    if not store.words(one.person, one.reminder) and one.reminder.kind is Kind.OWN:
        await awaiting.expect(work, one.person, WORDS, str(one.reminder.id))
        return new_wish(work, one.person, told)
    if told.kind is Kind.OWN and told.text is None:
        return await ask_words(work, one)
    if not told.times and not isinstance(told.days, AtMoment):
        return await times_sheet(work, one)
    if told.days is None:
        return await days_sheet(work, one)
    zone, here = planning.clock_of(one.person), zone_here(one.person)
    kinds = alike(work, language_of(work, one.person), told)
    return Draft(told, zone, in_quiet(one.person, told), here, kinds)


async def _last(work: Work, one: Mine) -> Last | None:
    since = (work.now - LOOK_BACK).date()
    rows = await deliveries.of_reminder(work.session, [one.reminder.id], since)
    past = [row for row in rows if row.due_at <= work.now]
    if not past:
        return None
    row = past[-1]
    return Last(row.due_at, row.state, row.reason, row.answered_at is not None)


async def _today(work: Work, one: Mine) -> Today:
    resting = await planning.is_resting(work, one.person, one.reminder)
    if resting or not one.reminder.active or one.reminder.paused_until == OPEN_END:
        return Today.NOTHING
    rows = await of_today(work, one)
    put_off = await counted.put_off(work.session, one.reminder.id, work.now)
    if put_off or any(waits(row, work.now) for row in rows):
        return Today.AHEAD
    if any(was_left(row, work.now, Reason.ANSWERED) for row in rows):
        return Today.DONE
    if any(was_left(row, work.now, Reason.BY_PERSON) for row in rows):
        return Today.LEFT_OUT
    return Today.NOTHING


def _about(person: Known, row: Occurrence, at: dict[int, time]) -> date:
    return planning.day_asked(person, row.local_day, at[row.slot])
