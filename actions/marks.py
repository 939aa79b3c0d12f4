"""Choosing what does not fit oneself, so that tips on it stay away. It is agreed to first, by itself.

Agreeing and taking it back are in `consents`; taking it back erases what was chosen at once.
"""

from __future__ import annotations

from actions import awaiting, home, left_out, people
from actions.consents import Consider
from actions.work import Here, Work
from domain.consent import Purpose, is_given
from domain.errors import Refused
from storage.people import Known, decisions


async def look(work: Work, who: int) -> Here:
    """Show what is chosen; where that is not agreed to, ask for that. Errors: Refused."""
    person = await people.joined(work, who)
    await awaiting.clear(work, person)
    return await _here(work, person)


async def choose(work: Work, who: int, mark: str, on: bool) -> Here:
    """Set a mark or take it off; a second tap changes nothing. Errors: Refused."""
    person = await people.joined(work, who)
    if on and mark not in work.library.marks:
        raise Refused("stale")
    if await _agreed(work, person):
        marks = left_out.marks_of(person)
        person = left_out.keep(person, marks | {mark} if on else marks - {mark})
    return await _here(work, person)


async def choose_none(work: Work, who: int) -> Here:
    """Take every mark off. Errors: Refused."""
    person = await people.joined(work, who)
    return await _here(work, left_out.keep(person, frozenset()))


async def _here(work: Work, person: Known) -> Here:
    if not await _agreed(work, person):
        return await home.here(work, person, Consider(Purpose.MARKS))
    return await home.here(work, person, left_out.view(work, person))


async def _agreed(work: Work, person: Known) -> bool:
    given = await decisions(work.session, person.id)
    return is_given(given.get(Purpose.MARKS), Purpose.MARKS)
