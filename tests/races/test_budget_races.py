"""Four senders of one token on a real PostgreSQL: one rate, answers first, one pause, no deadlock.

What hangs on how busy the machine is (how much goes out in a given time) is a drill; a sender that is
held up may send less, and never more. tests/bot/test_sharing.py plays the same on a time of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from telegram.error import RetryAfter

from actions import budget
from actions.work import Runner, Work
from bot.budget import MODEST
from bot.leases import PATIENCE, share
from domain.budget import Ask
from storage import budget as store
from storage.database import open_engine, sessions
from tests.bot.senders import Sender, Telegram

pytestmark = [pytest.mark.asyncio, pytest.mark.postgresql]

RATE = 30
PROCESSES = 4
CLOCKS = 1
"""Calls by which a second may look fuller, as the clocks of senders and database differ a little."""

ALL_PAUSED = "SELECT paused_until > clock_timestamp() FROM send_budget"


@pytest.fixture
def telegram() -> Telegram:
    return Telegram()


@pytest_asyncio.fixture
async def processes(
    database_url: str, run: Runner, telegram: Telegram
) -> AsyncIterator[list[Sender]]:
    """Four senders, each with connections of its own."""
    async with AsyncExitStack() as stack:
        made = []
        for number in range(PROCESSES):
            engine = open_engine(database_url)
            stack.push_async_callback(engine.dispose)
            own = replace(run, maker=sessions(engine))
            sender = Sender(number, share(own, RATE), telegram, RATE)
            stack.push_async_callback(sender.limiter.shutdown)
            made.append(sender)
        yield made


@pytest_asyncio.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    engine = open_engine(database_url)
    yield engine
    await engine.dispose()


def crowd(sender: Sender, size: int = 5000) -> range:
    first = 10_000 * (sender.number + 1)
    return range(first, first + size)


async def seconds_of(sending: list[asyncio.Task[None]], seconds: float) -> None:
    """Let them send for so long."""
    await asyncio.sleep(seconds)
    for task in sending:
        task.cancel()
    await asyncio.gather(*sending, return_exceptions=True)


async def test_four_that_send_all_they_can_keep_to_one_rate_and_lose_nothing(
    processes: list[Sender], telegram: Telegram
) -> None:
    async with asyncio.timeout(60):
        await asyncio.gather(*(p.saturate(crowd(p, 25)) for p in processes))

    expected = sorted(chat for p in processes for chat in crowd(p, 25))
    assert sorted(chat for _, _, chat in telegram.sent) == expected
    assert telegram.fullest_second() <= RATE + CLOCKS


async def test_answers_go_before_bulk_of_the_other_processes_that_asked_earlier(
    processes: list[Sender], telegram: Telegram
) -> None:
    calm, *busy = processes
    sending = [asyncio.create_task(p.saturate(crowd(p), at_once=100)) for p in busy]
    overtaken = []
    async with asyncio.timeout(60):
        for chat in range(1, 21):
            await asyncio.sleep(0.05)
            before = len(telegram.sent)
            await calm.send(chat)
            overtaken.append(len(telegram.sent) - before - 1)
    await seconds_of(sending, 0)

    # 300 others wait all the time; what is ahead of an answer is what was given out already.
    assert sorted(overtaken)[18] <= 10


async def test_when_one_process_is_told_for_all_the_others_are_silent(
    processes: list[Sender], telegram: Telegram, engine: AsyncEngine
) -> None:
    first, *others = processes
    telegram.refuses = lambda chat: RetryAfter(timedelta(seconds=60)) if chat < 10 else None
    await asyncio.gather(*(first.send(chat) for chat in (1, 2, 3)), return_exceptions=True)
    await _until(engine, ALL_PAUSED)

    told = await asyncio.gather(*(p.send(100 + p.number, bulk=True) for p in others), return_exceptions=True)  # fmt: skip

    assert [type(error) for error in told] == [RetryAfter] * 3
    assert telegram.sent == []


async def test_three_processes_that_are_told_once_each_pause_all(
    processes: list[Sender], telegram: Telegram, engine: AsyncEngine
) -> None:
    *told, last = processes
    telegram.refuses = lambda chat: RetryAfter(timedelta(seconds=60)) if chat < 10 else None
    await asyncio.gather(*(p.send(1 + p.number) for p in told), return_exceptions=True)
    await _until(engine, ALL_PAUSED)

    with pytest.raises(RetryAfter):
        await last.send(100, bulk=True)


async def test_one_chat_told_to_wait_pauses_nothing_else_and_is_kept_by_its_keyed_hash(
    processes: list[Sender], telegram: Telegram, engine: AsyncEngine, run: Runner
) -> None:
    first, second, *_ = processes
    telegram.refuses = lambda chat: RetryAfter(timedelta(seconds=60)) if chat == 7 else None
    for _ in range(4):
        with pytest.raises(RetryAfter):
            await first.send(7, bulk=True)
    telegram.refuses = lambda _chat: None
    await _until(engine, "SELECT count(*) = 1 FROM chat_pause")
    async with engine.connect() as connection:
        names = (await connection.scalars(text("SELECT lookup FROM chat_pause"))).all()

    await second.send(8, bulk=True)
    with pytest.raises(RetryAfter):
        await second.send(7, bulk=True)
    assert names == [run.keys.lookup(7)]


async def test_a_sender_that_stands_still_with_the_budget_in_hand_lets_the_others_answer(
    processes: list[Sender], telegram: Telegram, engine: AsyncEngine
) -> None:
    await asyncio.gather(*(p.send(1 + p.number) for p in processes))
    async with engine.begin() as connection:
        await connection.execute(text("SELECT * FROM send_budget FOR UPDATE"))
        async with asyncio.timeout(PATIENCE * 20):
            await asyncio.gather(*(p.send(10 + p.number) for p in processes))
    # Free again: asked again, and no longer modest.
    async with asyncio.timeout(60):
        await asyncio.gather(*(p.saturate(crowd(p, 10)) for p in processes))

    assert len(telegram.sent) == 2 * PROCESSES + 10 * PROCESSES
    assert telegram.fullest_second() <= RATE * (1 + MODEST)


async def test_a_cut_connection_delays_and_loses_nothing(
    processes: list[Sender], telegram: Telegram, engine: AsyncEngine
) -> None:
    sending = [asyncio.create_task(p.saturate(crowd(p, 20))) for p in processes]
    async with engine.connect() as connection:
        for _ in range(3):
            await asyncio.sleep(0.3)
            await connection.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"))  # fmt: skip
    async with asyncio.timeout(60):
        await asyncio.gather(*sending)

    assert len(telegram.sent) == 20 * PROCESSES


async def stand_still(work: Work, here: asyncio.Event) -> None:
    await store.lock(work.session)
    here.set()
    await asyncio.Event().wait()


@pytest.mark.drill
async def test_a_process_that_stops_inside_its_ask_loses_the_lock_and_others_ask_again(
    processes: list[Sender], run: Runner
) -> None:
    here = asyncio.Event()
    standing = asyncio.create_task(run(stand_still, here))
    await here.wait()

    async with asyncio.timeout(30):
        assert (await run(budget.take, Ask(1, 0), RATE)).starts
        await processes[0].send(7)
    standing.cancel()
    await asyncio.gather(standing, return_exceptions=True)


@pytest.mark.drill
@pytest.mark.parametrize("busy", [1, 4])
async def test_ten_seconds_of_sending_use_the_rate_and_keep_to_it(
    processes: list[Sender], telegram: Telegram, busy: int
) -> None:
    await asyncio.gather(*(p.send(1 + p.number) for p in processes))
    telegram.sent.clear()

    await seconds_of([asyncio.create_task(p.saturate(crowd(p))) for p in processes[:busy]], 10)

    assert len(telegram.sent) >= 0.85 * RATE * 10
    assert telegram.fullest_second() <= RATE + CLOCKS


@pytest.mark.drill
async def test_with_300_others_waiting_answers_of_each_process_go_within_half_a_second(
    processes: list[Sender], telegram: Telegram
) -> None:
    loop = asyncio.get_running_loop()
    waits: list[float] = []

    async def answer(process: Sender) -> None:
        for chat in range(1, 11):
            await asyncio.sleep(0.7)
            asked = loop.time()
            waits.append(await process.send(1000 * process.number + chat) - asked)

    sending = [asyncio.create_task(p.saturate(crowd(p), at_once=75)) for p in processes]
    await asyncio.gather(*map(answer, processes))
    await seconds_of(sending, 0)

    assert sorted(waits)[int(len(waits) * 0.95)] < 0.5
    assert telegram.fullest_second() <= RATE + CLOCKS


async def _until(engine: AsyncEngine, query: str) -> None:
    """Wait until the database answers *query* with yes. Errors: TimeoutError."""
    async with asyncio.timeout(20), engine.connect() as connection:
        while not await connection.scalar(text(query)):
            await connection.rollback()
            await asyncio.sleep(0.02)
