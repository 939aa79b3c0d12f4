"""A reminder that comes due is sent once, or accounted for.

Never a mock: `post` is a Telegram of our own that remembers what it was sent and answers as told.
`run` is on SQLite, and on a real PostgreSQL where a test is marked so: only there do claims race.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta

import pytest
import pytest_asyncio
from sqlalchemy import select, update

from actions import deliveries, reminders
from actions.people import known
from actions.work import Runner, Work
from bot.screen import Screen, plain
from content.library import Library
from domain.consent import Purpose
from domain.delivery import Outcome, Reason, Receipt, Recipient, State
from domain.snippets import Pace
from jobs.deliver import LEASE, deliver, dispatch
from jobs.expire import tidy
from storage import people
from storage.moments import database_now
from storage.tables import Occurrence, SnippetShown
from storage.warnings import add_once
from tests.actions.members import decide, finish, join, member
from tests.conftest import Clock, Post

pytestmark = pytest.mark.asyncio

ANNA, BERT = 7, 8
CROWD = range(1000, 1600)
MONDAY = date(2025, 3, 3)


@pytest_asyncio.fixture(autouse=True)
async def evening(run: Runner, clock: Clock) -> None:
    """Anna asked for 20:30 in Berlin; there it is 20:31 on Monday, 3 March 2025."""
    clock.now = datetime(2025, 3, 3, 19, 0, tzinfo=UTC)
    await run(join, ANNA, time(20, 30))
    clock.advance(minutes=31)


async def ledger(work: Work) -> list[tuple[State, Reason | None]]:
    """What became of the occurrences that were due, oldest first."""
    due = select(Occurrence.state, Occurrence.reason).where(Occurrence.due_at <= work.now)
    rows = await work.session.execute(due.order_by(Occurrence.due_at))
    return [(state, reason) for state, reason in rows]


async def lapse(work: Work) -> None:
    """Let every lease and every backoff be over, by the database's clock."""
    past = await database_now(work.session) - timedelta(seconds=1)
    leased = Occurrence.lease_until.is_not(None)
    await work.session.execute(update(Occurrence).where(leased).values(lease_until=past))


async def waits(work: Work) -> timedelta:
    """How long the one row that waits has still to wait, by the database's clock."""
    until = await work.session.scalar(
        select(Occurrence.lease_until).where(Occurrence.lease_until.is_not(None))
    )
    assert until is not None
    return until - await database_now(work.session)


async def ahead(work: Work) -> list[datetime]:
    """What is planned and not due yet."""
    due = select(Occurrence.due_at).where(Occurrence.due_at > work.now)
    return list(await work.session.scalars(due.order_by(Occurrence.due_at)))


async def stay_fresh(work: Work) -> None:
    """Give every message three days in which it may still come."""
    for row in await work.session.scalars(select(Occurrence)):
        row.expires_at = row.due_at + timedelta(days=3)


async def again(run: Runner, post: Post) -> Counter[Outcome]:
    await run(lapse)
    return await deliver(run, post, at_once=8)


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

    assert await run(reminders.next_due) == datetime(2025, 3, 4, 19, 30, tzinfo=UTC)


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


async def test_who_blocked_us_is_left_alone_until_they_come_back(
    run: Runner, post: Post, clock: Clock
) -> None:
    post.answers[ANNA] = Outcome.GONE
    await deliver(run, post, at_once=8)
    clock.advance(days=1)
    post.answers[ANNA] = Outcome.SENT

    assert await deliver(run, post, at_once=8) == {}
    assert await run(ledger) == [(State.FAILED, Reason.BLOCKED), (State.SKIPPED, Reason.BLOCKED)]

    await run(come_back, ANNA)
    clock.advance(days=1)
    assert await deliver(run, post, at_once=8) == {Outcome.SENT: 1}


async def come_back(work: Work, who: int) -> None:
    await known(work, who)


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
    assert await run(missed, ANNA) == 0


async def missed(work: Work, who: int) -> int:
    return await reminders.missed(work, await member(work, who))


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
    assert await run(missed, ANNA) == 1


async def test_a_kill_in_the_middle_of_a_send_costs_at_most_a_second_silent_one(
    run: Runner, post: Post
) -> None:
    claimed = await run(deliveries.claim, 10, LEASE)
    assert await deliver(run, post, at_once=8) == {}

    assert await again(run, post) == {Outcome.SENT: 1}
    assert post.silent == [True]
    assert not await run(deliveries.settle, claimed[0], Receipt(Outcome.SENT, 5))


async def test_two_kills_end_the_matter(run: Runner, post: Post) -> None:
    for _ in range(2):
        await run(deliveries.claim, 10, LEASE)
        await run(lapse)
    assert await run(reminders.unsettled) == 1

    assert await deliver(run, post, at_once=8) == {}
    assert await run(ledger) == [(State.UNKNOWN, Reason.NO_OUTCOME)]
    assert await run(reminders.unsettled) == 0


async def test_a_doubtful_one_that_is_late_by_now_is_not_called_missed(
    run: Runner, post: Post, clock: Clock
) -> None:
    post.answers[ANNA] = Outcome.UNKNOWN
    await deliver(run, post, at_once=8)
    clock.advance(hours=3)

    assert await again(run, post) == {}
    assert await run(ledger) == [(State.UNKNOWN, Reason.NO_OUTCOME)]


async def test_nothing_is_sent_where_today_is_done(run: Runner, post: Post) -> None:
    await run(finish, ANNA, MONDAY)

    assert await deliver(run, post, at_once=8) == {}
    assert await run(ledger) == [(State.SKIPPED, Reason.ANSWERED)]


async def test_nothing_is_sent_to_who_took_their_consent_back(
    run: Runner, post: Post, clock: Clock
) -> None:
    await run(decide, ANNA, Purpose.KEEP, given=False)

    assert await deliver(run, post, at_once=8) == {}
    assert await run(ledger) == [(State.SKIPPED, Reason.WITHDRAWN)]


async def test_a_pause_is_silent_and_ends_by_itself(run: Runner, post: Post, clock: Clock) -> None:
    await run(pause_until, ANNA, date(2025, 3, 5))
    for _ in range(3):
        await deliver(run, post, at_once=8)
        clock.advance(days=1)

    paused = (State.SKIPPED, Reason.PAUSED)
    assert (await run(ledger))[:3] == [paused, paused, (State.SENT, None)]


async def pause_until(work: Work, who: int, day: date) -> None:
    (await member(work, who)).row.paused_until = day


async def test_nothing_is_sent_to_who_left_meanwhile(run: Runner, post: Post) -> None:
    (claim,) = await run(deliveries.claim, 10, LEASE)
    await run(leave, ANNA)

    assert await run(deliveries.open_claim, claim) is None
    assert not await run(deliveries.settle, claim, Receipt(Outcome.SENT, 5))


async def leave(work: Work, who: int) -> None:
    await people.erase(work.session, (await member(work, who)).row)


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


async def spoil(work: Work, who: int) -> None:
    (await member(work, who)).row.sealed_profile = b"no ciphertext"


async def test_a_tip_comes_with_its_disclaimers_and_a_retry_brings_the_same_one(
    run: Runner, post: Post, clock: Clock, library: Library
) -> None:
    await run(join, BERT, pace=Pace.DAILY)
    clock.now = datetime(2025, 3, 4, 9, 1, tzinfo=UTC)
    post.answers[BERT] = Outcome.UNKNOWN
    await deliver(run, post, at_once=8)
    await again(run, post)

    texts = [plain(screen) for chat, screen in post.sent if chat == BERT]
    assert len(texts) == 2
    assert texts[0] == texts[1]
    assert library.language("en")("disclaimers.general.short") in texts[0]
    assert await run(shown, BERT) == 1


async def shown(work: Work, who: int) -> int:
    person = await member(work, who)
    ids = select(SnippetShown.snippet_id).where(SnippetShown.person_id == person.id)
    return len(list(await work.session.scalars(ids)))


async def test_a_tip_that_was_never_sent_counts_as_unread(
    run: Runner, post: Post, clock: Clock
) -> None:
    await run(join, BERT, pace=Pace.DAILY)
    clock.now = datetime(2025, 3, 4, 9, 1, tzinfo=UTC)
    post.answers[BERT] = Outcome.GONE
    await deliver(run, post, at_once=8)

    assert await run(shown, BERT) == 0


async def test_there_is_no_tip_on_the_day_of_a_warning_sign(
    run: Runner, post: Post, clock: Clock
) -> None:
    await run(join, BERT, pace=Pace.DAILY)
    clock.now = datetime(2025, 3, 4, 9, 1, tzinfo=UTC)
    await run(warn, BERT, MONDAY + timedelta(days=1))
    await deliver(run, post, at_once=8)

    assert BERT not in {chat for chat, _ in post.sent}
    assert (State.SKIPPED, Reason.QUIET) in await run(ledger)


async def warn(work: Work, who: int, day: date) -> None:
    await add_once(work.session, await member(work, who), day, work.now, "red")


async def test_tips_that_were_switched_off_do_not_come(
    run: Runner, post: Post, clock: Clock
) -> None:
    await run(join, BERT, pace=Pace.DAILY)
    await run(stop_tips, BERT)
    clock.now = datetime(2025, 3, 4, 9, 1, tzinfo=UTC)
    await deliver(run, post, at_once=8)

    assert BERT not in {chat for chat, _ in post.sent}


async def stop_tips(work: Work, who: int) -> None:
    await reminders.set_tip_pace(work, await member(work, who), Pace.OFF)


async def test_the_ledger_forgets_what_is_long_done(run: Runner, post: Post, clock: Clock) -> None:
    await deliver(run, post, at_once=8)
    clock.advance(days=61)
    await tidy(run)

    assert (State.SENT, None) not in await run(ledger)


class Bell(Post):
    """Rings when it was sent something."""

    rang = asyncio.Event()

    async def __call__(self, to: Recipient, screen: Screen, *, silent: bool) -> Receipt:
        receipt = await super().__call__(to, screen, silent=silent)
        self.rang.set()
        return receipt


async def test_the_dispatcher_sleeps_until_it_is_woken(run: Runner, clock: Clock) -> None:
    wake, bell = asyncio.Event(), Bell()
    clock.advance(minutes=-10)
    async with asyncio.timeout(20):
        task = asyncio.create_task(dispatch(run, bell, wake, at_once=8))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(bell.rang.wait(), 0.2)
        clock.advance(minutes=10)
        wake.set()
        await bell.rang.wait()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    assert [chat for chat, _ in bell.sent] == [ANNA]


async def crowd(work: Work) -> None:
    for who in CROWD:
        await join(work, who, time(20, 31))


@pytest.mark.postgresql
async def test_four_schedulers_lose_none_of_600_and_double_none(
    run: Runner, post: Post, clock: Clock
) -> None:
    async def scheduler() -> None:
        while await deliver(run, post, at_once=8):
            pass

    clock.advance(minutes=-5)
    await run(crowd)
    clock.advance(minutes=6)

    await asyncio.gather(*(scheduler() for _ in range(4)))

    sent = Counter(chat for chat, _ in post.sent)
    lost, doubled = set(CROWD) - sent.keys(), [chat for chat, n in sent.items() if n > 1]
    assert (len(lost), len(doubled)) == (0, 0)


async def travel(work: Work, who: int, left: asyncio.Event, arrived: asyncio.Event) -> None:
    person = await member(work, who)
    person.row.zone = "Asia/Tokyo"
    await reminders.replan(work, person)
    left.set()
    await arrived.wait()


@pytest.mark.postgresql
async def test_who_is_changing_their_zone_is_passed_over_for_the_moment(run: Runner) -> None:
    left, arrived = asyncio.Event(), asyncio.Event()
    async with asyncio.timeout(20):
        journey = asyncio.create_task(run(travel, ANNA, left, arrived))
        await left.wait()
        meanwhile = await run(deliveries.claim, 10, LEASE)
        arrived.set()
        await journey

    assert meanwhile == []
    assert len(await run(deliveries.claim, 10, LEASE)) == 1
    assert await run(ahead) == [datetime(2025, 3, 4, 11, 30, tzinfo=UTC)]
