"""Reminders for tests: of any kind, saved and planned, as a person would have made them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from actions import planning
from actions.work import Work
from domain.recurrence import EVERY_DAY, Pattern, Weekdays
from domain.reminders import Kind
from storage import reminders
from storage.tables import Reminder, ReminderSlot
from tests.actions.members import member

DAILY = Weekdays(EVERY_DAY)


async def wish(
    work: Work,
    who: int,
    kind: Kind = Kind.OWN,
    times: tuple[time, ...] = (time(20, 30),),
    days: Pattern = DAILY,
    *,
    routine: str | None = None,
    words: dict[str, Any] | None = None,
    nudges: int = 0,
    silent: bool = False,
    paused_until: date | None = None,
    made_at: datetime | None = None,
) -> int:
    """Let *who* want to be reminded; return the reminder's id."""
    person = await member(work, who)
    row = Reminder(
        person_id=person.id,
        kind=kind,
        routine=routine,
        weekdays=reminders.mask(EVERY_DAY),
        nudges=nudges,
        silent=silent,
        paused_until=paused_until,
        created_at=made_at or work.now,
    )
    reminders.set_pattern(row, days)
    work.session.add(row)
    await work.session.flush()
    reminders.set_words(person, row, words or {"text": "drink water"})
    work.session.add_all(ReminderSlot(reminder_id=row.id, at=at) for at in times)
    await work.session.flush()
    await planning.replan(work, person)
    return row.id
