"""The one row that all senders of our token share, and the chats that were told to wait.

Only where several processes send, on PostgreSQL; one alone never comes here. What a crash of the
server would lose of it is worth no flush to the disk, so its transactions ask for none.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.budget import Budget
from storage.moments import database_now
from storage.once import insert_once
from storage.tables import ChatPause, SendBudget

ONLY = 1
"""The id of the row: one database, one token."""

LIGHT = {"synchronous_commit": "off", "idle_in_transaction_session_timeout": "2s"}
"""Of these transactions: no flush, and a process that stands still in one loses its lock."""


async def lock(session: AsyncSession) -> tuple[SendBudget, datetime]:
    """Lock the row until the transaction ends, and return it with the database's moment after that."""
    row = await _locked(session)
    if row is None:
        fresh = Budget.fresh(await database_now(session))
        await insert_once(session, SendBudget, [{"id": ONLY, "pauses": 0, **moments(fresh)}])
        row = await _locked(session)
    assert row is not None  # noqa: S101 - nobody deletes it
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(select(*(func.set_config(*of, True) for of in LIGHT.items())))
    return row, await database_now(session)


async def _locked(session: AsyncSession) -> SendBudget | None:
    query = select(SendBudget).where(SendBudget.id == ONLY).with_for_update()
    return await session.scalar(query)


def read(row: SendBudget) -> Budget:
    """Return what the row says."""
    return Budget(
        row.at, row.spent_until, row.answers_until, row.paused_until, row.counted_from
    )  # fmt: skip


def write(row: SendBudget, budget: Budget) -> None:
    """Let the row say what *budget* does."""
    for name, moment in moments(budget).items():
        setattr(row, name, moment)


def moments(budget: Budget) -> dict[str, datetime]:
    """Return the row's columns that hold moments."""
    return {
        "at": budget.at,
        "spent_until": budget.spent_until,
        "answers_until": budget.answers_until,
        "paused_until": budget.paused_until,
        "counted_from": budget.counted_from,
    }


async def pause_chat(
    session: AsyncSession, lookup: bytes, now: datetime, until: datetime
) -> None:  # fmt: skip
    """Note that a chat was told at *now* to wait; a longer wait than before counts."""
    row = await session.get(ChatPause, lookup)
    if row is None:
        session.add(ChatPause(lookup=lookup, told_at=now, until=until))
    else:
        row.told_at, row.until = now, max(row.until, until)
    await session.flush()


async def told_since(session: AsyncSession, moment: datetime) -> int:
    """Count the chats that were told to wait after *moment*."""
    query = select(func.count()).select_from(ChatPause).where(ChatPause.told_at > moment)
    return await session.scalar(query) or 0


async def pauses(session: AsyncSession, now: datetime) -> dict[bytes, datetime]:
    """Return until when each chat waits that still does."""
    query = select(ChatPause.lookup, ChatPause.until).where(ChatPause.until > now)
    return {row.lookup: row.until for row in await session.execute(query)}


async def forget_all(session: AsyncSession) -> None:
    """Forget every chat's pause: the database's clock was set, and they say nothing any more."""
    await session.execute(delete(ChatPause))


async def forget_over(session: AsyncSession, now: datetime) -> None:
    """Forget the pauses that are over."""
    await session.execute(delete(ChatPause).where(ChatPause.until <= now))
