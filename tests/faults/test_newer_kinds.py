"""Rows that only a newer release understands are left to it, and nobody's own reminders suffer for them."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
import pytest_asyncio
from sqlalchemy import text

from actions import deliveries, outbox, planning, reminder_list
from actions.reminder_list import WishList
from actions.work import Runner, Work
from domain.delivery import Outcome, State
from jobs.deliver import deliver
from storage.outbox import Choice
from tests.actions.members import join, member
from tests.actions.wishes import wish
from tests.conftest import Clock, Post

pytestmark = pytest.mark.asyncio

ANNA, BERT = 7, 8


@pytest_asyncio.fixture(autouse=True, params=["kind", "pattern"])
async def newer(run: Runner, clock: Clock, request: pytest.FixtureRequest) -> None:
    """Anna and Bert are reminded at 20:30; Anna has one more, of a kind or with days unknown to us."""
    clock.now = datetime(2025, 3, 3, 18, 0, tzinfo=UTC)
    for who in (ANNA, BERT):
        await run(join, who)
        await run(wish, who)
    unknown = await run(wish, ANNA, times=(time(20, 29),))
    await run(make_newer, request.param, unknown)
    clock.now = datetime(2025, 3, 3, 19, 31, tzinfo=UTC)


async def make_newer(work: Work, column: str, reminder_id: int) -> None:
    statement = text(f"UPDATE reminder SET {column} = 'of_tomorrow' WHERE id = :id")
    await work.session.execute(statement, {"id": reminder_id})


async def left(work: Work) -> list[str]:
    """The states of what is due of the newer kind, as they stand in the table."""
    query = text(
        "SELECT occurrence.state FROM occurrence JOIN reminder ON reminder.id = reminder_id "
        "WHERE 'of_tomorrow' IN (reminder.kind, reminder.pattern) ORDER BY due_at LIMIT 1"
    )
    return list(await work.session.scalars(query))


async def test_all_others_come_and_the_newer_one_waits_for_who_knows_it(
    run: Runner, post: Post
) -> None:
    assert await deliver(run, post, at_once=8) == {Outcome.SENT: 2}

    assert sorted(chat for chat, _ in post.sent) == [ANNA, BERT]
    assert await run(left) == [State.DUE]


async def test_who_sends_does_not_stay_awake_for_it(run: Runner, post: Post) -> None:
    await deliver(run, post, at_once=8)

    seconds = await run(deliveries.seconds_to_next)
    assert seconds is not None
    assert seconds > 3600


async def test_its_person_can_plan_and_look_as_always(
    run: Runner, post: Post, clock: Clock
) -> None:
    async def act(work: Work) -> None:
        person = await member(work, ANNA)
        await planning.replan(work, person)
        assert await planning.next_message(work, person) is not None

    await run(act)
    await run(planning.replan_some, 0)
    (view,) = (await run(reminder_list.show, ANNA)).views
    assert isinstance(view, WishList)
    assert len(view.wishes) == 1
    assert await run(left) == [State.DUE]


async def test_an_operator_sees_what_this_release_knows(run: Runner) -> None:
    here = await run(outbox.look, Choice(frozenset(State)), 50)

    assert sum(heap.count for heap in here.heaps) == len(here.lines) == 2
