"""What is due is sent to who still wants it, and to nobody else.

Tips too: never without their disclaimers, never on the day of a warning sign.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
import pytest_asyncio
from sqlalchemy import select

from actions import deliveries, usual_reminders
from actions.people import known
from actions.work import Runner, Work
from bot.screen import plain
from content.library import Library
from domain.consent import Purpose
from domain.delivery import Outcome, Reason, Receipt, State
from domain.snippets import Pace
from jobs.deliver import LEASE, deliver
from storage import people
from storage.tables import SnippetShown
from storage.warnings import add_once
from tests.actions.members import decide, finish, join, member
from tests.conftest import Clock, Post
from tests.jobs.ledger import again, ledger

pytestmark = pytest.mark.asyncio

ANNA, BERT = 7, 8
MONDAY = date(2025, 3, 3)


@pytest_asyncio.fixture(autouse=True)
async def evening(run: Runner, clock: Clock) -> None:
    """Anna asked for 20:30 in Berlin; there it is 20:31 on Monday, 3 March 2025."""
    clock.now = datetime(2025, 3, 3, 19, 0, tzinfo=UTC)
    await run(join, ANNA, time(20, 30))
    clock.advance(minutes=31)


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
    await usual_reminders.set_tip_pace(work, await member(work, who), Pace.OFF)
