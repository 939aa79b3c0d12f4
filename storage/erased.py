"""The list of who was erased: a file apart from the database and its backups.

A line is a keyed hash and a moment, nothing else. A database that was restored from a backup is brought
up to it at the next start, so that nobody comes back who left. Never opens anything, never shortened here.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import people
from storage.tables import Person

AT_ONCE = 500
"""Hashes looked up in one query."""


def append(path: Path, lookups: Iterable[bytes], at: datetime) -> None:
    """Add who was erased at *at*; on the disk when this returns. Errors: OSError."""
    lines = "".join(f"{lookup.hex()} {at.isoformat()}\n" for lookup in lookups)
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(lines.encode())
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> dict[bytes, datetime]:
    """Return when each was erased last; a line that was cut off by a crash is passed over."""
    if not path.exists():
        return {}
    found: dict[bytes, datetime] = {}
    for line in path.read_text(encoding="ascii", errors="replace").splitlines():
        lookup, _, moment = line.partition(" ")
        try:
            key, at = bytes.fromhex(lookup), datetime.fromisoformat(moment)
        except ValueError:
            continue
        if at.tzinfo is not None:
            found[key] = max(at, found.get(key, at))
    return found


async def erase_again(session: AsyncSession, erased: dict[bytes, datetime]) -> int:
    """Erase those who are listed and whose row is from before they left; return how many."""
    lookups, again = list(erased), 0
    for start in range(0, len(lookups), AT_ONCE):
        some = lookups[start : start + AT_ONCE]
        rows = await session.scalars(select(Person).where(Person.lookup.in_(some)))
        for row in rows.all():
            if row.created_at < erased[row.lookup]:
                await people.erase(session, row)
                again += 1
    return again
