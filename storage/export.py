"""Everything that hangs on a person, as plain rows, for their own export.

Tables are found by following foreign keys, so that a new one cannot be forgotten here; what is
left out is listed with its reason. Opens nothing and words nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Table, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import Base, ConsentText

Row = Mapping[str, Any]
"""A row by the names of its columns."""

LEFT_OUT: Mapping[str, str] = {
    "awaiting": "what the next typed message answers; /export itself clears it",
    "import_batch.sealed": "a file that the person sent, kept for a day at the most",
    "reminder.removed_at": "what was taken away is left out whole, and is erased within a day",
    "reminder_slot.removed_at": "a time that was taken away is left out",
    "occurrence.told_by": "the number of the row that told of it",
    "entry.removed_at": "what was taken away is left out whole, and is erased within a day",
    "person.lookup": "a keyed hash of the Telegram id, which is in the file",
    "person.key": "what the rows are encrypted with, of no use outside",
    "occurrence.lease_until": "which of our processes is sending right now",
    "occurrence.expires_at": "when a message would have been too late to send",
}
"""Tables and columns that hang on a person and are not exported, and why. Nor are row numbers."""


async def everything(session: AsyncSession, person_id: int) -> dict[str, list[Row]]:
    """Return all rows of a person by table, the oldest day or moment first."""
    found: dict[str, list[Row]] = {}
    for table in hanging():
        order = [table.c[name] for name in ("day", "at", "created_at", "due_at") if name in table.c]
        query = select(table).where(_of(table, person_id)).order_by(*order)
        found[table.name] = [row._asdict() for row in await session.execute(query)]
    return found


async def consent_words(session: AsyncSession, text_ids: set[int]) -> dict[int, tuple[str, str]]:
    """Return the texts that consents rest on, with the language of each, by id."""
    query = select(ConsentText).where(ConsentText.id.in_(text_ids))
    return {one.id: (one.language, one.text) for one in await session.scalars(query)}


def hanging() -> list[Table]:
    """Return every table whose rows belong to a person, those of LEFT_OUT excepted."""
    person = Base.metadata.tables["person"]
    return [
        table
        for table in Base.metadata.sorted_tables
        if table.name not in LEFT_OUT and (table is person or _parents(table))
    ]


def _of(table: Table, person_id: int) -> ColumnElement[bool]:
    """Return the condition that a row of *table* is this person's, through its parents."""
    if table.name == "person":
        return table.c.id == person_id
    column, parent = _parents(table)[0]
    if parent.name == "person":
        return column == person_id
    return column.in_(select(parent.c.id).where(_of(parent, person_id)))


def _parents(table: Table) -> list[tuple[ColumnElement[int], Table]]:
    """Return what *table* goes with when it is erased, the person first."""
    keys = [key for key in table.foreign_keys if key.ondelete == "CASCADE"]
    keys.sort(key=lambda key: (key.column.table.name != "person", key.parent.name))
    return [(key.parent, key.column.table) for key in keys]
