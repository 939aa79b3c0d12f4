"""The age bracket a person gave on joining, put right afterwards. What it changes holds at once.

Nobody is erased by one tap: whoever says that they are too young is asked to confirm the erasure.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from actions import awaiting, home, people
from actions.work import Here, Work
from domain.errors import Refused
from domain.joining import Age, brackets
from storage.people import Known, tell


@dataclass(frozen=True, slots=True)
class AgeNow:
    """The bracket as it stands. min_age in years."""

    age: Age | None = field(repr=False)
    min_age: int


@dataclass(frozen=True, slots=True)
class SaysTooYoung:
    """They say they are younger than we may keep anything of. min_age in years."""

    min_age: int


async def look(work: Work, who: int) -> Here:
    """Show the bracket, to put it right."""
    return await _here(work, await _member(work, who))


async def put_right(work: Work, who: int, age: Age) -> Here:
    """Take *age* as the person's bracket; one that is too young is only asked about erasing."""
    person = await _member(work, who)
    if age not in brackets(work.policy.min_age):
        raise Refused("stale")
    if age is Age.UNDER:
        return await home.here(work, person, SaysTooYoung(work.policy.min_age))
    return await _here(work, tell(person, age=age.value))


async def _member(work: Work, who: int) -> Known:
    person = await people.joined(work, who)
    await awaiting.clear(work, person)
    return person


async def _here(work: Work, person: Known) -> Here:
    told = person.profile.get("age")
    view = AgeNow(Age(told) if told else None, work.policy.min_age)
    return await home.here(work, person, view)
