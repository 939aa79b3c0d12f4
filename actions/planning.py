"""The rows that are planned for what people wish to be reminded of, and when the next one comes.

Each time of an active reminder always has its next message in the ledger, and never a second one
on a local day. What a person does with reminders is in actions/reminders, sending in actions/deliveries.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from actions.people import today_of, zone_of
from actions.work import Work
from domain.consent import Purpose, is_given
from domain.day import day_of
from domain.pause import OPEN_END
from domain.recurrence import PatternKind
from domain.reminders import GRACE, NOTICE_GRACE, Kind, Planned, ahead, day_about, occurrences
from storage import deliveries, people, reminders
from storage.people import Known
from storage.reminders import Placed, Wish
from storage.tables import Reminder

BATCH = 500
"""How many reminders are planned anew in one transaction."""

NEEDS: Mapping[Kind, Purpose | None] = {
    Kind.CHECK_IN: Purpose.KEEP,
    Kind.HABIT: Purpose.KEEP,
    Kind.OWN: Purpose.KEEP,
    Kind.SUMMARY: Purpose.KEEP,
    Kind.TIP: Purpose.TIPS,
    Kind.NOTICE: None,
}
"""What a person agreed to before a reminder of this kind is sent."""

LOOK_AHEAD = 60
"""Planned moments that are looked through for one that is still wanted."""


async def replan(work: Work, person: Known, only: int | None = None) -> None:
    """Plan anew what nobody has begun to send: a zone, a day or a time of this person changed.

    only: of this one reminder. A day that has had its message, or has one on its way, gets no second one.
    """
    work.wake()
    wishes = await reminders.of_person(work.session, person.id)
    wishes = [wish for wish in wishes if only in (None, wish.reminder.id)]
    await deliveries.unplan(work.session, {w.reminder.id for w in wishes}, work.now)
    zone, spread = reminder_zone(person), person.row.spread
    placed = (Placed(wish, zone.key if zone else None, spread) for wish in wishes)
    await plan_ahead(work, ((one, work.now) for one in placed))


async def replan_some(work: Work, after: int, limit: int = BATCH) -> int | None:
    """Plan anew the next *limit* active reminders, of anybody, whose ids are above *after*.

    Return the last id that was done, None where there was none. Doing it twice changes nothing.
    """
    batch = await reminders.of_everybody(work.session, after, limit)
    if not batch:
        return None
    work.wake()
    ids = {placed.wish.reminder.id for placed in batch}
    await deliveries.unplan(work.session, ids, work.now)
    await plan_ahead(work, ((placed, work.now) for placed in batch))
    return max(ids)


async def plan_ahead(work: Work, wishes: Iterable[tuple[Placed, datetime]]) -> None:
    """Plan each (wish, after) later than *after*, up to the first message in the future."""
    wanted = [(placed, after) for placed, after in wishes if _is_planned(placed)]
    if not wanted:
        return
    since = min(after for _, after in wanted).date() - timedelta(days=2)
    slots = {placed.wish.slot.id for placed, _ in wanted}
    past = await deliveries.past(work.session, slots, since, work.now)
    last = await _last_entries(work, (placed.wish.reminder for placed, _ in wanted))
    plans = []
    for placed, after in wanted:
        wish = placed.wish
        days, is_ahead = past[wish.slot.id]
        if not is_ahead:
            rule = wish.rule(ZoneInfo(placed.zone or ""), last.get(wish.reminder.person_id))
            planned = ahead(rule, after, work.now, days)
            plans.append((placed, planned, grace(work, wish.reminder)))
    await deliveries.plan(work.session, plans)


def grace(work: Work, reminder: Reminder) -> timedelta:
    """Return how late a message of *reminder* may still come."""
    if reminder.kind is Kind.NOTICE:
        return NOTICE_GRACE
    routine = work.library.routines.get(reminder.routine or "")
    return timedelta(minutes=routine.grace_minutes) if routine else GRACE


def reminder_zone(person: Known) -> ZoneInfo | None:
    """Return whose wall clock a person's reminders go by, None while it is not known."""
    zone = person.row.reminder_zone or person.row.zone
    return ZoneInfo(zone) if zone else None


def clock_of(person: Known) -> ZoneInfo:
    """Return whose wall clock a person's reminders are shown by: UTC's while none is known."""
    return reminder_zone(person) or zone_of(person)


def day_asked(person: Known, local_day: date, at: time) -> date:
    """Return the day of the diary that a message planned for *at* on *local_day* asks about.

    Where reminders keep the times of another zone, it is the day that it is for the person by then.
    """
    by, starts_at = person.row.reminder_zone, person.row.day_starts_at
    if by is None:
        return day_about(local_day, at, starts_at)
    return day_of(datetime.combine(local_day, at, ZoneInfo(by)), zone_of(person), starts_at)


async def is_paused(work: Work, person: Known) -> bool:
    """Say whether the person asked for silence today."""
    return _lasts(person.row.paused_until, today_of(work, person))


async def is_resting(work: Work, person: Known, reminder: Reminder) -> bool:
    """Say whether this one reminder, or all of them, are silent today."""
    today = today_of(work, person)
    return any(_lasts(day, today) for day in (person.row.paused_until, reminder.paused_until))


async def next_message(work: Work, person: Known) -> datetime | None:
    """Return when the next message comes that the person did nothing about, or None for never."""
    if person.row.zone is None or person.row.paused_until == OPEN_END:
        return None
    decisions = await people.decisions(work.session, person.id)
    wishes = [
        wish
        for wish in await reminders.of_person(work.session, person.id)
        if wish.reminder.active
        and wish.reminder.paused_until != OPEN_END
        and _is_agreed(decisions, NEEDS[wish.reminder.kind])
    ]
    moments = await coming(work, person, wishes, 1)
    if not await is_paused(work, person):
        snoozed = await deliveries.snoozes_ahead(work.session, person.id, work.now)
        moments += [snoozed] if snoozed else []
    return min(moments, default=None)


async def next_due(work: Work) -> datetime | None:
    """Return the first due moment of all messages that may still be sent, to anybody."""
    return await deliveries.next_due(work.session)


async def unsettled(work: Work) -> int:
    """Return how many messages are due by now and have no end yet."""
    return await deliveries.unsettled(work.session, work.now)


async def _last_entries(work: Work, wanted: Iterable[Reminder]) -> dict[int, date]:
    ids = {one.person_id for one in wanted if one.pattern is PatternKind.SINCE_LAST}
    return await reminders.last_entries(work.session, ids) if ids else {}


async def coming(work: Work, person: Known, wishes: Collection[Wish], most: int) -> list[datetime]:
    """Return the first *most* moments of these times of reminders, whether they are switched on or not:
    not on days that had their message, are done, or are paused."""
    since = today_of(work, person) - timedelta(days=1)
    over = await deliveries.days_over(work.session, [wish.slot.id for wish in wishes], since)
    routines = {wish.reminder.routine for wish in wishes if wish.reminder.routine is not None}
    done = {
        routine: await reminders.finished_days(work.session, person.id, routine, since)
        for routine in routines
    }
    last = (await _last_entries(work, (wish.reminder for wish in wishes))).get(person.id)

    def moments(wish: Wish) -> Iterator[datetime]:
        told = done.get(wish.reminder.routine or "", frozenset())
        for planned in islice(_after_pauses(work, person, wish, last), LOOK_AHEAD):
            about = day_asked(person, planned.local_day, wish.slot.at)
            if planned.local_day not in over[wish.slot.id] and about not in told:
                yield planned.due_at

    return sorted(moment for wish in wishes for moment in islice(moments(wish), most))[:most]


def _after_pauses(
    work: Work, person: Known, wish: Wish, last_entry: date | None
) -> Iterator[Planned]:
    zone, after = clock_of(person), work.now
    for until in (person.row.paused_until, wish.reminder.paused_until):
        if until is not None:
            resumes = datetime.combine(until, person.row.day_starts_at, zone_of(person))
            after = max(after, resumes - timedelta(microseconds=1))
    return occurrences(wish.rule(zone, last_entry), after)


def _is_agreed(decisions: Mapping[Purpose, tuple[bool, int]], purpose: Purpose | None) -> bool:
    return purpose is None or is_given(decisions.get(purpose), purpose)


def _is_planned(placed: Placed) -> bool:
    reminder = placed.wish.reminder
    wanted = reminder.active and not reminder.draft and reminder.removed_at is None
    return wanted and placed.zone is not None and placed.wish.slot.removed_at is None


def _lasts(until: date | None, today: date) -> bool:
    return until is not None and today < until
