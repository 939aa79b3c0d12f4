"""Nothing can be written: what is due and what people say waits, health is red, and then all is made good."""

from __future__ import annotations

import os
import resource
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from actions.work import Runner
from commensal.health import Wellbeing
from domain.delivery import State
from domain.errors import Unavailable
from storage.database import open_engine, sessions
from tests.conftest import Clock
from tests.faults.tally import Tally
from tests.faults.town import Town, done
from tests.jobs.ledger import ledger

pytestmark = [pytest.mark.asyncio, pytest.mark.sqlite]

CROWD = range(1000, 1010)
NOBODY = 65534
"""A user who may write nothing that is not theirs: what is read-only is not, to root."""

Fault = Callable[[Path], AbstractContextManager[None]]


@contextmanager
def full(folder: Path) -> Iterator[None]:
    """No file may grow: the kernel refuses it, as on a full disk."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """The folder and what is in it can be read."""
    was_root = os.geteuid() == 0
    for path in (*folder.iterdir(), folder):
        path.chmod(0o555)
    if was_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if was_root:
            os.seteuid(0)
        for path in (folder, *folder.iterdir()):
            path.chmod(0o755)


@pytest.fixture
def folder(empty_sqlite: Path) -> Iterator[Path]:
    """A folder with an empty database, which others may look into."""
    with tempfile.TemporaryDirectory(prefix="commensal-disk-") as name:
        shutil.copy(empty_sqlite, Path(name) / "commensal.db")
        Path(name).chmod(0o755)
        yield Path(name)


@asynccontextmanager
async def opened(town: Town, folder: Path) -> AsyncIterator[Runner]:
    """The database in *folder*, as a process opens it."""
    engine = open_engine(f"sqlite+aiosqlite:///{folder / 'commensal.db'}")
    town.run = replace(town.run, maker=sessions(engine))
    yield town.run
    await engine.dispose()


@pytest.mark.parametrize("fault", [full, read_only], ids=["full", "read-only"])
async def test_a_disk_that_takes_nothing_loses_nothing(
    town: Town, clock: Clock, folder: Path, fault: Fault
) -> None:
    async with opened(town, folder):
        await town.move_in(CROWD)
    clock.advance(minutes=31)

    with fault(folder):
        async with opened(town, folder) as run:
            for _ in range(3):
                with pytest.raises(Unavailable):
                    await town.deliver()
            assert "written" in await Wellbeing(run).probes()["database"]()
    assert town.sent == []

    async with opened(town, folder):
        await town.deliver()
        assert town.count(f"a disk that is {fault.__name__}") == Tally(10, 10)
        assert await town.run(ledger) == [(State.SENT, None)] * 10


async def test_what_people_say_while_the_disk_is_full_is_kept_by_telegram_and_told(
    town: Town, folder: Path
) -> None:
    async with opened(town, folder):
        await town.move_in(CROWD, at=None)
        for who in CROWD:
            town.server.people.say(who, "/note all is well")
        raw = town.updates()
        async with town.inbox() as inbox:
            with full(folder):
                for _ in range(3):
                    with pytest.raises(Unavailable):
                        await inbox.receive(raw)
            assert town.count("told that it waits, on a full disk") == Tally(10, 10)
            await inbox.receive(raw)
            await done(inbox)

    assert town.count("told, and answered", due=[*CROWD, *CROWD]) == Tally(20, 20)
