"""Reminders of any routine bring its first question; a day that was left out counts against nobody."""

from __future__ import annotations

from datetime import time

import pytest

from actions import snooze, summary
from actions.cards import Step
from actions.reminded import Reminded
from actions.summary import Week
from actions.work import Runner, Work
from bot.screen import plain
from domain.continuity import Rate
from jobs.deliver import deliver
from storage.reminders import of_person
from tests.actions.evenings import ANNA, at, reminded
from tests.actions.members import join, member
from tests.conftest import Clock, Post

pytestmark = pytest.mark.asyncio


async def weekly(work: Work) -> None:
    """Make Anna's reminder one of the week."""
    person = await member(work, ANNA)
    for wish in await of_person(work.session, person.id):
        wish.reminder.routine = "weekly"


async def rate_later(run: Runner, clock: Clock) -> Rate:
    """What the week says of the day after."""
    clock.advance(days=1)
    view = (await run(summary.look, ANNA)).views[-1]
    assert isinstance(view, Week)
    return view.rate


async def test_a_reminder_of_the_week_brings_the_question_of_the_week(
    run: Runner, post: Post, clock: Clock
) -> None:
    clock.now = at("12:00")
    await run(join, ANNA, time(20, 30))
    await run(weekly)
    clock.now = at("20:31")

    await deliver(run, post, at_once=8)

    assert "How was the tide this week?" in plain(post.sent[0][1])


async def test_a_day_that_was_left_out_counts_against_nobody_and_one_not_answered_does(
    run: Runner, post: Post, clock: Clock
) -> None:
    clock.now = at("12:00")
    await run(join, ANNA, time(20, 30))
    sent = await reminded(run, post, clock)
    await run(snooze.leave_out, ANNA, sent)

    assert await rate_later(run, clock) == Rate(0, 0)


async def test_a_day_that_is_asked_again_after_all_counts(
    run: Runner, post: Post, clock: Clock
) -> None:
    clock.now = at("12:00")
    await run(join, ANNA, time(20, 30))
    sent = await reminded(run, post, clock)
    await run(snooze.leave_out, ANNA, sent)
    view = (await run(snooze.ask_now, ANNA, sent)).views[-1]

    assert isinstance(view, Reminded)
    assert isinstance(view.view, Step)
    assert await rate_later(run, clock) == Rate(0, 1)
