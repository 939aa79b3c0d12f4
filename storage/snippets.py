"""Which tips a person was shown. What is in them is content, and not kept here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import SnippetShown


async def seen(session: AsyncSession, person_id: int) -> Mapping[str, datetime]:
    """Return when each tip was last shown to a person, newest first."""
    last = func.max(SnippetShown.at).label("at")
    query = select(SnippetShown.snippet_id, last).where(SnippetShown.person_id == person_id)
    rows = await session.execute(
        query.group_by(SnippetShown.snippet_id).order_by(last.desc(), SnippetShown.snippet_id)
    )
    return {row.snippet_id: row.at for row in rows}


async def history(session: AsyncSession, person_id: int) -> list[SnippetShown]:
    """Return every time that a person was shown a tip, the oldest first."""
    query = select(SnippetShown).where(SnippetShown.person_id == person_id)
    return list(await session.scalars(query.order_by(SnippetShown.at, SnippetShown.id)))


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


async def take_back(session: AsyncSession, occurrence_id: int) -> None:
    """Forget the choice for a message that was never sent: nobody has seen it."""
    await session.execute(delete(SnippetShown).where(SnippetShown.occurrence_id == occurrence_id))
