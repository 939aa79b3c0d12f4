"""Which check-ins a person does: the evening's, and those of the morning or the week they want."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from actions import awaiting, people
from actions.work import Here, Work
from domain.checkin import ROUTINE
from storage import checkins as store
from storage.people import Known


@dataclass(frozen=True, slots=True)
class RoutineState:
    """How a routine's check-in of today stands: not begun, begun, or done."""

    routine: str
    begun: bool
    done: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """Which check-in to do today."""

    day: date
    routines: tuple[RoutineState, ...]


async def used(work: Work, person: Known) -> list[str]:
    """Return the routines that a person does: the evening's, and those they are reminded of."""
    reminded = await store.reminded_of(work.session, person.id)
    return [name for name in work.library.routines if name == ROUTINE or name in reminded]


async def choose(work: Work, who: int) -> Here:
    """Ask which check-in to do, of all that there are."""
    person = await people.keeper(work, who)
    await awaiting.clear(work, person)
    view = await choice(work, person, list(work.library.routines))
    return Here(people.language_of(work, person), (view,))


async def choice(work: Work, person: Known, routines: list[str]) -> Choice:
    """Return how the check-in of today stands in each of *routines*."""
    today = people.today_of(work, person)
    rows = {
        r.routine: r
        for r in (await store.between(work.session, person, today, today)).get(today, [])
    }
    states = [
        RoutineState(name, name in rows, name in rows and rows[name].finished_at is not None)
        for name in routines
    ]
    return Choice(today, tuple(states))
