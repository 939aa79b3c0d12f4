"""Which days are quiet: after a warning sign there is no tip, praise or streak, for anybody.

Where a person agreed to a diary, the signs they chose say it. Otherwise only the day is kept, never
which sign it was, and no longer than it matters. A stranger leaves nothing, and is sent nothing.
"""

from __future__ import annotations

from datetime import date, timedelta

from actions import people
from actions.work import Work
from domain.day import day_of
from storage import warnings as store
from storage.people import Known


async def quiet_day(work: Work, person: Known, day: date) -> bool:
    """Say whether *day* is quiet: a sign was selected about it, or on it."""
    if person.row.quiet_on == day:
        return True
    week = timedelta(days=7)
    return any(
        chosen.day == day
        or day_of(chosen.at, people.zone_of(person), person.row.day_starts_at) == day
        for chosen in await store.between(work.session, person, day - week, day)
    )


def keep_day(work: Work, person: Known) -> None:
    """Keep that today is quiet, for somebody whose signs are not kept."""
    person.row.quiet_on = people.today_of(work, person)


def forget_day(person: Known, day: date) -> None:
    """Take back that *day* is quiet: the sign was chosen by mistake."""
    if person.row.quiet_on == day:
        person.row.quiet_on = None
