"""Who left stays away, also where a backup from before is restored."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from actions import erase, people, retention
from actions.work import Policy, Runner, Work
from content.library import Library
from storage import erased
from storage.crypto import Keys
from storage.database import open_engine, sessions
from storage.erasing import truncate_log
from tests.actions.diaries import ANNA, BEN, plant
from tests.actions.test_erase import delete
from tests.actions.test_retention import there
from tests.conftest import Clock


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    return tmp_path / "apart" / "erased.txt"


@asynccontextmanager
async def bot(
    database: Path, listed: Path, library: Library, keys: Keys, clock: Clock
) -> AsyncIterator[Runner]:
    """A runner as the composition root makes it."""
    engine = open_engine(f"sqlite+aiosqlite:///{database}")
    try:
        yield Runner(
            sessions(engine), library, keys, Policy(), clock, lambda: None,
            truncate=partial(truncate_log, engine), list_erased=partial(erased.append, listed),
        )  # fmt: skip
    finally:
        await engine.dispose()


@pytest.mark.asyncio
async def test_a_restored_backup_brings_nobody_back_who_left(
    tmp_path: Path, empty_sqlite: Path, listed: Path, library: Library, keys: Keys, clock: Clock
) -> None:
    database, backup = tmp_path / "diary.db", tmp_path / "backup.db"
    shutil.copy(empty_sqlite, database)
    async with bot(database, listed, library, keys, clock) as run:
        for who in (ANNA, BEN, BEN + 1):
            await run(plant, who)
        await run(people.blocked, BEN)
    shutil.copy(database, backup)
    async with bot(database, listed, library, keys, clock) as run:
        clock.advance(minutes=5)
        await delete(run, ANNA)
        clock.advance(days=200)
        assert await run(retention.erase_some) == 1

    shutil.copy(backup, database)
    async with bot(database, listed, library, keys, clock) as run:
        assert await run(there) == {ANNA, BEN, BEN + 1}
        assert await run(erase.again, erased.read(listed)) == 2
        assert await run(there) == {BEN + 1}

        clock.advance(minutes=1)
        await run(plant, ANNA)  # begins anew
        assert await run(erase.again, erased.read(listed)) == 0
        assert await run(there) == {ANNA, BEN + 1}
    assert set(erased.read(listed)) == {keys.lookup(ANNA), keys.lookup(BEN)}


@pytest.mark.asyncio
async def test_an_erasure_that_fails_lists_nobody(
    tmp_path: Path, empty_sqlite: Path, listed: Path, library: Library, keys: Keys, clock: Clock
) -> None:
    shutil.copy(empty_sqlite, tmp_path / "diary.db")
    async with bot(tmp_path / "diary.db", listed, library, keys, clock) as run:
        await run(plant, ANNA)

        async def fail(work: Work) -> None:
            work.forget(keys.lookup(ANNA))
            raise RuntimeError("the disk is full")

        with pytest.raises(RuntimeError):
            await run(fail)
    assert erased.read(listed) == {}


def test_a_line_that_a_crash_cut_off_harms_no_other(listed: Path, clock: Clock) -> None:
    erased.append(listed, [b"\x01" * 32, b"\x02" * 32], clock())
    with listed.open("a") as file:
        file.write("0303030303 2025-03-0\nno list at all\n")

    assert erased.read(listed) == {b"\x01" * 32: clock(), b"\x02" * 32: clock()}
    assert listed.stat().st_mode & 0o077 == 0
