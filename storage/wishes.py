"""How many reminders a person has, and which of them have had their day. Their times: storage/reminders.

Never counts or erases a notice: that is the operator's.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.recurrence import PatternKind
from domain.reminders import Kind
from storage.deliveries import OPEN
from storage.reminders import WANTED
from storage.tables import Occurrence, Reminder

OWN = Reminder.kind != Kind.NOTICE
"""What is a person's own."""


async def saved(session: AsyncSession, person_id: int) -> int:
    """Return how many reminders a person has saved and not taken away."""
    query = select(func.count()).select_from(Reminder)
    return await session.scalar(query.where(Reminder.person_id == person_id, WANTED, OWN)) or 0


async def drop_drafts(session: AsyncSession, person_id: int, keep: int) -> None:
    """Erase what a person began and never saved, but for the newest *keep*."""
    drafts = select(Reminder.id).where(Reminder.person_id == person_id, Reminder.draft)
    newest = list(await session.scalars(drafts.order_by(Reminder.created_at.desc(), Reminder.id)))
    if newest[keep:]:
        await session.execute(delete(Reminder).where(Reminder.id.in_(newest[keep:])))


async def forget_over(session: AsyncSession, before: datetime) -> None:
    """Erase the reminders of one day or moment that was over *before*, where nothing of them waits."""
    waits = select(Occurrence.id).where(Occurrence.reminder_id == Reminder.id, OPEN).exists()
    once = or_(
        and_(Reminder.pattern == PatternKind.ON_DAY, Reminder.anchor < before.date()),
        and_(Reminder.pattern == PatternKind.AT_MOMENT, Reminder.moment < before),
    )
    await session.execute(delete(Reminder).where(once, OWN, ~waits))
