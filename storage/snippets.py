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


async def of_occurrence(session: AsyncSession, occurrence_id: int) -> str | None:
    """Return the tip that was chosen for a message, if one was."""
    query = select(SnippetShown.snippet_id).where(SnippetShown.occurrence_id == occurrence_id)
    return await session.scalar(query)


async def take_back(session: AsyncSession, occurrence_id: int) -> None:
    """Forget the choice for a message that was never sent: nobody has seen it."""
    await session.execute(delete(SnippetShown).where(SnippetShown.occurrence_id == occurrence_id))


async def on_demand(session: AsyncSession, person_id: int, snippet_id: str) -> SnippetShown | None:
    """Return the one row that says when a person last asked for this tip themselves."""
    query = select(SnippetShown).where(
        SnippetShown.person_id == person_id,
        SnippetShown.snippet_id == snippet_id,
        SnippetShown.occurrence_id.is_(None),
    )
    return await session.scalar(query.limit(1))


async def was_asked_for(session: AsyncSession, person_id: int, snippet_id: str) -> bool:
    """Say whether the tip was asked for when it was shown last, and did not come by itself."""
    query = select(SnippetShown.occurrence_id).where(
        SnippetShown.person_id == person_id, SnippetShown.snippet_id == snippet_id
    )
    last = (await session.scalars(query.order_by(SnippetShown.at.desc()).limit(1))).all()
    return list(last) == [None]
