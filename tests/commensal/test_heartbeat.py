"""A watcher elsewhere hears from the bot while all is well, and only then; nobody hears its address."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web

from actions.work import Runner
from commensal import logs
from commensal.health import Wellbeing
from commensal.heartbeat import Rounds, beat, is_well
from commensal.kinds import Secret
from commensal.settings import Settings
from commensal.tasks import end, keep
from domain.errors import SettingsError
from sandbox.server import Sandbox
from tests.commensal.logging_kept import logging_kept
from tests.races.bot_process import TOKEN, BotProcess
from web.health import Health

pytestmark = pytest.mark.asyncio

CANARY = "canary-token-of-the-watcher"


@dataclass
class Watcher:
    """A page that is asked for, and answers as it is told."""

    url: str = ""
    status: int = 200
    asked: list[tuple[str, str, bytes]] = field(default_factory=list)
    heard: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append((request.method, request.path_qs, await request.read()))
        self.heard.set()
        return web.Response(status=self.status)

    async def hear(self, times: int) -> None:
        """Wait until it was asked so often since the beginning. Errors: TimeoutError."""
        async with asyncio.timeout(20):
            while len(self.asked) < times:
                self.heard.clear()
                await self.heard.wait()


@pytest_asyncio.fixture
async def watcher() -> AsyncIterator[Watcher]:
    here = Watcher()
    app = web.Application()
    app.router.add_route("*", "/{anything:.*}", here.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    here.url = f"http://127.0.0.1:{runner.addresses[0][1]}/ping/{CANARY}?a=b"
    yield here
    await runner.cleanup()


@dataclass
class Mood:
    """Well, until it is told otherwise; counts how often it was looked at."""

    well: bool = True
    looked: int = 0

    async def __call__(self) -> bool:
        self.looked += 1
        return self.well


@asynccontextmanager
async def beating(url: str, mood: Mood, patience: float = 10) -> AsyncIterator[None]:
    task = asyncio.create_task(beat(Secret(url), 0.01, mood, patience))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def looked(mood: Mood, times: int) -> None:
    async with asyncio.timeout(20):
        while mood.looked < times:  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(0.01)


async def test_while_all_is_well_the_address_is_asked_for_and_told_nothing(
    watcher: Watcher,
) -> None:
    async with beating(watcher.url, Mood()):
        await watcher.hear(3)

    assert set(watcher.asked) == {("GET", f"/ping/{CANARY}?a=b", b"")}


async def test_while_something_is_wrong_there_is_silence(watcher: Watcher) -> None:
    mood = Mood(well=False)
    async with beating(watcher.url, mood):
        await looked(mood, 5)
        assert watcher.asked == []
        mood.well = True
        await watcher.hear(1)


async def test_a_failure_is_told_once_until_it_is_over_and_never_the_address(
    watcher: Watcher, capsys: pytest.CaptureFixture[str]
) -> None:
    with logging_kept():
        logs.configure("debug", "text")
        watcher.status = 500
        async with beating(watcher.url, Mood()):
            await watcher.hear(3)
            watcher.status = 200
            await watcher.hear(6)
            watcher.status = 302
            await watcher.hear(9)
        out = capsys.readouterr().err

    assert out.count("answered 500") == 1
    assert out.count("heartbeat_again") == 1
    assert out.count("answered 302") == 1
    assert CANARY not in out


@pytest.mark.parametrize("url", [f"http://127.0.0.1:9/{CANARY}", f"http://no.invalid/{CANARY}"])
async def test_a_watcher_that_is_not_there_does_no_harm(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with logging_kept():
        logs.configure("debug", "text")
        mood = Mood()
        async with beating(url, mood):
            await looked(mood, 3)
        out = capsys.readouterr().err

    assert out.count("heartbeat_failed") == 1
    assert CANARY not in out


async def test_a_watcher_that_says_nothing_is_given_up(
    capsys: pytest.CaptureFixture[str],
) -> None:
    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    mood = Mood()
    with logging_kept():
        logs.configure("debug", "text")
        async with beating(url, mood, patience=0.05):
            await looked(mood, 3)
        out = capsys.readouterr().err
    server.close()

    assert out.count("heartbeat_failed") == 1


async def test_a_bot_is_well_with_green_probes_and_a_dispatcher_that_makes_its_rounds(
    run: Runner,
) -> None:
    health = Wellbeing(run)
    looks = Health(health.probes(), fresh=0)
    health.set("telegram", "")
    assert not await is_well(looks, health.rounds)
    assert await is_well(looks, None)  # a process that sends no reminders

    health.made_round()
    assert await is_well(looks, health.rounds)
    health.set("updates", "another process polls with this token")
    assert not await is_well(looks, health.rounds)


async def test_a_round_that_is_two_minutes_old_is_a_dispatcher_that_hangs() -> None:
    seconds = 5.0
    rounds = Rounds(lambda: seconds)
    assert (rounds.are_fresh(), rounds.last()) == (False, 0)

    rounds.made()
    seconds += 119
    assert rounds.are_fresh()
    seconds += 2
    assert not rounds.are_fresh()
    assert rounds.last() > 0


async def test_a_task_that_fails_is_counted(run: Runner) -> None:
    counted: list[tuple[str, str]] = []
    health = Wellbeing(run, lambda name, word: counted.append((name, word)))

    async def fail() -> None:
        raise ZeroDivisionError

    task = keep("face", health, fail)
    async with asyncio.timeout(20):
        while not counted:  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(0.01)
    await end(task)

    assert counted[0] == ("errors", "task")
    assert health.problems["face"] == "failed (ZeroDivisionError), started again"


def read(**given: str) -> Settings:
    environ = {f"COMMENSAL_{name}": value for name, value in given.items()}
    return Settings.read(environ, for_sandbox=True)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://watch.example",
        "watch.example",
        f"https://me:{CANARY}@watch.example/",
        f"https://watch.example/#{CANARY}",
        f"https://watch.example/ {CANARY}",
        "https://",
        "https://watch.example:0/",
    ],
)
async def test_an_address_that_cannot_be_one_is_refused_without_being_told(
    tmp_path: Path, url: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        read(DATA_DIR=str(tmp_path), HEARTBEAT_URL=url)

    (fault,) = refused.value.faults
    assert fault.startswith("COMMENSAL_HEARTBEAT_URL must be an address")
    assert CANARY not in fault


async def test_the_address_is_a_secret(tmp_path: Path) -> None:
    url = f"https://watch.example/{CANARY}?x=1"
    file = tmp_path / "url"
    file.write_text(url)

    for settings in (
        read(DATA_DIR=str(tmp_path), HEARTBEAT_URL=url),
        read(DATA_DIR=str(tmp_path), HEARTBEAT_URL_FILE=str(file)),
    ):
        assert settings.heartbeat_url == Secret(url)
        assert url in settings.secrets
        assert CANARY not in repr(settings)
    assert read(DATA_DIR=str(tmp_path)).heartbeat_url is None


async def test_a_bot_that_runs_is_heard_of(tmp_path: Path, watcher: Watcher) -> None:
    sandbox = Sandbox(token=TOKEN)
    await sandbox.start(port=0)
    more: dict[str, Any] = {"HEARTBEAT_URL": watcher.url, "HEARTBEAT_SECONDS": "10"}
    try:
        async with BotProcess(tmp_path, sandbox.url, **more) as bot:
            await watcher.hear(1)
            assert await bot.stop() == 0
            assert CANARY not in bot.log.read_text()
    finally:
        await sandbox.stop()
