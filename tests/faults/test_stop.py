"""Told to stop with fifty reminders on their way: it is gone in time, and each comes, once or once more silently."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from sqlalchemy import and_, func, select

from actions.work import Runner, Work
from domain.delivery import State
from sandbox.phone import Telegram
from sandbox.server import Sandbox
from storage.crypto import new_key_file, read_key_file
from storage.tables import Occurrence
from tests.actions.members import BERLIN, join
from tests.faults.tally import Tally, received, tally
from tests.jobs.ledger import lapse
from tests.races.bot_process import TOKEN, BotProcess

pytestmark = [pytest.mark.asyncio, pytest.mark.sqlite]

CROWD = range(1000, 1050)


@pytest_asyncio.fixture
async def tg() -> AsyncIterator[Telegram]:
    server = Sandbox(token=TOKEN)
    await server.start()
    async with Telegram(server.url, within=20) as telegram:
        for who in CROWD:
            await (await telegram.person("P", person_id=who)).start()
        server.updates.waiting.clear()
        yield telegram
    await server.stop()


@pytest_asyncio.fixture
async def real(run: Runner, tmp_path: Path) -> Runner:
    """The database and the key of the bot, with fifty people whose reminder has just come due."""
    path = tmp_path / "commensal.key"
    new_key_file(path)
    due = datetime.now(UTC) - timedelta(minutes=1)
    real = replace(run, keys=read_key_file(path), clock=lambda: due - timedelta(minutes=1))

    async def all_join(work: Work) -> None:
        for who in CROWD:
            await join(work, who, due.astimezone(ZoneInfo(BERLIN)).time().replace(microsecond=0))

    await real(all_join)
    return real


async def unsettled(work: Work) -> int:
    """How many messages are due by the real clock and have no end yet."""
    waits = Occurrence.state.in_((State.DUE, State.CLAIMED, State.UNKNOWN))
    due = and_(waits, Occurrence.reason.is_(None), Occurrence.due_at <= datetime.now(UTC))
    return await work.session.scalar(select(func.count()).select_from(Occurrence).where(due)) or 0


@pytest.mark.parametrize(
    ("seconds", "most"), [(1, 0), pytest.param(9, 50, marks=pytest.mark.drill)]
)
async def test_fifty_sends_under_way_at_a_stop_are_not_lost(
    tg: Telegram, real: Runner, tmp_path: Path, seconds: float, most: int
) -> None:
    async with BotProcess(tmp_path, tg.url, MESSAGES_PER_SECOND="1000", SENDS_AT_ONCE="50") as bot:
        await tg.fail("delay_after", times=None, method="sendMessage", seconds=seconds)
        async with asyncio.timeout(20):
            while (await tg.calls()).get("sendMessage", 0) < len(CROWD):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        assert await bot.stop(within=10) == 0

        await tg.clear_faults()
        await real(lapse)
        await bot.start()
        await bot.logged("started")
        async with asyncio.timeout(20):
            while await real(unsettled):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        assert await bot.stop(within=10) == 0

    count = tally(f"SIGTERM during 50 sends of {seconds} s", CROWD, received(await tg.sent()))
    assert count == Tally(50, 50 + count.doubled, doubled=count.doubled)
    assert count.doubled <= most
