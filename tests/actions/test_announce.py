"""What everybody must know reaches everybody who can be reached, once, whatever they paused or refused."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import func, select

from actions import announce, erase, export, outbox, planning
from actions.announce import Reach
from actions.export import Files
from actions.outbox import Done
from actions.work import Runner, Work
from bot.screen import plain
from domain.consent import Purpose
from domain.delivery import Outcome, Reason, State
from jobs.deliver import deliver
from storage import people
from storage.announcements import Became
from storage.outbox import Choice
from storage.tables import Announcement, Occurrence, Reminder
from tests.actions.members import decide, join, member
from tests.conftest import Clock, Post
from tests.jobs.ledger import again

pytestmark = pytest.mark.asyncio

ANNA, BERT, CLEO, DORA = 7, 8, 9, 10
TEXTS = {"en": "The words on what is kept changed. 1 < 2."}


async def tell(run: Runner, texts: dict[str, str] = TEXTS) -> int:
    """Tell everybody, in batches of two; return to how many."""
    count, last = 0, 0
    while (done := await run(announce.tell, texts, last, 2)).last is not None:
        count, last = count + done.count, done.last
    return count


async def everybody(run: Runner, *who: int) -> None:
    for one in who:
        await run(join, one)


async def test_everybody_who_joined_is_told_once(run: Runner, post: Post) -> None:
    await everybody(run, ANNA, BERT, CLEO)

    assert await tell(run) == 3
    assert await again(run, post) == {Outcome.SENT: 3}
    assert await tell(run) == 0
    assert await again(run, post) == {}

    assert sorted(chat for chat, _ in post.sent) == [ANNA, BERT, CLEO]
    assert post.silent == [False] * 3
    title, _, text = plain(post.sent[0][1]).split("\n\n")
    assert title == "A notice from whoever runs this bot"
    assert text == TEXTS["en"]


async def test_who_blocked_the_bot_or_has_not_joined_is_counted_and_not_told(
    run: Runner, post: Post
) -> None:
    await everybody(run, ANNA, BERT)
    await run(block, BERT)
    await run(begin_to_join, CLEO)

    reach = await run(announce.reach, TEXTS)

    assert reach == Reach(reach.id, None, {"en": 1}, 1, 0, blocked=1, not_joined=1)
    assert await tell(run) == 1
    assert await again(run, post) == {Outcome.SENT: 1}


async def block(work: Work, who: int) -> None:
    (await member(work, who)).row.blocked_at = work.now


async def unblock(work: Work, who: int) -> None:
    (await member(work, who)).row.blocked_at = None


async def begin_to_join(work: Work, who: int) -> None:
    await people.create(work.session, work.keys, who, "en", work.now)


async def test_a_look_changes_nothing(run: Runner) -> None:
    await everybody(run, ANNA)

    await run(announce.reach, TEXTS)

    assert await run(announce.told) == []
    assert await run(planning.unsettled) == 0


async def test_neither_a_pause_nor_a_consent_taken_back_stops_it(run: Runner, post: Post) -> None:
    await everybody(run, ANNA, BERT)
    await run(pause, ANNA)
    for purpose in Purpose:
        await run(decide, BERT, purpose, given=False)

    await tell(run)

    assert await again(run, post) == {Outcome.SENT: 2}


async def pause(work: Work, who: int) -> None:
    (await member(work, who)).row.paused_until = work.now.date() + timedelta(days=30)


async def test_in_quiet_hours_it_comes_without_a_sound(
    run: Runner, post: Post, clock: Clock
) -> None:
    await everybody(run, ANNA, BERT)
    await run(be_quiet, ANNA)
    clock.now = datetime(2025, 3, 3, 23, 0, tzinfo=UTC)

    await tell(run)
    await again(run, post)

    heard = dict(zip((chat for chat, _ in post.sent), post.silent, strict=True))
    assert heard == {ANNA: True, BERT: False}


async def be_quiet(work: Work, who: int) -> None:
    row = (await member(work, who)).row
    row.quiet_from, row.quiet_until = time(22), time(7)


async def test_a_run_that_was_cut_short_is_made_good_by_the_next(run: Runner, post: Post) -> None:
    await everybody(run, ANNA, BERT, CLEO)
    await run(announce.tell, TEXTS, 0, 2)  # and is killed
    await again(run, post)

    assert await tell(run) == 1
    await again(run, post)

    assert Counter(chat for chat, _ in post.sent) == {ANNA: 1, BERT: 1, CLEO: 1}


async def test_who_joined_later_is_told_by_another_run(run: Runner, post: Post) -> None:
    await everybody(run, ANNA)
    await tell(run)
    await everybody(run, BERT)

    reach = await run(announce.reach, TEXTS)

    assert reach.begun_at is not None
    assert (reach.people, reach.lacking) == ({"en": 2}, 1)
    assert await tell(run) == 1


async def test_who_was_away_and_is_back_is_told_by_another_run(run: Runner, post: Post) -> None:
    await everybody(run, ANNA, BERT)
    await tell(run)
    await run(block, BERT)
    post.answers[ANNA] = Outcome.GONE
    await again(run, post)
    post.answers.clear()
    announcement = (await run(announce.reach, TEXTS)).id
    assert await run(announce.tell_again, announcement) == Done(0, None)

    await run(unblock, ANNA)
    await run(unblock, BERT)

    assert (await run(announce.reach, TEXTS)).again == 2
    assert (await run(announce.tell_again, announcement)).count == 2
    assert await again(run, post) == {Outcome.SENT: 2}


async def test_who_travels_before_it_comes_gets_it_all_the_same(run: Runner, post: Post) -> None:
    await everybody(run, ANNA)
    await run(allow_jitter, ANNA)
    await tell(run)
    await run(travel, ANNA)

    assert await again(run, post) == {Outcome.SENT: 1}


async def allow_jitter(work: Work, who: int) -> None:
    (await member(work, who)).row.spread = 10


async def travel(work: Work, who: int) -> None:
    person = await member(work, who)
    person.row.zone = "Asia/Tokyo"
    await planning.replan(work, person)


async def test_other_words_are_another_announcement(run: Runner, post: Post) -> None:
    await everybody(run, ANNA)
    await tell(run)

    assert await tell(run, {"en": "And something else."}) == 1
    assert await again(run, post) == {Outcome.SENT: 2}


async def test_a_language_that_has_no_text_reads_english(run: Runner, post: Post) -> None:
    english = run.library.languages["en"]
    languages = {tag: replace(english, tag=tag) for tag in ("en", "de", "fr")}
    run = replace(run, library=replace(run.library, languages=languages))
    await everybody(run, ANNA, BERT, CLEO, DORA)
    for who, tag in ((ANNA, "de"), (BERT, "fr"), (CLEO, "xx")):
        await run(speak, who, tag)

    texts = {**TEXTS, "de": "Die Worte haben sich geändert."}
    reach = await run(announce.reach, texts)
    await tell(run, texts)
    await again(run, post)

    assert reach.people == {"de": 1, "fr": 1, "en": 2}
    read = {chat: plain(screen).split("\n\n")[-1] for chat, screen in post.sent}
    assert read == {ANNA: texts["de"], BERT: texts["en"], CLEO: texts["en"], DORA: texts["en"]}


async def speak(work: Work, who: int, tag: str) -> None:
    (await member(work, who)).row.language = tag


async def test_what_became_of_it_is_counted(run: Runner, post: Post, clock: Clock) -> None:
    await everybody(run, ANNA, BERT, CLEO)
    await tell(run)
    post.answers = {ANNA: Outcome.GONE, BERT: Outcome.NOT_SENT}
    await again(run, post)

    (told,) = await run(announce.told)

    assert dict(told.texts) == TEXTS
    assert told.created_at == clock.now
    assert sorted(told.became, key=lambda one: str(one.state)) == [
        Became(State.DUE, None, 1),
        Became(State.FAILED, Reason.BLOCKED, 1),
        Became(State.SENT, None, 1),
    ]


async def test_it_may_come_for_thirty_days(run: Runner, post: Post, clock: Clock) -> None:
    await everybody(run, ANNA, BERT)
    await tell(run)
    post.answers[BERT] = Outcome.NOT_SENT
    clock.advance(days=29)
    assert await again(run, post) == {Outcome.SENT: 1, Outcome.NOT_SENT: 1}
    clock.advance(days=2)

    assert await again(run, post) == {}
    (told,) = await run(announce.told)
    assert Became(State.EXPIRED, None, 1) in told.became


async def test_an_operator_can_drop_what_is_not_sent_yet(run: Runner, post: Post) -> None:
    await everybody(run, ANNA, BERT)
    await tell(run)

    done = await run(outbox.drop, Choice(frozenset({State.DUE})))

    assert done.count == 2
    assert await again(run, post) == {}
    assert (await run(announce.told))[0].became == (Became(State.SKIPPED, Reason.DROPPED, 2),)
    assert await tell(run) == 0


async def test_a_notice_is_in_its_readers_export_and_goes_with_them(
    run: Runner, post: Post, clock: Clock
) -> None:
    await everybody(run, ANNA)
    await tell(run)
    await again(run, post)
    view = (await run(export.export, ANNA, "en")).views[-1]
    assert isinstance(view, Files)
    assert "notice" in [one["kind"] for one in json.loads(view.json)["deliveries"]]

    await run(erase.confirm, ANNA, "en", int(clock.now.timestamp()), messages=False)

    assert await run(counts) == (0, 0, 1)


async def counts(work: Work) -> tuple[int, ...]:
    tables = (Reminder, Occurrence, Announcement)
    found = [await work.session.scalar(select(func.count()).select_from(t)) for t in tables]
    return tuple(count or 0 for count in found)


CROWD = range(1000, 1100)


async def crowd(work: Work) -> None:
    for who in CROWD:
        await join(work, who)


@pytest.mark.postgresql
async def test_three_runs_and_two_senders_at_once_tell_each_once(run: Runner, post: Post) -> None:
    await run(crowd)

    async def sender(told: asyncio.Event) -> None:
        while not told.is_set() or await deliver(run, post, at_once=8):
            await deliver(run, post, at_once=8)

    async def tellers(told: asyncio.Event) -> None:
        await asyncio.gather(*(tell(run) for _ in range(3)))
        told.set()

    told = asyncio.Event()
    async with asyncio.timeout(60):
        await asyncio.gather(tellers(told), sender(told), sender(told))

    assert Counter(chat for chat, _ in post.sent) == dict.fromkeys(CROWD, 1)
