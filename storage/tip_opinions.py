"""What people make of tips: one sealed row for each tip that somebody said something about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.opinions import NOTHING, Opinion
from storage.people import Known
from storage.tables import SnippetOpinion, new_id


async def opinions(session: AsyncSession, person: Known) -> Mapping[str, Opinion]:
    """Return what a person made of tips, by the tip's id, the last changed first."""
    query = select(SnippetOpinion).where(SnippetOpinion.person_id == person.id)
    rows = await session.scalars(query.order_by(SnippetOpinion.at.desc(), SnippetOpinion.id))
    return {row.snippet_id: opened(person, row) for row in rows}


async def opinion(session: AsyncSession, person: Known, snippet_id: str) -> Opinion:
    """Return what a person made of one tip."""
    row = await session.scalar(
        select(SnippetOpinion).where(
            SnippetOpinion.person_id == person.id, SnippetOpinion.snippet_id == snippet_id
        )
    )
    return NOTHING if row is None else opened(person, row)


async def put(
    session: AsyncSession, person: Known, snippet_id: str, opinion: Opinion, now: datetime
) -> None:
    """Let this be what a person makes of a tip. One that says nothing leaves no row."""
    mine = SnippetOpinion.person_id == person.id, SnippetOpinion.snippet_id == snippet_id
    if opinion == NOTHING:
        await session.execute(delete(SnippetOpinion).where(*mine))
        return
    row = await session.scalar(select(SnippetOpinion).where(*mine))
    if row is None:
        row = SnippetOpinion(id=new_id(), person_id=person.id, snippet_id=snippet_id)
        session.add(row)
    row.sealed = person.seal("snippet_opinion", "sealed", row.id, written(opinion))
    row.at, row.import_id = now, None
    await session.flush()


async def forget(session: AsyncSession, person: Known) -> None:
    """Forget what a person made of every tip."""
    await session.execute(delete(SnippetOpinion).where(SnippetOpinion.person_id == person.id))


def written(opinion: Opinion) -> dict[str, Any]:
    """Return an opinion as it is sealed, and as an export shows it."""
    return {
        "saved": opinion.saved and opinion.saved.isoformat(),
        "helpful": opinion.helpful,
        "tried": opinion.tried and opinion.tried.isoformat(),
    }


def opened(person: Known, row: SnippetOpinion) -> Opinion:
    """Return what is sealed in a row. Errors: CannotOpen."""
    said = person.open("snippet_opinion", "sealed", row.id, row.sealed)
    return Opinion(
        saved=said["saved"] and datetime.fromisoformat(said["saved"]),
        helpful=said["helpful"],
        tried=said["tried"] and date.fromisoformat(said["tried"]),
    )
