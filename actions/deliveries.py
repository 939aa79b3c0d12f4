"""Sending what is due, as three steps with nothing held between them: claim, open, settle.

A claim is committed before anything is sent. Opening asks once more whether the message is still
wanted, and makes what it shows. Nothing here talks to Telegram.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from actions import checkins, quiet, reminders, snippets
from actions.people import language_of, today_of
from actions.work import Work
from content.language import Language
from domain.consent import is_given
from domain.delivery import Outcome, Reason, Receipt, Recipient, State, backoff, settlement
from domain.reminders import Kind, day_about, is_of_the_evening, judge
from storage import deliveries, people
from storage import reminders as wishes
from storage import snippets as shown
from storage.moments import database_now
from storage.people import Known
from storage.tables import Occurrence, Person, Reminder, ReminderSlot

KEEP_LEDGER = timedelta(days=60)
"""How long we know what became of a message."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A message that is ours to send for the length of a lease. attempt: 1, or 2 for the silent retry."""

    occurrence_id: int
    person_id: int
    attempt: int


@dataclass(frozen=True, slots=True)
class Reminded:
    """A message that comes by itself: what it brings (`view`), and how it may be put off.

    missed: how many came too late before it. discreet: its first lines give nothing away.
    evening: it comes in the evening.
    """

    occurrence_id: int
    kind: Kind
    view: object
    missed: int
    discreet: bool
    evening: bool = True


@dataclass(frozen=True, slots=True)
class Due:
    """A message to send now."""

    recipient: Recipient
    language: Language
    view: Reminded


async def claim(work: Work, limit: int, lease: timedelta) -> list[Claim]:
    """Take up to *limit* messages that are due, and plan those that follow them."""
    await deliveries.close_lost(work.session, work.now)
    leased = await deliveries.claim(work.session, work.now, lease, limit)
    first = [row for row in leased if row.occurrence.step == 0]
    await reminders.plan_ahead(work, ((row.wish, row.zone, row.occurrence.due_at) for row in first))
    return [
        Claim(row.occurrence.id, row.wish.reminder.person_id, row.occurrence.attempts)
        for row in leased
    ]


async def open_claim(work: Work, claim: Claim) -> Due | None:
    """Return what to send for a claim; None where it is not wanted any more, which is settled."""
    person = await people.get(work.session, work.keys, claim.person_id)
    row = await work.session.get(Occurrence, claim.occurrence_id)
    if person is None or row is None:
        return None
    if (row.state, row.attempts) != (State.CLAIMED, claim.attempt):
        return None
    reminder = await work.session.get_one(Reminder, row.reminder_id)
    slot = await work.session.get_one(ReminderSlot, row.slot)
    about = day_about(row.local_day, slot.at, person.row.day_starts_at)
    state, reason = await _judge(work, person, row, reminder, about)
    if state is State.CLAIMED:
        view = await _view(work, person, row, reminder, about)
        if view is not None:
            recipient = Recipient(person.id, person.chat_id)
            return Due(recipient, language_of(work, person), view)
        state, reason = State.SKIPPED, Reason.QUIET
    await _end(work, row, state, reason)
    return None


async def settle(work: Work, claim: Claim, receipt: Receipt) -> bool:
    """Write what became of a claim; False if it is another's by now. A chat that is gone falls silent."""
    if receipt.outcome in (Outcome.GONE, Outcome.NOT_FOUND):
        person = await work.session.get(Person, claim.person_id, with_for_update=True)
        if person is not None:
            person.blocked_at = work.now
    row = await work.session.get(Occurrence, claim.occurrence_id)
    if row is None:
        return False
    wait = backoff(receipt.outcome, work.now - row.due_at, row.expires_at - work.now)
    end = settlement(receipt, claim.attempt, wait)
    if end.state is State.FAILED:
        await shown.take_back(work.session, row.id)
    return await deliveries.settle(work.session, row.id, claim.attempt, end, work.now)


async def seconds_to_next(work: Work) -> float | None:
    """Return how long nothing has to be done, in seconds; None where nothing is planned at all."""
    due_at, lease_until = await deliveries.earliest(work.session)
    waits = []
    if due_at is not None:
        waits.append(due_at - work.now)
    if lease_until is not None:
        waits.append(lease_until - await database_now(work.session))
    return max(0.0, min(waits).total_seconds()) if waits else None


async def tidy(work: Work) -> None:
    """Close what nobody will hear of any more, and forget what was settled long ago."""
    await deliveries.close_lost(work.session, work.now)
    await deliveries.forget(work.session, work.now - KEEP_LEDGER)


async def _judge(
    work: Work, person: Known, row: Occurrence, reminder: Reminder, about: date
) -> tuple[State, Reason | None]:
    unwanted = await _unwanted(work, person, reminder)
    if unwanted is not None:
        return State.SKIPPED, unwanted
    state, reason = judge(
        row.due_at,
        row.expires_at,
        work.now,
        paused=await reminders.is_paused(work, person),
        answered=await _answered(work, person, reminder, about),
        newer=await deliveries.has_newer(work.session, row, work.now),
    )
    if state is State.EXPIRED and row.attempts > 1:
        return State.UNKNOWN, Reason.NO_OUTCOME  # the first may have come: not missed for sure
    return state, reason


async def _unwanted(work: Work, person: Known, reminder: Reminder) -> Reason | None:
    """Say why this person gets nothing of this kind at all, if so."""
    if person.row.blocked_at is not None:
        return Reason.BLOCKED
    if not reminder.active:
        return Reason.BY_PERSON
    if person.row.joined_at is None or person.row.zone is None:
        return Reason.PAUSED
    purpose = reminders.NEEDS[reminder.kind]
    decisions = await people.decisions(work.session, person.id)
    return None if is_given(decisions.get(purpose), purpose) else Reason.WITHDRAWN


async def _answered(work: Work, person: Known, reminder: Reminder, about: date) -> bool:
    if reminder.routine is None:
        return False
    done = await wishes.finished_days(work.session, person.id, reminder.routine, about)
    return about in done


async def _view(
    work: Work, person: Known, row: Occurrence, reminder: Reminder, about: date
) -> Reminded | None:
    """Return what the message shows; None for a tip on a day without, or where there is none."""
    view: object
    if reminder.kind is Kind.CHECK_IN:
        view = await checkins.open_for(work, person, about)
    elif await quiet.quiet_day(work, person, today_of(work, person)):
        return None
    else:
        view = await snippets.for_occurrence(work, person, row.id)
    late = await deliveries.missed(work.session, reminder.id, row.due_at)
    slot = await work.session.get_one(ReminderSlot, row.slot)
    evening = is_of_the_evening(slot.at, person.row.day_starts_at)
    reminded = Reminded(row.id, reminder.kind, view, late, person.row.discreet, evening)
    return None if view is None else reminded


async def _end(work: Work, row: Occurrence, state: State, reason: Reason | None) -> None:
    """Write how a claimed row ends without a send; one that is not due after all is let go."""
    row.state, row.reason, row.lease_until = state, reason, None
    if state is State.DUE:
        row.attempts -= 1
    else:
        row.settled_at = work.now
        await shown.take_back(work.session, row.id)
