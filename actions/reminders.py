"""What a person wishes to be reminded of, and the rows that are planned for it.

Each time of an active reminder always has its next message in the ledger, and never a second one
on a local day. Sending is in actions/deliveries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from actions.people import today_of, zone_of
from actions.work import Work
from domain.checkin import ROUTINE
from domain.consent import Purpose, is_given
from domain.pause import OPEN_END
from domain.reminders import GRACE, Kind, Planned, ahead, day_about, occurrences
from domain.snippets import PACE_WEEKDAYS, Pace
from storage import deliveries, people, reminders
from storage.people import Known
from storage.reminders import Wish
from storage.tables import Reminder, ReminderSlot

EVERY_DAY = frozenset(range(7))
TIPS_AT = time(10, 0)
"""When tips come unless a person says otherwise."""

BATCH = 500
"""How many reminders are planned anew in one transaction."""

NEEDS = {Kind.CHECK_IN: Purpose.KEEP, Kind.TIP: Purpose.TIPS}
"""What a person agreed to before a reminder of this kind is sent."""


async def set_check_in_time(work: Work, person: Known, at: time | None) -> None:
    """Remind of the evening check-in at *at*, wall-clock time of where the person is; None: never."""
    await _wish(work, person, Kind.CHECK_IN, EVERY_DAY if at else frozenset(), at)


async def set_tip_pace(work: Work, person: Known, pace: Pace, at: time | None = None) -> None:
    """Send tips at this pace from now on, at *at* or else at the time they came before (10:00)."""
    person.row.tip_pace = pace
    await _wish(work, person, Kind.TIP, PACE_WEEKDAYS[pace], at)


async def times(work: Work, person: Known) -> dict[Kind, time]:
    """Return at what time the reminders of each kind come; of several of a kind, the oldest."""
    wishes = await reminders.of_person(work.session, person.id)
    return {w.reminder.kind: w.slot.at for w in reversed(wishes) if w.reminder.active}


async def replan(work: Work, person: Known) -> None:
    """Plan anew what nobody has begun to send: a zone, a day or a time of this person changed.

    A day that has had its message, or has one on its way, gets no second one.
    """
    work.wake()
    wishes = await reminders.of_person(work.session, person.id)
    await deliveries.unplan(work.session, [w.reminder.id for w in wishes], work.now)
    await plan_ahead(work, ((wish, person.row.zone, work.now) for wish in wishes))


async def replan_some(work: Work, after: int, limit: int = BATCH) -> int | None:
    """Plan anew the next *limit* active reminders, of anybody, whose ids are above *after*.

    Return the last id that was done, None where there was none. Doing it twice changes nothing.
    """
    batch = await reminders.of_everybody(work.session, after, limit)
    if not batch:
        return None
    work.wake()
    ids = {wish.reminder.id for wish, _ in batch}
    await deliveries.unplan(work.session, ids, work.now)
    await plan_ahead(work, ((wish, zone, work.now) for wish, zone in batch))
    return max(ids)


async def plan_ahead(work: Work, wishes: Iterable[tuple[Wish, str | None, datetime]]) -> None:
    """Plan each (wish, zone, after) later than *after*, up to the first message in the future."""
    wanted = [(w, zone, after) for w, zone, after in wishes if zone and w.reminder.active]
    if not wanted:
        return
    since = min(after for _, _, after in wanted).date() - timedelta(days=2)
    past = await deliveries.past(work.session, {w.slot.id for w, *_ in wanted}, since, work.now)
    for wish, zone, after in wanted:
        days, is_ahead = past[wish.slot.id]
        if not is_ahead:
            planned = ahead(wish.rule(zone), after, work.now, days)
            await deliveries.plan(work.session, wish, planned, grace(work, wish.reminder))


def grace(work: Work, reminder: Reminder) -> timedelta:
    """Return how late a message of *reminder* may still come."""
    routine = work.library.routines.get(reminder.routine or "")
    return timedelta(minutes=routine.grace_minutes) if routine else GRACE


async def is_paused(work: Work, person: Known) -> bool:
    """Say whether the person asked for silence today."""
    until = person.row.paused_until
    return until is not None and today_of(work, person) < until


async def next_message(work: Work, person: Known) -> datetime | None:
    """Return when the next message comes that the person did nothing about, or None for never."""
    if person.row.zone is None or person.row.paused_until == OPEN_END:
        return None
    decisions = await people.decisions(work.session, person.id)
    moments = [
        await _coming(work, person, wish)
        for wish in await reminders.of_person(work.session, person.id)
        if wish.reminder.active
        and is_given(decisions.get(NEEDS[wish.reminder.kind]), NEEDS[wish.reminder.kind])
    ]
    if not await is_paused(work, person):
        moments.append(await deliveries.snoozes_ahead(work.session, person.id, work.now))
    return min((moment for moment in moments if moment is not None), default=None)


async def next_due(work: Work) -> datetime | None:
    """Return the first due moment of all messages that may still be sent, to anybody."""
    return await deliveries.next_due(work.session)


async def unsettled(work: Work) -> int:
    """Return how many messages are due by now and have no end yet."""
    return await deliveries.unsettled(work.session, work.now)


async def missed(work: Work, person: Known) -> int:
    """Return how many check-in reminders came too late to be sent, since the last that was sent."""
    wishes = await reminders.of_person(work.session, person.id, Kind.CHECK_IN)
    return sum(
        [await deliveries.missed(work.session, wish.reminder.id, work.now) for wish in wishes]
    )


async def _wish(
    work: Work, person: Known, kind: Kind, days: frozenset[int], at: time | None
) -> None:
    """Change a person's oldest reminder of *kind*; without a day it is switched off."""
    wishes = await reminders.of_person(work.session, person.id, kind)
    wish = wishes[0] if wishes else await _new_wish(work, person, kind, at or TIPS_AT)
    wish.reminder.active = bool(days)
    if days:
        wish.reminder.weekdays = reminders.mask(days)
    else:
        await deliveries.drop(work.session, wish.reminder.id)
    if at is not None:
        wish.slot.at = at
    await work.session.flush()
    await replan(work, person)


async def _new_wish(work: Work, person: Known, kind: Kind, at: time) -> Wish:
    reminder = Reminder(
        person_id=person.id,
        kind=kind,
        routine=ROUTINE if kind is Kind.CHECK_IN else None,
        weekdays=reminders.mask(EVERY_DAY),
        created_at=work.now,
    )
    work.session.add(reminder)
    await work.session.flush()
    slot = ReminderSlot(reminder_id=reminder.id, at=at)
    work.session.add(slot)
    await work.session.flush()
    return Wish(reminder, slot)


async def _coming(work: Work, person: Known, wish: Wish) -> datetime | None:
    """Return when *wish* is next sent: not on a day that had its message, is done, or is paused."""
    today = today_of(work, person)
    since = today - timedelta(days=1)
    over = await deliveries.days_over(work.session, wish.slot.id, since)
    done = frozenset[date]()
    if wish.reminder.routine is not None:
        done = await reminders.finished_days(work.session, person.id, wish.reminder.routine, since)
    for planned in islice(_after_pause(work, person, wish), 14):
        about = day_about(planned.local_day, wish.slot.at, person.row.day_starts_at)
        if planned.local_day not in over and about not in done:
            return planned.due_at
    return None


def _after_pause(work: Work, person: Known, wish: Wish) -> Iterator[Planned]:
    zone, until, after = zone_of(person), person.row.paused_until, work.now
    if until is not None:
        resumes = datetime.combine(until, person.row.day_starts_at, ZoneInfo(zone.key))
        after = max(after, resumes - timedelta(microseconds=1))
    return occurrences(wish.rule(zone.key), after)
