"""/delete: what is confirmed afresh goes whole, and nothing of it stays in any table or file."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from actions import erase, imports, updates
from actions.erase import Ask, AskAgain, Erased, Kept, Left, NobodyHere
from actions.work import Policy, Runner, Work
from content.library import Library
from storage import people
from storage.crypto import Keys
from storage.database import open_engine, sessions
from storage.erasing import truncate_log
from storage.inbox import Arrived
from storage.tables import Base, Inbox, Person
from tests.actions.diaries import ANNA, BEN, LABEL, NOTE, join, plant
from tests.conftest import Clock

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def run(
    database_url: str, library: Library, keys: Keys, clock: Clock
) -> AsyncIterator[Runner]:
    """As the composition root makes it: an erasure empties the log."""
    engine = open_engine(database_url)
    yield runner(engine, library, keys, clock)
    await engine.dispose()


@pytest_asyncio.fixture
async def on_file(
    tmp_path: Path, empty_sqlite: Path, library: Library, keys: Keys, clock: Clock
) -> AsyncIterator[Runner]:
    """The same on a SQLite file, `diary.db`, whatever the other tests run on."""
    shutil.copy(empty_sqlite, tmp_path / "diary.db")
    engine = open_engine(f"sqlite+aiosqlite:///{tmp_path / 'diary.db'}")
    yield runner(engine, library, keys, clock)
    await engine.dispose()


def runner(engine: AsyncEngine, library: Library, keys: Keys, clock: Clock) -> Runner:
    truncate = partial(truncate_log, engine)
    return Runner(
        sessions(engine), library, keys, Policy(), clock, lambda: None, truncate=truncate
    )  # fmt: skip


async def asked(run: Runner, who: int = ANNA) -> int:
    view = (await run(erase.ask, who, "en")).views[-1]
    assert isinstance(view, Ask)
    return view.asked


async def delete(run: Runner, who: int = ANNA, *, messages: bool = False) -> Left:
    moment = await asked(run, who)
    return await run(erase.confirm, who, "en", moment, messages=messages)


async def rows(work: Work) -> dict[str, int]:
    """How many rows each table has, the empty ones left out."""
    found = {}
    for name, table in Base.metadata.tables.items():
        if count := await work.session.scalar(select(func.count()).select_from(table)):
            found[name] = count
    return found


async def arrive(run: Runner, number: int, who: int = ANNA) -> int:
    """Store an update of this person's; return its id here."""
    content = b'{"update_id": %d, "text": "%s"}' % (number, NOTE.encode())
    return (await run(updates.arrive, [Arrived(number, who, content)]))[0].id


async def test_everything_of_a_person_goes_and_nothing_of_others(run: Runner) -> None:
    await run(plant, BEN)
    before = await run(rows)
    await run(plant, ANNA)
    await arrive(run, 1)
    await run(imports.ask, ANNA)

    left = await delete(run)

    assert left == Left(left.here, ())
    assert left.here.views == (Erased(messages=False),)
    after = await run(rows)
    after.pop("inbox_key")  # the key of the day: everybody's
    assert after == before


async def test_the_update_that_confirms_it_goes_too_and_does_not_come_back(run: Runner) -> None:
    await run(plant, ANNA)
    moment = await asked(run)
    first, second = await arrive(run, 1), await arrive(run, 2)

    await run.within(first)(erase.confirm, ANNA, "en", moment, messages=False)
    await run(updates.answered, [(first, [10, 11])])
    # A second tap, taken in before the first had its effect.
    late = await run.within(second)(erase.confirm, ANNA, "en", moment, messages=False)
    await run(updates.answered, [(second, [12])])
    assert await run(updates.failed, second) == (True, True)

    assert late.here.views == (NobodyHere(),)
    assert "inbox" not in await run(rows)
    assert "person" not in await run(rows)


async def test_a_stranger_is_told_that_nothing_is_kept_and_nothing_is(run: Runner) -> None:
    stored = await arrive(run, 1, BEN)

    here = await run.within(stored)(erase.ask, BEN, "en")
    await run(updates.answered, [(stored, [5])])

    assert here.views == (NobodyHere(),)
    assert "inbox" not in await run(rows)


async def test_an_answer_after_ten_minutes_erases_nothing_and_asks_again(
    run: Runner, clock: Clock
) -> None:
    await run(plant, ANNA)
    before, moment = await run(rows), await asked(run)
    clock.advance(minutes=10, seconds=1)

    left = await run(erase.confirm, ANNA, "en", moment, messages=True)

    assert left.here.views == (AskAgain(int(clock.now.timestamp())),)
    assert left.messages == ()
    assert await run(rows) == before


async def test_an_answer_within_ten_minutes_counts(run: Runner, clock: Clock) -> None:
    await run(plant, ANNA)
    moment = await asked(run)
    clock.advance(minutes=10)

    left = await run(erase.confirm, ANNA, "en", moment, messages=False)

    assert left.here.views == (Erased(messages=False),)


async def test_a_button_from_a_life_before_erases_nobody_who_came_back(
    run: Runner, clock: Clock
) -> None:
    await run(join, ANNA)
    moment = await asked(run)
    await run(erase.confirm, ANNA, "en", moment, messages=False)
    clock.advance(minutes=1)
    await run(join, ANNA)

    left = await run(erase.confirm, ANNA, "en", moment, messages=False)

    assert isinstance(left.here.views[-1], AskAgain)
    assert (await run(rows))["person"] == 1


async def test_a_moment_to_come_is_not_believed(run: Runner, clock: Clock) -> None:
    await run(join, ANNA)

    later = int(clock.now.timestamp()) + 3600
    left = await run(erase.confirm, ANNA, "en", later, messages=False)

    assert isinstance(left.here.views[-1], AskAgain)


async def test_keeping_everything_keeps_everything(run: Runner) -> None:
    await run(plant, ANNA)
    before = await run(rows)

    assert (await run(erase.keep, ANNA, "en")).views == (Kept(),)
    assert await run(rows) == before


async def test_our_messages_of_the_last_48_hours_are_handed_over_if_wanted(run: Runner) -> None:
    await run(plant, ANNA)  # with a reminder sent as 4711
    stored = await arrive(run, 1)
    await run(updates.answered, [(stored, [20, 21])])
    await run(plant, BEN)
    other = await arrive(run, 2, BEN)
    await run(updates.answered, [(other, [30])])

    left = await delete(run, messages=True)

    assert left.messages == (20, 21, 4711)
    assert left.here.views == (Erased(messages=True),)


async def test_a_reminder_that_is_too_old_to_go_is_not_handed_over(
    run: Runner, clock: Clock
) -> None:
    await run(plant, ANNA)
    clock.advance(hours=48)

    assert (await delete(run, messages=True)).messages == ()


@pytest.mark.parametrize("state", ["unfinished", "blocked", "asked twice", "paused"])
async def test_it_works_in_every_state(run: Runner, clock: Clock, state: str) -> None:
    async def put(work: Work) -> None:
        person = await people.create(work.session, work.keys, ANNA, "en", work.now)
        if state != "unfinished":
            person.row.joined_at, person.row.zone = work.now, "Europe/Berlin"
        if state == "blocked":
            person.row.blocked_at = work.now
        if state == "asked twice":
            person.row.asked_idle, person.row.asked_idle_at = 2, work.now
        if state == "paused":
            person.row.paused_until = work.now.date()

    await run(put)
    await delete(run)

    assert "person" not in await run(rows)


@pytest.mark.sqlite
async def test_nothing_of_a_person_is_left_in_the_files(
    on_file: Runner, tmp_path: Path, keys: Keys
) -> None:
    """What they said is never there in clear; once erased, their ciphertext and key are not either."""
    run, folder = on_file, tmp_path
    await run(plant, BEN)
    await run(plant, ANNA)
    await arrive(run, 1)
    sealed = await run(ciphertexts, ANNA)
    assert len(sealed) > 20
    clear = [str(ANNA).encode(), NOTE.encode(), LABEL.encode(), b"walked by"]
    assert [c for c in clear if c in everything(folder)] == []
    assert [c for c in sealed if c not in everything(folder)] == []

    await delete(run)

    assert [c for c in [*clear, *sealed, keys.lookup(ANNA)] if c in everything(folder)] == []
    assert keys.lookup(BEN) in everything(folder)


def everything(folder: Path) -> bytes:
    """The database's file with its log."""
    return b"".join(path.read_bytes() for path in sorted(folder.glob("diary.db*")))


async def ciphertexts(work: Work, who: int) -> list[bytes]:
    """A piece of every ciphertext and key that is this person's; short of any overflow page."""
    person = await people.find(work.session, work.keys, who)
    assert person is not None
    found = [person.row.key, person.row.sealed_profile]
    for table in Base.metadata.tables.values():
        sealed = [c for c in table.c if c.name.startswith("sealed") and "person_id" in table.c]
        for column in sealed:
            query = select(column).where(table.c.person_id == person.id)
            found += [value for value in await work.session.scalars(query) if value]
    query = select(Inbox.sealed).where(Inbox.lookup == person.row.lookup)
    found += [value for value in await work.session.scalars(query) if value]
    return [value[:48] for value in found]


@pytest.mark.sqlite
async def test_a_reader_of_the_log_does_not_break_the_erasure(
    on_file: Runner, tmp_path: Path
) -> None:
    """Another process that reads may hold the log: people are erased all the same."""
    run = on_file
    await run(plant, ANNA)
    other = open_engine(f"sqlite+aiosqlite:///{tmp_path / 'diary.db'}")
    async with other.connect() as reader:
        await reader.exec_driver_sql("COMMIT")
        await reader.exec_driver_sql("BEGIN")
        await reader.exec_driver_sql("PRAGMA busy_timeout=0")
        await reader.execute(select(Person.id))
        moment = await asked(run)
        left = await run(erase.confirm, ANNA, "en", moment, messages=False)
    await other.dispose()

    assert left.here.views == (Erased(messages=False),)
    assert "person" not in await run(rows)


@pytest.mark.postgresql
async def test_everything_goes_on_postgresql_too(run: Runner) -> None:
    await run(plant, ANNA)
    await arrive(run, 1)

    await delete(run)

    assert set(await run(rows)) == {"consent_text", "inbox_key"}
