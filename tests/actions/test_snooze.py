"""Putting a reminder off, leaving a day out, and taking that back."""

from __future__ import annotations

import asyncio
from datetime import datetime, time, timedelta

import pytest
import pytest_asyncio
from sqlalchemy import select

from actions import pause, snooze
from actions.people import keeper
from actions.reminded import Reminded
from actions.snooze import LeftOut, Snoozed
from actions.work import Here, Runner, Work
from bot.screen import plain
from domain.consent import Purpose
from domain.delivery import Outcome, Reason, State
from domain.errors import Refused
from domain.reminders import Snooze
from jobs.deliver import deliver
from storage.tables import Occurrence
from tests.actions.evenings import (
    ANNA,
    BERT,
    MONDAY,
    ZONE,
    at,
    choose,
    next_message,
    planned,
    reminded,
    sent,
)
from tests.actions.members import decide, finish, join
from tests.conftest import Clock, Post

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture(autouse=True)
async def evening(run: Runner, clock: Clock) -> None:
    """Anna asked for 20:30 in Berlin; there it is 20:00 on Monday, 3 March 2025."""
    clock.now = at("20:00")
    await run(join, ANNA, time(20, 30))


async def test_a_reminder_of_the_morning_is_not_called_one_of_the_evening(
    run: Runner, post: Post, clock: Clock
) -> None:
    async def first_line(wish: time, moment: str) -> str:
        await run(choose, ANNA, wish)
        clock.now = at(moment, MONDAY + timedelta(days=1))
        await deliver(run, post, at_once=8)
        return plain(post.sent[-1][1]).splitlines()[0]

    assert await first_line(time(8, 0), "08:01") == "Your daily check-in"
    await run(choose, ANNA, time(8, 0))
    occurrence_id = await run(sent)
    (again,) = (await run(snooze.ask_now, ANNA, occurrence_id)).views
    assert isinstance(again, Reminded)
    assert not again.evening


@pytest.mark.parametrize(
    ("by", "again"),
    [(Snooze.QUARTER, "20:46"), (Snooze.HOUR, "21:31"), (Snooze.TONIGHT, "22:00")],
)
async def test_a_reminder_put_off_comes_again_and_moves_no_later_day(
    run: Runner, post: Post, clock: Clock, by: Snooze, again: str
) -> None:
    message = await reminded(run, post, clock)
    here = await run(snooze.snooze, ANNA, message, by)

    assert here.views == (Snoozed(message, at(again), ZONE),)
    assert await run(next_message, ANNA) == at(again)
    assert await run(planned) == [at(again), at("20:30", MONDAY + timedelta(days=1))]

    clock.now = at(again)
    assert await deliver(run, post, at_once=8) == {Outcome.SENT: 1}


@pytest.mark.parametrize(
    ("text", "again", "dated"),
    [
        ("in 5 min", at("20:36"), False),
        ("half an hour", at("21:01"), False),
        ("9pm", at("21:00"), False),
        ("1:00", at("01:00", MONDAY + timedelta(days=1)), True),
    ],
)
async def test_what_is_typed_puts_it_off_and_another_day_is_said(
    run: Runner, post: Post, clock: Clock, text: str, again: datetime, dated: bool
) -> None:
    message = await reminded(run, post, clock)
    here = await run(typed, text, message)

    assert here.views == (Snoozed(message, again, ZONE, dated),)
    assert await run(next_message, ANNA) == again


async def test_the_minute_that_the_clock_shows_is_not_taken_as_tomorrow(
    run: Runner, post: Post, clock: Clock
) -> None:
    message = await reminded(run, post, clock)

    with pytest.raises(Refused, match="not_a_delay"):
        await run(typed, "20:31", message)


async def test_a_traveller_who_keeps_home_times_is_told_whose_clock_it_is(
    run: Runner, post: Post, clock: Clock
) -> None:
    message = await reminded(run, post, clock)
    await run(travel, "Europe/London")
    (view,) = (await run(snooze.snooze, ANNA, message, Snooze.QUARTER)).views

    assert view == Snoozed(message, at("20:46"), ZONE, dated=True)


async def typed(work: Work, text: str, message: int) -> Here:
    return await snooze.take_later(work, await keeper(work, ANNA), str(message), text)


async def travel(work: Work, zone: str) -> None:
    person = await keeper(work, ANNA)
    person.row.reminder_zone, person.row.zone = person.row.zone, zone


async def test_two_taps_put_it_off_once(run: Runner, post: Post, clock: Clock) -> None:
    message = await reminded(run, post, clock)
    first = await run(snooze.snooze, ANNA, message, Snooze.QUARTER)
    clock.advance(seconds=1)
    second = await run(snooze.snooze, ANNA, message, Snooze.HOUR)

    assert first.views == second.views
    assert len(await run(planned)) == 2


async def test_it_can_be_put_off_again_and_again(run: Runner, post: Post, clock: Clock) -> None:
    message = await reminded(run, post, clock)
    await run(snooze.snooze, ANNA, message, Snooze.QUARTER)
    second = await reminded(run, post, clock, "20:46")
    await run(snooze.snooze, ANNA, second, Snooze.QUARTER)

    assert second != message
    assert (await run(planned))[0] == at("21:01")


async def test_what_was_put_off_is_not_sent_once_the_check_in_is_done(
    run: Runner, post: Post, clock: Clock
) -> None:
    message = await reminded(run, post, clock)
    await run(snooze.snooze, ANNA, message, Snooze.QUARTER)
    await run(finish, ANNA, MONDAY)
    clock.now = at("20:50")

    assert await deliver(run, post, at_once=8) == {}


async def test_asking_now_takes_back_that_it_was_put_off(
    run: Runner, post: Post, clock: Clock
) -> None:
    message = await reminded(run, post, clock)
    await run(snooze.snooze, ANNA, message, Snooze.HOUR)
    here = await run(snooze.ask_now, ANNA, message)

    assert isinstance(here.views[0], Reminded)
    assert await run(planned) == [at("20:30", MONDAY + timedelta(days=1))]


async def test_a_day_left_out_brings_nothing_more(run: Runner, post: Post, clock: Clock) -> None:
    message = await reminded(run, post, clock)
    await run(snooze.snooze, ANNA, message, Snooze.QUARTER)
    here = await run(snooze.leave_out, ANNA, message)
    again = await run(snooze.leave_out, ANNA, message)

    tomorrow = at("20:30", MONDAY + timedelta(days=1))
    assert here.views == again.views == (LeftOut(message, tomorrow, ZONE),)
    clock.now = at("21:00")
    assert await deliver(run, post, at_once=8) == {}
    assert await run(planned) == [tomorrow]


async def test_a_day_left_out_can_be_asked_after_all(run: Runner, post: Post, clock: Clock) -> None:
    message = await reminded(run, post, clock)
    await run(snooze.leave_out, ANNA, message)
    here = await run(snooze.ask_now, ANNA, message)
    snoozed = await run(snooze.snooze, ANNA, message, Snooze.QUARTER)

    assert isinstance(here.views[0], Reminded)
    assert isinstance(snoozed.views[0], Snoozed)


async def test_the_buttons_of_another_person_are_refused(
    run: Runner, post: Post, clock: Clock
) -> None:
    message = await reminded(run, post, clock)
    await run(join, BERT)

    for act in (snooze.leave_out, snooze.ask_now):
        with pytest.raises(Refused, match="reminder_past"):
            await run(act, BERT, message)
    with pytest.raises(Refused, match="reminder_past"):
        await run(snooze.snooze, BERT, message, Snooze.QUARTER)


async def test_yesterdays_buttons_are_answered_kindly(
    run: Runner, post: Post, clock: Clock
) -> None:
    message = await reminded(run, post, clock)
    clock.advance(days=1)

    with pytest.raises(Refused, match="reminder_past"):
        await run(snooze.snooze, ANNA, message, Snooze.QUARTER)


async def test_a_done_day_needs_no_putting_off(run: Runner, post: Post, clock: Clock) -> None:
    message = await reminded(run, post, clock)
    await run(finish, ANNA, MONDAY)

    with pytest.raises(Refused, match="already_done"):
        await run(snooze.snooze, ANNA, message, Snooze.QUARTER)


async def test_a_tap_proves_that_the_message_came(run: Runner, post: Post, clock: Clock) -> None:
    clock.now = at("20:31")
    post.answers[ANNA] = Outcome.UNKNOWN
    await deliver(run, post, at_once=8)
    (message,) = await run(unknown)
    await run(snooze.leave_out, ANNA, message)

    assert await run(unknown) == []
    assert await run(sent) == message


async def unknown(work: Work) -> list[int]:
    query = select(Occurrence.id).where(Occurrence.state == State.UNKNOWN)
    return list(await work.session.scalars(query))


async def test_the_right_row_carries_the_reason(run: Runner, post: Post, clock: Clock) -> None:
    message = await reminded(run, post, clock)
    await run(snooze.snooze, ANNA, message, Snooze.QUARTER)
    await run(snooze.leave_out, ANNA, message)

    assert await run(reasons) == [Reason.BY_PERSON]


async def reasons(work: Work) -> list[Reason | None]:
    query = select(Occurrence.reason).where(Occurrence.state == State.SKIPPED)
    return list(await work.session.scalars(query))


@pytest.mark.postgresql
async def test_ten_taps_at_once_put_it_off_once(run: Runner, post: Post, clock: Clock) -> None:
    message = await reminded(run, post, clock)
    taps = (run(snooze.snooze, ANNA, message, Snooze.QUARTER) for _ in range(10))
    views = {here.views for here in await asyncio.gather(*taps)}

    assert views == {(Snoozed(message, at("20:46"), ZONE),)}
    assert len(await run(planned)) == 2


async def test_no_reminder_is_promised_during_a_pause_or_without_consent(
    run: Runner, post: Post, clock: Clock
) -> None:
    message = await reminded(run, post, clock)
    await run(pause.for_days, ANNA, 3)
    with pytest.raises(Refused, match="paused"):
        await run(snooze.snooze, ANNA, message, Snooze.HOUR)
    await run(pause.resume, ANNA)
    await run(decide, ANNA, Purpose.KEEP, given=False)

    with pytest.raises(Refused, match="consent_first"):
        await run(snooze.snooze, ANNA, message, Snooze.HOUR)
