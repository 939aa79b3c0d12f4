"""What a reminder brings when it comes: the check-in itself, a tip, a person's own words, a notice.

Values only; bot/screens/reminders draws them. Never decides whether it is wanted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

import orjson

from actions import checkins, planning, proposals, summary, tip_choice
from actions.people import today_of
from actions.proposals import Offer
from actions.work import Work
from content.language import Typed
from domain.checkin import ROUTINE
from domain.reminders import LATE, Kind, is_of_the_evening
from storage import deliveries, reminders
from storage.people import Known
from storage.tables import Announcement, Occurrence, Reminder, ReminderSlot


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What a person wanted to be reminded of, in their words. medicine: they said that it is one."""

    text: Typed = field(repr=False)
    medicine: bool = field(default=False, repr=False)


@dataclass(frozen=True, slots=True)
class HabitAsked:
    """A habit that a person wanted to be reminded of."""

    habit_id: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Announced:
    """What the operator has to tell everybody, in each language that it was written in."""

    texts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Reminded:
    """A message that comes by itself: what it brings (`view`), and how it may be put off.

    missed: how many came too late before it. discreet: its first lines give nothing away.
    evening: it comes in the evening. nudge: it comes again, as it was not answered. planned_for: when it
    was to come, where it is clearly late; a notice never is, as it had no time. trial: it is only shown, to see how it looks. offer: fewer
    messages, which are proposed.
    """

    occurrence_id: int
    kind: Kind
    view: object
    missed: int
    discreet: bool
    evening: bool = True
    routine: str | None = None
    nudge: bool = False
    planned_for: datetime | None = None
    zone: ZoneInfo | None = None
    trial: bool = False
    offer: Offer | None = None


async def message(
    work: Work, person: Known, row: Occurrence, reminder: Reminder, about: date
) -> Reminded | None:
    """Return the message of a row that is about to be sent, its missed ones told with it; None where
    there is nothing to bring: a tip on a day without, or no tip left."""
    view = await brought(work, person, reminder, about, row.id)
    if view is None:
        return None
    slot = await work.session.get_one(ReminderSlot, row.slot)
    late = row.step == 0 and work.now - row.due_at >= LATE and reminder.kind is not Kind.NOTICE
    return Reminded(
        occurrence_id=row.id,
        kind=reminder.kind,
        view=view,
        missed=await deliveries.tell_missed(work.session, row, person.id),
        discreet=person.row.discreet,
        evening=is_of_the_evening(slot.at, person.row.day_starts_at),
        routine=reminder.routine,
        nudge=row.is_nudge,
        planned_for=row.due_at if late else None,
        zone=planning.reminder_zone(person),
        offer=await proposals.beside_message(work, person, row, reminder),
    )


async def brought(
    work: Work, person: Known, reminder: Reminder, about: date, occurrence_id: int | None
) -> object | None:
    """Return what a reminder of its kind shows below its first lines; for a trial, of no occurrence."""
    match reminder.kind:
        case Kind.CHECK_IN:
            return await checkins.open_for(work, person, about, reminder.routine or ROUTINE)
        case Kind.TIP:
            return await tip_choice.for_occurrence(work, person, occurrence_id)
        case Kind.SUMMARY:
            return await summary.view(work, person, today_of(work, person))
        case Kind.NOTICE:
            told = await work.session.get_one(Announcement, reminder.announcement_id)
            return Announced(orjson.loads(told.texts))
        case Kind.HABIT:
            return HabitAsked(str(reminders.words(person, reminder).get("habit", "")))
        case _:
            said = reminders.words(person, reminder)
            text = Typed(str(said.get("text", "")))
            return OwnWords(text, medicine=bool(said.get("medicine")))
