"""A reminder that comes due is sent once, or accounted for.

Never a mock: `post` is a Telegram of our own that remembers what it was sent and answers as told.
Who still wants it is in test_wanted.py; claims that race are in tests/races.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
import pytest_asyncio
from sqlalchemy import and_, func, select

from actions import deliveries, planning
from actions.work import Runner, Work
from bot.screen import plain
from domain.delivery import Outcome, Reason, Receipt, State
from jobs.deliver import LEASE, deliver
from storage.moments import database_now
from storage.tables import Occurrence
from tests.actions.members import join, member
from tests.conftest import Clock, Post
from tests.jobs.ledger import again, ahead, lapse, ledger

pytestmark = pytest.mark.asyncio

ANNA, BERT = 7, 8


@pytest_asyncio.fixture(autouse=True)
async def evening(run: Runner, clock: Clock) -> None:
    """Anna asked for 20:30 in Berlin; there it is 20:31 on Monday, 3 March 2025."""
    clock.now = datetime(2025, 3, 3, 19, 0, tzinfo=UTC)
    await run(join, ANNA, time(20, 30))
    clock.advance(minutes=31)


async def waits(work: Work) -> timedelta:
    """How long the one row that waits has still to wait, by the database's clock."""
    until = await work.session.scalar(
        select(Occurrence.lease_until).where(Occurrence.lease_until.is_not(None))
    )
    assert until is not None
    return until - await database_now(work.session)


async def stay_fresh(work: Work) -> None:
    """Give every message three days in which it may still come."""
    for row in await work.session.scalars(select(Occurrence)):
        row.expires_at = row.due_at + timedelta(days=3)


async def test_a_due_reminder_is_sent_once_and_is_the_first_question(
    run: Runner, post: Post
) -> None:
    rounds = [await deliver(run, post, at_once=8) for _ in range(2)]

    assert rounds == [{Outcome.SENT: 1}, {}]
    assert await run(ledger) == [(State.SENT, None)]
    ((chat, screen),) = post.sent
    assert chat == ANNA
    assert plain(screen).startswith("Your evening check-in")
    assert len(screen.rows) > 3
    assert post.silent == [False]


async def test_the_next_one_is_planned_when_one_is_claimed(
    run: Runner, post: Post, clock: Clock
) -> None:
    await deliver(run, post, at_once=8)

    assert await run(planning.next_due) == datetime(2025, 3, 4, 19, 30, tzinfo=UTC)


async def test_what_is_not_due_is_not_sent(run: Runner, post: Post, clock: Clock) -> None:
    clock.advance(minutes=-2)

    assert await deliver(run, post, at_once=8) == {}


async def test_what_was_not_sent_is_tried_until_it_is(run: Runner, post: Post) -> None:
    post.answers[ANNA] = Outcome.NOT_SENT
    rounds = [await again(run, post) for _ in range(3)]
    post.answers[ANNA] = Outcome.SENT

    assert rounds == [{Outcome.NOT_SENT: 1}] * 3
    assert await run(ahead) == [datetime(2025, 3, 4, 19, 30, tzinfo=UTC)]
    assert await again(run, post) == {Outcome.SENT: 1}
    assert post.silent == [False]
    assert await run(ledger) == [(State.SENT, None)]


async def test_a_send_that_failed_is_not_tried_again_at_once(run: Runner, post: Post) -> None:
    post.answers[ANNA] = Outcome.NOT_SENT
    await deliver(run, post, at_once=8)

    assert await deliver(run, post, at_once=8) == {}
    seconds = await run(deliveries.seconds_to_next)
    assert seconds is not None
    assert 0 < seconds <= 60


async def test_telegram_is_left_alone_for_as_long_as_it_asks(run: Runner, post: Post) -> None:
    post.answers[ANNA] = Receipt(Outcome.NOT_SENT, retry_in=timedelta(minutes=9))
    await deliver(run, post, at_once=8)

    assert timedelta(minutes=8) < await run(waits) <= timedelta(minutes=9)


async def test_an_unknown_outcome_gets_one_silent_retry(run: Runner, post: Post) -> None:
    post.answers[ANNA] = Outcome.UNKNOWN
    await deliver(run, post, at_once=8)
    post.answers[ANNA] = Outcome.SENT

    assert await again(run, post) == {Outcome.SENT: 1}
    assert await again(run, post) == {}
    assert post.silent == [False, True]
    assert await run(ledger) == [(State.SENT, None)]


async def test_two_unknown_outcomes_end_the_matter(run: Runner, post: Post) -> None:
    post.answers[ANNA] = Outcome.UNKNOWN
    rounds = [await again(run, post) for _ in range(3)]

    assert rounds == [{Outcome.UNKNOWN: 1}, {Outcome.UNKNOWN: 1}, {}]
    assert await run(ledger) == [(State.UNKNOWN, Reason.NO_OUTCOME)]


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        (Outcome.GONE, Reason.BLOCKED),
        (Outcome.NOT_FOUND, Reason.CHAT_NOT_FOUND),
        (Outcome.REFUSED, Reason.REFUSED),
    ],
)
async def test_a_chat_that_does_not_take_it_does_not_loop(
    run: Runner, post: Post, outcome: Outcome, reason: Reason
) -> None:
    post.answers[ANNA] = outcome

    rounds = [await again(run, post) for _ in range(2)]

    assert rounds == [{outcome: 1}, {}]
    assert await run(ledger) == [(State.FAILED, reason)]


@pytest.mark.parametrize(("hours", "state"), [(1, State.SENT), (6, State.EXPIRED)])
async def test_after_downtime_only_a_fresh_reminder_is_sent(
    run: Runner, post: Post, clock: Clock, hours: int, state: State
) -> None:
    clock.advance(hours=hours)

    await deliver(run, post, at_once=8)

    assert await run(ledger) == [(state, None)]


async def test_after_days_away_the_newest_is_sent_and_the_rest_is_counted(
    run: Runner, post: Post, clock: Clock
) -> None:
    clock.advance(days=3)

    while await deliver(run, post, at_once=8):
        pass
    await deliver(run, post, at_once=8)

    assert await run(ledger) == [(State.EXPIRED, None)] * 3 + [(State.SENT, None)]
    ((_, screen),) = post.sent
    assert "3 reminders did not reach you" in plain(screen)
    assert await run(untold) == 0


async def untold(work: Work) -> int:
    """How many missed ones no message has told of."""
    late = and_(Occurrence.state == State.EXPIRED, Occurrence.told_by.is_(None))
    return await work.session.scalar(select(func.count()).select_from(Occurrence).where(late)) or 0


async def test_an_older_one_gives_way_to_a_newer_one_that_is_due_too(
    run: Runner, post: Post, clock: Clock
) -> None:
    clock.advance(days=1)
    await run(deliveries.claim, 10, LEASE)  # plans what follows, and is killed
    await run(stay_fresh)
    await run(lapse)
    while await deliver(run, post, at_once=8):
        pass

    assert len(post.sent) == 1
    assert (await run(ledger))[-1] == (State.SENT, None)


async def test_90_seconds_without_a_network_cost_nothing(
    run: Runner, post: Post, clock: Clock
) -> None:
    post.answers[ANNA] = Outcome.NOT_SENT
    for _ in range(9):
        await again(run, post)
        clock.advance(seconds=10)
    post.answers[ANNA] = Outcome.SENT
    await again(run, post)

    assert await run(ledger) == [(State.SENT, None)]
    assert post.silent == [False]


async def test_what_could_not_be_sent_within_its_grace_is_missed(
    run: Runner, post: Post, clock: Clock
) -> None:
    post.answers[ANNA] = Outcome.NOT_SENT
    await again(run, post)
    clock.advance(hours=3)
    post.answers[ANNA] = Outcome.SENT

    assert await again(run, post) == {}
    assert await run(ledger) == [(State.EXPIRED, None)]
    assert await run(untold) == 1


async def test_a_kill_in_the_middle_of_a_send_costs_at_most_a_second_silent_one(
    run: Runner, post: Post
) -> None:
    (claim,) = await run(deliveries.claim, 10, LEASE)
    assert await run(deliveries.begin, claim)
    assert await deliver(run, post, at_once=8) == {}

    assert await again(run, post) == {Outcome.SENT: 1}
    assert post.silent == [True]
    assert not await run(deliveries.settle, claim, Receipt(Outcome.SENT, 5))


async def test_kills_before_a_send_cost_nothing(run: Runner, post: Post) -> None:
    for _ in range(5):
        await run(deliveries.claim, 10, LEASE)
        await run(lapse)

    assert await deliver(run, post, at_once=8) == {Outcome.SENT: 1}
    assert post.silent == [False]


async def test_who_lost_a_claim_to_another_begins_no_send(run: Runner, post: Post) -> None:
    (slow,) = await run(deliveries.claim, 10, LEASE)
    await run(lapse)
    assert not await run(deliveries.begin, slow), "its lease is over"
    (quick,) = await run(deliveries.claim, 10, LEASE)

    assert not await run(deliveries.begin, slow)
    assert await run(deliveries.begin, quick)


async def test_two_kills_end_the_matter(run: Runner, post: Post) -> None:
    for _ in range(2):
        (claim,) = await run(deliveries.claim, 10, LEASE)
        assert await run(deliveries.begin, claim)
        await run(lapse)
    assert await run(planning.unsettled) == 1

    assert await deliver(run, post, at_once=8) == {}
    assert await run(ledger) == [(State.UNKNOWN, Reason.NO_OUTCOME)]
    assert await run(planning.unsettled) == 0


async def test_a_doubtful_one_that_is_late_by_now_is_not_called_missed(
    run: Runner, post: Post, clock: Clock
) -> None:
    post.answers[ANNA] = Outcome.UNKNOWN
    await deliver(run, post, at_once=8)
    clock.advance(hours=3)

    assert await again(run, post) == {}
    assert await run(ledger) == [(State.UNKNOWN, Reason.NO_OUTCOME)]


async def test_one_that_cannot_be_read_harms_no_other(
    run: Runner, post: Post, clock: Clock
) -> None:
    clock.advance(minutes=-10)
    await run(join, BERT, time(20, 30))
    await run(spoil, BERT)
    clock.advance(minutes=10)

    outcomes = await deliver(run, post, at_once=8)

    assert outcomes == {Outcome.SENT: 1, Outcome.UNKNOWN: 1}
    assert [chat for chat, _ in post.sent] == [ANNA]


async def test_one_that_can_never_be_read_is_given_up_after_the_second_time(
    run: Runner, post: Post
) -> None:
    await run(spoil, ANNA)

    rounds = [await again(run, post) for _ in range(4)]

    assert rounds == [{Outcome.UNKNOWN: 1}, {Outcome.UNKNOWN: 1}, {}, {}]
    assert await run(ledger) == [(State.UNKNOWN, Reason.NO_OUTCOME)]


async def spoil(work: Work, who: int) -> None:
    (await member(work, who)).row.sealed_profile = b"no ciphertext"


async def test_the_ledger_forgets_what_is_long_done(run: Runner, post: Post, clock: Clock) -> None:
    await deliver(run, post, at_once=8)
    clock.advance(days=61)
    await run(deliveries.tidy)

    assert (State.SENT, None) not in await run(ledger)
