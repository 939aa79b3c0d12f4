"""Copies put aside before a migration: the newest one alone, for nobody else to read, and not for long."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage.copies import KEPT, copy_aside, drop_old


def copies(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != "diary.db")


def database(folder: Path) -> Path:
    path = folder / "diary.db"
    with closing(sqlite3.connect(path)) as made, made:
        made.execute("CREATE TABLE note (text)")
    return path


def test_only_the_newest_copy_is_kept_and_nobody_else_reads_it(tmp_path: Path) -> None:
    path = database(tmp_path)

    copy_aside(path, "0001", "0002")
    copy_aside(path, "0002", "0003")

    assert copies(tmp_path) == ["diary.db.before-0003-from-0002"]
    (copy,) = tmp_path.glob("diary.db.*")
    assert copy.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(copy)) as read:
        assert read.execute("SELECT count(*) FROM note").fetchone() == (0,)


def test_a_copy_goes_after_two_weeks_and_the_database_never(tmp_path: Path) -> None:
    path = database(tmp_path)
    copy_aside(path, "0001", "0002")
    now = datetime.now(UTC)
    os.utime(path, (0, 0))

    assert drop_old(path, now + KEPT - timedelta(hours=1)) == 0
    assert drop_old(path, now + KEPT + timedelta(hours=1)) == 1

    assert copies(tmp_path) == []
    assert path.exists()
