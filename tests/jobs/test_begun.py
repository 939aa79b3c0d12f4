"""What comes, or is said, beside an answer: nudges stop where somebody is at it, and nothing is offered
where it has no meaning."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
import pytest_asyncio

from actions import snooze
from actions.work import Runner, Work
from bot.screen import plain
from bot.screens import render
from content.library import Library
from domain.checkin import Answer, Source
from domain.errors import Refused
from domain.recurrence import AtMoment
from domain.reminders import Kind
from storage import checkins
from storage.tables import Announcement, Reminder
from tests.actions.evenings import ANNA, MONDAY, at
from tests.actions.members import BERLIN, join, member
from tests.actions.wishes import wish
from tests.conftest import Clock, Post
from tests.jobs.test_kinds import all_day, last_sent

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture(autouse=True)
async def monday(run: Runner, clock: Clock) -> None:
    """Anna has joined, with no reminder yet; it is Monday, 3 March 2025, 08:00 in Berlin."""
    clock.now = at("08:00")
    await run(join, ANNA)


async def answer(work: Work, who: int, question: str) -> None:
    person = await member(work, who)
    row = await checkins.open_day(work.session, person, MONDAY, BERLIN, work.now)
    said = Answer("3", Source.TAPPED)
    await checkins.put(work.session, person, row.id, (question, 1), said, work.now)


@pytest.mark.parametrize(
    ("begun_at", "question", "came"),
    [
        ("20:31", "pain", ["20:30"]),
        ("20:59", "pain", ["20:30"]),
        ("20:00", "pain", ["20:30", "21:00", "21:30"]),
        ("20:31", "habit:walk", ["20:30", "21:00", "21:30"]),
    ],
)
async def test_whoever_has_begun_to_answer_is_not_asked_again(
    run: Runner, post: Post, clock: Clock, begun_at: str, question: str, came: list[str]
) -> None:
    await run(wish, ANNA, Kind.CHECK_IN, routine="evening", nudges=2)
    before = await all_day(run, post, clock, "20:30") if begun_at > "20:30" else []
    clock.now = at(begun_at)
    await run(answer, ANNA, question)

    later = ["21:00", "21:30", "22:00"] if before else ["20:30", "21:00", "21:30", "22:00"]
    assert before + await all_day(run, post, clock, *later) == came


async def test_a_notice_that_takes_its_time_never_says_that_it_is_late(
    run: Runner, post: Post, clock: Clock
) -> None:
    async def announce(work: Work) -> None:
        told = Announcement(texts='{"en": "The rules changed."}', created_at=work.now)
        work.session.add(told)
        await work.session.flush()
        reminder = await wish(work, ANNA, Kind.NOTICE, (time.min,), AtMoment(at("08:05")))
        (await work.session.get_one(Reminder, reminder)).announcement_id = told.id

    await run(announce)
    await all_day(run, post, clock, "08:40")

    assert "late" not in plain(post.sent[0][1])


async def test_the_lines_around_a_notice_hold_for_a_leak_and_for_the_end_too(
    run: Runner, post: Post, clock: Clock, library: Library
) -> None:
    language = library.language("en")
    words = language("reminders.notice.title") + language("reminders.notice.discreet")

    for claim in ("health", "hurry", "when you have a minute", "right to know", "changed"):
        assert claim not in words


@pytest.mark.parametrize(
    ("kind", "offered"), [(Kind.OWN, False), (Kind.HABIT, False), (Kind.CHECK_IN, True)]
)
async def test_the_check_in_is_offered_only_where_a_check_in_was_left_out(
    run: Runner, post: Post, clock: Clock, library: Library, kind: Kind, offered: bool
) -> None:
    routine = "evening" if kind is Kind.CHECK_IN else None
    await run(wish, ANNA, kind, routine=routine, words={"text": "zinc", "habit": "walk"})
    await all_day(run, post, clock, "20:30")

    (view,) = (await run(snooze.leave_out, ANNA, await run(last_sent))).views

    text = plain(render(view, library.language("en")))
    assert ("/checkin" in text) is offered
    assert "Tue 4 Mar" in text


async def test_an_old_button_of_own_words_leads_to_the_reminders(
    run: Runner, post: Post, clock: Clock, library: Library
) -> None:
    await run(wish, ANNA)
    await all_day(run, post, clock, "20:30")
    message = await run(last_sent)
    clock.now = at("21:00", MONDAY + timedelta(days=1))

    with pytest.raises(Refused) as refused:
        await run(snooze.done, ANNA, message)

    text = library.language("en")(f"refused.{refused.value.key}")
    assert "/reminders" in text
    assert "/checkin" not in text
