"""Copies of a SQLite file that are put aside before a migration, and their end.

A copy holds people who may have asked to be erased since: only the newest is kept, and not for long.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

KEPT = timedelta(days=14)
"""How long a copy may be of use: whoever has to go back to the release before knows it by then."""

MARK = "before-"


def copy_aside(path: Path, before: str, after: str) -> None:
    """Copy the database at *path*, of revision *before*, beside itself, in place of earlier copies."""
    copy = path.with_name(f"{path.name}.{MARK}{after}-from-{before}")
    making = path.with_name(f"{path.name}.copying")
    making.unlink(missing_ok=True)
    making.touch(mode=0o600)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(making)) as target:
        source.backup(target)
    making.replace(copy)
    for other in _copies(path):
        if other != copy:
            other.unlink(missing_ok=True)


def drop_old(path: Path, now: datetime | None = None) -> int:
    """Delete the copies of *path* that are older than KEPT, by the machine's clock; return how many."""
    before = (now or datetime.now(UTC)) - KEPT
    old = [copy for copy in _copies(path) if copy.stat().st_mtime < before.timestamp()]
    for copy in old:
        copy.unlink(missing_ok=True)
    return len(old)


def _copies(path: Path) -> list[Path]:
    return sorted(path.parent.glob(f"{path.name}.{MARK}*"))
