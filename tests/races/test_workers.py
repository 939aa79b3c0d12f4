"""Several workers share what waits: every update has its effect once, and a person's in their order.

Whatever happens to a worker: killed, cut off from the database, or frozen until others took over.
"""

from __future__ import annotations

import asyncio
import gc
import random
from collections.abc import Iterator
from contextlib import suppress
from time import monotonic

import pytest
from sqlalchemy import func, select, update

from actions import updates
from actions.work import Runner, Work
from domain.errors import Unavailable
from storage.moments import database_now
from storage.tables import Inbox as InboxRow
from storage.tables import Worker as WorkerRow
from storage.workers import LEASE
from tests.races.workers import (
    cut_connections,
    lost_and_doubled,
    message,
    told,
    until,
    worker,
)

pytestmark = [
    pytest.mark.asyncio,
    pytest.mark.postgresql,
    # Whoever is killed in the middle of a transaction closes nothing.
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
    pytest.mark.filterwarnings(
        "ignore:Exception ignored in. <(function|socket):pytest.PytestUnraisableExceptionWarning"
    ),
]


@pytest.fixture(autouse=True)
def leftovers() -> Iterator[None]:
    """What the killed left open is collected before the next test begins."""
    yield
    gc.collect()


PEOPLE = range(1000, 1020)
EACH = 10


def crowd() -> tuple[dict[int, list[str]], list[dict[str, object]]]:
    """What everybody writes, and the updates that it comes in: all persons mixed, each in order."""
    sent: dict[int, list[str]] = {who: [f"{n}" for n in range(EACH)] for who in PEOPLE}
    raw = [
        message(n * 1000 + who, who, words)
        for who, texts in sent.items()
        for n, words in enumerate(texts)
    ]
    return sent, sorted(raw, key=lambda one: int(str(one["update_id"])))


async def waiting(run: Runner, within: float = 40) -> None:
    """Wait until nothing is open any more."""

    async def done() -> bool:
        return await run(updates.waiting) == (0, 0)

    await until(done, within)


async def owners(work: Work) -> int:
    """How many workers had a hand in it."""
    return (
        await work.session.scalar(
            select(func.count(func.distinct(InboxRow.owner_id))).select_from(InboxRow)
        )
    ) or 0


async def test_two_workers_share_what_a_poller_stored(
    run: Runner, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.inbox.AT_ONCE", 4)  # one has hands for eight people at the most
    sent, raw = crowd()
    async with (
        worker(database_url, run, "poller", works=False) as poller,
        worker(database_url, run, "a") as a,
        worker(database_url, run, "b") as b,
    ):
        for n in range(0, len(raw), 20):
            await poller.inbox.receive(raw[n : n + 20])
        await waiting(run)
        kept = await run(told)

    lost, doubled = lost_and_doubled(sent, kept)
    print(
        f"{len(raw)} updates: a {len(a.turns.answered)}, b {len(b.turns.answered)}, lost {lost}, doubled {doubled}"
    )
    assert (lost, doubled) == (0, 0)
    assert {who: [words for words, _ in lines] for who, lines in kept.items()} == sent
    assert await run(owners) == 2


async def test_updates_that_come_five_times_and_out_of_order_by_two_doors_count_once(
    run: Runner, database_url: str
) -> None:
    sent, raw = crowd()
    chance = random.Random(5)
    async with worker(database_url, run, "a") as a, worker(database_url, run, "b") as b:
        calls = [(door, one) for one in raw for door in (a, b, a, b, a)]
        chance.shuffle(calls)
        await asyncio.gather(*(door.inbox.receive([one]) for door, one in calls))
        await waiting(run)
        kept = await run(told)

    lost, doubled = lost_and_doubled(sent, kept)
    print(f"{len(calls)} deliveries of {len(raw)} updates: lost {lost}, doubled {doubled}")
    assert (lost, doubled) == (0, 0)


async def test_what_waits_in_line_is_handled_lowest_number_first(
    run: Runner, database_url: str
) -> None:
    gate = asyncio.Event()

    async def hold(_: int, words: str) -> None:
        if words == "first":
            await gate.wait()

    async with worker(database_url, run, "a") as a:
        a.turns.before = hold
        await a.inbox.receive([message(10, 1, "first")])
        for number in (14, 12, 13, 11):
            await a.inbox.receive([message(number, 1, f"{number}")])
        gate.set()
        await waiting(run)
        kept = await run(told)

    assert [words for words, _ in kept[1]] == ["first", "11", "12", "13", "14"]


async def test_a_persons_later_updates_go_to_who_has_the_person_in_hand(
    run: Runner, database_url: str
) -> None:
    gate, begun = asyncio.Event(), asyncio.Event()

    async def hold(_: int, words: str) -> None:
        begun.set()
        await gate.wait()

    async with (
        worker(database_url, run, "poller", works=False) as poller,
        worker(database_url, run, "a") as a,
    ):
        a.turns.before = hold
        await poller.inbox.receive([message(1, 1, "first")])
        await begun.wait()
        async with worker(database_url, run, "b") as b:
            await poller.inbox.receive([message(2, 1, "second")])
            await poller.inbox.receive([message(3, 2, "other")])

            async def other() -> bool:
                return (2, "other") in [*a.turns.answered, *b.turns.answered] or len(a.inbox) >= 2

            await until(other)
            assert b.turns.answered in ([], [(2, "other")])
            gate.set()
            await waiting(run)
        kept = await run(told)

    assert kept[1] == [("first", "a"), ("second", "a")]


async def test_workers_that_are_killed_in_their_turns_lose_and_double_nothing(
    run: Runner, database_url: str
) -> None:
    sent, raw = crowd()
    chance = random.Random(7)

    async def dawdle(_: int, __: str) -> None:
        await asyncio.sleep(chance.uniform(0, 0.05))

    async with (
        worker(database_url, run, "poller", works=False) as poller,
        worker(database_url, run, "stays") as stays,
    ):
        stays.turns.before = stays.turns.after = dawdle
        for n, start in enumerate(range(0, len(raw), 20)):
            async with worker(database_url, run, f"{n}") as victim:
                victim.turns.before = victim.turns.after = dawdle
                await poller.inbox.receive(raw[start : start + 20])
                await asyncio.sleep(chance.uniform(0, 0.1))
        killed = monotonic()
        await waiting(run, within=15)
        took = monotonic() - killed
        kept = await run(told)

    lost, doubled = lost_and_doubled(sent, kept)
    print(f"10 workers killed: lost {lost}, doubled {doubled}, taken over in {took:.1f} s")
    assert (lost, doubled) == (0, 0)
    assert {who: [words for words, _ in lines] for who, lines in kept.items()} == sent


async def test_who_was_frozen_until_others_took_over_changes_nothing_any_more(
    run: Runner, database_url: str
) -> None:
    gate, begun = asyncio.Event(), asyncio.Event()

    async def freeze(_: int, __: str) -> None:
        begun.set()
        await gate.wait()

    async with worker(database_url, run, "frozen") as frozen:
        frozen.turns.before = freeze
        await frozen.inbox.receive([message(1, 1, "one"), message(2, 1, "two")])
        await begun.wait()
        for task in frozen.tasks:  # nothing tells the others that it lives
            task.cancel()
        await asyncio.gather(*frozen.tasks, return_exceptions=True)
        async with worker(database_url, run, "other") as other:
            await waiting(run)
            gate.set()

            async def thawed() -> bool:
                return len(frozen.inbox) == 0

            await until(thawed)
        kept = await run(told)

    assert kept == {1: [("one", "other"), ("two", "other")]}
    assert (frozen.turns.answered, frozen.turns.shown) == ([], [])
    assert other.turns.answered == [(1, "one"), (1, "two")]


async def test_a_lease_that_ran_out_is_noticed_by_its_owner(run: Runner, database_url: str) -> None:
    async def long_ago(work: Work) -> None:
        past = await database_now(work.session) - LEASE
        await work.session.execute(update(WorkerRow).values(seen_until=past))

    async with worker(database_url, run, "a") as a:
        assert await a.run(updates.renew)
        await run(long_ago)
        assert not await a.run(updates.renew)


@pytest.mark.drill
async def test_connections_that_are_cut_in_the_middle_lose_and_double_nothing(
    run: Runner, database_url: str
) -> None:
    sent, raw = crowd()
    cut = 0
    async with worker(database_url, run, "a") as a, worker(database_url, run, "b") as b:

        async def deliver() -> None:
            for n in range(0, len(raw), 10):
                door = (a, b)[n % 20 // 10]
                while True:  # as Telegram does: until it is taken
                    with suppress(Unavailable):
                        await door.inbox.receive(raw[n : n + 10])
                        break
                    await asyncio.sleep(0.05)

        delivering = asyncio.create_task(deliver())
        while not delivering.done():
            cut += await run(cut_connections)
            await asyncio.sleep(0.1)
        await delivering
        await waiting(run, within=60)
        kept = await run(told)

    lost, doubled = lost_and_doubled(sent, kept)
    print(f"{cut} connections cut: lost {lost}, doubled {doubled}")
    assert cut > 0
    assert (lost, doubled) == (0, 0)


async def test_a_stop_leaves_what_is_not_begun_to_others_at_once(
    run: Runner, database_url: str
) -> None:
    gate, begun = asyncio.Event(), asyncio.Event()

    async def hold(who: int, _: str) -> None:
        if who == 1:
            begun.set()
            await gate.wait()

    async with worker(database_url, run, "old") as old:
        old.turns.before = hold
        await old.inbox.receive([message(1, 1, "begun"), message(2, 1, "next")])
        await begun.wait()
        async with worker(database_url, run, "new") as new:
            old.tasks[1].cancel()  # as a process that stops takes nothing more
            finishing = asyncio.create_task(old.inbox.finish(within=10))
            await asyncio.sleep(0)
            gate.set()
            await finishing
            await waiting(run)
        kept = await run(told)

    assert kept == {1: [("begun", "old"), ("next", "new")]}
    assert new.turns.shown == []


async def test_what_always_raises_is_parked_once_and_holds_up_nobody(
    run: Runner, database_url: str
) -> None:
    async def raising(_: int, words: str) -> None:
        if words == "poison":
            raise ValueError("always")

    async with (
        worker(database_url, run, "poller", works=False) as poller,
        worker(database_url, run, "a") as a,
        worker(database_url, run, "b") as b,
    ):
        a.turns.before = b.turns.before = raising
        await poller.inbox.receive([message(1, 1, "poison"), message(2, 1, "after")])

        async def parked() -> bool:
            return await run(updates.waiting) == (0, 1)

        await until(parked)
        kept = await run(told)

    assert [words for words, _ in kept[1]] == ["after"]
    assert a.turns.operator + b.turns.operator == ["update_parked"]
