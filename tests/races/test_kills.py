"""Killed with taps in flight: every tap has its effect once, none is lost and none counts twice.

The bot is a process of its own on its own SQLite file, killed by SIGKILL at moments that nobody chose.
What it kept is asked of the bot itself, by each person's export. The suite kills it a few times; the
drill as often as it takes to be sure.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.tap import read, write
from bot.taps import AnswerTap, LogValueTap
from sandbox.phone import Phone, Telegram
from sandbox.server import Sandbox
from tests.journeys.walks import exported, join
from tests.races.bot_process import TOKEN, BotProcess

pytestmark = pytest.mark.asyncio

ANSWERS = {
    "pain_worst": "3", "bloating": "2", "bm_count": "2", "stool_form": "4",
    "stress": "7", "sleep_hours": "7-8", "sleep_quality": "good", "warning": "no",
}  # fmt: skip
LOGGED = ("pain_worst", "stress")
TAPS = len(ANSWERS) + len(LOGGED)


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
    async with BotProcess(tmp_path, tg.url) as bot:
        phones = [await tg.person(f"P{n}") for n in range(people)]
        await asyncio.gather(*(join(phone) for phone in phones))
        check_ins = await asyncio.gather(*(_begin(phone) for phone in phones))
        await bot.kill()

        taps = [
            tap
            for phone, begun in zip(phones, check_ins, strict=True)
            for tap in _taps(phone, *begun)
        ]
        killing = asyncio.create_task(_kill_again_and_again(bot, kills, chance))
        await _tap_all(taps, chance, over=kills * 1.5)
        await killing

        kept = await asyncio.gather(*(exported(phone) for phone in phones))

    lost: Counter[str] = Counter()
    doubled: Counter[str] = Counter()
    for diary in kept:
        (day,) = diary["check_ins"]
        answers = Counter((a["question"], a["code"]) for a in day["answers"])
        logs = Counter(e["question"] for e in diary["entries"])
        wanted = Counter({**dict.fromkeys(ANSWERS.items(), 1)})
        lost["answers"] += (wanted - answers).total()
        doubled["answers"] += (answers - wanted).total()
        lost["logs"] += (Counter(LOGGED) - logs).total()
        doubled["logs"] += (logs - Counter(LOGGED)).total()

    print(f"{len(taps)} taps, {kills} kills, lost {lost.total()}, doubled {doubled.total()}")
    assert len(taps) == people * TAPS
    assert (lost.total(), doubled.total()) == (0, 0)


async def _begin(phone: Phone) -> tuple[int, int]:
    """Open the check-in; return its id, and the id of the message that shows it."""
    await phone.tap("Do one now")
    bubble = await phone.wait_for("1 of")
    tap = next(t for t in map(read, bubble.buttons.values()) if isinstance(t, AnswerTap))
    return tap.check_in_id, bubble.id


def _taps(phone: Phone, check_in_id: int, message_id: int) -> list[tuple[Phone, int, str]]:
    answers = [AnswerTap(check_in_id, question, code) for question, code in ANSWERS.items()]
    logs = [LogValueTap(phone.id * 1000 + n, question, "5") for n, question in enumerate(LOGGED)]
    return [(phone, message_id, write(tap)) for tap in (*answers, *logs)]


async def _tap_all(taps: list[tuple[Phone, int, str]], chance: random.Random, over: float) -> None:
    """Send every tap at a moment of its own in the next *over* seconds."""

    async def one(phone: Phone, message_id: int, data: str, after: float) -> None:
        await asyncio.sleep(after)
        await phone.tap_data(data, message_id)

    await asyncio.gather(*(one(*tap, chance.uniform(0, over)) for tap in taps))


async def _kill_again_and_again(bot: BotProcess, kills: int, chance: random.Random) -> None:
    """Start it, let it run for a moment, kill it; at the end it runs."""
    for _ in range(kills):
        await bot.start()
        await asyncio.sleep(chance.uniform(1.2, 2.2))
        await bot.kill()
    await bot.start()
