"""/reminders: all that a person wants to be reminded of, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from itertools import groupby
from zoneinfo import ZoneInfo

from actions import awaiting, people, planning, reminder_sheet, reminders, travel
from actions.reminders import Mine, Standing, Told
from actions.work import Here, Work
from domain.checkin import ROUTINE
from domain.recurrence import AtMoment, OnDay
from domain.reminders import Kind
from storage import reminders as store
from storage.people import Known
from storage.tables import Reminder

A_PAGE = 8
"""Reminders that a screen shows."""


@dataclass(frozen=True, slots=True)
class WishList:
    """A page of a person's reminders. first: the number of its first one. paused_until: for all. here: where
    the person is, where reminders go by the clock of another *zone*."""

    wishes: tuple[Told, ...]
    page: int
    pages: int
    first: int
    zone: ZoneInfo
    paused_until: date | None
    quiet: tuple[time, time] | None
    here: ZoneInfo | None = None


async def show(work: Work, who: int, page: int = 0) -> Here:
    """Show a page (0 is the first) of what somebody wants to be reminded of. Errors: Refused."""
    person = await people.joined(work, who)
    await awaiting.clear(work, person)
    return await listed(work, person, page)


async def listed(work: Work, person: Known, page: int = 0) -> Here:
    """Show a page to this person; beyond the last one, the last."""
    all_of_them = [one for one in await _all(work, person) if not await _is_over(work, one)]
    pages = max(1, -(-len(all_of_them) // A_PAGE))
    page = min(page, pages - 1)
    shown = all_of_them[page * A_PAGE : (page + 1) * A_PAGE]
    row = person.row
    view = WishList(
        wishes=tuple([await reminders.told(work, one, 1) for one in shown]),
        page=page,
        pages=pages,
        first=page * A_PAGE + 1,
        zone=planning.clock_of(person),
        paused_until=row.paused_until if await planning.is_paused(work, person) else None,
        quiet=people.quiet_hours(person),
        here=people.zone_of(person) if travel.kept_home(person) else None,
    )
    return Here(people.language_of(work, person), (view,))


async def of_evening(work: Work, who: int) -> Here:
    """Show the reminder of the evening check-in, or all of them where there is none."""
    person = await people.keeper(work, who)
    await awaiting.clear(work, person)
    return await evening(work, person)


async def evening(work: Work, person: Known) -> Here:
    """Show this person the oldest reminder of the evening check-in, or all of them."""
    for one in await _all(work, person):
        if one.reminder.kind is Kind.CHECK_IN and one.reminder.routine == ROUTINE:
            return await reminder_sheet.where(work, one)
    return await listed(work, person)


async def _all(work: Work, person: Known) -> list[Mine]:
    found = await store.of_person(work.session, person.id)
    by_reminder = groupby(found, key=lambda wish: wish.reminder)
    return [
        Mine(person, reminder, [wish.slot for wish in of_it])
        for reminder, of_it in by_reminder
        if _is_listed(reminder)
    ]


def _is_listed(reminder: Reminder) -> bool:
    """Say whether it is the person's to change here. Tips that are off are turned on in the settings."""
    return reminder.kind is not Kind.NOTICE and (reminder.kind is not Kind.TIP or reminder.active)


async def _is_over(work: Work, one: Mine) -> bool:
    """Say whether a reminder of one day or moment has had it, and its day has ended."""
    days = reminders.days_of(one.reminder)
    if not isinstance(days, OnDay | AtMoment):
        return False
    if (await reminders.told(work, one, 1)).standing is not Standing.OVER:
        return False
    zone = planning.clock_of(one.person)
    day = days.day if isinstance(days, OnDay) else days.due_at.astimezone(zone).date()
    return day < work.now.astimezone(zone).date()
