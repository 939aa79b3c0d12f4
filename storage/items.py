"""The items of a person's own."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.people import Known
from storage.tables import OwnItem


@dataclass(frozen=True, slots=True)
class Own:
    """An own item, opened. label: what the person called it."""

    row: OwnItem
    label: str = field(repr=False)


async def own(session: AsyncSession, person: Known) -> list[Own]:
    """Return a person's own items by number, removed ones too."""
    query = select(OwnItem).where(OwnItem.person_id == person.id).order_by(OwnItem.number)
    return [
        Own(row, str(person.open("own_item", "sealed_label", row.id, row.sealed_label)))
        for row in await session.scalars(query)
    ]
