"""Killed with taps in flight: every tap has its effect once, none is lost and none counts twice.

The bot is a process of its own on its own SQLite file, killed by SIGKILL at moments that nobody chose.
The suite kills it a few times; the drill as often as it takes to be sure.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from sandbox.phone import Telegram
from sandbox.server import Sandbox
from tests.races.bot_process import TOKEN, BotProcess
from tests.races.tapping import TAPS, crowd, lost_and_doubled, tap_all

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def tg() -> AsyncIterator[Telegram]:
    server = Sandbox(token=TOKEN)
    await server.start()
    async with Telegram(server.url, within=60) as telegram:
        yield telegram
    await server.stop()


@pytest.mark.parametrize(
    ("people", "kills"),
    [(4, 4), pytest.param(20, 25, marks=pytest.mark.drill)],
)
async def test_every_tap_counts_once_however_often_it_is_killed(
    tg: Telegram, tmp_path: Path, people: int, kills: int
) -> None:
    chance = random.Random(people)
    phones = [await tg.person(f"P{n}") for n in range(people)]
    async with BotProcess(tmp_path, tg.url) as bot:
        taps = await crowd(phones)
        await bot.kill()

        killing = asyncio.create_task(_kill_again_and_again(bot, kills, chance))
        await tap_all(taps, chance, over=kills * 1.5)
        await killing
        lost, doubled = await lost_and_doubled(phones)

    print(f"{len(taps)} taps, {kills} kills, lost {lost}, doubled {doubled}")
    assert len(taps) == people * TAPS
    assert (lost, doubled) == (0, 0)


async def _kill_again_and_again(bot: BotProcess, kills: int, chance: random.Random) -> None:
    """Start it, let it run for a moment, kill it; at the end it runs."""
    for _ in range(kills):
        await bot.start()
        await asyncio.sleep(chance.uniform(1.2, 2.2))
        await bot.kill()
    await bot.start()
