"""What the clock erases, whom it asks first, and that whoever comes back stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions import imports, people, retention
from actions.work import Runner, Work
from bot.screen import Screen, plain
from domain.delivery import Outcome, Receipt, Recipient
from jobs.deliver import Begin
from jobs.retention import daily, keep_house
from storage import people as store
from storage.tables import Awaiting, ConsentText, ImportBatch, Person
from tests.actions.diaries import ANNA, BEN, join, plant
from tests.conftest import Clock, Post

pytestmark = pytest.mark.asyncio

CROWD = range(800_000_000_000, 800_000_000_120)


async def there(work: Work) -> set[int]:
    """The Telegram ids of whom we still know."""
    rows = await work.session.scalars(select(Person))
    return {store.known(work.keys, row).chat_id for row in rows}


async def day(run: Runner, post: Post, clock: Clock, days: float = 0) -> set[int]:
    """Let *days* go by, do the daily round, and return whom we still know."""
    clock.advance(days=days)
    await keep_house(run, post)
    return await run(there)


@pytest.mark.parametrize(("days", "left"), [(179, {ANNA, BEN}), (181, {BEN})])
async def test_who_blocked_us_is_erased_after_half_a_year(
    run: Runner, post: Post, clock: Clock, days: int, left: set[int]
) -> None:
    await run(plant, ANNA)
    await run(plant, BEN)
    await run(people.blocked, ANNA)

    assert await day(run, post, clock, days) == left
    assert post.sent == []


@pytest.mark.parametrize(("days", "left"), [(6.9, {ANNA}), (7.1, set())])
async def test_a_join_that_was_never_finished_is_erased_after_a_week(
    run: Runner, post: Post, clock: Clock, days: float, left: set[int]
) -> None:
    async def begin(work: Work) -> None:
        await store.create(work.session, work.keys, ANNA, "en", work.now)

    await run(begin)

    assert await day(run, post, clock, days) == left


async def test_the_silent_are_asked_twice_a_month_apart_and_then_erased(
    run: Runner, post: Post, clock: Clock
) -> None:
    await run(plant, ANNA)

    left, asked = [], []
    for days in (730, 1, 29, 2, 29, 2):
        left.append(await day(run, post, clock, days))
        asked.append(len(post.sent))

    assert asked == [0, 1, 1, 2, 2, 2]
    assert left == [{ANNA}] * 5 + [set()]
    assert "ask once more in 30 days" in plain(post.sent[0][1])
    assert "last time" in plain(post.sent[1][1])


async def test_who_comes_back_is_kept_and_asked_from_the_start_again(
    run: Runner, post: Post, clock: Clock
) -> None:
    await run(plant, ANNA)
    await day(run, post, clock, 731)
    await day(run, post, clock, 31)
    await run(people.known, ANNA)

    assert await day(run, post, clock, 31) == {ANNA}
    assert await day(run, post, clock, 700) == {ANNA}
    assert "ask once more" in plain(post.sent[-1][1])


@pytest.mark.parametrize(
    ("outcome", "counted"),
    [(Outcome.NOT_SENT, 0), (Outcome.GONE, 0), (Outcome.UNKNOWN, 1), (Outcome.SENT, 1)],
)
async def test_a_question_that_did_not_arrive_does_not_count(
    run: Runner, post: Post, clock: Clock, outcome: Outcome, counted: int
) -> None:
    await run(plant, ANNA)
    post.answers[ANNA] = outcome

    await day(run, post, clock, 731)

    async def standing(work: Work) -> tuple[int, bool]:
        row = (await work.session.scalars(select(Person))).one()
        return row.asked_idle, row.blocked_at is not None

    assert await run(standing) == (counted, outcome is Outcome.GONE)


async def test_a_crowd_is_asked_once_each_and_erased_whole(
    run: Runner, post: Post, clock: Clock
) -> None:
    for who in CROWD:
        await run(join, who)
    post.answers[CROWD[3]] = Outcome.NOT_SENT

    await day(run, post, clock, 731)
    assert sorted(chat for chat, _ in post.sent) == sorted(set(CROWD) - {CROWD[3]})

    await day(run, post, clock, 31)
    assert await day(run, post, clock, 31) == {CROWD[3]}


async def test_somebody_who_came_back_while_they_were_asked_is_not_counted(
    run: Runner, clock: Clock
) -> None:
    person_id = await run(plant, ANNA)
    clock.advance(days=731)
    assert [q.to.person_id for q in await run(retention.to_ask)] == [person_id]
    await run(people.known, ANNA)

    await run(retention.asked, person_id, Outcome.SENT)

    async def asked(work: Work) -> int:
        return (await work.session.scalars(select(Person.asked_idle))).one()

    assert await run(asked) == 0


@pytest.mark.parametrize(
    ("after", "left"),
    [(timedelta(hours=23), (1, 1)), (timedelta(hours=25), (0, 1)), (timedelta(days=8), (0, 0))],
)
async def test_files_wait_a_day_and_prompts_a_week(
    run: Runner, post: Post, clock: Clock, after: timedelta, left: tuple[int, int]
) -> None:
    async def leave(work: Work) -> None:
        person = await join(work, ANNA)
        work.session.add(ImportBatch(person_id=person.id, sealed=b"", seen_at=work.now))

    async def leftovers(work: Work) -> tuple[int, int]:
        async def count(table: type[ImportBatch | Awaiting]) -> int:
            return len((await work.session.scalars(select(table))).all())

        return await count(ImportBatch), await count(Awaiting)

    await run(leave)
    await run(imports.ask, ANNA)
    await day(run, post, clock, after / timedelta(days=1))

    assert await run(leftovers) == left


async def test_the_words_of_a_consent_stay_as_long_as_anybody_rests_on_them(
    run: Runner, post: Post, clock: Clock
) -> None:
    async def texts(work: Work) -> int:
        return len((await work.session.scalars(select(ConsentText))).all())

    async def leave(work: Work, who: int) -> None:
        person = await store.find(work.session, work.keys, who)
        assert person is not None
        await store.erase(work.session, person.row)

    await run(join, ANNA)
    await run(join, BEN)
    agreed = await run(texts)

    await run(leave, ANNA)
    await day(run, post, clock)
    assert await run(texts) == agreed > 0

    await run(leave, BEN)
    await day(run, post, clock)
    assert await run(texts) == 0


async def test_the_round_is_made_once_a_day_however_often_the_bot_starts(
    run: Runner, post: Post, clock: Clock
) -> None:
    async def rounds(hours: float) -> set[int]:
        clock.advance(hours=hours)
        await daily(run, post)
        return await run(there)

    await run(plant, ANNA)
    await rounds(0)
    await run(people.blocked, ANNA)
    clock.advance(days=179, hours=23)
    await daily(run, post)

    assert await rounds(2) == {ANNA}  # over by now, and the next round is not
    assert await rounds(22) == set()


async def test_a_round_that_failed_is_made_again(run: Runner, post: Post, clock: Clock) -> None:
    await run(plant, ANNA)
    clock.advance(days=731)

    async def fail(
        to: Recipient, screen: Screen, *, silent: bool, begin: Begin | None = None
    ) -> Receipt:
        raise RuntimeError("no network")

    with pytest.raises(RuntimeError):
        await daily(run, fail)
    await daily(run, post)

    assert [chat for chat, _ in post.sent] == [ANNA]


@pytest.mark.postgresql
async def test_the_round_works_on_postgresql_too(run: Runner, post: Post, clock: Clock) -> None:
    await run(plant, ANNA)
    await run(plant, BEN)
    await run(people.blocked, ANNA)

    assert await day(run, post, clock, 731) == {BEN}
    assert [chat for chat, _ in post.sent] == [BEN]
