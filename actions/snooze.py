"""Putting a reminder off, leaving a day out, and taking that back: the buttons below a reminder.

The plan of the days that follow never moves. Only today's reminder can be put off, and only the
person whom it was sent to can do it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from actions import checkins, reminders
from actions.deliveries import Reminded
from actions.people import joined, keeper, language_of, today_of, zone_of
from actions.work import Here, Work
from domain.delivery import Reason, State
from domain.errors import Refused
from domain.reminders import Kind, Snooze, day_about, is_of_the_evening, snoozed_until
from storage import deliveries
from storage import reminders as wishes
from storage.people import Known
from storage.tables import Occurrence, Reminder, ReminderSlot


@dataclass(frozen=True, slots=True)
class Snoozed:
    """Put off: we ask again at `again_at`."""

    occurrence_id: int
    again_at: datetime
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Today is left out; next_at: when we write next, as far as it is planned."""

    occurrence_id: int
    next_at: datetime | None
    zone: ZoneInfo


async def snooze(work: Work, who: int, occurrence_id: int, by: Snooze) -> Here:
    """Ask again later today; a second tap changes nothing. Errors: Refused."""
    person = await keeper(work, who)
    row, reminder = await _of_today(work, person, occurrence_id)
    if await reminders.is_paused(work, person):
        raise Refused("paused")
    if not reminder.active:
        raise Refused("reminder_off")
    zone = zone_of(person)
    again = await deliveries.step(work.session, row, row.step + 1)
    if again is None:
        due_at = snoozed_until(work.now, zone, person.row.day_starts_at, by)
        again = Occurrence(
            reminder_id=row.reminder_id,
            slot=row.slot,
            step=row.step + 1,
            local_day=row.local_day,
            due_at=due_at,
            expires_at=due_at + reminders.grace(work, reminder),
        )
        work.session.add(again)
        work.wake()
    return Here(language_of(work, person), (Snoozed(row.id, again.due_at, zone),))


async def leave_out(work: Work, who: int, occurrence_id: int) -> Here:
    """Send nothing more of this reminder today. Errors: Refused."""
    person = await joined(work, who)
    row, _ = await _of_today(work, person, occurrence_id)
    for later in await deliveries.open_rows(work.session, row):
        later.state, later.reason = State.SKIPPED, Reason.BY_PERSON
        later.lease_until, later.settled_at = None, work.now
    await work.session.flush()
    work.wake()
    next_at = await reminders.next_message(work, person)
    return Here(language_of(work, person), (LeftOut(row.id, next_at, zone_of(person)),))


async def ask_now(work: Work, who: int, occurrence_id: int) -> Here:
    """Take back that the reminder was put off or left out, and ask right away. Errors: Refused."""
    person = await keeper(work, who)
    row, _ = await _of_today(work, person, occurrence_id)
    for later in await deliveries.left_out(work.session, row, work.now):
        later.state, later.reason, later.settled_at = State.DUE, None, None
    await deliveries.drop_snoozes(work.session, row)
    work.wake()
    view = await checkins.open_for(work, person, today_of(work, person))
    slot = await work.session.get_one(ReminderSlot, row.slot)
    evening = is_of_the_evening(slot.at, person.row.day_starts_at)
    reminded = Reminded(row.id, Kind.CHECK_IN, view, 0, person.row.discreet, evening)
    return Here(language_of(work, person), (reminded,))


async def _of_today(work: Work, person: Known, occurrence_id: int) -> tuple[Occurrence, Reminder]:
    """Return the person's own check-in reminder of today, not done yet. Errors: Refused."""
    row = await work.session.get(Occurrence, occurrence_id, with_for_update=True)
    reminder = await work.session.get(Reminder, row.reminder_id) if row else None
    if row is None or reminder is None or reminder.person_id != person.id:
        raise Refused("reminder_past")
    slot = await work.session.get_one(ReminderSlot, row.slot)
    today = today_of(work, person)
    about = day_about(row.local_day, slot.at, person.row.day_starts_at)
    if reminder.routine is None or about != today:
        raise Refused("reminder_past")
    if today in await wishes.finished_days(work.session, person.id, reminder.routine, today):
        raise Refused("already_done")
    if row.state in (State.CLAIMED, State.UNKNOWN):
        row.state, row.reason, row.lease_until = State.SENT, None, None  # it came: it was tapped
        row.settled_at = work.now
    return row, reminder
