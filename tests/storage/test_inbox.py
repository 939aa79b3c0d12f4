"""Updates are stored once, readable only under the key of their day, and emptied when answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select, update

from actions import updates
from actions.work import Runner, Work
from storage.inbox import KEPT, Arrived
from storage.moments import database_now
from storage.tables import Inbox, InboxKey

pytestmark = pytest.mark.asyncio

ANNA, BEN = 7, 8
HELLO = Arrived(1, ANNA, b'{"text":"/start"}')


async def count(work: Work, table: type[Inbox] | type[InboxKey]) -> int:
    return await work.session.scalar(select(func.count()).select_from(table)) or 0


async def test_an_update_that_is_delivered_five_times_is_new_once(run: Runner) -> None:
    rounds = [await run(updates.arrive, [HELLO]) for _ in range(5)]

    assert [len(new) for new in rounds] == [1, 0, 0, 0, 0]
    assert await run(count, Inbox) == 1


async def test_an_update_that_comes_twice_in_one_batch_is_new_once(run: Runner) -> None:
    assert len(await run(updates.arrive, [HELLO, HELLO])) == 1


async def test_numbers_that_start_anew_do_not_hide_a_new_update(run: Runner) -> None:
    await run(updates.arrive, [HELLO])
    other = HELLO._replace(content=b'{"text":"/help"}')

    assert len(await run(updates.arrive, [other])) == 1


async def test_what_was_not_answered_is_taken_up_again_in_order(run: Runner) -> None:
    batch = [Arrived(n, ANNA, b"{}" + b" " * n) for n in (3, 1, 2)]
    first = await run(updates.arrive, batch)
    await run(updates.answered, [(first[0].id, [55])])

    waiting, _ = await run(updates.unanswered)

    assert [w.content for w in waiting] == [b"{} ", b"{}  "]


async def test_an_applied_update_is_known_as_such(run: Runner) -> None:
    (stored,) = await run(updates.arrive, [HELLO])
    await run.within(stored.id)(count, Inbox)

    assert [w.applied for w in (await run(updates.unanswered)).waiting] == [True]


async def test_an_answered_update_holds_nothing_any_more(run: Runner) -> None:
    (stored,) = await run(updates.arrive, [HELLO])
    await run(updates.answered, [(stored.id, [1, 2])])

    async def row(work: Work) -> Inbox:
        return await work.session.get_one(Inbox, stored.id)

    assert (await run(row)).sealed is None


async def test_a_turn_that_raises_three_times_is_parked(run: Runner) -> None:
    (stored,) = await run(updates.arrive, [HELLO])

    parked = [(await run(updates.failed, stored.id))[0] for _ in range(3)]

    assert parked == [False, False, True]
    assert (await run(updates.unanswered)).waiting == []
    assert await run(updates.waiting) == (0, 1)


async def lose_key(work: Work) -> None:
    await work.session.execute(delete(InboxKey))


async def spoil_key(work: Work) -> None:
    await work.session.execute(update(InboxKey).values(key=b"\x00\x01" + b"no key" * 12))


async def spoil_update(work: Work) -> None:
    await work.session.execute(update(Inbox).values(sealed=b"not sealed by us"))


@pytest.mark.parametrize("spoil", [lose_key, spoil_key, spoil_update])
async def test_what_cannot_be_opened_is_parked_and_named_and_stops_no_start(
    run: Runner, spoil: Callable[[Work], Awaitable[None]]
) -> None:
    (stored,) = await run(updates.arrive, [HELLO])
    await run(spoil)
    keys_before = await run(count, InboxKey)

    assert await run(updates.unanswered) == ([], [stored.id])
    assert await run(updates.waiting) == (0, 1)
    assert await run(updates.unanswered) == ([], [])
    assert await run(count, InboxKey) == keys_before


async def test_yesterdays_key_is_kept_for_who_still_stores_under_it(run: Runner) -> None:
    await run(updates.arrive, [HELLO])

    async def key_of(work: Work, days_ago: int) -> None:
        await work.session.execute(delete(Inbox))
        (key,) = await work.session.scalars(select(InboxKey))
        today = (await database_now(work.session)).date()
        key.day = today - timedelta(days=days_ago)

    await run(key_of, 1)
    await run(updates.tidy)
    assert await run(count, InboxKey) == 1

    await run(key_of, 2)
    await run(updates.tidy)
    assert await run(count, InboxKey) == 0


async def test_a_day_that_is_done_loses_its_key(run: Runner) -> None:
    (stored,) = await run(updates.arrive, [HELLO])
    await run(updates.arrive, [Arrived(2, BEN, b"{}")])
    await run(updates.answered, [(stored.id, [])])

    async def three_days_pass(work: Work) -> None:
        rows = (await work.session.scalars(select(Inbox))).all()
        keys = (await work.session.scalars(select(InboxKey))).all()
        days = KEPT + timedelta(days=1)
        for row in rows:
            row.day -= days
            row.answered_at = row.answered_at and row.answered_at - days
        for key in keys:
            await work.session.execute(
                update(InboxKey).where(InboxKey.day == key.day).values(day=key.day - days)
            )

    await run(three_days_pass)
    await run(updates.tidy)
    assert (await run(count, Inbox), await run(count, InboxKey)) == (1, 1)  # Ben's still waits

    async def ben_is_answered(work: Work) -> None:
        await work.session.execute(update(Inbox).values(sealed=None))

    await run(ben_is_answered)
    await run(updates.tidy)
    assert await run(count, InboxKey) == 0
