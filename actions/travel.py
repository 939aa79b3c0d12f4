"""Somebody is elsewhere: whose wall clock do their reminders go by now, and where is their day?

One question, and only where it makes a difference. `zone` is where the diary's day is; `reminder_zone`
is whose clock reminders go by, where that is another. Only names of zones are kept, never a place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo, available_timezones

from actions import home, people, planning
from actions.work import Here, Work
from domain.errors import Refused
from domain.recurrence import PatternKind
from domain.reminders import Kind
from domain.travel import next_at, same_clock
from storage import reminders
from storage.people import Known

LONGEST = 30
"""Characters in a zone's name, at most: two of them and a tap's code fit into 64 bytes. No zone of
ours has more, but for an old second name of one."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """The person is in *zone* at *now*: what shall reminders do? They go by *home* until then.

    at: when one of them comes by home's clock, at the moment *next_at*. keeping: they went by another
    clock than the person's already.
    """

    zone: ZoneInfo
    now: datetime
    home: ZoneInfo
    at: time
    next_at: datetime
    keeping: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the person is, as it holds from now on. by: whose clock reminders go by, if another.

    next_at: when the next message comes. before: zone and reminder zone as they were, where a tap has
    changed them; None where nothing has.
    """

    zone: ZoneInfo
    now: datetime
    by: ZoneInfo | None
    next_at: datetime | None
    before: tuple[str, str] | None = None
    unchanged: bool = False


def known_zone(name: str) -> ZoneInfo:
    """Return the zone of that name. Errors: Refused where there is none."""
    if len(name) > LONGEST or name not in available_timezones():
        raise Refused("no_such_place")
    return ZoneInfo(name)


def kept_home(person: Known) -> ZoneInfo | None:
    """Return whose clock reminders go by, None where it is that of where the person is."""
    return ZoneInfo(person.row.reminder_zone) if person.row.reminder_zone else None


async def arrive(work: Work, person: Known, zone: ZoneInfo, *before: object) -> Here:
    """Take it that a member is in *zone*: set it, or ask first where that would move reminders.

    Who comes back to where their reminders are at home has them follow their own clock again.
    """
    now, present = work.now, people.zone_of(person)
    by = planning.reminder_zone(person) or present
    if zone == present:
        return await _placed(work, person, None, *before)
    if same_clock(zone, by, now):
        return await _place(work, person, (zone, None), *before)
    at = await _usual(work, person)
    if same_clock(zone, present, now) or at is None:
        return await _place(work, person, (zone, kept_home(person)), *before)
    moment = next_at(at, by, now)
    keeping = kept_home(person) is not None
    return await home.here(work, person, *before, Arrived(zone, now, by, at, moment, keeping))


async def move(work: Work, who: int, zone: str) -> Here:
    """Let the day and the reminders go by the clocks of *zone*. Errors: Refused."""
    person = await people.joined(work, who)
    return await _place(work, person, (known_zone(zone), None))


async def keep_home(work: Work, who: int, zone: str) -> Here:
    """Let the day be that of *zone*, and reminders stay where they are. Errors: Refused."""
    person = await people.joined(work, who)
    by = planning.clock_of(person)
    return await _place(work, person, (known_zone(zone), by))


async def stay(work: Work, who: int) -> Here:
    """Change nothing: it is only where the person is."""
    return await _placed(work, await people.joined(work, who), None)


async def end_home(work: Work, who: int) -> Here:
    """Let reminders go by the person's own clock again."""
    person = await people.joined(work, who)
    return await _place(work, person, (people.zone_of(person), None))


async def take_back(work: Work, who: int, zone: str, by: str) -> Here:
    """Have it as it was: where the person was, and whose clock reminders went by. Errors: Refused."""
    person = await people.joined(work, who)
    await _set(work, person, known_zone(zone), known_zone(by) if by else None)
    return await _placed(work, person, None)


async def _place(
    work: Work, person: Known, to: tuple[ZoneInfo, ZoneInfo | None], *views: object
) -> Here:
    before = (person.row.zone or "", person.row.reminder_zone or "")
    await _set(work, person, *to)
    return await _placed(work, person, before, *views)


async def _set(work: Work, person: Known, zone: ZoneInfo, by: ZoneInfo | None) -> None:
    """Set both, if they are not so yet: a second tap plans nothing anew."""
    kept = by.key if by is not None and by != zone else None
    if (person.row.zone, person.row.reminder_zone) != (zone.key, kept):
        person.row.zone, person.row.reminder_zone = zone.key, kept
        await work.session.flush()
        await planning.replan(work, person)


async def _placed(
    work: Work, person: Known, before: tuple[str, str] | None, *views: object
) -> Here:
    now_so = (person.row.zone or "", person.row.reminder_zone or "")
    view = Placed(
        zone=people.zone_of(person),
        now=work.now,
        by=kept_home(person),
        next_at=await planning.next_message(work, person),
        before=before if before != now_so else None,
        unchanged=before is None or before == now_so,
    )
    return await home.here(work, person, *views, view)


async def _usual(work: Work, person: Known) -> time | None:
    """Return a wall-clock time at which the person is reminded, a check-in's first; None for none."""
    wishes = await reminders.of_person(work.session, person.id)
    by_clock = [
        wish
        for wish in wishes
        if wish.reminder.active and wish.reminder.pattern is not PatternKind.AT_MOMENT
    ]
    by_clock.sort(key=lambda wish: wish.reminder.kind is not Kind.CHECK_IN)
    return by_clock[0].slot.at if by_clock else None
