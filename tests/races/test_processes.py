"""Several processes share one bot on PostgreSQL: one polls, others answer, and any of them may go.

Real processes, against a Telegram on this machine; what was kept is asked of the bot itself. The suite
does a little of each, the drills as much as it takes to be sure.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import pytest
import pytest_asyncio

from sandbox.phone import Phone, Telegram
from sandbox.server import Sandbox
from storage.crypto import new_key_file
from tests.races.bot_process import TOKEN, BotProcess
from tests.races.tapping import crowd, lost_and_doubled, tap_all

pytestmark = [pytest.mark.asyncio, pytest.mark.postgresql]

TAKEN_OVER = 15.0
"""Seconds in which another one takes over, at the most."""


@pytest_asyncio.fixture
async def tg() -> AsyncIterator[Telegram]:
    server = Sandbox(token=TOKEN)
    await server.start()
    async with Telegram(server.url, within=60) as telegram:
        yield telegram
    await server.stop()


@dataclass
class Fleet:
    """Processes of one bot: one key, one database, each with a log of its own."""

    folder: Path
    api: str
    database_url: str
    stack: AsyncExitStack
    started: list[BotProcess] = field(default_factory=list)

    async def start(self, role: str) -> BotProcess:
        """Start one more. It may take a moment until it works."""
        name = f"{role}-{len(self.started)}"
        bot = BotProcess(
            self.folder, self.api, name=name, role=role,
            DATABASE_URL=self.database_url, MESSAGES_PER_SECOND="1000", OPERATOR_CONTACT="us",
        )  # fmt: skip
        self.started.append(await self.stack.enter_async_context(bot))
        return bot


@pytest_asyncio.fixture
async def fleet(tg: Telegram, tmp_path: Path, database_url: str) -> AsyncIterator[Fleet]:
    new_key_file(tmp_path / "commensal.key")
    url = database_url.replace("postgresql+asyncpg://", "postgresql://")
    async with AsyncExitStack() as stack:
        yield Fleet(tmp_path, tg.url, url, stack)


async def one_that_polls(bots: list[BotProcess], within: float) -> BotProcess:
    """Wait until one of *bots* polls; return it. Errors: TimeoutError."""
    async with asyncio.timeout(within):
        while True:
            for bot in bots:
                if bot.has_logged("polling"):
                    return bot
            await asyncio.sleep(0.05)


async def test_when_the_one_that_polls_is_killed_another_takes_over(
    tg: Telegram, fleet: Fleet
) -> None:
    bots = [await fleet.start("all") for _ in range(2)]
    await asyncio.gather(*(bot.logged("started", within=60) for bot in bots))
    poller = await one_that_polls(bots, within=10)
    (other,) = set(bots) - {poller}
    assert not other.has_logged("polling")

    anna = await tg.person("Anna")
    await poller.kill()
    killed = monotonic()
    await anna.start()
    await anna.wait_for(lambda bubble: "18 or older" in bubble.buttons, within=TAKEN_OVER)

    print(f"taken over, and answered, after {monotonic() - killed:.1f} s")
    assert other.has_logged("polling")
    assert await other.stop() == 0


@pytest.mark.parametrize(
    ("people", "kills"), [(4, 4), pytest.param(20, 40, marks=pytest.mark.drill)]
)
async def test_whichever_process_is_killed_every_tap_counts_once(
    tg: Telegram, fleet: Fleet, people: int, kills: int
) -> None:
    chance = random.Random(people)
    phones = [await tg.person(f"P{n}") for n in range(people)]
    bots = [await fleet.start(role) for role in ("poll", "poll", "work", "work")]
    await asyncio.gather(*(bot.logged("started", within=60) for bot in bots))
    taps = await crowd(phones)

    async def kill_again_and_again() -> None:
        for _ in range(kills):
            victim = chance.choice(bots)
            await asyncio.sleep(chance.uniform(0.2, 1.2))
            await victim.kill()
            await victim.start()

    killing = asyncio.create_task(kill_again_and_again())
    await tap_all(taps, chance, over=kills)
    await killing
    lost, doubled = await lost_and_doubled(phones)

    print(f"{len(taps)} taps, {kills} kills of 4 processes: lost {lost}, doubled {doubled}")
    assert (lost, doubled) == (0, 0)


@pytest.mark.parametrize(
    ("people", "rounds"), [(4, 2), pytest.param(20, 12, marks=pytest.mark.drill)]
)
async def test_one_is_started_and_another_stopped_while_people_tap(
    tg: Telegram, fleet: Fleet, people: int, rounds: int
) -> None:
    chance = random.Random(people)
    phones = [await tg.person(f"P{n}") for n in range(people)]
    bot = await fleet.start("all")
    await bot.logged("started", within=60)
    taps = await crowd(phones)

    tapping = asyncio.create_task(tap_all(taps, chance, over=rounds * 4))
    codes = []
    for _ in range(rounds):
        new = await fleet.start("all")
        await new.logged("started", within=60)
        codes.append(await bot.stop(within=20))
        bot = new
    await tapping
    lost, doubled = await lost_and_doubled(phones)

    print(f"{len(taps)} taps, {rounds} restarts: lost {lost}, doubled {doubled}")
    assert codes == [0] * rounds
    assert (lost, doubled) == (0, 0)
    # What a message shows is known to the process that wrote it; another may write the same again.
    refusals = [r["description"] for r in await tg.refusals()]
    assert [words for words in refusals if "message is not modified" not in words] == []


@pytest.mark.drill
async def test_two_thousand_messages_of_one_hold_up_nobody(tg: Telegram, fleet: Fleet) -> None:
    phones = [await tg.person(f"P{n}") for n in range(20)]
    flooding = await tg.person("Flood")
    for role in ("poll", "work", "work"):
        await (await fleet.start(role)).logged("started", within=60)
    await crowd([*phones, flooding])

    async def flood() -> None:
        for n in range(2000):
            await flooding.say(f"{n}")

    async def ask(phone: Phone) -> float:
        asked = monotonic()
        await phone.say("/menu")
        await phone.wait_for(lambda _: True)
        return monotonic() - asked

    flooded = asyncio.create_task(flood())
    took: list[float] = []
    while not flooded.done():
        for phone in phones:
            took.append(await ask(phone))
    took.sort()

    median, p95 = took[len(took) // 2], took[int(len(took) * 0.95)]
    print(f"{len(took)} answers meanwhile: median {median:.2f} s, p95 {p95:.2f} s")
    assert p95 < 1
