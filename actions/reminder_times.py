"""When a reminder comes: its times of day and its days, by taps or typed.

Every change of a saved reminder holds at once. A tap says what a time or a day becomes, so that a
second one changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

from actions import awaiting, planning, reminder_sheet, reminders
from actions.people import language_of
from actions.reminders import Mine, Told
from actions.work import Here, Work
from content.language import Language
from domain.clock import read_time
from domain.errors import Refused
from domain.lines.asking import Why
from domain.lines.reading import Understood, read
from domain.pause import day_named
from domain.recurrence import (
    EVERY_DAY,
    MOST_DAYS,
    MOST_TIMES,
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
from domain.reminders import Kind
from storage import reminders as store
from storage.people import Known

SETS = {"every": EVERY_DAY, "work": frozenset(range(5)), "weekend": frozenset({5, 6})}
"""Days of the week that have one button together."""

ANY_TIME = " 09:00"
"""What is put behind typed days, as a line wants a time: it is not used."""


@dataclass(frozen=True, slots=True)
class DayNumbers:
    """Which number of this kind of days? kind: every n days, a day of the month, n days since the
    last entry, or one day. first: the first day that still has a moment ahead. Typed days are taken too."""

    told: Told
    kind: PatternKind
    first: date


@dataclass(frozen=True, slots=True)
class TypeDays:
    """The next typed message says on which days."""

    told: Told


async def times(work: Work, who: int, reminder_id: int) -> Here:
    """Show the choice of times. Errors: Refused."""
    one = await _mine(work, who, reminder_id)
    return await _times(work, one)


async def set_time(work: Work, who: int, reminder_id: int, at: time, on: bool) -> Here:
    """Add a time of day, or take one away. Errors: Refused above the most, and for the last one."""
    one = await _mine(work, who, reminder_id)
    there = (await reminders.told(work, one)).times
    if (at in there) is not on:
        await _change_times(work, one, {*there, at} if on else set(there) - {at})
    return await _times(work, await reminders.again(work, one))


async def take_times(work: Work, person: Known, subject: str, text: str) -> Here:
    """Let a reminder come at the typed times. Errors: Refused; the prompt then stays open."""
    one = await _own(work, person, subject)
    found = times_named(text, language_of(work, person), work, person)
    if not found:
        raise Refused("not_times")
    await _change_times(work, one, found)
    return await reminder_sheet.where(work, one)


async def days(work: Work, who: int, reminder_id: int) -> Here:
    """Show the choice of days. Errors: Refused."""
    return await _days(work, await _mine(work, who, reminder_id))


async def set_weekday(work: Work, who: int, reminder_id: int, day: int, on: bool) -> Here:
    """Add a day of the week (0 = Monday), or take one away. Errors: Refused for the last one."""
    one = await _mine(work, who, reminder_id)
    there = reminders.days_of(one.reminder)
    chosen = there.days if isinstance(there, Weekdays) else frozenset[int]()
    if day not in EVERY_DAY:
        raise Refused("stale")
    if (day in chosen) is not on:
        left = chosen | {day} if on else chosen - {day}
        if not left:
            raise Refused("last_day")
        await _change_days(work, one, Weekdays(left))
    return await _days(work, await reminders.again(work, one))


async def set_weekdays(work: Work, who: int, reminder_id: int, name: str) -> Here:
    """Take the days of the week that have a button together. Errors: Refused."""
    one = await _mine(work, who, reminder_id)
    if name not in SETS:
        raise Refused("stale")
    await _change_days(work, one, Weekdays(SETS[name]))
    return await reminder_sheet.where(work, one)


async def numbers(work: Work, who: int, reminder_id: int, kind: PatternKind) -> Here:
    """Show the numbers of a kind of days. Errors: Refused."""
    one = await _mine(work, who, reminder_id)
    await awaiting.expect(work, one.person, reminder_sheet.DAYS, str(one.reminder.id))
    told = await reminders.told(work, one)
    return Here(
        language_of(work, one.person), (DayNumbers(told, kind, _first_day(work, told, one)),)
    )


async def set_number(
    work: Work, who: int, reminder_id: int, kind: PatternKind, number: int
) -> Here:
    """Let it come every *number* days, on that day of each month, or so many days after the last
    entry. Errors: Refused."""
    one = await _mine(work, who, reminder_id)
    try:
        await _change_days(work, one, _numbered(kind, number, _today(work, one)))
    except ValueError:
        raise Refused("stale") from None
    return await reminder_sheet.where(work, one)


async def set_day(work: Work, who: int, reminder_id: int, day: date) -> Here:
    """Let it come once, on *day*. Errors: Refused for a day that is over or further than a year."""
    one = await _mine(work, who, reminder_id)
    today = _today(work, one)
    if not today <= day <= today + timedelta(days=MOST_DAYS):
        raise Refused("stale")
    await _change_days(work, one, OnDay(day))
    return await reminder_sheet.where(work, one)


async def ask_days(work: Work, who: int, reminder_id: int) -> Here:
    """Take the next typed message as the days. Errors: Refused."""
    one = await _mine(work, who, reminder_id)
    await awaiting.expect(work, one.person, reminder_sheet.DAYS, str(one.reminder.id))
    return Here(language_of(work, one.person), (TypeDays(await reminders.told(work, one)),))


async def take_days(work: Work, person: Known, subject: str, text: str) -> Here:
    """Let a reminder come on the typed days, and at the times where some were typed with them.

    Errors: Refused; the prompt then stays open.
    """
    one = await _own(work, person, subject)
    named = day_named(text, _today(work, one))
    if named is not None:
        await _change_days(work, one, OnDay(named))
        return await reminder_sheet.where(work, one)
    pattern, at = days_named(text, language_of(work, person), work, person)
    if pattern is None:
        raise Refused("not_days")
    if isinstance(pattern, AtMoment) or at:
        reminders.remember(one)
        await reminders.set_schedule(work, one, Schedule(pattern, at))
    else:
        await _change_days(work, one, pattern)
    return await reminder_sheet.where(work, one)


def times_named(text: str, language: Language, work: Work, person: Known) -> set[time]:
    """Return the times of day that *text* names, "9, 12:30 and 18:00", or none of them."""
    parts = [part for part in text.replace(";", ",").split(",") if part.strip()]
    each = [read_time(part) for part in parts[: MOST_TIMES + 1]]
    if each and None not in each:
        return {at for at in each if at is not None}
    found = read(text, language.words, work.now, planning.clock_of(person))
    choices = (found.schedule,) if isinstance(found, Understood) else found.choices
    named = {choice.times for choice in choices}
    return set(named.pop()) if len(named) == 1 and not found.text else set()


def days_named(
    text: str, language: Language, work: Work, person: Known
) -> tuple[Pattern | None, tuple[time, ...]]:
    """Return the days that *text* names, and the times beside them; None where that is unclear."""
    zone = planning.clock_of(person)
    found = read(text, language.words, work.now, zone)
    if isinstance(found, Understood):
        return (None, ()) if found.text else (found.schedule.pattern, found.schedule.times)
    if found.why is Why.NO_TIME:
        found = read(text + ANY_TIME, language.words, work.now, zone)
        if isinstance(found, Understood) and not found.text:
            return found.schedule.pattern, ()
    return None, ()


async def _mine(work: Work, who: int, reminder_id: int) -> Mine:
    return _changeable(await reminders.mine(work, who, reminder_id))


async def _own(work: Work, person: Known, subject: str) -> Mine:
    return _changeable(await reminders.found(work, person, int(subject)))


def _changeable(one: Mine) -> Mine:
    """Return it. Errors: Refused for tips, whose days and times are one setting."""
    if one.reminder.kind is Kind.TIP:
        raise Refused("stale")
    return one


def _today(work: Work, one: Mine) -> date:
    return work.now.astimezone(planning.clock_of(one.person)).date()


def _first_day(work: Work, told: Told, one: Mine) -> date:
    """Return today, or tomorrow where all its times are over for today."""
    now = work.now.astimezone(planning.clock_of(one.person))
    over = told.times and max(told.times) <= now.time()
    return now.date() + timedelta(days=1) if over else now.date()


def _numbered(kind: PatternKind, number: int, today: date) -> Pattern:
    match kind:
        case PatternKind.EVERY_DAYS:
            return EveryDays(number, today)
        case PatternKind.MONTH_DAY:
            return MonthDay(number)
        case PatternKind.SINCE_LAST:
            return SinceLast(number)
        case _:
            raise ValueError("no kind of days with a number")


async def _change_times(work: Work, one: Mine, wanted: set[time]) -> None:
    """Write the times; a single moment becomes its day. Errors: Refused."""
    if len(wanted) > MOST_TIMES:
        raise Refused("times_full", most=MOST_TIMES)
    if not wanted and not one.reminder.draft:
        raise Refused("last_time")
    reminders.remember(one)
    moment = one.reminder.moment
    if moment is not None:
        day = moment.astimezone(planning.clock_of(one.person)).date()
        store.set_pattern(one.reminder, OnDay(day))
    await store.set_times(work.session, one.reminder.id, wanted, work.now)


async def _change_days(work: Work, one: Mine, wanted: Pattern) -> None:
    """Write the days; from a single moment on, its time of day stays."""
    if reminders.days_of(one.reminder) == wanted:
        return
    reminders.remember(one)
    store.set_pattern(one.reminder, wanted)


async def _times(work: Work, one: Mine) -> Here:
    await _replan(work, one)
    return Here(language_of(work, one.person), (await reminder_sheet.times_sheet(work, one),))


async def _days(work: Work, one: Mine) -> Here:
    await _replan(work, one)
    return Here(language_of(work, one.person), (await reminder_sheet.days_sheet(work, one),))


async def _replan(work: Work, one: Mine) -> None:
    await work.session.flush()
    if not one.reminder.draft:
        await planning.replan(work, one.person)
