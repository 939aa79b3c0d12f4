"""The dispatcher sleeps until something matters."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, time

import pytest
import pytest_asyncio

from actions.work import Runner
from bot.screen import Screen
from domain.delivery import Outcome, Receipt, Recipient
from jobs.deliver import Begin, deliver, dispatch
from tests.actions.members import join
from tests.conftest import Clock, Post

pytestmark = pytest.mark.asyncio

ANNA = 7


@pytest_asyncio.fixture(autouse=True)
async def evening(run: Runner, clock: Clock) -> None:
    """Anna asked for 20:30 in Berlin; there it is 20:31 on Monday, 3 March 2025."""
    clock.now = datetime(2025, 3, 3, 19, 0, tzinfo=UTC)
    await run(join, ANNA, time(20, 30))
    clock.advance(minutes=31)


class Bell(Post):
    """Rings when it was sent something."""

    rang = asyncio.Event()

    async def __call__(
        self, to: Recipient, screen: Screen, *, silent: bool, begin: Begin | None = None
    ) -> Receipt:
        receipt = await super().__call__(to, screen, silent=silent, begin=begin)
        self.rang.set()
        return receipt


async def test_the_dispatcher_sleeps_until_it_is_woken(run: Runner, clock: Clock) -> None:
    wake, stop, bell = asyncio.Event(), asyncio.Event(), Bell()
    clock.advance(minutes=-10)
    async with asyncio.timeout(20):
        task = asyncio.create_task(
            dispatch(run, bell, wake, at_once=8, stop=stop, well=lambda: None)
        )
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(bell.rang.wait(), 0.2)
        clock.advance(minutes=10)
        wake.set()
        await bell.rang.wait()
        stop.set()
        wake.set()
        await task

    assert [chat for chat, _ in bell.sent] == [ANNA]


class Broken(Post):
    """A Telegram whose client has a bug."""

    async def __call__(
        self, to: Recipient, screen: Screen, *, silent: bool, begin: Begin | None = None
    ) -> Receipt:
        raise RuntimeError("a bug")


async def test_a_send_that_raises_is_counted_and_waits_for_its_lease(run: Runner) -> None:
    counted: list[tuple[str, str]] = []

    outcomes = await deliver(run, Broken(), 8, lambda *what: counted.append(what))

    assert counted == [("errors", "dispatcher")]
    assert outcomes == {Outcome.UNKNOWN: 1}
    assert await deliver(run, Post(), 8) == {}
