"""Whether a message that is due is still wanted: asked once more, right before it is sent.

Never sends and never stores.
"""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from actions import planning
from actions.people import quiet_hours
from actions.work import Work
from domain.checkin import HABIT_PREFIX, ROUTINE
from domain.consent import is_given
from domain.delivery import Reason, State
from domain.recurrence import SinceLast
from domain.reminders import Kind, is_quiet, judge
from storage import checkins, deliveries, people, reminders
from storage.people import Known
from storage.tables import Occurrence, Reminder


async def judged(
    work: Work, person: Known, row: Occurrence, reminder: Reminder, about: date
) -> tuple[State, Reason | None]:
    """Say what becomes of a claimed row: claimed (send it), due (wait), or how it ends and why.

    about: the day that it asks about.
    """
    unwanted = await _unwanted(work, person, row, reminder)
    if unwanted is not None:
        return State.SKIPPED, unwanted
    notice = reminder.kind is Kind.NOTICE
    state, reason = judge(
        row.due_at,
        row.expires_at,
        work.now,
        paused=not notice and await planning.is_resting(work, person, reminder),
        answered=await is_answered(work, person, row, reminder, about),
        newer=not notice and await deliveries.has_newer(work.session, row, work.now),
    )
    if state is State.EXPIRED and row.is_nudge:
        return State.SKIPPED, Reason.QUIET  # a nudge that is late is no loss
    if state is State.EXPIRED and row.attempts > 0:
        return State.UNKNOWN, Reason.NO_OUTCOME  # the first may have come: not missed for sure
    return state, reason


async def is_answered(
    work: Work, person: Known, row: Occurrence, reminder: Reminder, about: date
) -> bool:
    """Say whether there is nothing left to remind of: it is done, or there was an entry since."""
    if reminder.routine is not None:
        done = await reminders.finished_days(work.session, person.id, reminder.routine, about)
        if about in done or (row.is_nudge and await _is_begun(work, person, row, reminder, about)):
            return True
    elif any(step.answered_at for step in await deliveries.steps(work.session, row)):
        return True
    if reminder.kind is Kind.HABIT:
        return await _habit_is_told(work, person, reminder, about)
    days = reminders.pattern(reminder)
    if isinstance(days, SinceLast):
        last = await reminders.last_entries(work.session, [person.id])
        return row.local_day - last.get(person.id, date.min) < timedelta(days=days.n)
    return False


def in_quiet_hours(work: Work, person: Known) -> bool:
    """Say whether nothing may ring for this person now: by the clock of where they are, and sleep, also
    where reminders keep the times of home."""
    zone = person.row.zone
    return zone is not None and is_quiet(work.now, ZoneInfo(zone), quiet_hours(person))


async def _unwanted(
    work: Work, person: Known, row: Occurrence, reminder: Reminder
) -> Reason | None:
    """Say why this person gets nothing of this kind at all, or no nudge now, if so."""
    if person.row.blocked_at is not None:
        return Reason.BLOCKED
    if not reminder.active or reminder.draft or reminder.removed_at is not None:
        return Reason.BY_PERSON
    if person.row.joined_at is None or person.row.zone is None:
        return Reason.PAUSED
    if row.is_nudge and in_quiet_hours(work, person):
        return Reason.QUIET
    purpose = planning.NEEDS[reminder.kind]
    if purpose is None:
        return None
    decisions = await people.decisions(work.session, person.id)
    return None if is_given(decisions.get(purpose), purpose) else Reason.WITHDRAWN


async def _is_begun(
    work: Work, person: Known, row: Occurrence, reminder: Reminder, about: date
) -> bool:
    """Say whether the person began to answer after the message came: whoever is at it, or stopped
    half-way, needs no nudge."""
    check_in = await checkins.find(work.session, person, about, reminder.routine or ROUTINE)
    if check_in is None:
        return False
    first = (await deliveries.steps(work.session, row))[0]
    return await checkins.is_begun_since(work.session, check_in.id, first.due_at)


async def _habit_is_told(work: Work, person: Known, reminder: Reminder, day: date) -> bool:
    name = HABIT_PREFIX + str(reminders.words(person, reminder).get("habit", ""))
    row = await checkins.find(work.session, person, day)
    told = await checkins.answers(work.session, person, [row.id] if row else [])
    return any(name in answers for answers in told.values())
