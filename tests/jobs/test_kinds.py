"""Reminders of every kind on their way to a person: what comes, when, how often, and with what sound."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest
import pytest_asyncio
from sqlalchemy import select

from actions import deliveries, planning, snooze, typed
from actions.work import Runner, Work
from bot.screen import plain
from domain.delivery import Outcome, Reason, State
from domain.errors import Refused
from domain.recurrence import AtMoment, EveryDays, OnDay, SinceLast
from domain.reminders import Kind, Snooze
from jobs.deliver import LEASE, deliver
from storage import checkins
from storage.tables import Announcement, Occurrence, Reminder
from tests.actions.evenings import ANNA, MONDAY, at
from tests.actions.members import finish, join, member
from tests.actions.wishes import DAILY, wish
from tests.conftest import Clock, Post
from tests.jobs.ledger import ahead, ledger

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture(autouse=True)
async def monday(run: Runner, clock: Clock) -> None:
    """Anna has joined, with no reminder yet; it is Monday, 3 March 2025, 08:00 in Berlin."""
    clock.now = at("08:00")
    await run(join, ANNA)


async def all_day(
    run: Runner, post: Post, clock: Clock, *moments: str, day: date = MONDAY
) -> list[str]:
    """Look at each moment; return those at which something came."""
    came = []
    for moment in moments:
        clock.now = at(moment, day)
        before = len(post.sent)
        while await deliver(run, post, at_once=8):
            pass
        came += [moment] * (len(post.sent) - before)
    return came


async def last_sent(work: Work) -> int:
    query = select(Occurrence.id).where(Occurrence.state == State.SENT)
    found = await work.session.scalars(query.order_by(Occurrence.settled_at.desc()))
    return next(iter(found))


async def test_own_words_come_at_each_of_their_times_in_the_persons_words(
    run: Runner, post: Post, clock: Clock
) -> None:
    await run(wish, ANNA, times=(time(9), time(12), time(15)))

    came = await all_day(run, post, clock, "09:00", "10:00", "12:00", "15:00", "20:00")

    assert came == ["09:00", "12:00", "15:00"]
    assert all("drink water" in plain(screen) for _, screen in post.sent)


async def test_the_words_stand_below_lines_that_give_nothing_away(
    run: Runner, post: Post, clock: Clock
) -> None:
    await run(wish, ANNA, words={"text": "zinc", "medicine": True})

    await all_day(run, post, clock, "20:30")

    lines = plain(post.sent[0][1]).split("\n\n")
    assert len("".join(lines[:2])) > 100
    assert "zinc" in lines[2]
    assert "I only remind" in lines[3]


async def test_what_is_done_comes_no_second_time_today_and_again_tomorrow(
    run: Runner, post: Post, clock: Clock
) -> None:
    await run(wish, ANNA, nudges=2)
    await all_day(run, post, clock, "20:30")
    message = await run(last_sent)

    await run(snooze.snooze, ANNA, message, Snooze.QUARTER)
    await run(snooze.done, ANNA, message)

    assert await all_day(run, post, clock, "20:46", "21:01", "21:31", "23:00") == []
    assert await all_day(run, post, clock, "20:30", day=MONDAY + timedelta(days=1)) == ["20:30"]


async def test_a_nudge_comes_half_an_hour_later_and_at_most_twice(
    run: Runner, post: Post, clock: Clock
) -> None:
    await run(wish, ANNA, nudges=2, times=(time(12),))

    came = await all_day(run, post, clock, "12:00", "12:29", "12:30", "13:00", "13:30", "14:00")

    assert came == ["12:00", "12:30", "13:00"]
    assert ["Still here" in plain(screen) for _, screen in post.sent] == [False, True, True]


async def test_without_a_wish_for_it_there_is_no_nudge(
    run: Runner, post: Post, clock: Clock
) -> None:
    await run(wish, ANNA, times=(time(12),))

    assert await all_day(run, post, clock, "12:00", "12:30", "13:00") == ["12:00"]


async def test_a_nudge_stops_once_the_check_in_is_done(
    run: Runner, post: Post, clock: Clock
) -> None:
    await run(wish, ANNA, Kind.CHECK_IN, routine="evening", nudges=2)
    await all_day(run, post, clock, "20:30")
    await run(finish, ANNA, MONDAY)

    assert await all_day(run, post, clock, "21:00", "21:30") == []
    assert (State.SKIPPED, Reason.ANSWERED) in await run(ledger)


async def test_a_nudge_that_waits_becomes_what_is_asked_for(
    run: Runner, post: Post, clock: Clock
) -> None:
    await run(wish, ANNA, nudges=1, times=(time(12),))
    await all_day(run, post, clock, "12:00")

    await run(snooze.snooze, ANNA, await run(last_sent), Snooze.HOUR)

    assert await all_day(run, post, clock, "12:30", "13:00") == ["13:00"]
    assert "Still here" not in plain(post.sent[-1][1])


async def test_in_quiet_hours_what_was_timed_comes_without_a_sound_and_nudges_not_at_all(
    run: Runner, post: Post, clock: Clock
) -> None:
    async def keep_quiet(work: Work) -> None:
        person = await member(work, ANNA)
        person.row.quiet_from, person.row.quiet_until = time(22), time(7)

    await run(keep_quiet)
    await run(wish, ANNA, nudges=2, times=(time(21, 45), time(22, 15)))

    assert await all_day(run, post, clock, "21:45", "22:15", "22:45", "23:30") == ["21:45", "22:15"]
    assert post.silent == [False, True]
    assert (State.SKIPPED, Reason.QUIET) in await run(ledger)


async def test_a_silent_reminder_comes_without_a_sound(
    run: Runner, post: Post, clock: Clock
) -> None:
    await run(wish, ANNA, silent=True)

    await all_day(run, post, clock, "20:30")
    assert post.silent == [True]


async def test_one_reminder_can_rest_while_the_others_come(
    run: Runner, post: Post, clock: Clock
) -> None:
    await run(wish, ANNA, times=(time(9),), paused_until=MONDAY + timedelta(days=2))
    await run(wish, ANNA, times=(time(10),))

    came = [
        await all_day(run, post, clock, "09:00", "10:00", day=MONDAY + timedelta(days=n))
        for n in range(3)
    ]

    assert came == [["10:00"], ["10:00"], ["09:00", "10:00"]]


async def test_a_habit_is_asked_after_until_it_was_told(
    run: Runner, post: Post, clock: Clock
) -> None:
    await run(wish, ANNA, Kind.HABIT, times=(time(12), time(18)), words={"habit": "walk"})
    await all_day(run, post, clock, "12:00")
    message = await run(last_sent)

    await run(snooze.habit_done, ANNA, message, "partly")

    assert await all_day(run, post, clock, "18:00") == []
    assert await run(habit_said, ANNA) == "partly"

    await run(snooze.ask_now, ANNA, message)
    assert await run(habit_said, ANNA) is None


async def habit_said(work: Work, who: int) -> str | None:
    person = await member(work, who)
    row = await checkins.find(work.session, person, MONDAY)
    assert row is not None
    answers = await checkins.answers(work.session, person, [row.id])
    said = answers[row.id].get("habit:walk")
    return said.code if said else None


async def test_a_habit_that_is_none_is_refused(run: Runner, post: Post, clock: Clock) -> None:
    await run(wish, ANNA, Kind.HABIT, times=(time(12),), words={"habit": "walk"})
    await all_day(run, post, clock, "12:00")

    with pytest.raises(Refused, match="stale"):
        await run(snooze.habit_done, ANNA, await run(last_sent), "brilliantly")


async def test_every_third_day_means_every_third_day(run: Runner, post: Post, clock: Clock) -> None:
    await run(wish, ANNA, times=(time(9),), days=EveryDays(3, MONDAY))

    came = [
        await all_day(run, post, clock, "09:00", day=MONDAY + timedelta(days=n)) for n in range(7)
    ]

    assert came == [["09:00"], [], [], ["09:00"], [], [], ["09:00"]]


async def test_what_is_to_come_once_comes_once(run: Runner, post: Post, clock: Clock) -> None:
    await run(wish, ANNA, times=(time(9),), days=OnDay(MONDAY + timedelta(days=1)))
    await run(wish, ANNA, times=(time.min,), days=AtMoment(at("08:40")))

    came = [
        await all_day(run, post, clock, "08:40", "09:00", day=MONDAY + timedelta(days=n))
        for n in range(3)
    ]

    assert came == [["08:40"], ["09:00"], []]
    assert await run(ahead) == []


async def test_since_the_last_entry_waits_for_silence(
    run: Runner, post: Post, clock: Clock
) -> None:
    await run(wish, ANNA, times=(time(19),), days=SinceLast(2))

    async def evening(n: int) -> list[str]:
        return await all_day(run, post, clock, "19:00", day=MONDAY + timedelta(days=n))

    assert await evening(1) == []
    clock.now = at("20:00", MONDAY + timedelta(days=1))
    await run(finish, ANNA, MONDAY + timedelta(days=1))
    assert [await evening(n) for n in (2, 3, 4, 5)] == [[], ["19:00"], [], ["19:00"]]


async def test_leaving_a_day_out_takes_all_its_times_and_plans_the_next_day(
    run: Runner, post: Post, clock: Clock
) -> None:
    await run(wish, ANNA, times=(time(9), time(12), time(15)))
    await all_day(run, post, clock, "09:00")
    message = await run(last_sent)

    await run(snooze.leave_out, ANNA, message)

    assert await all_day(run, post, clock, "12:00", "15:00") == []
    tomorrow = MONDAY + timedelta(days=1)
    came = await all_day(run, post, clock, "09:00", "12:00", "15:00", day=tomorrow)
    assert came == ["09:00", "12:00", "15:00"]


async def test_a_day_that_was_left_out_can_be_had_back(
    run: Runner, post: Post, clock: Clock
) -> None:
    await run(wish, ANNA, times=(time(9), time(12)))
    await all_day(run, post, clock, "09:00")
    message = await run(last_sent)

    await run(snooze.leave_out, ANNA, message)
    await run(snooze.ask_now, ANNA, message)

    assert await all_day(run, post, clock, "12:00", "13:00") == ["12:00"]


async def test_what_was_missed_is_told_once_in_one_line_over_all_reminders(
    run: Runner, post: Post, clock: Clock
) -> None:
    await run(wish, ANNA, times=(time(9), time(10), time(11)))
    await run(wish, ANNA, times=(time(9, 30),), words={"text": "stretch"})

    came = await all_day(run, post, clock, "19:00", day=MONDAY)
    assert came == []
    await all_day(run, post, clock, "09:00", "09:30", "10:00", day=MONDAY + timedelta(days=1))

    told = ["did not reach you" in plain(screen) for _, screen in post.sent]
    assert told == [True, False, False]
    assert "4 reminders did not reach you" in plain(post.sent[0][1])


async def test_what_comes_late_says_for_when_it_was_planned(
    run: Runner, post: Post, clock: Clock
) -> None:
    await run(wish, ANNA)

    await all_day(run, post, clock, "20:36")
    assert "Planned for 20:30" in plain(post.sent[0][1])


async def test_what_somebody_waits_for_goes_before_what_can_wait(
    run: Runner, post: Post, clock: Clock
) -> None:
    for _ in range(3):
        await run(wish, ANNA, Kind.TIP)
    await run(wish, ANNA, Kind.CHECK_IN, routine="evening")
    await run(wish, ANNA)
    clock.now = at("20:31")

    claims = await run(deliveries.claim, 2, LEASE)

    assert [await run(kind_of, one.occurrence_id) for one in claims] == [Kind.OWN, Kind.CHECK_IN]


async def kind_of(work: Work, occurrence_id: int) -> Kind:
    row = await work.session.get_one(Occurrence, occurrence_id)
    return (await work.session.get_one(Reminder, row.reminder_id)).kind


async def test_a_notice_reaches_who_is_paused_and_who_agreed_to_nothing(
    run: Runner, post: Post, clock: Clock
) -> None:
    async def announce(work: Work) -> None:
        told = Announcement(texts='{"en": "The rules changed."}', created_at=work.now)
        work.session.add(told)
        await work.session.flush()
        reminder = await wish(work, ANNA, Kind.NOTICE, (time.min,), AtMoment(at("08:05")))
        (await work.session.get_one(Reminder, reminder)).announcement_id = told.id
        person = await member(work, ANNA)
        person.row.paused_until = MONDAY + timedelta(days=9)

    await run(announce)

    assert await all_day(run, post, clock, "08:05", "08:06") == ["08:05"]
    assert "The rules changed." in plain(post.sent[0][1])


async def test_a_time_of_ones_own_moves_only_todays(run: Runner, post: Post, clock: Clock) -> None:
    await run(wish, ANNA)
    await all_day(run, post, clock, "20:30")
    message = await run(last_sent)

    await run(snooze.ask_later, ANNA, message)
    await run(take, "25 min")

    assert await all_day(run, post, clock, "20:54", "20:55") == ["20:55"]
    assert await all_day(run, post, clock, "20:30", day=MONDAY + timedelta(days=1)) == ["20:30"]


async def take(work: Work, text: str) -> None:
    await typed.take(work, ANNA, text, None)


@pytest.mark.parametrize("text", ["soon", "0 min", "24 h", "-5", "25:00", "every day"])
async def test_a_time_of_ones_own_that_is_none_is_asked_again(
    run: Runner, post: Post, clock: Clock, text: str
) -> None:
    await run(wish, ANNA)
    await all_day(run, post, clock, "20:30")
    await run(snooze.ask_later, ANNA, await run(last_sent))

    with pytest.raises(Refused, match="not_a_delay"):
        await run(take, text)
    await run(take, "21:45")
    assert await all_day(run, post, clock, "21:44", "21:45") == ["21:45"]


async def test_a_check_in_cannot_be_put_off_beyond_its_day(
    run: Runner, post: Post, clock: Clock
) -> None:
    await run(wish, ANNA, Kind.CHECK_IN, routine="evening")
    await all_day(run, post, clock, "20:30")

    with pytest.raises(Refused, match="snooze_too_late"):
        await run(snooze.snooze_minutes, ANNA, await run(last_sent), 7 * 60)


async def test_nobody_elses_reminder_can_be_done_or_put_off(
    run: Runner, post: Post, clock: Clock
) -> None:
    await run(join, 8)
    await run(wish, ANNA)
    await all_day(run, post, clock, "20:30")
    message = await run(last_sent)

    for act in (snooze.done, snooze.ask_later, snooze.leave_out, snooze.ask_now):
        with pytest.raises(Refused, match="reminder_past"):
            await run(act, 8, message)


async def test_the_next_message_is_never_a_nudge_nor_one_that_rests(
    run: Runner, post: Post, clock: Clock
) -> None:
    await run(wish, ANNA, nudges=2, times=(time(12),))
    await run(wish, ANNA, times=(time(13),), paused_until=MONDAY + timedelta(days=5))
    await all_day(run, post, clock, "12:00")

    async def next_message(work: Work) -> datetime | None:
        return await planning.next_message(work, await member(work, ANNA))

    assert await run(next_message) == at("12:00", MONDAY + timedelta(days=1))


async def test_many_at_once_for_one_person_all_come(run: Runner, post: Post, clock: Clock) -> None:
    for _ in range(20):
        await run(wish, ANNA, days=DAILY)

    clock.now = at("20:31")
    outcomes = Counter[Outcome]()
    while some := await deliver(run, post, at_once=8):
        outcomes += some

    assert outcomes == {Outcome.SENT: 20}


async def test_the_week_comes_in_a_few_lines(run: Runner, post: Post, clock: Clock) -> None:
    await run(wish, ANNA, Kind.SUMMARY, times=(time(18),), words={})
    await run(finish, ANNA, MONDAY)

    assert await all_day(run, post, clock, "18:00") == ["18:00"]
    first, second, *rest = plain(post.sent[0][1]).split("\n\n")
    assert len(first + second) > 100, "what a locked phone shows gives nothing away"
    assert rest
