"""Where a person's clock is: by a typed town, a shared location, what time it is for them, or an offset.

A location is looked up and forgotten within one call; what stays is the name of a zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from tzfpy import get_tz

from actions import awaiting, home, joining, people, planning, steps
from actions.work import Here, Work
from content import places
from content.places import Place
from domain.clock import ahead_of_utc, read_offset, read_time
from domain.errors import Refused
from domain.joining import JoinStep
from storage.people import Known


@dataclass(frozen=True, slots=True)
class Understood:
    """Says what was understood, and takes the keyboard away that asked for it.

    place: the town that what was typed is taken for, where it is one.
    """

    place: Place | None = None


@dataclass(frozen=True, slots=True)
class WhichPlace:
    """Several towns fit: which one? by_clock: found by the time that it is there."""

    found: tuple[Place, ...]
    by_clock: bool


@dataclass(frozen=True, slots=True)
class ZoneSet:
    """A member's zone is set; what time it is there *now*, to see that it is right."""

    zone: ZoneInfo
    now: datetime


async def ask(work: Work, who: int) -> Here:
    """Ask where the person is: to correct it while joining, or to change it later."""
    person = await people.known(work, who)
    if person is None:
        raise Refused("join_first")
    if person.row.joined_at is not None:
        await awaiting.expect(work, person, "place")
        return await home.here(work, person, steps.AskPlace(people.zone_of(person)))
    if await steps.step_of(work, person) is JoinStep.REMINDER:
        person.row.zone = None
    return await home.here(work, person)


async def take_place(work: Work, person: Known, _subject: str, text: str) -> Here:
    """Understand a town, the time on the person's clock, or its offset. Errors: Refused."""
    ahead = _ahead_of_utc(work, text)
    by_clock = ahead is not None
    found = places.find(text) if ahead is None else places.zones_at_offset(ahead, work.now)
    if not found:
        raise Refused("no_such_clock" if by_clock else "no_such_place")
    if len({place.zone for place in found}) == 1 or places.is_clear(text, found):
        return await _set(work, person, found[0].zone, Understood(found[0]))
    return await home.here(work, person, Understood(), WhichPlace(tuple(found), by_clock=by_clock))


async def take_location(
    work: Work, who: int, latitude: float, longitude: float, language_code: str | None
) -> Here:
    """Look the zone of a shared location up, where one was asked for. Errors: Refused."""
    person = await people.known(work, who)
    if person is None or not await _is_asked(work, person):
        return await home.stray(work, who, language_code)
    return await _set(work, person, get_tz(longitude, latitude), Understood())


async def choose(work: Work, who: int, zone: str) -> Here:
    """Set the zone that a button names. Errors: Refused."""
    person = await people.known(work, who)
    if person is None:
        raise Refused("join_first")
    open_step = await steps.step_of(work, person)
    if open_step not in (JoinStep.PLACE, JoinStep.REMINDER, JoinStep.DONE):
        return await home.here(work, person)
    return await _set(work, person, zone)


def _ahead_of_utc(work: Work, text: str) -> timedelta | None:
    shown = read_time(text, whole_hours=False)
    return read_offset(text) if shown is None else ahead_of_utc(work.now, shown)


async def _is_asked(work: Work, person: Known) -> bool:
    if person.row.joined_at is None:
        return await steps.step_of(work, person) is JoinStep.PLACE
    prompt = await awaiting.expected(work, person)
    return prompt is not None and prompt.kind == "place"


async def _set(work: Work, person: Known, name: str, *before: object) -> Here:
    if name not in available_timezones():
        raise Refused("no_such_place")
    zone = ZoneInfo(name)
    person.row.zone = zone.key
    await awaiting.clear(work, person)
    if person.row.joined_at is None:
        after = await joining.settle(work, person)
        return Here(after.language, (*before, *after.views))
    await planning.replan(work, person)
    return await home.here(work, person, *before, ZoneSet(zone, work.now))
