"""Whether an SQLite file is bound to a key file, asked before there is a key to open anything with."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path


def is_bound(path: Path) -> bool:
    """Say whether the database at *path* has been written to under a key file. Makes no file.

    A database that was only migrated holds nothing yet that needs one; what cannot be read as a
    database counts as bound, so that nothing new is made beside it.
    """
    if not path.exists():
        return False
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            tables = database.execute("SELECT name FROM sqlite_master WHERE name = 'meta'")
            if tables.fetchone() is None:
                return False
            query = "SELECT count(*) FROM meta WHERE name = 'key_check_value'"
            return bool(database.execute(query).fetchone()[0])
    except sqlite3.Error:
        return True
