"""Which tips a person was shown. What is in them is content, and not kept here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import SnippetShown


class Reading(NamedTuple):
    """One time that a person was shown a tip. fitted: why it came is sealed in its row."""

    snippet_id: str
    occurrence_id: int | None
    fitted: bool


async def seen(session: AsyncSession, person_id: int) -> Mapping[str, datetime]:
    """Return when each tip was last shown to a person, newest first."""
    last = func.max(SnippetShown.at).label("at")
    query = select(SnippetShown.snippet_id, last).where(SnippetShown.person_id == person_id)
    rows = await session.execute(
        query.group_by(SnippetShown.snippet_id).order_by(last.desc(), SnippetShown.snippet_id)
    )
    return {row.snippet_id: row.at for row in rows}


async def history(session: AsyncSession, person_id: int) -> list[Reading]:
    """Return every time that a person was shown a tip, the oldest first."""
    fitted = SnippetShown.sealed.is_not(None)
    query = select(SnippetShown.snippet_id, SnippetShown.occurrence_id, fitted)
    mine = query.where(SnippetShown.person_id == person_id)
    rows = await session.execute(mine.order_by(SnippetShown.at, SnippetShown.id))
    return [Reading(*row) for row in rows]


async def last_shown(session: AsyncSession, person_id: int, snippet_id: str) -> SnippetShown | None:
    """Return the last time that a person was shown this tip, or None."""
    query = select(SnippetShown).where(
        SnippetShown.person_id == person_id, SnippetShown.snippet_id == snippet_id
    )
    newest = query.order_by(SnippetShown.at.desc(), SnippetShown.id.desc()).limit(1)
    found: SnippetShown | None = await session.scalar(newest)
    return found


async def of_occurrence(session: AsyncSession, occurrence_id: int) -> str | None:
    """Return the tip that was chosen for a message, if one was."""
    query = select(SnippetShown.snippet_id).where(SnippetShown.occurrence_id == occurrence_id)
    return await session.scalar(query)


async def forget(session: AsyncSession, person_id: int) -> None:
    """Forget which tips a person was shown."""
    await session.execute(delete(SnippetShown).where(SnippetShown.person_id == person_id))


async def forget_reasons(session: AsyncSession, person_id: int) -> None:
    """Forget which answers of a person brought tips forward."""
    mine = update(SnippetShown).where(SnippetShown.person_id == person_id)
    await session.execute(mine.values(sealed=None))


async def take_back(session: AsyncSession, occurrence_id: int) -> None:
    """Forget the choice for a message that was never sent: nobody has seen it."""
    await session.execute(delete(SnippetShown).where(SnippetShown.occurrence_id == occurrence_id))
