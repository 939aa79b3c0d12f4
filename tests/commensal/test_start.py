"""A start with something wrong is refused: exit code 2, every fault in one line, and no secret shown."""

from __future__ import annotations

import shutil
import socket
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy.engine import URL

from content.library import PACKAGE
from storage.binding import is_bound
from storage.crypto import new_key_file
from storage.migrate import newest
from tests.commensal.commands import Said, commensal
from tests.races.bot_process import TOKEN, BotProcess

SECRET = "canary-that-nobody-may-see"
NOWHERE = "http://127.0.0.1:9"
"""Nothing listens here."""

SETTINGS = {
    "BOT_TOKEN": (SECRET, "is set and so is its _FILE: give one of them"),
    "TELEGRAM_API": (f"ftp://{SECRET}", "must be an address like https://host"),
    "DATABASE_URL": (f"mysql://root:{SECRET}@db/x", "must begin with sqlite:/// or postgresql://"),
    "DATA_DIR": ("{file}", "must be a folder that can be written to"),
    "KEY_FILE": ("{file}/deep/the.key", "must be in a folder that can be written to, or be there"),
    "ERASED_FILE": ("{file}/deep/erased", "must be in a folder that can be written to"),
    "CONTENT_DIR": ("{file}", "must be a folder that can be read"),
    "WEBHOOK_URL": (f"https://me:{SECRET}@here", "must be a plain address"),
    "WEBHOOK_SECRET": (f"{SECRET} {SECRET}", "must be 1 to 256 of the characters"),
    "LISTEN": (SECRET, "must be host:port"),
    "OPERATOR_CONTACT": (SECRET * 20, "must be one line of at most 200 characters"),
    "OPERATOR_CHAT": (SECRET, "must be a whole number"),
    "HEARTBEAT_URL": (f"https://me:{SECRET}@watch/{SECRET}", "must be an address without user"),
    "HEARTBEAT_SECONDS": (SECRET, "must be a whole number from 10 to 3600"),
    "MIN_AGE": ("9", "must be a whole number from 13 to 21"),
    "LOG_LEVEL": (SECRET, "must be one of debug, info, warning, error"),
    "LOG_FORMAT": (SECRET, "must be one of text, json"),
    "SENDS_AT_ONCE": ("0", "must be a whole number from 1 to 64"),
    "MESSAGES_PER_SECOND": ("1e3", "must be a whole number from 1 to 1000"),
    "KEEP_BLOCKED_DAYS": ("-1", "must be a whole number from 1"),
    "KEEP_IDLE_DAYS": ("two years", "must be a whole number from 1"),
    "KEEP_UNFINISHED_DAYS": ("0", "must be a whole number from 1"),
    "SANDBOX_PORT": ("65536", "must be a whole number from 0 to 65535"),
}
"""By setting: a wrong value, and what is said of it."""

CONTENT = {
    "questions/gas.toml": ("version = 1", 'version = 1\ncolour = "red"', "unknown key 'colour'"),
    "questions/mood.toml": ("order = ", "order = -", "'order' must be from"),
    "questions/energy.toml": ('shape = "', 'shape = "slider', "unknown shape"),
    "questions/stress.toml": ("version = 1", "version = ", "not valid TOML"),
    "questions/stool_form.toml": ('"bm_count"', '"count"', "unknown question 'count'"),
    "habits/sleep.toml": ('["sleep"]', '["sleeping"]', "unknown topic 'sleeping'"),
    "habits/stress_practice.toml": ("hint = ", "hints = ", "missing 'text.hint'"),
    "redflags/fever.toml": ('tier = "today"', 'tier = "tomorrow"', "unknown tier 'tomorrow'"),
    "routines/evening.toml": ("grace_minutes = 120", "", "missing 'grace_minutes'"),
    "snippets/notice_first.md": ('["general", ', "[", "missing the disclaimer 'general'"),
    "snippets/start_with_a_plant.md": ('section = "longterm"', "", "missing 'section'"),
    "snippets/tense_weeks.md": ('["R4"]', '["R3"]', "nobody opened R3"),
    "snippets/how_much_sleep.md": ("A good aim", "A sure cure", "says cure"),
    "snippets/tired_day_meals.md": ("+++\nid", "id", "no front matter"),
    "points.toml": ('use = "rewrite"', 'use = "maybe"', "unknown use 'maybe'"),
    "references.toml": ('"https://pubmed', '"http://pubmed', "must begin with https://"),
    "locales/en/dates.toml": ("{city}", "{city", "has braces that are no placeholder"),
}
"""By file: what is written in place of what, and what is said of it."""


def refused(said: Said) -> list[str]:
    """Return the faults of a start that was refused as it should be."""
    assert said.code == 2, said
    assert said.faults
    assert said.out == ""
    assert not any("Traceback" in line or 'File "' in line for line in said.faults)
    assert not any(SECRET in line or TOKEN in line for line in said.faults)
    return said.faults


def running(folder: Path) -> dict[str, str]:
    """The settings of a bot that could run, were Telegram there."""
    return {
        "BOT_TOKEN": TOKEN,
        "TELEGRAM_API": NOWHERE,
        "DATA_DIR": str(folder),
        "LISTEN": "127.0.0.1:0",
    }


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A folder with a copy of the package of content, to be the working folder of a command."""
    unread = shutil.ignore_patterns("__pycache__")
    return Path(shutil.copytree(PACKAGE, tmp_path / "copy" / "content", ignore=unread)).parent


@pytest.fixture
def spoilt(content: Path) -> Path:
    """That copy with a fault in each of many files."""
    for file, (old, new, _) in CONTENT.items():
        path = content / "content" / file
        text = path.read_text(encoding="utf-8")
        assert old in text, file
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return content


@pytest_asyncio.fixture
async def ran(tmp_path: Path) -> AsyncIterator[Path]:
    """The data folder of a bot that has run once."""
    async with BotProcess(tmp_path, NOWHERE) as bot:
        await bot.logged("not_greeted")
        assert await bot.stop() == 0
    yield tmp_path


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody else listens on."""
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        yield other.getsockname()[1]


@pytest.mark.parametrize("command", ["run", "sandbox", "migrate"])
def test_every_wrong_setting_is_named_at_once(tmp_path: Path, command: str) -> None:
    file = tmp_path / "a file"
    file.write_text(SECRET)
    given = {name: value.format(file=file) for name, (value, _) in SETTINGS.items()}
    given["BOT_TOKEN_FILE"] = str(file)

    faults = refused(commensal(command, **given))

    for name, (_, says) in SETTINGS.items():
        assert [says in line for line in faults if line.startswith(f"COMMENSAL_{name} ")] == [True]
    assert len(faults) == len(SETTINGS)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, ["COMMENSAL_BOT_TOKEN is missing", "COMMENSAL_OPERATOR_CONTACT is missing"]),
        (
            {"BOT_TOKN": TOKEN, "OPERATOR_CONTACT": "me"},
            ["BOT_TOKEN is missing", "COMMENSAL_BOT_TOKN is not a setting of ours; did you mean"],
        ),
        (
            {"BOT_TOKEN": f"{SECRET} {SECRET}", "TELEGRAM_API": NOWHERE},
            ["BOT_TOKEN must be one word"],
        ),
        ({"BOT_TOKEN": SECRET, "OPERATOR_CONTACT": "me"}, ["BOT_TOKEN does not look like a token"]),
        ({"BOT_TOKEN_FILE": "/nowhere", "OPERATOR_CONTACT": "me"}, ["BOT_TOKEN_FILE names a file"]),
        (
            {"BOT_TOKEN": TOKEN, "OPERATOR_CONTACT": "me", "WEBHOOK_URL": "http://here"},
            ["WEBHOOK_URL must be https", "WEBHOOK_SECRET is missing"],
        ),
    ],
)
def test_what_is_missing_or_does_not_fit_together_is_named(
    tmp_path: Path, given: dict[str, str], says: list[str]
) -> None:
    faults = refused(commensal("run", DATA_DIR=str(tmp_path), **given))

    assert len(faults) == len(says)
    assert all(any(words in line for line in faults) for words in says)


@pytest.mark.parametrize("words", [["run"], ["sandbox"], ["content", "check"]])
def test_every_wrong_file_of_content_is_named_at_once(
    tmp_path: Path, spoilt: Path, words: list[str]
) -> None:
    faults = refused(commensal(*words, cwd=str(spoilt), **running(tmp_path), SANDBOX_PORT="0"))

    for file, (_, _, says) in CONTENT.items():
        assert any(line.startswith(f"content/{file}:") and says in line for line in faults), file


@pytest.mark.asyncio
async def test_another_key_file_is_refused_and_so_is_none(ran: Path) -> None:
    key = ran / "commensal.key"
    key.unlink()
    assert is_bound(ran / "commensal.db")
    (gone,) = refused(commensal("run", **running(ran)))
    assert gone.startswith(f"COMMENSAL_KEY_FILE: {key} is gone")
    assert not key.exists()

    new_key_file(key)
    (other,) = refused(commensal("run", **running(ran)))
    assert other.startswith("COMMENSAL_KEY_FILE: not the key file that this database was made with")

    key.write_text("{}")
    (odd,) = refused(commensal("run", **running(ran)))
    assert odd == f"COMMENSAL_KEY_FILE: {key} is not a key file of ours"


def test_a_database_that_was_only_migrated_is_private_and_needs_no_key_yet(tmp_path: Path) -> None:
    assert commensal("migrate", **running(tmp_path)).code == 0

    database = tmp_path / "commensal.db"
    assert database.stat().st_mode & 0o077 == 0
    assert not is_bound(database)
    assert not is_bound(tmp_path / "none.db")


@pytest.mark.asyncio
async def test_a_newer_schema_is_refused(ran: Path) -> None:
    with closing(sqlite3.connect(ran / "commensal.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = 'from_the_future'")

    for command in ("run", "migrate"):
        (fault,) = refused(commensal(command, **running(ran)))
        assert "from_the_future is newer than this release knows" in fault


def test_on_postgresql_nothing_is_made_silently(tmp_path: Path, postgresql_server: URL) -> None:
    address = postgresql_server.set(drivername="postgresql", database="postgres")
    given = running(tmp_path) | {"DATABASE_URL": address.render_as_string(hide_password=False)}

    (no_key,) = refused(commensal("run", **given))
    assert "commensal.key is not there; `commensal key new` makes one" in no_key
    assert commensal("key", "new", **given).code == 0

    unknown = address.set(database="nowhere").render_as_string(hide_password=False)
    (no_database,) = refused(commensal("run", **given | {"DATABASE_URL": unknown}))
    assert "the database cannot be opened (InvalidCatalogNameError)" in no_database

    (no_schema,) = refused(commensal("run", **given))
    assert f"the schema is at nothing, this release needs {newest()}" in no_schema
    assert "run `commensal migrate`" in no_schema


def test_a_database_out_of_reach_is_named_without_its_password(tmp_path: Path) -> None:
    given = running(tmp_path) | {"DATABASE_URL": f"postgresql://me:{SECRET}@127.0.0.1:9/diary"}
    assert commensal("key", "new", **given).code == 0

    for command in ("run", "migrate"):
        (fault,) = refused(commensal(command, **given))
        assert fault.startswith("COMMENSAL_DATABASE_URL: the database cannot be reached")


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    new_key_file(tmp_path / "commensal.key")
    (tmp_path / "commensal.db").write_text("a letter, not a database" * 100)

    for command in ("run", "migrate"):
        (fault,) = refused(commensal(command, **running(tmp_path)))
        assert "COMMENSAL_DATABASE_URL: the database cannot be opened (DatabaseError)" in fault


def test_a_taken_port_is_named(tmp_path: Path, taken: int) -> None:
    *logged, listen = refused(
        commensal("run", **running(tmp_path) | {"LISTEN": f"127.0.0.1:{taken}"})
    )
    assert ["key_file_made" in line for line in logged] == [True]
    assert listen.startswith("COMMENSAL_LISTEN: cannot listen there")

    (page,) = refused(commensal("sandbox", DATA_DIR=str(tmp_path), SANDBOX_PORT=str(taken)))
    assert page == f"COMMENSAL_SANDBOX_PORT: port {taken} is taken; set another"
