"""Choosing, putting off and leaving out a reminder."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from sqlalchemy import select

from actions import home, pause, reminders, snooze, typed
from actions.deliveries import Reminded
from actions.snooze import LeftOut, Snoozed
from actions.work import Runner, Work
from domain.consent import Purpose
from domain.delivery import Outcome, Reason, State
from domain.errors import Refused
from domain.pause import OPEN_END
from domain.reminders import Snooze
from domain.snippets import Pace
from jobs.deliver import deliver
from storage.tables import Occurrence
from tests.actions.members import BERLIN, decide, finish, join, member
from tests.conftest import Clock, Post

pytestmark = pytest.mark.asyncio

ANNA, BERT = 7, 8
MONDAY = date(2025, 3, 3)
ZONE = ZoneInfo(BERLIN)


def at(clock: str, day: date = MONDAY) -> datetime:
    """A moment by the clock on Anna's wall."""
    return datetime.combine(day, time.fromisoformat(clock), ZONE).astimezone(UTC)


@pytest_asyncio.fixture(autouse=True)
async def evening(run: Runner, clock: Clock) -> None:
    """Anna asked for 20:30 in Berlin; there it is 20:00 on Monday, 3 March 2025."""
    clock.now = at("20:00")
    await run(join, ANNA, time(20, 30))


async def planned(work: Work) -> list[datetime]:
    """What is still to be sent."""
    due = select(Occurrence.due_at).where(Occurrence.state == State.DUE)
    return list(await work.session.scalars(due.order_by(Occurrence.due_at)))


async def choose(work: Work, who: int, chosen: time | None) -> None:
    await reminders.set_check_in_time(work, await member(work, who), chosen)


async def move(work: Work, who: int, zone: str) -> None:
    person = await member(work, who)
    person.row.zone = zone
    await reminders.replan(work, person)


async def next_message(work: Work, who: int) -> datetime | None:
    return await reminders.next_message(work, await member(work, who))


async def sent(work: Work) -> int:
    """The id of the newest occurrence that was sent."""
    query = select(Occurrence.id).where(Occurrence.state == State.SENT)
    return (await work.session.scalars(query.order_by(Occurrence.due_at.desc()))).first() or 0


async def reminded(run: Runner, post: Post, clock: Clock, moment: str = "20:31") -> int:
    """Let Anna be reminded at *moment*; return which message it was."""
    clock.now = at(moment)
    assert await deliver(run, post, at_once=8) == {Outcome.SENT: 1}
    return await run(sent)


async def test_a_time_is_planned_where_the_person_is(run: Runner) -> None:
    assert await run(planned) == [at("20:30")]


async def test_choosing_the_same_time_again_plans_no_second(run: Runner) -> None:
    await run(choose, ANNA, time(20, 30))

    assert await run(planned) == [at("20:30")]


async def test_another_time_takes_the_place_of_the_first(run: Runner) -> None:
    await run(choose, ANNA, time(21, 15))

    assert await run(planned) == [at("21:15")]


async def test_a_time_that_is_past_begins_tomorrow(run: Runner) -> None:
    await run(choose, ANNA, time(19, 0))

    assert await run(planned) == [at("19:00", MONDAY + timedelta(days=1))]


async def test_a_later_time_brings_no_second_reminder_today(
    run: Runner, post: Post, clock: Clock
) -> None:
    await reminded(run, post, clock)
    await run(choose, ANNA, time(22, 0))

    assert await run(planned) == [at("22:00", MONDAY + timedelta(days=1))]


async def test_no_time_is_no_reminder_and_can_be_chosen_again(run: Runner) -> None:
    await run(choose, ANNA, None)
    assert await run(planned) == []
    assert await run(next_message, ANNA) is None

    await run(choose, ANNA, time(20, 45))
    assert await run(planned) == [at("20:45")]


async def test_a_person_who_travels_keeps_the_time_on_their_wall(run: Runner) -> None:
    await run(move, ANNA, "America/New_York")

    new_york = datetime.combine(MONDAY, time(20, 30), ZoneInfo("America/New_York"))
    assert await run(planned) == [new_york.astimezone(UTC)]


async def test_travelling_west_after_the_reminder_brings_no_second_that_day(
    run: Runner, post: Post, clock: Clock
) -> None:
    await reminded(run, post, clock)
    await run(move, ANNA, "America/New_York")

    (moment,) = await run(planned)
    assert moment.astimezone(ZoneInfo("America/New_York")).day == 4


async def test_new_zone_data_plans_everybody_anew(run: Runner, clock: Clock) -> None:
    await run(join, BERT, pace=Pace.DAILY)
    before = await run(planned)
    await run(reminders.replan_all)

    assert await run(planned) == before
    assert len(before) == 2


@pytest.mark.parametrize(
    ("pace", "days"), [(Pace.DAILY, [4]), (Pace.SOME_DAYS, [5]), (Pace.WEEKLY, [8]), (Pace.OFF, [])]
)
async def test_tips_come_at_their_pace(run: Runner, pace: Pace, days: list[int]) -> None:
    await run(choose, ANNA, None)
    await run(join, BERT, pace=pace)

    moments = [moment.astimezone(ZONE) for moment in await run(planned)]
    assert [(moment.day, moment.hour) for moment in moments] == [(day, 10) for day in days]


async def test_the_next_message_is_the_first_that_will_be_sent(run: Runner, clock: Clock) -> None:
    assert await run(next_message, ANNA) == at("20:30")

    await run(finish, ANNA, MONDAY)
    assert await run(next_message, ANNA) == at("20:30", MONDAY + timedelta(days=1))


async def test_no_message_comes_without_the_consent_it_needs(run: Runner) -> None:
    await run(decide, ANNA, Purpose.KEEP, given=False)

    assert await run(next_message, ANNA) is None


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


async def test_a_reminder_after_midnight_is_about_the_evening_before(
    run: Runner, post: Post, clock: Clock
) -> None:
    await run(choose, ANNA, time(0, 30))
    await run(finish, ANNA, MONDAY)
    clock.now = at("00:31", MONDAY + timedelta(days=1))

    assert await deliver(run, post, at_once=8) == {}
    assert await run(next_message, ANNA) == at("00:30", MONDAY + timedelta(days=2))


async def test_a_pause_says_until_when_and_what_comes_after(run: Runner, clock: Clock) -> None:
    here = await run(pause.for_days, ANNA, 3)

    thursday = date(2025, 3, 6)
    assert here.views == (pause.Pause(thursday, at("20:30", thursday), ZONE),)
    assert (await run(pause.show, ANNA)).views == here.views


async def test_a_pause_without_an_end_lasts_until_it_is_ended(run: Runner) -> None:
    here = await run(pause.open_end, ANNA)
    assert here.views == (pause.Pause(OPEN_END, None, ZONE),)

    here = await run(pause.resume, ANNA)
    assert here.views == (pause.Pause(None, at("20:30"), ZONE),)


async def test_a_pause_can_end_on_a_day_that_is_typed(run: Runner) -> None:
    await run(pause.ask_day, ANNA)
    with pytest.raises(Refused, match="pause_day"):
        await run(typed.take, ANNA, "soon", None)
    here = await run(typed.take, ANNA, "14.3.", None)

    friday = date(2025, 3, 14)
    assert here.views == (pause.Pause(friday, at("20:30", friday), ZONE),)
    assert (await run(typed.take, ANNA, "15.3.", None)).views == (home.Stray(),)


async def test_a_pause_that_is_over_is_not_shown(run: Runner, clock: Clock) -> None:
    await run(pause.for_days, ANNA, 3)
    clock.advance(days=4)
    (view,) = (await run(pause.show, ANNA)).views

    assert isinstance(view, pause.Pause)
    assert view.until is None


async def test_only_lengths_that_were_offered_are_taken(run: Runner) -> None:
    with pytest.raises(Refused, match="pause_day"):
        await run(pause.for_days, ANNA, 4000)


async def test_a_stranger_is_asked_to_join(run: Runner) -> None:
    with pytest.raises(Refused, match="join_first"):
        await run(pause.show, BERT)


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
