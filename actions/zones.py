"""Where a person's clock is: by a typed town, a shared location, what time it is for them, or an offset.

A location is looked up and forgotten within one call; what stays is the name of a zone. What a member's
new zone means for their reminders is in actions/travel.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from tzfpy import get_tz

from actions import awaiting, home, joining, people, steps, travel
from actions.helplines import BY_CLOCK
from actions.work import Here, Work
from content import places
from content.places import Place
from domain.clock import ahead_of_utc, read_offset, read_time
from domain.errors import Refused
from domain.joining import JoinStep
from storage.people import Known, tell, untell


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
    person = untell(person, BY_CLOCK)
    if by_clock:
        person = tell(person, **{BY_CLOCK: [place.zone for place in found]})
    if len({place.zone for place in found}) == 1 or places.is_clear(text, found):
        return await _set(work, person, found[0].zone, Understood(found[0]))
    return await home.here(work, person, Understood(), WhichPlace(tuple(found), by_clock=by_clock))


async def take_location(
    work: Work, who: int, latitude: float, longitude: float, language_code: str | None
) -> Here:
    """Look the zone of a shared location up: a member's always, anybody else's where it was asked for.

    Errors: Refused.
    """
    person = await people.known(work, who)
    if person is None or not await _is_of_use(work, person):
        return await home.stray(work, who, language_code)
    person = untell(person, BY_CLOCK)
    asked = person.row.joined_at is None or await _expects_place(work, person)
    return await _set(work, person, get_tz(longitude, latitude), *([Understood()] * asked))


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


async def _is_of_use(work: Work, person: Known) -> bool:
    if person.row.joined_at is not None:
        return True
    return await steps.step_of(work, person) is JoinStep.PLACE


async def _expects_place(work: Work, person: Known) -> bool:
    prompt = await awaiting.expected(work, person)
    return prompt is not None and prompt.kind == "place"


async def _set(work: Work, person: Known, name: str, *before: object) -> Here:
    zone = travel.known_zone(name)
    if await _expects_place(work, person):
        await awaiting.clear(work, person)
    if person.row.joined_at is not None:
        return await travel.arrive(work, person, zone, *before)
    person.row.zone = zone.key
    after = await joining.settle(work, person)
    return Here(after.language, (*before, *after.views))
