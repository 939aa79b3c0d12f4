"""People for tests: joined, with a zone, and with both consents given."""

from __future__ import annotations

from datetime import date, time

from actions import usual_reminders
from actions.work import Work
from domain.consent import JOINING, Purpose
from domain.snippets import Pace
from storage import checkins, consents, people
from storage.people import Known

BERLIN = "Europe/Berlin"


async def join(
    work: Work,
    who: int,
    check_in_at: time | None = None,
    *,
    zone: str = BERLIN,
    pace: Pace = Pace.OFF,
    age: str = "a",
) -> int:
    """Let *who* join; return the person's id, ours."""
    person = people.tell(await people.create(work.session, work.keys, who, "en", work.now), age=age)
    person.row.zone, person.row.joined_at = zone, work.now
    for purpose in JOINING:
        await decide(work, who, purpose, given=True)
    await usual_reminders.set_check_in_time(work, person, check_in_at)
    await usual_reminders.set_tip_pace(work, person, pace)
    return person.id


async def decide(work: Work, who: int, purpose: Purpose, *, given: bool) -> None:
    """Let a person agree to *purpose*, or take it back."""
    person = await member(work, who)
    shown = ("en", f"the words on {purpose}")
    await consents.record(work.session, person.id, purpose, shown, work.now, given=given)


async def finish(work: Work, who: int, day: date) -> None:
    """Let a person have done the check-in of *day*."""
    person = await member(work, who)
    row = await checkins.open_day(work.session, person, day, BERLIN, work.now)
    row.finished_at = work.now


async def member(work: Work, who: int) -> Known:
    """Return somebody who is there already."""
    person = await people.find(work.session, work.keys, who)
    assert person is not None
    return person
