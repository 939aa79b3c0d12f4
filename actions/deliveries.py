"""Sending what is due, as three steps with nothing held between them: claim, open, settle.

A claim is committed before anything is sent. Opening asks once more whether the message is still
wanted, and makes what it shows. Nothing here talks to Telegram.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from actions import planning, reminded, wanted
from actions.people import language_of
from actions.reminded import Reminded
from actions.work import Work
from content.language import Language
from domain.delivery import Outcome, Reason, Receipt, Recipient, State, backoff, settlement
from domain.reminders import NUDGE_AFTER, Urgency
from storage import deliveries, people
from storage import snippets as shown
from storage.moments import database_now
from storage.tables import Occurrence, Person, Reminder, ReminderSlot

KEEP_LEDGER = timedelta(days=60)
"""How long we know what became of a message."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A message that is ours to send until *lease_until* (the database's clock). before: sends of it that
    may have arrived already, 0 or 1; then it is the silent retry."""

    occurrence_id: int
    person_id: int
    before: int
    lease_until: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """A message to send now. silent: without a sound, by the person's wish."""

    recipient: Recipient
    language: Language
    view: Reminded
    silent: bool
    due_at: datetime


async def claim(work: Work, limit: int, lease: timedelta) -> list[Claim]:
    """Take up to *limit* messages that are due, and plan those that follow them."""
    leased = await deliveries.claim(work.session, work.now, lease, limit)
    first = [row for row in leased if row.occurrence.step == 0]
    await planning.plan_ahead(work, ((row.placed, row.occurrence.due_at) for row in first))
    return [
        Claim(
            row.id,
            placed.wish.reminder.person_id,
            row.attempts,
            row.lease_until or work.now,
        )
        for row, placed in leased
    ]


async def open_claim(work: Work, claim: Claim) -> Due | State | None:
    """Return what to send for a claim; where it is not wanted any more, how it ended, which is settled;
    None where it is not ours."""
    person = await people.get(work.session, work.keys, claim.person_id)
    row = await work.session.get(Occurrence, claim.occurrence_id)
    if person is None or row is None:
        return None
    if (row.state, row.lease_until) != (State.CLAIMED, claim.lease_until):
        return None
    reminder = await work.session.get_one(Reminder, row.reminder_id)
    slot = await work.session.get_one(ReminderSlot, row.slot)
    about = planning.day_asked(person, row.local_day, slot.at)
    state, reason = await wanted.judged(work, person, row, reminder, about)
    if state is State.CLAIMED:
        view = await reminded.message(work, person, row, reminder, about)
        if view is not None:
            silent = reminder.silent or wanted.in_quiet_hours(work, person)
            recipient = Recipient(person.id, person.chat_id)
            return Due(recipient, language_of(work, person), view, silent, row.due_at)
        state, reason = State.SKIPPED, Reason.QUIET
    await _end(work, row, state, reason)
    return state


async def begin(work: Work, claim: Claim) -> bool:
    """Note that the send of a claim begins now; False if it is not ours any more: then it must not."""
    return await deliveries.begin(
        work.session, claim.occurrence_id, claim.lease_until, claim.before
    )


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
    end = settlement(receipt, claim.before, wait)
    if end.state is State.FAILED:
        await _take_back(work, row)
    ours = await deliveries.settle(work.session, row.id, claim.lease_until, end, work.now)
    if ours and end.state is State.SENT:
        await _nudge(work, row)
    return ours


async def seconds_to_next(work: Work) -> float | None:
    """Return how long nothing has to be done, in seconds; None where nothing is planned at all."""
    due_at, lease_until = await deliveries.earliest(work.session)
    waits = []
    if due_at is not None:
        waits.append(due_at - work.now)
    if lease_until is not None:
        waits.append(lease_until - await database_now(work.session))
    return max(0.0, min(waits).total_seconds()) if waits else None


async def close_lost(work: Work) -> None:
    """Close what nobody will hear of any more."""
    await deliveries.close_lost(work.session, work.now)


async def tidy(work: Work) -> None:
    """Close what nobody will hear of any more, and forget what was settled long ago."""
    await deliveries.close_lost(work.session, work.now)
    await deliveries.forget(work.session, work.now - KEEP_LEDGER)


async def _nudge(work: Work, row: Occurrence) -> None:
    """Plan the nudge that follows a message that was just sent, where the person asked for one."""
    reminder = await work.session.get_one(Reminder, row.reminder_id)
    steps = await deliveries.steps(work.session, row)
    given = sum(step.is_nudge for step in steps)
    if steps[-1].step == row.step and given < reminder.nudges:
        work.session.add(next_step(row, work.now + NUDGE_AFTER, NUDGE_AFTER, is_nudge=True))
        work.wake()


def next_step(
    row: Occurrence, due_at: datetime, grace: timedelta, *, is_nudge: bool = False
) -> Occurrence:
    """Return a new row for the same message to come again: put off, or as a nudge."""
    return Occurrence(
        reminder_id=row.reminder_id,
        slot=row.slot,
        step=row.step + 1,
        is_nudge=is_nudge,
        urgency=Urgency.CAN_WAIT if is_nudge else Urgency.EXACT,
        local_day=row.local_day,
        due_at=due_at,
        expires_at=due_at + grace,
    )


async def _end(work: Work, row: Occurrence, state: State, reason: Reason | None) -> None:
    """Write how a claimed row ends without a send; one that is not due after all is let go."""
    row.state, row.reason, row.lease_until = state, reason, None
    if state is not State.DUE:
        row.settled_at = work.now
        await _take_back(work, row)


async def _take_back(work: Work, row: Occurrence) -> None:
    """Forget what a message would have shown: its tip, and the missed ones that it told of."""
    await shown.take_back(work.session, row.id)
    await deliveries.untell(work.session, row.id)
