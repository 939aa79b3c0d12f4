"""The sandbox's clock goes forward only, is kept, and dates what is said."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from sandbox.clock import SandboxClock
from sandbox.phone import Telegram
from sandbox.server import Sandbox


def test_a_moved_clock_is_as_far_ahead_after_a_restart(tmp_path: Path) -> None:
    clock = SandboxClock(tmp_path / "kept" / "clock.json")
    there = datetime.now(UTC) + timedelta(days=3)

    clock.move_to(there)
    again = SandboxClock(tmp_path / "kept" / "clock.json")

    assert timedelta() <= again() - there < timedelta(seconds=5)


def test_the_clock_never_goes_back() -> None:
    clock = SandboxClock()

    with pytest.raises(ValueError, match="forward"):
        clock.move_to(datetime.now(UTC) - timedelta(hours=1))
    with pytest.raises(ValueError, match="zone"):
        clock.move_to(datetime(2030, 1, 1))  # noqa: DTZ001 - naive on purpose


class Days:
    """A bot's side of the clock: remembers where it was taken, and has one thing due."""

    def __init__(self) -> None:
        self.clock = SandboxClock()
        self.jumps: list[datetime] = []
        self.due: datetime | None = None

    async def jump(self, to: datetime) -> None:
        self.jumps.append(to)
        self.clock.move_to(to)

    async def next_due(self) -> datetime | None:
        return self.due


@pytest.fixture
def days() -> Days:
    return Days()


@pytest_asyncio.fixture
async def tg(days: Days) -> AsyncIterator[Telegram]:
    server = Sandbox(clock=days.clock, jump=days.jump, next_due=days.next_due)
    await server.start()
    async with Telegram(server.url) as telegram:
        yield telegram
    await server.stop()


@pytest.mark.asyncio
async def test_a_jump_goes_to_the_next_due_moment(tg: Telegram, days: Days) -> None:
    days.due = (await tg.now()) + timedelta(hours=5)

    now = await tg.jump()
    anna = await tg.person("Anna")
    said = await anna.say("hello")

    assert days.jumps == [days.due]
    assert timedelta() <= now - days.due < timedelta(seconds=5)
    assert said.message["date"] >= int(days.due.timestamp())


@pytest.mark.asyncio
async def test_a_jump_by_seconds_and_to_a_moment(tg: Telegram, days: Days) -> None:
    first = await tg.jump(seconds=3600)
    second = await tg.jump(first + timedelta(days=1))

    assert len(days.jumps) == 2
    assert timedelta() <= second - first - timedelta(days=1) < timedelta(seconds=5)


@pytest.mark.asyncio
async def test_a_jump_back_too_far_or_to_nothing_is_turned_away(tg: Telegram, days: Days) -> None:
    now = await tg.now()

    for wrong in (now - timedelta(days=1), now + timedelta(days=900), "soon", "next_due"):
        with pytest.raises(AssertionError):
            await tg.jump(wrong)
    assert days.jumps == []


@pytest.mark.asyncio
async def test_without_a_jump_the_clock_stands_by_itself() -> None:
    server = Sandbox()
    await server.start()
    async with Telegram(server.url) as telegram:
        assert not (await telegram.ask("GET", "clock"))["can_jump"]
        with pytest.raises(AssertionError, match="cannot be moved"):
            await telegram.jump(seconds=60)
    await server.stop()
