"""One at a time for a person, many persons at once."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.order import Turns

pytestmark = pytest.mark.asyncio


async def test_a_persons_items_are_handled_in_order_and_never_two_at_once() -> None:
    handled: list[tuple[int, int]] = []
    busy: set[int] = set()

    async def handle(item: tuple[int, int]) -> None:
        assert item[0] not in busy
        busy.add(item[0])
        await asyncio.sleep(0)
        busy.remove(item[0])
        handled.append(item)

    turns: Turns[tuple[int, int]] = Turns(handle, at_once=4, most_waiting=1000)
    for n in range(20):
        for who in range(10):
            turns.add(who, (who, n))
    await asyncio.wait_for(_empty(turns), 5)

    for who in range(10):
        assert [n for w, n in handled if w == who] == list(range(20))


async def test_a_slow_person_holds_up_nobody_else() -> None:
    gate = asyncio.Event()
    handled: list[str] = []

    async def handle(item: str) -> None:
        if item == "slow":
            await gate.wait()
        handled.append(item)

    turns: Turns[str] = Turns(handle, at_once=2, most_waiting=10)
    turns.add(1, "slow")
    turns.add(1, "after")
    turns.add(2, "quick")
    for _ in range(5):
        await asyncio.sleep(0)
    assert handled == ["quick"]

    gate.set()
    await asyncio.wait_for(_empty(turns), 5)
    assert handled == ["quick", "slow", "after"]


async def test_a_flood_of_one_person_lets_others_take_turns() -> None:
    handled: list[int] = []

    async def handle(item: int) -> None:
        handled.append(item)
        await asyncio.sleep(0)

    turns: Turns[int] = Turns(handle, at_once=1, most_waiting=10_000)
    for _ in range(2000):
        turns.add(1, 1)
    turns.add(2, 2)
    await asyncio.wait_for(_empty(turns), 20)

    assert handled.index(2) < 10


async def test_above_the_bound_there_is_no_room_until_turns_end() -> None:
    gate = asyncio.Event()

    async def handle(_: int) -> None:
        await gate.wait()

    turns: Turns[int] = Turns(handle, at_once=1, most_waiting=2)
    for n in range(3):
        turns.add(1, n)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(turns.room(), 0.05)

    gate.set()
    await asyncio.wait_for(turns.room(), 5)


async def test_finishing_ends_what_is_under_way_and_starts_nothing_more() -> None:
    started: list[int] = []
    gate = asyncio.Event()

    async def handle(item: int) -> None:
        started.append(item)
        await gate.wait()

    turns: Turns[int] = Turns(handle, at_once=1, most_waiting=10)
    turns.add(1, 1)
    turns.add(1, 2)
    await asyncio.sleep(0)
    finishing = asyncio.create_task(turns.finish(within=5))
    await asyncio.sleep(0)
    gate.set()
    await finishing

    assert started == [1]


async def test_a_turn_that_raises_costs_the_others_nothing() -> None:
    handled: list[int] = []

    async def handle(item: int) -> None:
        if item == 0:
            raise ValueError("a bug")
        handled.append(item)

    turns: Turns[int] = Turns(handle, at_once=1, most_waiting=10)
    for n in range(3):
        turns.add(1, n)
    await asyncio.wait_for(_empty(turns), 5)

    assert handled == [1, 2]


async def test_once_it_finishes_nothing_more_is_taken() -> None:
    handled: list[int] = []

    async def handle(item: int) -> None:
        handled.append(item)

    turns: Turns[int] = Turns(handle, at_once=1, most_waiting=10)
    await turns.finish(within=1)
    turns.add(1, 1)
    await asyncio.sleep(0)

    assert (handled, len(turns)) == ([], 0)


async def _empty(turns: Turns[Any]) -> None:
    while len(turns):  # noqa: ASYNC110 - there is nothing to be woken by
        await asyncio.sleep(0)
