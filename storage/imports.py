"""Imports: a file kept until it is confirmed, what it added, and taking that back.

Rows that an import added carry its id; a person's later change of an answer makes it their own
again, so that taking an import back removes exactly what it brought.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.checkin import MOST_OWN_ITEMS, Source
from domain.merging import Additions, Here, same_label
from domain.portable import Own, Timed
from storage import items, tip_opinions, wishes
from storage.people import Known
from storage.tables import (
    AnswerRow,
    Base,
    CheckIn,
    Entry,
    ImportBatch,
    OwnItem,
    Reminder,
    SnippetOpinion,
    Warned,
    new_id,
)


class Added(NamedTuple):
    """How many rows an import has brought that are still there."""

    days: int
    entries: int
    warnings: int
    own_items: int
    reminders: int
    opinions: int


async def keep(session: AsyncSession, person: Known, text: str, now: datetime) -> int:
    """Keep a file until it is confirmed, in place of any that waits; return its id."""
    await drop_waiting(session, person.id)
    batch_id = new_id()
    sealed = person.seal("import_batch", "sealed", batch_id, text)
    session.add(ImportBatch(id=batch_id, person_id=person.id, sealed=sealed, seen_at=now))
    await session.flush()
    return batch_id


async def find(session: AsyncSession, person_id: int, batch_id: int) -> ImportBatch | None:
    """Return this person's import of that id, or None."""
    found = await session.get(ImportBatch, batch_id)
    return found if found is not None and found.person_id == person_id else None


async def drop_waiting(session: AsyncSession, person_id: int) -> None:
    """Forget a file that was not confirmed."""
    waiting = ImportBatch.confirmed_at.is_(None)
    await session.execute(delete(ImportBatch).where(ImportBatch.person_id == person_id, waiting))


async def drop_older(session: AsyncSession, before: datetime) -> int:
    """Forget everybody's files that were seen before *before* and not confirmed since."""
    waiting = (ImportBatch.confirmed_at.is_(None), ImportBatch.seen_at < before)
    gone = await session.execute(delete(ImportBatch).where(*waiting).returning(ImportBatch.id))
    return len(gone.all())


def opened(person: Known, batch: ImportBatch) -> bytes:
    """Return the file that waits. Errors: ValueError where there is none any more."""
    if batch.sealed is None:
        raise ValueError("the import is done")
    text: str = person.open("import_batch", "sealed", batch.id, batch.sealed)
    return text.encode()


async def here(session: AsyncSession, person: Known) -> Here:
    """Return what a person's diary holds, as a file is compared with it."""
    days = await session.execute(
        select(CheckIn.day, CheckIn.routine).where(CheckIn.person_id == person.id)
    )
    entries = await session.scalars(
        select(Entry).where(Entry.person_id == person.id, Entry.removed_at.is_(None))
    )
    warnings = await session.scalars(select(Warned).where(Warned.person_id == person.id))
    own = await items.own(session, person)
    wished = await wishes.wished(session, person)
    made = await tip_opinions.opinions(session, person)
    return Here(
        check_ins=frozenset((day, routine) for day, routine in days),
        entries=Counter(
            Timed(e.day, e.at, e.kind, e.question_id, _open(person, "entry", e)) for e in entries
        ),
        warnings=frozenset((w.day, _open(person, "warned", w)) for w in warnings),
        own={same_label(o.label): f"own{o.row.number}" for o in reversed(own)},
        reminders=wished,
        opinions=frozenset(made),
    )


async def add(
    session: AsyncSession, person: Known, batch: ImportBatch, new: Additions, now: datetime
) -> None:
    """Store what an import adds to the diary, and that it is confirmed; its file is forgotten."""
    ids = await _add_own(session, person, batch.id, new.own_items, now)
    # Sealing thousands of answers takes a moment: others go on meanwhile.
    rows = await asyncio.to_thread(_rows, person, batch.id, new, ids, now)
    for table, some in rows.items():
        if some:
            await session.execute(insert(table), some)
    batch.sealed, batch.confirmed_at = None, now
    await session.flush()


async def added(session: AsyncSession, batch_id: int) -> Added:
    """Return what of an import is there."""

    async def count(
        table: type[CheckIn | Entry | Warned | OwnItem | Reminder | SnippetOpinion],
    ) -> int:
        query = select(func.count()).select_from(table).where(table.import_id == batch_id)
        return await session.scalar(query) or 0

    diary = await count(CheckIn), await count(Entry), await count(Warned), await count(OwnItem)
    return Added(*diary, await count(Reminder), await count(SnippetOpinion))


async def take_back(session: AsyncSession, batch: ImportBatch, now: datetime) -> None:
    """Remove what an import added. What the person has made their own since stays."""
    for table in (AnswerRow, Entry, Warned, Reminder, SnippetOpinion):
        await session.execute(delete(table).where(table.import_id == batch.id))
    answered = select(AnswerRow.id).where(AnswerRow.check_in_id == CheckIn.id)
    ours = CheckIn.import_id == batch.id
    await session.execute(delete(CheckIn).where(ours, ~answered.exists()))
    await session.execute(update(CheckIn).where(ours).values(import_id=None))
    await _take_back_own(session, batch)
    batch.undone_at = now
    await session.flush()


async def _take_back_own(session: AsyncSession, batch: ImportBatch) -> None:
    for item in await session.scalars(select(OwnItem).where(OwnItem.import_id == batch.id)):
        used = 0
        for table in (AnswerRow, Entry):
            query = select(func.count()).select_from(table)
            query = query.where(table.person_id == item.person_id)
            used += await session.scalar(query.where(table.question_id == f"own{item.number}")) or 0
        if used:
            item.import_id = None
        else:
            await session.delete(item)
    await session.flush()


async def _add_own(
    session: AsyncSession, person: Known, batch_id: int, new: tuple[Own, ...], now: datetime
) -> dict[str, str]:
    """Make the own items that are new; those above the most are there, but not asked."""
    there = [one.row for one in await items.own(session, person)]
    number = max((row.number for row in there), default=0)
    free = MOST_OWN_ITEMS - sum(row.removed_at is None for row in there)
    ids = {}
    for own in new:
        number += 1
        removed = own.removed or free <= 0
        free -= 0 if removed else 1
        row = OwnItem(id=new_id(), person_id=person.id, number=number, created_at=now)
        row.sealed_label = person.seal("own_item", "sealed_label", row.id, own.label)
        row.removed_at, row.import_id = now if removed else None, batch_id
        session.add(row)
        ids[own.question] = f"own{number}"
    await session.flush()
    return ids


def _rows(
    person: Known, batch_id: int, new: Additions, ids: dict[str, str], now: datetime
) -> dict[type[Base], list[dict[str, Any]]]:
    """Return the rows to insert. ids: of the new own items, by the id that the file has."""
    key = {"person_id": person.id, "import_id": batch_id}
    rows: dict[type[Base], list[dict[str, Any]]] = {
        t: [] for t in (CheckIn, AnswerRow, Entry, Warned, SnippetOpinion)
    }
    for day in new.check_ins:
        check_in = day._asdict()
        del check_in["answers"]
        check_in_id = new_id()
        rows[CheckIn].append({"id": check_in_id, **key, **check_in})
        for reply in day.answers:
            row_id = new_id()
            source = Source.PRESET if reply.left_open else Source.IMPORTED
            said = {"code": reply.code, "source": source.value}
            rows[AnswerRow].append(
                {
                    "id": row_id,
                    **key,
                    "check_in_id": check_in_id,
                    "question_id": ids.get(reply.question, reply.question),
                    "question_version": reply.version,
                    "sealed": person.seal("answer", "sealed", row_id, said),
                    "answered_at": reply.answered_at,
                }
            )
    for entry in new.entries:
        row_id = new_id()
        question = entry.question and ids.get(entry.question, entry.question)
        sealed = person.seal("entry", "sealed", row_id, entry.content)
        what = {"day": entry.day, "at": entry.at, "kind": entry.kind, "zone": entry.zone}
        what["question_id"] = question
        rows[Entry].append({"id": row_id, **key, **what, "sealed": sealed})
    for seen in new.warnings:
        row_id = new_id()
        sealed = person.seal("warned", "sealed", row_id, seen.sign)
        rows[Warned].append({"id": row_id, **key, "day": seen.day, "at": seen.at, "sealed": sealed})
    for snippet, opinion in new.opinions:
        row_id = new_id()
        said = tip_opinions.written(opinion)
        sealed = person.seal("snippet_opinion", "sealed", row_id, said)
        what = {"snippet_id": snippet, "at": now, "sealed": sealed}
        rows[SnippetOpinion].append({"id": row_id, **key, **what})
    return rows


def _open(person: Known, table: str, row: Entry | Warned) -> str:
    return str(person.open(table, "sealed", row.id, row.sealed))
