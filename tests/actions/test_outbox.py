"""An operator looks at what waits or went wrong, sends it again, or drops it; nobody gets more than that."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, time, timedelta

import pytest
import pytest_asyncio
from sqlalchemy import select

from actions import deliveries, outbox, planning
from actions.outbox import Done, Unfit
from actions.work import Runner, Work
from domain.delivery import Outcome, Reason, State
from domain.reminders import Kind
from domain.snippets import Pace
from jobs.deliver import LEASE, deliver
from storage.outbox import Choice, Heap
from storage.tables import Occurrence, SnippetShown
from tests.actions.members import join, member
from tests.conftest import Clock, Post
from tests.jobs.ledger import again, ledger

pytestmark = pytest.mark.asyncio

ANNA, BERT = 7, 8
DUE = datetime(2025, 3, 3, 19, 30, tzinfo=UTC)
FAILED, UNKNOWN, EXPIRED, WAITING = (
    Choice(frozenset({state})) for state in (State.FAILED, State.UNKNOWN, State.EXPIRED, State.DUE)
)


@pytest_asyncio.fixture(autouse=True)
async def evening(run: Runner, clock: Clock) -> None:
    """Anna asked for 20:30 in Berlin; there it is 20:31 on Monday, 3 March 2025."""
    clock.now = datetime(2025, 3, 3, 19, 0, tzinfo=UTC)
    await run(join, ANNA, time(20, 30))
    clock.advance(minutes=31)


async def newest(work: Work) -> int:
    """The id of the newest row that is due."""
    query = select(Occurrence.id).where(Occurrence.due_at <= work.now)
    return (await work.session.scalars(query.order_by(Occurrence.due_at.desc()))).first() or 0


async def unblock(work: Work, who: int) -> None:
    (await member(work, who)).row.blocked_at = None


async def look(run: Runner, choice: Choice) -> outbox.Outbox:
    return await run(outbox.look, choice, 10)


async def end(run: Runner, post: Post, clock: Clock, state: State) -> None:
    """Let Anna's message of this evening end so."""
    match state:
        case State.FAILED:
            post.answers[ANNA] = Outcome.REFUSED
        case State.UNKNOWN:
            post.answers[ANNA] = Outcome.UNKNOWN
            await again(run, post)
        case _:
            clock.advance(hours=6)
    await again(run, post)
    post.answers.clear()


async def test_what_waits_is_shown_with_how_late_it_is(run: Runner, clock: Clock) -> None:
    clock.advance(minutes=4)

    here = await look(run, WAITING)

    assert here.heaps == (Heap(Kind.CHECK_IN, State.DUE, None, 1, DUE),)
    assert (here.waiting, here.coming) == (1, 0)
    (line,) = here.lines
    assert (line.due_at, line.late, line.attempts) == (DUE, timedelta(minutes=5), 0)


async def test_what_comes_within_the_hour_is_told_apart(run: Runner, clock: Clock) -> None:
    clock.advance(minutes=-20)

    here = await look(run, WAITING)

    assert (here.heaps, here.lines, here.waiting, here.coming) == ((), (), 0, 1)


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (State.FAILED, Reason.REFUSED),
        (State.UNKNOWN, Reason.NO_OUTCOME),
        (State.EXPIRED, None),
    ],
)
async def test_what_went_wrong_is_shown_and_comes_when_it_is_sent_again(
    run: Runner, post: Post, clock: Clock, state: State, reason: Reason | None
) -> None:
    await end(run, post, clock, state)
    post.silent.clear()
    choice = Choice(frozenset({state}))
    ((heap),) = (await look(run, choice)).heaps
    assert (heap.state, heap.reason, heap.count) == (state, reason, 1)

    assert await run(outbox.retriable, choice) == (1, 1)
    assert (await run(outbox.retry, choice)).count == 1
    assert await again(run, post) == {Outcome.SENT: 1}

    assert post.silent == [state is State.UNKNOWN]  # which may be there already
    assert (await run(ledger))[0] == (State.SENT, None)
    assert await again(run, post) == {}


async def test_one_with_no_outcome_gets_one_more_send_and_no_further(
    run: Runner, post: Post, clock: Clock
) -> None:
    await end(run, post, clock, State.UNKNOWN)
    post.answers[ANNA] = Outcome.UNKNOWN
    post.sent.clear()
    await run(outbox.retry, UNKNOWN)

    rounds = [await again(run, post) for _ in range(3)]

    assert rounds == [{Outcome.UNKNOWN: 1}, {}, {}]
    assert len(post.sent) == 1
    assert await run(ledger) == [(State.UNKNOWN, Reason.NO_OUTCOME)]


async def test_who_blocked_us_gets_nothing_until_they_are_back(
    run: Runner, post: Post, clock: Clock
) -> None:
    post.answers[ANNA] = Outcome.GONE
    await again(run, post)
    post.answers.clear()

    assert await run(outbox.retriable, FAILED) == (1, 0)
    assert await run(outbox.retry, FAILED) == Done(0, None)
    await run(unblock, ANNA)
    assert (await run(outbox.retry, FAILED)).count == 1
    assert await again(run, post) == {Outcome.SENT: 1}


async def test_an_evening_that_a_newer_one_followed_is_not_brought_back(
    run: Runner, post: Post, clock: Clock
) -> None:
    await end(run, post, clock, State.EXPIRED)
    clock.advance(hours=18)

    assert await run(outbox.retriable, EXPIRED) == (1, 0)
    assert await run(outbox.retry, EXPIRED) == Done(0, None)


async def test_a_pause_holds_for_what_is_sent_again_too(
    run: Runner, post: Post, clock: Clock
) -> None:
    await end(run, post, clock, State.EXPIRED)
    await run(rest, ANNA)
    await run(outbox.retry, EXPIRED)

    assert await again(run, post) == {}
    assert await run(ledger) == [(State.SKIPPED, Reason.PAUSED)]


async def rest(work: Work, who: int) -> None:
    (await member(work, who)).row.paused_until = work.now.date() + timedelta(days=9)


async def test_a_grace_begins_anew(run: Runner, post: Post, clock: Clock) -> None:
    await end(run, post, clock, State.EXPIRED)
    await run(outbox.retry, EXPIRED)
    clock.advance(hours=1)

    assert await again(run, post) == {Outcome.SENT: 1}


async def test_since_leaves_older_ones_alone(run: Runner, post: Post, clock: Clock) -> None:
    await end(run, post, clock, State.FAILED)
    clock.advance(hours=3)
    hours = Choice(frozenset({State.FAILED}), since=clock.now - timedelta(hours=2))

    assert (await look(run, hours)).heaps == ()
    assert await run(outbox.retry, hours) == Done(0, None)
    assert await run(outbox.retry, hours._replace(since=clock.now - timedelta(hours=4))) != Done(
        0, None
    )


async def test_each_is_changed_once_however_fast_it_fails_again(
    run: Runner, post: Post, clock: Clock
) -> None:
    await end(run, post, clock, State.FAILED)
    post.answers[ANNA] = Outcome.REFUSED

    first = await run(outbox.retry, FAILED)
    await again(run, post)

    assert first.count == 1
    assert first.last is not None
    assert await run(outbox.retry, FAILED, first.last) == Done(0, None)


async def test_what_is_dropped_never_comes_and_is_not_called_missed(
    run: Runner, post: Post, clock: Clock
) -> None:
    assert await run(outbox.droppable, WAITING) == 1
    assert (await run(outbox.drop, WAITING)).count == 1

    assert await again(run, post) == {}
    assert await run(ledger) == [(State.SKIPPED, Reason.DROPPED)]
    assert await run(planning.unsettled) == 0
    assert await run(planning.next_due) == DUE + timedelta(days=1)
    clock.advance(days=1)
    await again(run, post)
    ((_, screen),) = post.sent
    assert not any("did not reach you" in block.text for block in screen.blocks)


async def test_one_that_waits_for_its_next_try_can_be_dropped(run: Runner, post: Post) -> None:
    post.answers[ANNA] = Outcome.NOT_SENT
    await deliver(run, post, at_once=8)

    assert (await run(outbox.drop, WAITING)).count == 1


async def test_one_that_is_being_sent_is_left_alone(run: Runner) -> None:
    await run(deliveries.claim, 10, LEASE)
    row = await run(newest)

    assert await run(outbox.drop, Choice(ids=frozenset({row}))) == Done(0, None)
    assert await run(outbox.unfit_to_drop, [row]) == {row: Unfit.IN_HAND}
    assert await run(outbox.unfit_to_retry, [row]) == {row: Unfit.IN_HAND}


async def test_a_tip_that_was_dropped_was_not_shown(run: Runner, post: Post, clock: Clock) -> None:
    clock.advance(minutes=-31)
    await run(join, BERT, None, pace=Pace.DAILY)
    clock.advance(hours=14, minutes=1)  # shortly after ten in Berlin
    post.answers[BERT] = Outcome.NOT_SENT
    await again(run, post)
    assert len(await run(tips)) == 1

    await run(outbox.drop, WAITING)

    assert await run(tips) == []


async def tips(work: Work) -> list[int]:
    return list(await work.session.scalars(select(SnippetShown.id)))


async def test_rows_that_do_not_fit_are_named_with_why(
    run: Runner, post: Post, clock: Clock
) -> None:
    waits = await run(newest)
    assert await run(outbox.unfit_to_retry, [waits, 5]) == {waits: Unfit.WAITS, 5: Unfit.MISSING}
    await deliver(run, post, at_once=8)
    assert await run(outbox.unfit_to_retry, [waits]) == {waits: Unfit.SENT}
    assert await run(outbox.unfit_to_drop, [waits]) == {waits: Unfit.SENT}
    clock.advance(days=1)
    following = await run(newest)
    clock.advance(minutes=-5)
    assert await run(outbox.unfit_to_drop, [following]) == {following: Unfit.AHEAD}
    clock.advance(hours=6)
    await again(run, post)
    assert await run(outbox.unfit_to_drop, [following]) == {following: Unfit.ENDED}
    assert await run(outbox.unfit_to_retry, [following]) == {}


CROWD = range(1000, 1120)


async def crowd(work: Work) -> None:
    for who in CROWD:
        await join(work, who, time(20, 31))


@pytest.mark.postgresql
async def test_two_operators_and_two_senders_send_each_once_more(
    run: Runner, post: Post, clock: Clock
) -> None:
    clock.advance(minutes=-5)
    await run(crowd)
    clock.advance(minutes=6)
    post.answers = dict.fromkeys(CROWD, Outcome.REFUSED)
    while await deliver(run, post, at_once=8):
        pass
    post.answers.clear()
    post.sent.clear()

    async def all_of(act: Callable[..., Awaitable[Done]]) -> int:
        count, last = 0, 0
        while (done := await run(act, FAILED, last, 20)).last is not None:
            count, last = count + done.count, done.last
        return count

    async def sender() -> None:
        while await run(outbox.retriable, FAILED) != (0, 0) or await deliver(run, post, at_once=8):
            await deliver(run, post, at_once=8)

    async with asyncio.timeout(60):
        first, second, *_ = await asyncio.gather(
            all_of(outbox.retry), all_of(outbox.retry), sender(), sender()
        )

    assert first + second == len(CROWD)
    assert Counter(chat for chat, _ in post.sent) == dict.fromkeys(CROWD, 1)
