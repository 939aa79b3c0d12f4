"""The buttons below a reminder: later, not today, done, and taking that back.

The plan of the days that follow never moves. Only a reminder of the last day can be put off, and
only the person whom it was sent to can do it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from actions import awaiting, planning, reminded
from actions.deliveries import next_step
from actions.people import joined, keeper, language_of, today_of, zone_of
from actions.work import Here, Work
from domain.checkin import HABIT_CODES, HABIT_PREFIX, Answer, Source
from domain.delivery import Reason, State
from domain.errors import Refused
from domain.lines import prompts
from domain.reminders import Kind, Snooze, is_of_the_evening, snoozed_until
from storage import checkins, deliveries
from storage import reminders as wishes
from storage.people import Known
from storage.tables import Occurrence, Reminder, ReminderSlot

AT_HAND = timedelta(hours=24)
"""How long after it was due a message's buttons still do something."""

KIND = "snooze"
"""The kind of the prompt for a time of one's own."""


@dataclass(frozen=True, slots=True)
class Snoozed:
    """Put off: we ask again at `again_at`.

    dated: the time alone would not say it, as it is of another day, or of a clock elsewhere.
    """

    occurrence_id: int
    again_at: datetime
    zone: ZoneInfo
    dated: bool = False


@dataclass(frozen=True, slots=True)
class AskLater:
    """How much later? A few choices, or typed."""

    occurrence_id: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Today is left out; next_at: when we write next, as far as it is planned. check_in: it was one."""

    occurrence_id: int
    next_at: datetime | None
    zone: ZoneInfo
    check_in: bool = True


@dataclass(frozen=True, slots=True)
class DoneNow:
    """What was reminded of is done. day_over: nothing more of it comes today."""

    occurrence_id: int
    next_at: datetime | None
    zone: ZoneInfo


async def snooze(work: Work, who: int, occurrence_id: int, by: Snooze) -> Here:
    """Ask again later today; a second tap changes nothing. Errors: Refused."""
    person = await keeper(work, who)
    return await _put_off(work, person, occurrence_id, by)


async def ask_later(work: Work, who: int, occurrence_id: int) -> Here:
    """Ask how much later; the next typed message answers. Errors: Refused."""
    person = await keeper(work, who)
    row, _ = await _at_hand(work, person, occurrence_id)
    await awaiting.expect(work, person, KIND, str(row.id))
    return Here(language_of(work, person), (AskLater(row.id),))


async def snooze_minutes(work: Work, who: int, occurrence_id: int, minutes: int) -> Here:
    """Ask again in *minutes* (1 to 1439), by a button. Errors: Refused."""
    person = await keeper(work, who)
    if not 1 <= minutes < 24 * 60:
        raise Refused("stale")
    await awaiting.clear(work, person)
    return await _put_off(work, person, occurrence_id, timedelta(minutes=minutes))


async def take_later(work: Work, person: Known, subject: str, text: str) -> Here:
    """Ask again when the typed text says: "25", "in 25 min", "2 h", "21:45", "9pm". Errors: Refused."""
    words = language_of(work, person).words
    by = prompts.delay(text, words, work.now, planning.clock_of(person))
    if by is None:
        raise Refused("not_a_delay")
    here = await _put_off(work, person, int(subject), by)
    await awaiting.clear(work, person)
    return here


async def leave_out(work: Work, who: int, occurrence_id: int) -> Here:
    """Send nothing more of this reminder today. Errors: Refused."""
    person = await joined(work, who)
    row, reminder = await _at_hand(work, person, occurrence_id)
    row.reason = Reason.BY_PERSON  # it came, and was left out: the day counts against nobody
    await skip_day(work, person, row, Reason.BY_PERSON)
    next_at = await planning.next_message(work, person)
    shown = LeftOut(row.id, next_at, zone_of(person), check_in=reminder.routine is not None)
    return Here(language_of(work, person), (shown,))


async def done(work: Work, who: int, occurrence_id: int) -> Here:
    """Take what was reminded of as done; its snoozes and nudges do not come. Errors: Refused."""
    person = await keeper(work, who)
    row, _ = await _at_hand(work, person, occurrence_id)
    return await _done(work, person, row)


async def habit_done(work: Work, who: int, occurrence_id: int, code: str) -> Here:
    """Store how the habit went that was reminded of, and take it as done. Errors: Refused."""
    person = await keeper(work, who)
    row, reminder = await _at_hand(work, person, occurrence_id)
    habit = work.library.habits.get(str(wishes.words(person, reminder).get("habit", "")))
    if habit is None or code not in HABIT_CODES:
        raise Refused("stale")
    check_in = await checkins.open_day(
        work.session, person, await _about(work, person, row), zone_of(person).key, work.now
    )
    name = (HABIT_PREFIX + habit.id, habit.version)
    said = Answer(code, Source.TAPPED)
    await checkins.put(work.session, person, check_in.id, name, said, work.now)
    return await _done(work, person, row)


async def _done(work: Work, person: Known, row: Occurrence) -> Here:
    row.answered_at = row.answered_at or work.now
    for later in await deliveries.steps(work.session, row):
        if later.step > row.step and later.state is State.DUE:
            _skip(work, later, Reason.ANSWERED)
    await work.session.flush()
    work.wake()
    next_at = await planning.next_message(work, person)
    return Here(language_of(work, person), (DoneNow(row.id, next_at, zone_of(person)),))


async def ask_now(work: Work, who: int, occurrence_id: int) -> Here:
    """Take back that the reminder was put off, left out or done, and ask right away. Errors: Refused."""
    person = await keeper(work, who)
    row, reminder = await _at_hand(work, person, occurrence_id)
    await bring_back(work, person, row)
    slot = await work.session.get_one(ReminderSlot, row.slot)
    about = await _about(work, person, row)
    if reminder.kind is Kind.HABIT:
        await _untell(work, person, reminder, about)
    view = await reminded.brought(work, person, reminder, about, row.id)
    if view is None:
        raise Refused("reminder_past")
    shown = reminded.Reminded(
        occurrence_id=row.id,
        kind=reminder.kind,
        view=view,
        missed=0,
        discreet=person.row.discreet,
        evening=is_of_the_evening(slot.at, person.row.day_starts_at),
        routine=reminder.routine,
    )
    return Here(language_of(work, person), (shown,))


async def skip_day(work: Work, person: Known, row: Occurrence, reason: Reason) -> None:
    """Send nothing more of this reminder on that day, and plan the days that follow."""
    for later in await deliveries.open_rows(work.session, row):
        _skip(work, later, reason)
    await work.session.flush()
    await planning.replan(work, person, row.reminder_id)


async def bring_back(work: Work, person: Known, row: Occurrence) -> None:
    """Take back that a day was left out, that the message was done, and its snoozes."""
    for step in await deliveries.steps(work.session, row):
        step.answered_at = None
        if step.state is State.SENT:
            step.reason = None
    for later in await deliveries.left_out(work.session, row, work.now):
        later.state, later.reason, later.settled_at = State.DUE, None, None
    await deliveries.drop_snoozes(work.session, row)
    await planning.replan(work, person, row.reminder_id)


async def _put_off(work: Work, person: Known, occurrence_id: int, by: Snooze | timedelta) -> Here:
    row, reminder = await _at_hand(work, person, occurrence_id)
    if await planning.is_resting(work, person, reminder):
        raise Refused("paused")
    if not reminder.active or reminder.removed_at is not None:
        raise Refused("reminder_off")
    again = await deliveries.last_step(work.session, row)
    waits = again.step > row.step and again.state is State.DUE and again.attempts == 0
    if not waits or again.is_nudge or isinstance(by, timedelta):
        due_at = _due_again(work, person, reminder, by)
        if waits:  # a nudge that waits becomes what was asked for, a snooze is moved
            again.is_nudge, again.due_at = False, due_at
            again.expires_at = due_at + planning.grace(work, reminder)
        else:
            again = next_step(again, due_at, planning.grace(work, reminder))
            work.session.add(again)
        await work.session.flush()
        work.wake()
    zone = planning.clock_of(person)
    other_day = again.due_at.astimezone(zone).date() != work.now.astimezone(zone).date()
    dated = other_day or zone.key != zone_of(person).key
    shown = Snoozed(row.id, again.due_at, zone, dated)
    return Here(language_of(work, person), (shown,))


def _due_again(work: Work, person: Known, reminder: Reminder, by: Snooze | timedelta) -> datetime:
    """Return when it comes again. Errors: Refused where the day that it asks about is over by then."""
    zone, starts_at = zone_of(person), person.row.day_starts_at
    due_at = snoozed_until(work.now, zone, starts_at, by)
    if reminder.routine is not None and isinstance(by, timedelta):
        ends = datetime.combine(today_of(work, person) + timedelta(days=1), starts_at, zone)
        if due_at >= ends:
            raise Refused("snooze_too_late")
    return due_at


async def _at_hand(work: Work, person: Known, occurrence_id: int) -> tuple[Occurrence, Reminder]:
    """Return the person's own reminder of the last day, a check-in that is not done yet. Errors: Refused."""
    row = await work.session.get(Occurrence, occurrence_id, with_for_update=True)
    reminder = await work.session.get(Reminder, row.reminder_id) if row else None
    if row is None or reminder is None or reminder.person_id != person.id:
        raise Refused("reminder_past")
    if reminder.routine is None:
        if work.now - row.due_at > AT_HAND:
            raise Refused("reminder_past_own")
    else:
        await _check_routine(work, person, row, reminder.routine)
    if row.state in (State.CLAIMED, State.UNKNOWN):
        row.state, row.reason, row.lease_until = State.SENT, None, None  # it came: it was tapped
        row.settled_at = work.now
    return row, reminder


async def _check_routine(work: Work, person: Known, row: Occurrence, routine: str) -> None:
    today = today_of(work, person)
    if await _about(work, person, row) != today:
        raise Refused("reminder_past")
    if today in await wishes.finished_days(work.session, person.id, routine, today):
        raise Refused("already_done")


async def _untell(work: Work, person: Known, reminder: Reminder, day: date) -> None:
    """Make unknown again how a habit went that day."""
    check_in = await checkins.find(work.session, person, day)
    if check_in is not None:
        name = HABIT_PREFIX + str(wishes.words(person, reminder).get("habit", ""))
        await checkins.take_back(work.session, check_in.id, name)


async def _about(work: Work, person: Known, row: Occurrence) -> date:
    slot = await work.session.get_one(ReminderSlot, row.slot)
    return planning.day_asked(person, row.local_day, slot.at)


def _skip(work: Work, row: Occurrence, reason: Reason) -> None:
    row.state, row.reason, row.lease_until, row.settled_at = State.SKIPPED, reason, None, work.now
