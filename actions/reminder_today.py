"""Today's messages of a reminder: left out, done already, and back; and a trial that moves nothing."""

from __future__ import annotations

from actions import people, planning, reminded, reminder_sheet, reminders
from actions.people import today_of, zone_of
from actions.reminded import Reminded
from actions.reminders import Mine
from actions.work import Here, Work
from domain.checkin import HABIT_PREFIX, Answer, Source
from domain.delivery import MOST_ATTEMPTS, Reason, State
from domain.errors import Refused
from domain.reminders import Kind, is_of_the_evening
from storage import checkins, deliveries
from storage import reminders as store
from storage.tables import Occurrence

DOABLE = (Kind.HABIT, Kind.OWN)
"""What a person can say of that it is done."""


async def leave_out(work: Work, who: int, reminder_id: int) -> Here:
    """Send nothing more of it today. Errors: Refused."""
    one = await reminders.mine(work, who, reminder_id)
    for row in await reminder_sheet.of_today(work, one):
        await _close(work, row, Reason.BY_PERSON)
    return await reminder_sheet.where(work, one)


async def done_today(work: Work, who: int, reminder_id: int) -> Here:
    """It is done for today: nothing more of it comes. Of a habit, the diary knows it too. Errors: Refused."""
    one = await reminders.mine(work, who, reminder_id, keeps=True)
    if one.reminder.kind not in DOABLE:
        raise Refused("stale")
    for row in await reminder_sheet.of_today(work, one):
        await _close(work, row, Reason.ANSWERED)
    await _tell_habit(work, one)
    return await reminder_sheet.where(work, one)


async def today_after_all(work: Work, who: int, reminder_id: int) -> Here:
    """Take back that today was left out, or done. Errors: Refused."""
    one = await reminders.mine(work, who, reminder_id)
    was_done = False
    for row in await reminder_sheet.of_today(work, one):
        done = reminder_sheet.was_left(row, work.now, Reason.ANSWERED)
        if done or reminder_sheet.was_left(row, work.now, Reason.BY_PERSON):
            row.state, row.reason, row.settled_at = State.DUE, None, None
            row.answered_at = None
            was_done = was_done or done
    if was_done:
        await _untell_habit(work, one)
    return await reminder_sheet.where(work, one)


async def trial(work: Work, who: int, reminder_id: int) -> Here:
    """Send it now, to see how it looks; nothing that is planned moves. Errors: Refused."""
    one = await reminders.mine(work, who, reminder_id)
    purpose = planning.NEEDS[one.reminder.kind]
    if purpose is not None and one.reminder.kind is not Kind.TIP:
        await people.keeping(work, one.person)
    view = await reminded.brought(work, one.person, one.reminder, today_of(work, one.person), None)
    if view is None:
        raise Refused("nothing_to_try")
    at = one.slots[0].at if one.slots else work.now.astimezone(zone_of(one.person)).time()
    shown = Reminded(
        occurrence_id=0,
        kind=one.reminder.kind,
        view=view,
        missed=0,
        discreet=one.person.row.discreet,
        evening=is_of_the_evening(at, one.person.row.day_starts_at),
        routine=one.reminder.routine,
        trial=True,
    )
    here = await reminder_sheet.show(work, who, reminder_id)
    return Here(here.language, (shown, *here.views))


async def _close(work: Work, row: Occurrence, reason: Reason) -> None:
    """End what may still be sent of one planned message; where it is done, that is noted."""
    for step in await deliveries.steps(work.session, row):
        begun = step.state in (State.DUE, State.CLAIMED, State.UNKNOWN)
        if begun and step.attempts < MOST_ATTEMPTS:
            step.state, step.reason, step.lease_until = State.SKIPPED, reason, None
            step.settled_at = work.now
    if reason is Reason.ANSWERED:
        row.answered_at = row.answered_at or work.now


async def _tell_habit(work: Work, one: Mine) -> None:
    habit = work.library.habits.get(str(store.words(one.person, one.reminder).get("habit", "")))
    if habit is None:
        return
    person, today = one.person, today_of(work, one.person)
    zone = zone_of(person).key
    day = await checkins.open_day(work.session, person, today, zone, work.now)
    name = (HABIT_PREFIX + habit.id, habit.version)
    said = Answer("yes", Source.TAPPED)
    await checkins.put(work.session, person, day.id, name, said, work.now)


async def _untell_habit(work: Work, one: Mine) -> None:
    habit = store.words(one.person, one.reminder).get("habit")
    day = await checkins.find(work.session, one.person, today_of(work, one.person))
    if habit is not None and day is not None:
        await checkins.take_back(work.session, day.id, HABIT_PREFIX + str(habit))
