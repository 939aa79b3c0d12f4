"""Told to stop: what is in flight ends, the process exits with 0 in time, nothing is lost or doubled."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest
import pytest_asyncio

from sandbox.phone import Phone, Telegram
from sandbox.server import Sandbox
from tests.races.bot_process import TOKEN, BotProcess

pytestmark = pytest.mark.asyncio

CROWD = 50


@pytest_asyncio.fixture
async def tg() -> AsyncIterator[Telegram]:
    server = Sandbox(token=TOKEN)
    await server.start()
    async with Telegram(server.url, within=20) as telegram:
        yield telegram
    await server.stop()


async def test_an_idle_bot_stops_at_once(tg: Telegram, tmp_path: Path) -> None:
    async with BotProcess(tmp_path, tg.url) as bot:
        await bot.logged("started")
        assert await bot.stop(within=10) == 0
    assert "stopped" in bot.log.read_text(encoding="utf-8")


async def test_fifty_turns_in_flight_are_each_answered_once(tg: Telegram, tmp_path: Path) -> None:
    phones = [await tg.person(f"P{n}") for n in range(CROWD)]
    async with BotProcess(tmp_path, tg.url, MESSAGES_PER_SECOND="1000") as bot:
        await bot.logged("started")
        await tg.fail("delay", times=None, method="sendMessage", seconds=1)
        await asyncio.gather(*(phone.start() for phone in phones))
        await until(lambda: _calls(tg, "sendMessage"))
        assert await bot.stop(within=10) == 0

        await tg.clear_faults()
        await bot.start()
        await bot.logged("started")
        for phone in phones:
            await phone.wait_for(lambda bubble: "18 or older" in bubble.buttons, ever=True)
        assert await bot.stop(within=10) == 0

    welcomes = Counter(m["chat_id"] for m in await tg.sent())
    assert welcomes == dict.fromkeys((phone.id for phone in phones), 1)
    assert await tg.refusals() == []


async def test_in_a_group_it_says_where_it_talks_and_keeps_nothing(
    tg: Telegram, tmp_path: Path
) -> None:
    async with BotProcess(tmp_path, tg.url) as bot:
        anna = await tg.person("Anna", language="en")
        group = await tg.group("Friends", anna)
        await bot.logged("started")
        await anna.say("/start", chat=group)
        await until(lambda: _said(anna, group))
        assert "I only talk in private" in (await _said(anna, group))[0]
        assert await bot.stop() == 0
    assert await tg.refusals() == []
    assert _kept(tmp_path) == (0, 0)


async def until(look: Callable[[], Awaitable[object]]) -> None:
    """Look again and again until there is something to see. Errors: TimeoutError."""
    async with asyncio.timeout(10):
        while not await look():  # noqa: ASYNC110 - of another process
            await asyncio.sleep(0.02)


async def _calls(tg: Telegram, method: str) -> int:
    return (await tg.calls()).get(method, 0)


async def _said(phone: Phone, chat: int) -> list[str]:
    return [bubble.text for bubble in await phone.messages(chat) if bubble.from_bot]


def _kept(folder: Path) -> tuple[int, int]:
    """How many updates and how many people the bot has kept."""
    with closing(sqlite3.connect(folder / "commensal.db")) as database:
        updates, people = (
            int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
            for table in ("inbox", "person")
        )
    return updates, people
