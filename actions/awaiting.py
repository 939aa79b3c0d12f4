"""What a person's next typed message answers: one stored row, replaced by the next prompt."""

from __future__ import annotations

from actions import people
from actions.work import Work
from storage.people import Known
from storage.tables import Awaiting


async def expect(work: Work, person: Known, kind: str, subject: str = "") -> None:
    """Take the next typed message for *kind* (a key of actions/typed). subject: an id, never words."""
    row = Awaiting(person_id=person.id, kind=kind, subject=subject, since=work.now)
    await work.session.merge(row)


async def expected(work: Work, person: Known) -> Awaiting | None:
    """Return what the next typed message answers, or None."""
    return await work.session.get(Awaiting, person.id)


async def clear(work: Work, person: Known) -> bool:
    """Expect nothing any more; return whether something had been expected."""
    row = await work.session.get(Awaiting, person.id)
    if row is None:
        return False
    await work.session.delete(row)
    return True


async def forget(work: Work, who: int) -> None:
    """Expect nothing typed from *who* any more: they sent a command, whichever it is."""
    person = await people.known(work, who)
    if person is not None:
        await clear(work, person)
