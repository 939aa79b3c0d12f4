"""What became of the messages that asked for check-ins: how often somebody was asked, and wished to be."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, time
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.continuity import Message
from domain.reminders import Kind
from storage.tables import Occurrence, Reminder, ReminderSlot


class Asking(NamedTuple):
    """A message by the local day and the time it was planned for."""

    local_day: date
    at: time
    message: Message


async def asked(
    session: AsyncSession, person_id: int, routines: Collection[str], first: date, last: date
) -> list[Asking]:
    """Return the messages of these *routines* planned from *first* to *last*, both included, earliest first."""
    query = (
        select(
            Occurrence.local_day,
            ReminderSlot.at,
            Occurrence.state,
            Occurrence.reason,
            Occurrence.is_nudge,
        )
        .join(Reminder, Occurrence.reminder_id == Reminder.id)
        .join(ReminderSlot, Occurrence.slot == ReminderSlot.id)
        .where(Reminder.person_id == person_id, Reminder.kind == Kind.CHECK_IN)
        .where(Reminder.routine.in_(routines), Occurrence.local_day.between(first, last))
        .order_by(Occurrence.due_at, Occurrence.id)
    )
    return [
        Asking(day, at, Message(state, reason, nudge))
        for day, at, state, reason, nudge in await session.execute(query)
    ]
