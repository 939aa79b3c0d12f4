"""What the files hold after a week: nothing in clear of who the person is or of what they told."""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
import pytest_asyncio

from commensal.trial import TOKEN as TRIAL_TOKEN
from commensal.trial import trial
from sandbox.phone import Phone, Telegram
from sandbox.server import Sandbox
from storage.crypto import Where, read_key_file
from tests.journeys.canaries import Canaries
from tests.journeys.conftest import settings_of
from tests.journeys.walks import EVENING, downloaded, join
from tests.races.bot_process import TOKEN, BotProcess

pytestmark = pytest.mark.asyncio

ID = 7777123456789
FIRST, LAST, USER = "Canarifirst", "Ķanárilast", "canary_user_name"
NOTE, TYPED = "canary: a note about soup", "canary: typed where nothing was asked"
OWN, TOWN, NOWHERE = "Canary itch", "Castrop-Rauxel", "Canaryville"
LATITUDE, LONGITUDE = "52.123457", "13.765431"
SIGN = "A lot of blood, or bleeding that does not stop"
MARK = "An eating disorder, now or in the past"
IMPORTED = "canary: a note from another bot"
SANDBOX = ("sandbox.json", "files", "clock.json")
"""What is Telegram's end, and knows everything by its nature."""

SAID = (FIRST, LAST, USER, NOTE, TYPED, OWN, TOWN, NOWHERE, IMPORTED)
ANSWERS = ('"code":"7-8"', '"code": "7-8"', '"7-8"', '"code": "3"', '"code":"3"', "Smooth and soft",
           "7 to 8 h", "bleeding_heavy", "telegram_id", "18 or older", "eating_disorder", MARK, LATITUDE, LONGITUDE)  # fmt: skip


async def canary(telegram: Telegram) -> Phone:
    """A person who can be recognised by every word."""
    about = {"id": ID, "name": FIRST, "last_name": LAST, "username": USER, "language_code": "en"}
    await telegram.ask("POST", "people", about)
    return await telegram.phone(ID)


@pytest_asyncio.fixture
async def lived(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Path]:
    """The data folder of a bot that still runs, after so many days of use."""
    async with trial(settings_of(tmp_path)) as (url, _), Telegram(url, within=45) as telegram:
        await _live(telegram, await canary(telegram), days=request.param)
        assert await telegram.refusals() == []
        yield tmp_path / "sandbox"


@pytest.mark.parametrize("lived", [7], indirect=True)
async def test_after_a_week_no_file_holds_anything_in_clear(lived: Path) -> None:
    files = [path for path in _all(lived) if path.name not in SANDBOX]
    names = {path.name for path in files}
    canaries = Canaries([*SAID, *ANSWERS, TRIAL_TOKEN], [ID], _keys(lived))

    assert {"commensal.db", "commensal.db-wal", "commensal.db-shm", "commensal.key"} <= names
    assert (lived / "commensal.db-wal").stat().st_size > 0
    assert canaries.within(*files) == []

    copy = lived.parent / "copy.db"
    with closing(sqlite3.connect(lived / "commensal.db")) as source, closing(
        sqlite3.connect(copy)
    ) as target:  # fmt: skip
        source.backup(target)
        assert source.execute("SELECT count(*) FROM answer").fetchone()[0] >= 7 * 7
        waiting = "SELECT count(*) FROM import_batch WHERE sealed IS NOT NULL"
        assert source.execute(waiting).fetchone() == (1,)
    assert canaries.within(copy) == []


@pytest.mark.parametrize("lived", [1], indirect=True)
async def test_the_search_finds_what_is_there(lived: Path) -> None:
    canaries = Canaries([*SAID, LATITUDE], [ID])
    known_to_telegram = {found.canary for found in canaries.within(lived / "sandbox.json")}
    assert known_to_telegram >= {*SAID, LATITUDE, str(ID)} - {TOWN, IMPORTED}

    copy = lived.parent / "copy"
    shutil.copytree(lived, copy, ignore=shutil.ignore_patterns(*SANDBOX))
    with closing(sqlite3.connect(copy / "commensal.db", isolation_level=None)) as database:
        database.execute("PRAGMA wal_autocheckpoint = 0")
        database.execute("CREATE TABLE leak (id INTEGER, word TEXT, key BLOB)")
        key = _keys(copy)[0]
        database.execute("INSERT INTO leak VALUES (?, ?, ?)", (ID, NOTE, key))
        found = Canaries(SAID, [ID], [key]).within(copy)
        assert {(f.canary, f.file) for f in found} == {
            (NOTE, "commensal.db-wal"), (str(ID), "commensal.db-wal"), ("key 0", "commensal.db-wal")
        }  # fmt: skip


async def test_updates_that_wait_and_logs_at_debug_hold_nothing_either(tmp_path: Path) -> None:
    server = Sandbox(token=TOKEN)
    await server.start()
    folder = tmp_path / "data"
    folder.mkdir()
    async with Telegram(server.url, within=45) as telegram:
        more = {"LOG_LEVEL": "debug", "LOG_FORMAT": "json"}
        async with BotProcess(folder, server.url, **more) as bot:
            phone = await canary(telegram)
            await join(phone)
            await telegram.fail("delay", times=None, method="sendMessage", seconds=30)
            await phone.say("/note")
            await phone.say(NOTE)
            await phone.say(TYPED)
            await _stored(folder / "commensal.db", 3)
            await bot.kill()

    await server.stop()
    left = shutil.copytree(folder, tmp_path / "left")  # a look into a database tidies it up
    canaries = Canaries([*SAID, *ANSWERS, TOKEN, TOKEN.partition(":")[2]], [ID], _keys(folder))
    assert _waiting(folder / "commensal.db") >= 3
    assert (left / "commensal.db-wal").stat().st_size > 0
    assert '"level": "info"' in (left / "bot.log").read_text(encoding="utf-8")
    assert canaries.within(left, folder) == []


async def _live(telegram: Telegram, phone: Phone, days: int) -> None:
    await join(phone)
    await _settle_in(phone)
    for day in range(days):
        await _evening(telegram, phone)
        await phone.say("/note")
        await phone.wait_for("A note for")
        await phone.say(f"{NOTE} {day}")
        await phone.settle()
    await phone.say("/note")
    await phone.tap("Log an item instead")
    await phone.tap("Bloating")
    await phone.tap("6")
    await phone.say("/warning")
    await phone.tap(SIGN, await phone.wait_for("The warning list"))
    await phone.wait_for("emergency number")
    await phone.say(TYPED)
    await phone.settle()
    await _bring_in(phone)


async def _settle_in(phone: Phone) -> None:
    """Set what can be set, and type what can be typed."""
    await phone.say("/settings")
    await phone.tap("Time zone")
    await phone.say(NOWHERE)
    await phone.wait_for("I do not know that place")
    await phone.say(TOWN)
    await phone.wait_for("Berlin time")
    await phone.say("/settings")
    await phone.tap("Time zone")
    await phone.send("location", latitude=float(LATITUDE), longitude=float(LONGITUDE))
    await phone.wait_for("Berlin time")
    await phone.say("/settings")
    await phone.tap("Questions and habits")
    await phone.tap("Add an item of my own")
    await phone.say(OWN)
    await phone.wait_for(lambda bubble: any(OWN in label for label in bubble.buttons))
    await phone.say("/settings")
    await phone.tap("Tips to leave out")
    await phone.tap("Yes, let me choose")
    await phone.tap(MARK)
    await phone.wait_for("Left out now")
    await phone.settle()


async def _evening(telegram: Telegram, phone: Phone) -> None:
    """Move the clock to the next reminder of a check-in, and answer it."""
    before = len(await phone.messages())
    for _ in range(4):
        await telegram.jump("next_due")
        new = [b for b in (await phone.settle())[before:] if "1 of" in b.text]
        if new:
            break
    for n, label in enumerate((*EVENING[:-1], "5", EVENING[-1]), start=1):
        await phone.tap(label, await phone.wait_for(f"{n} of", ever=True))
    await phone.wait_for("Warning list: nothing on it")


async def _bring_in(phone: Phone) -> None:
    """Export, and send a file of another diary that waits to be confirmed."""
    await phone.say("/export")
    bubble = await phone.wait_for(
        lambda b: b.message.get("document", {}).get("file_name", "").endswith(".json")
    )
    diary = json.loads(await downloaded(phone, bubble))
    assert NOTE in json.dumps(diary)
    for entry in diary["entries"]:
        if entry.get("note") or entry.get("text"):
            entry.update({k: IMPORTED for k in ("note", "text") if k in entry})
    await phone.say("/import")
    await phone.wait_for(".json")
    await phone.send_file("document", "diary.json", json.dumps(diary).encode())
    await phone.wait_for("It would add")
    await phone.settle()


async def _stored(file: Path, updates: int) -> None:
    """Wait until so many updates wait in the inbox."""
    async with asyncio.timeout(10):
        while _waiting(file) < updates:  # noqa: ASYNC110 - of another process
            await asyncio.sleep(0.05)


def _waiting(file: Path) -> int:
    query = "SELECT count(*) FROM inbox WHERE sealed IS NOT NULL AND answered_at IS NULL"
    with closing(sqlite3.connect(file)) as database:
        return int(database.execute(query).fetchone()[0])


def _keys(folder: Path) -> list[bytes]:
    """Every key that lies wrapped in the database, unwrapped; and those of the key file."""
    keys = read_key_file(folder / "commensal.key")
    with closing(sqlite3.connect(folder / "commensal.db")) as database:
        people = database.execute("SELECT id, key FROM person").fetchall()
        days = database.execute("SELECT day, key FROM inbox_key").fetchall()
    boxes = [keys.unwrap(Where("person", "key", i, i), key) for i, key in people]
    for day, key in days:
        place = Where("inbox_key", "key", date.fromisoformat(day).toordinal(), 0)
        boxes.append(keys.unwrap(place, key))
    return [box._key for box in boxes]


def _all(folder: Path) -> list[Path]:
    return list(folder.iterdir())
