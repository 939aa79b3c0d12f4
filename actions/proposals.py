"""Proposing another time, or fewer messages, for a check-in's reminder; a person takes it or leaves it.

Nothing changes by itself, and everything can be taken back. When to propose is in domain/proposals.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from actions import people, planning
from actions import reminders as changing
from actions.reminders import Mine
from actions.work import Here, Work
from domain.delivery import Reason, State
from domain.errors import Refused
from domain.pause import OPEN_END
from domain.proposals import EVERY, LAST, Fewer, OtherTime, Present, Proposal, Sent, proposal
from domain.recurrence import PatternKind, Weekdays
from domain.reminders import Kind
from storage import checkins, deliveries, reminders
from storage.people import Known
from storage.tables import Occurrence, Reminder, ReminderSlot


@dataclass(frozen=True, slots=True)
class Offer:
    """What is proposed for a reminder that comes at *at* on *weekdays* (0 = Monday) so far."""

    reminder_id: int
    at: time
    weekdays: frozenset[int]
    change: Proposal


@dataclass(frozen=True, slots=True)
class Changed:
    """A reminder comes at *at* on *weekdays* from now on (none: not at all), as a tap said.

    undo: that can be taken back. next_at: when we write next.
    """

    reminder_id: int
    routine: str
    at: time
    weekdays: frozenset[int]
    undo: bool
    next_at: datetime | None
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Left:
    """Nothing changes: it stays at *at*."""

    routine: str
    at: time


@dataclass(frozen=True, slots=True)
class Proposing:
    """Whether other times are proposed."""

    on: bool


async def after_check_in(work: Work, person: Known, routine: str, day: date) -> Offer | None:
    """Return what to propose beside the check-in of *day*, which has just been finished: another time."""
    if day != people.today_of(work, person):
        return None
    for wish in await reminders.of_person(work.session, person.id, Kind.CHECK_IN):
        if wish.reminder.routine == routine:
            offer = await _offer(work, person, wish.reminder, OtherTime)
            if offer is not None:
                return offer
    return None


async def beside_message(
    work: Work, person: Known, row: Occurrence, reminder: Reminder
) -> Offer | None:
    """Return what to propose below a message that is about to be sent: fewer of them."""
    if row.step or reminder.kind is not Kind.CHECK_IN:
        return None
    return await _offer(work, person, reminder, Fewer, again_since=row.due_at)


async def set_time(work: Work, who: int, reminder_id: int, at: time) -> Here:
    """Let a reminder with one time come at *at* from now on. Errors: Refused."""
    person = await people.joined(work, who)
    reminder, slot = await _mine(work, person, reminder_id)
    if slot.at != at:
        changing.remember(Mine(person, reminder, [slot]))
        await reminders.set_times(work.session, reminder.id, [at], work.now)
        await planning.replan(work, person)
    return await _changed(work, person, reminder, slot)


async def set_days(work: Work, who: int, reminder_id: int, days: int) -> Here:
    """Let a reminder come on these days only from now on, a bit mask (1 = Monday); on none: not until the
    person says so. Errors: Refused.
    """
    person, weekdays = await people.joined(work, who), reminders.weekdays(days)
    reminder, slot = await _mine(work, person, reminder_id)
    if _days(reminder) != weekdays:
        changing.remember(Mine(person, reminder, [slot]))
        reminder.paused_until = None if weekdays else OPEN_END
        if weekdays:
            reminders.set_pattern(reminder, Weekdays(weekdays))
        await work.session.flush()
        await planning.replan(work, person)
    return await _changed(work, person, reminder, slot)


async def leave(work: Work, who: int, reminder_id: int) -> Here:
    """Leave it as it is. Errors: Refused."""
    person = await people.joined(work, who)
    reminder, slot = await _mine(work, person, reminder_id)
    return _here(work, person, Left(reminder.routine or "", slot.at))


async def set_proposing(work: Work, who: int, on: bool) -> Here:
    """Propose other times from now on, or do not."""
    person = await people.joined(work, who)
    person.row.proposals = on
    return _here(work, person, Proposing(on))


async def _offer(
    work: Work,
    person: Known,
    reminder: Reminder,
    kind: type[OtherTime | Fewer],
    again_since: datetime | None = None,
) -> Offer | None:
    """Return a proposal of that kind, noted as made; None where there is none, or was one lately.

    again_since: one that was made since then is made again: its message had to be sent anew.
    """
    if not _can_have(person, reminder) or await planning.is_resting(work, person, reminder):
        return None
    since = reminder.proposed_at or reminder.created_at
    if again_since is not None and since >= again_since:
        since = reminder.created_at
    elif reminder.proposed_at is not None and work.now - since < EVERY:
        return None
    whole = await reminders.whole(work.session, person.id, reminder.id)
    if whole is None or len(whole[1]) != 1:
        return None
    (slot,) = whole[1]
    present = _present(person, reminder, slot)
    found = proposal(present, await _messages(work, person, (reminder, slot), since))
    if not isinstance(found, kind):
        return None
    reminder.proposed_at = work.now
    return Offer(reminder.id, present.at, present.weekdays, found)


def _can_have(person: Known, reminder: Reminder) -> bool:
    """Say whether anything is proposed for it at all: not to travellers, whose days are unusual."""
    there = reminder.active and not reminder.draft and reminder.removed_at is None
    wanted = person.row.proposals and person.row.reminder_zone is None
    return wanted and there and reminder.pattern is PatternKind.WEEKDAYS


def _present(person: Known, reminder: Reminder, slot: ReminderSlot) -> Present:
    return Present(
        at=slot.at,
        weekdays=reminders.weekdays(reminder.weekdays),
        zone=planning.clock_of(person),
        day_starts_at=person.row.day_starts_at,
        nudges=reminder.nudges,
        quiet=people.quiet_hours(person),
    )


async def _messages(
    work: Work, person: Known, of: tuple[Reminder, ReminderSlot], since: datetime
) -> list[Sent]:
    """Return the last messages of this time later than *since*, with their answers."""
    reminder, slot = of
    rows = await deliveries.of_reminder(work.session, [reminder.id], since.date())
    zone = planning.clock_of(person)
    rows = [row for row in rows if since < row.due_at <= work.now and _is_of(row, slot, zone)]
    rows = [row for row in rows if row.state is State.SENT or row.reason is Reason.ANSWERED][-LAST:]
    if not rows:
        return []
    about = {row.id: planning.day_asked(person, row.local_day, slot.at) for row in rows}
    days = await checkins.between(work.session, person, min(about.values()), max(about.values()))
    done = {
        day: row.finished_at
        for day, of_day in days.items()
        for row in of_day
        if row.routine == reminder.routine
    }
    return [Sent(row.due_at, done.get(about[row.id]), row.state is State.SENT) for row in rows]


def _is_of(row: Occurrence, slot: ReminderSlot, zone: ZoneInfo) -> bool:
    """Say whether a message came at the time that holds now, or some minutes later in a rush hour."""
    local = row.due_at.astimezone(zone)
    late = local.hour * 60 + local.minute - slot.at.hour * 60 - slot.at.minute
    return row.slot == slot.id and 0 <= late % (24 * 60) <= 15


async def _mine(work: Work, person: Known, reminder_id: int) -> tuple[Reminder, ReminderSlot]:
    """Return a check-in's reminder of this person's, with its only time. Errors: Refused."""
    found = await reminders.whole(work.session, person.id, reminder_id)
    if found is None or found[0].removed_at is not None or found[0].kind is not Kind.CHECK_IN:
        raise Refused("stale")
    reminder, slots = found
    if len(slots) != 1 or reminder.pattern is not PatternKind.WEEKDAYS:
        raise Refused("stale")
    return reminder, slots[0]


def _days(reminder: Reminder) -> frozenset[int]:
    if reminder.paused_until == OPEN_END:
        return frozenset()
    return reminders.weekdays(reminder.weekdays)


async def _changed(work: Work, person: Known, reminder: Reminder, slot: ReminderSlot) -> Here:
    view = Changed(
        reminder_id=reminder.id,
        routine=reminder.routine or "",
        at=slot.at,
        weekdays=_days(reminder),
        undo=reminder.sealed_before is not None,
        next_at=await planning.next_message(work, person),
        zone=people.zone_of(person),
    )
    return _here(work, person, view)


def _here(work: Work, person: Known, view: object) -> Here:
    return Here(people.language_of(work, person), (view,))
