"""The two reminders that joining and the settings know: the evening check-in's, and the tips'.

Each is the person's oldest of its kind; whatever else they want is made and changed under
/reminders. Planning is in actions/planning.
"""

from __future__ import annotations

from datetime import time

from actions import planning
from actions.reminders import Mine, remember
from actions.work import Work
from domain.checkin import ROUTINE
from domain.recurrence import EVERY_DAY, Weekdays
from domain.reminders import Kind
from domain.snippets import PACE_WEEKDAYS, Pace
from storage import deliveries, reminders
from storage.people import Known
from storage.reminders import Wish
from storage.tables import Reminder, ReminderSlot

TIPS_AT = time(10, 0)
"""When tips come unless a person says otherwise."""


async def set_check_in_time(work: Work, person: Known, at: time | None) -> None:
    """Remind of the evening check-in at *at*, wall-clock time of where the person is; None: never."""
    days = EVERY_DAY if at else frozenset[int]()
    await _wish(work, person, await _evening(work, person), (Kind.CHECK_IN, days, at))


async def set_tip_pace(work: Work, person: Known, pace: Pace, at: time | None = None) -> None:
    """Send tips at this pace from now on, at *at* or else at the time they came before (10:00)."""
    person.row.tip_pace = pace
    tips = await reminders.of_person(work.session, person.id, Kind.TIP)
    await _wish(work, person, tips, (Kind.TIP, PACE_WEEKDAYS[pace], at))


async def times(work: Work, person: Known) -> dict[Kind, time]:
    """Return when the evening check-in's reminder and the tips come, of several the oldest."""
    wishes = {
        Kind.CHECK_IN: await _evening(work, person),
        Kind.TIP: await reminders.of_person(work.session, person.id, Kind.TIP),
    }
    found = {
        kind: next((w.slot.at for w in of_kind if w.reminder.active), None)
        for kind, of_kind in wishes.items()
    }
    return {kind: at for kind, at in found.items() if at is not None}


async def _evening(work: Work, person: Known) -> list[Wish]:
    found = await reminders.of_person(work.session, person.id, Kind.CHECK_IN)
    return [wish for wish in found if wish.reminder.routine == ROUTINE]


async def _wish(
    work: Work,
    person: Known,
    there: list[Wish],
    wanted: tuple[Kind, frozenset[int], time | None],
) -> None:
    """Change a person's oldest reminder of a kind; without a day it is switched off, or never made."""
    kind, days, at = wanted
    if not (there or days):
        return
    row = there[0].reminder if there else await _new_wish(work, person, kind, at or TIPS_AT)
    slots = [wish.slot for wish in there if wish.reminder is row]
    if slots and not _is_so(row, slots, wanted):
        remember(Mine(person, row, slots))
    row.active = bool(days)
    if days:
        reminders.set_pattern(row, Weekdays(days))
    else:
        await deliveries.drop(work.session, row.id)
    if at is not None:
        await reminders.set_times(work.session, row.id, [at], work.now)
    await work.session.flush()
    await planning.replan(work, person)


def _is_so(
    row: Reminder,
    slots: list[ReminderSlot],
    wanted: tuple[Kind, frozenset[int], time | None],
) -> bool:
    """Say whether a reminder already comes as it is wanted to."""
    _, days, at = wanted
    if row.active is not bool(days):
        return False
    on_days = not days or reminders.pattern(row) == Weekdays(days)
    return on_days and (at is None or [slot.at for slot in slots] == [at])


async def _new_wish(work: Work, person: Known, kind: Kind, at: time) -> Reminder:
    reminder = Reminder(
        person_id=person.id,
        kind=kind,
        routine=ROUTINE if kind is Kind.CHECK_IN else None,
        weekdays=reminders.mask(EVERY_DAY),
        created_at=work.now,
    )
    work.session.add(reminder)
    await work.session.flush()
    work.session.add(ReminderSlot(reminder_id=reminder.id, at=at))
    await work.session.flush()
    return reminder
