"""The list of reminders and the sheet of one: what is there, how it stands, and what changes it."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
import pytest_asyncio

from actions import (
    pause,
    reminder_change,
    reminder_list,
    reminder_sheet,
    reminder_times,
    reminder_today,
    retention,
    snooze,
    typed,
)
from actions.reminded import Reminded
from actions.reminder_change import SoundSheet, TakenAway
from actions.reminder_list import WishList
from actions.reminder_sheet import DaysSheet, Sheet, TimesSheet, Today
from actions.reminder_times import DayNumbers
from actions.reminders import Standing
from actions.work import Here, Runner, Work
from domain.consent import Purpose
from domain.delivery import Outcome, State
from domain.errors import Refused
from domain.recurrence import (
    AtMoment,
    EveryDays,
    MonthDay,
    OnDay,
    Pattern,
    PatternKind,
    SinceLast,
    Weekdays,
)
from domain.reminders import Kind, Snooze
from jobs.deliver import deliver
from storage import checkins
from storage.tables import Reminder
from tests.actions.evenings import ANNA, BERT, MONDAY, at, planned, sent
from tests.actions.members import decide, join, member
from tests.actions.wishes import DAILY, wish
from tests.conftest import Clock, Post

pytestmark = pytest.mark.asyncio

TUESDAY = MONDAY + timedelta(days=1)
NINE, TEN, EVENING = time(9), time(10), time(20, 30)


@pytest_asyncio.fixture(autouse=True)
async def anna(run: Runner, clock: Clock) -> None:
    """Anna has no reminder yet; it is Monday, 3 March 2025, 08:00 in Berlin."""
    clock.now = at("08:00")
    await run(join, ANNA)


def sheet(here: Here) -> Sheet:
    view = here.views[-1]
    assert isinstance(view, Sheet)
    return view


def listed(here: Here) -> WishList:
    view = here.views[-1]
    assert isinstance(view, WishList)
    return view


async def test_the_list_shows_each_reminder_of_its_own_person_alone(
    run: Runner, clock: Clock
) -> None:
    await run(join, BERT, time(21))
    assert listed(await run(reminder_list.show, ANNA)).wishes == ()

    await run(wish, ANNA, times=(NINE, EVENING), words={"text": "stretch"})
    clock.advance(minutes=1)
    await run(wish, ANNA, Kind.HABIT, (TEN,), words={"habit": "walk"})

    first, second = listed(await run(reminder_list.show, ANNA)).wishes
    assert (first.text, first.times, first.next) == ("stretch", (NINE, EVENING), (at("09:00"),))
    assert (second.habit, second.standing) == ("walk", Standing.ON)


async def test_more_than_eight_are_paged_and_a_page_beyond_is_the_last(run: Runner) -> None:
    for _ in range(9):
        await run(wish, ANNA)

    pages = [listed(await run(reminder_list.show, ANNA, page)) for page in (0, 1, 7)]

    assert [(len(p.wishes), p.first, p.pages) for p in pages] == [(8, 1, 2), (1, 9, 2), (1, 9, 2)]


@pytest.mark.parametrize("days", [OnDay(MONDAY), AtMoment(at("09:00"))])
async def test_what_comes_once_leaves_the_list_after_its_moment_and_is_erased_in_a_week(
    run: Runner, clock: Clock, post: Post, days: OnDay | AtMoment
) -> None:
    id_ = await run(wish, ANNA, times=(NINE,), days=days)
    assert len(listed(await run(reminder_list.show, ANNA)).wishes) == 1

    clock.now = at("09:00")
    assert await deliver(run, post, at_once=8) == {Outcome.SENT: 1}
    (shown,) = listed(await run(reminder_list.show, ANNA)).wishes
    assert shown.standing is Standing.OVER
    clock.now = at("08:00", TUESDAY)
    assert listed(await run(reminder_list.show, ANNA)).wishes == ()

    for wait, there in ((6, True), (2, False)):
        clock.advance(days=wait)
        await run(retention.tidy)
        assert (await run(is_there, id_)) is there


@pytest.mark.parametrize("days", [AtMoment(at("23:50")), DAILY])
async def test_what_was_put_off_is_shown_until_it_comes(
    run: Runner, clock: Clock, post: Post, days: Pattern
) -> None:
    id_ = await run(wish, ANNA, times=(time(23, 50),), days=days)
    clock.now = at("23:50")
    await deliver(run, post, at_once=8)
    await run(snooze.snooze, ANNA, await run(sent), Snooze.QUARTER)
    again = at("00:05", TUESDAY)

    clock.now = at("00:01", TUESDAY)
    (shown,) = listed(await run(reminder_list.show, ANNA)).wishes
    assert (shown.put_off, shown.standing) == (again, Standing.ON)
    assert sheet(await run(reminder_sheet.show, ANNA, id_)).today is Today.AHEAD

    clock.now = again
    await deliver(run, post, at_once=8)
    assert sheet(await run(reminder_sheet.show, ANNA, id_)).told.put_off is None


async def test_what_comes_once_in_a_pause_is_not_called_resting(run: Runner, clock: Clock) -> None:
    id_ = await run(wish, ANNA, times=(NINE,), days=OnDay(MONDAY))
    await run(pause.for_days, ANNA, 3)

    told = sheet(await run(reminder_sheet.show, ANNA, id_)).told
    assert (told.in_pause, told.standing) == (True, Standing.ALL_PAUSED)
    clock.now = at("10:00")
    assert sheet(await run(reminder_sheet.show, ANNA, id_)).told.standing is Standing.OVER


async def test_the_sheet_tells_what_became_of_the_last_message(
    run: Runner, clock: Clock, post: Post
) -> None:
    id_ = await run(wish, ANNA, times=(NINE,))
    assert sheet(await run(reminder_sheet.show, ANNA, id_)).last is None

    clock.now = at("09:00")
    await deliver(run, post, at_once=8)
    last = sheet(await run(reminder_sheet.show, ANNA, id_)).last
    assert last is not None
    assert (last.due_at, last.state, last.done) == (at("09:00"), State.SENT, False)

    clock.now = at("12:00", TUESDAY)
    await deliver(run, post, at_once=8)
    last = sheet(await run(reminder_sheet.show, ANNA, id_)).last
    assert last is not None
    assert (last.due_at, last.state) == (at("09:00", TUESDAY), State.EXPIRED)


async def test_the_next_three_moments_are_shown_and_not_those_of_a_pause(run: Runner) -> None:
    id_ = await run(wish, ANNA, times=(NINE, EVENING))
    shown = sheet(await run(reminder_sheet.show, ANNA, id_))
    assert shown.told.next == (at("09:00"), at("20:30"), at("09:00", TUESDAY))

    paused = sheet(await run(reminder_change.pause_days, ANNA, id_, 3))
    assert paused.told.standing is Standing.PAUSED
    assert paused.told.next[0] == at("09:00", MONDAY + timedelta(days=3))


@pytest.mark.parametrize("kind", [Kind.OWN, Kind.HABIT])
async def test_today_is_left_out_or_done_and_comes_after_all(
    run: Runner, clock: Clock, post: Post, kind: Kind
) -> None:
    id_ = await run(wish, ANNA, kind, (NINE, EVENING), words={"text": "x", "habit": "walk"})
    acts = [(reminder_today.leave_out, Today.LEFT_OUT), (reminder_today.done_today, Today.DONE)]
    for act, today in acts:
        for _ in range(2):
            shown = sheet(await run(act, ANNA, id_))
            assert (shown.today, shown.told.next[0]) == (today, at("09:00", TUESDAY))
        back = sheet(await run(reminder_today.today_after_all, ANNA, id_))
        assert (back.today, back.told.next[0]) == (Today.AHEAD, at("09:00"))

    await run(reminder_today.leave_out, ANNA, id_)
    clock.now = at("21:00")
    assert await deliver(run, post, at_once=8) == {}


async def test_a_habit_that_is_done_already_is_told_to_the_diary_and_taken_back_with_it(
    run: Runner,
) -> None:
    id_ = await run(wish, ANNA, Kind.HABIT, (NINE,), words={"habit": "walk"})

    async def told(work: Work) -> list[str | None]:
        person = await member(work, ANNA)
        day = await checkins.find(work.session, person, MONDAY)
        found = await checkins.answers(work.session, person, [day.id] if day else [])
        return [answer.code for answers in found.values() for answer in answers.values()]

    await run(reminder_today.done_today, ANNA, id_)
    assert await run(told) == ["yes"]
    await run(reminder_today.today_after_all, ANNA, id_)
    assert await run(told) == []


async def test_a_message_that_came_and_waits_for_its_snooze_is_left_out_with_it(
    run: Runner, clock: Clock, post: Post
) -> None:
    id_ = await run(wish, ANNA, times=(NINE,), nudges=1)
    clock.now = at("09:00")
    await deliver(run, post, at_once=8)
    await run(reminder_today.leave_out, ANNA, id_)
    clock.now = at("09:31")

    assert await deliver(run, post, at_once=8) == {}


async def test_a_change_of_times_holds_at_once_and_a_second_tap_changes_nothing(
    run: Runner,
) -> None:
    id_ = await run(wish, ANNA, times=(NINE,))
    for _ in range(2):
        view = (await run(reminder_times.set_time, ANNA, id_, TEN, True)).views[-1]
        assert isinstance(view, TimesSheet)
        assert view.told.times == (NINE, TEN)
    assert await run(planned) == [at("09:00"), at("10:00")]

    await run(reminder_times.set_time, ANNA, id_, NINE, False)
    assert await run(planned) == [at("10:00")]
    with pytest.raises(Refused, match="last_time"):
        await run(reminder_times.set_time, ANNA, id_, TEN, False)


async def test_a_reminder_has_twelve_times_at_most(run: Runner) -> None:
    times = tuple(time(hour) for hour in range(8, 20))
    id_ = await run(wish, ANNA, times=times)
    with pytest.raises(Refused, match="times_full"):
        await run(reminder_times.set_time, ANNA, id_, time(20), True)


@pytest.mark.parametrize(
    ("said", "times"),
    [
        ("8:15, 20", (time(8, 15), time(20))),
        ("9", (NINE,)),
        ("7 am; 7 pm", (time(7), time(19))),
        ("9:00 and 20:30", (NINE, EVENING)),
        ("4 times a day between 9 and 18", (NINE, time(12), time(15), time(18))),
    ],
)
async def test_times_can_be_typed(run: Runner, said: str, times: tuple[time, ...]) -> None:
    id_ = await run(wish, ANNA)
    await run(reminder_times.times, ANNA, id_)

    assert sheet(await run(typed.take, ANNA, said, "en")).told.times == times


@pytest.mark.parametrize("said", ["soon", "25:00", "8, late", "every day", ""])
async def test_what_is_no_time_is_asked_again(run: Runner, said: str) -> None:
    id_ = await run(wish, ANNA)
    await run(reminder_times.times, ANNA, id_)
    with pytest.raises(Refused, match="not_times"):
        await run(typed.take, ANNA, said, "en")

    assert sheet(await run(typed.take, ANNA, "9", "en")).told.times == (NINE,)


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("every weekday", Weekdays(frozenset(range(5)))),
        ("mon wed fri", Weekdays(frozenset({0, 2, 4}))),
        ("every 3 days", EveryDays(3, MONDAY)),
        ("on the 15th of each month", MonthDay(15)),
        ("24.12.", OnDay(date(2025, 12, 24))),
        ("24 December", OnDay(date(2025, 12, 24))),
        ("3 days since the last entry", SinceLast(3)),
    ],
)
async def test_days_can_be_typed(run: Runner, said: str, days: object) -> None:
    id_ = await run(wish, ANNA, times=(NINE,))
    await run(reminder_times.ask_days, ANNA, id_)

    shown = sheet(await run(typed.take, ANNA, said, "en")).told
    assert (shown.days, shown.times) == (days, (NINE,))


@pytest.mark.parametrize("said", ["sometimes", "every day stretch", "on the 32nd"])
async def test_what_are_no_days_is_asked_again(run: Runner, said: str) -> None:
    id_ = await run(wish, ANNA)
    await run(reminder_times.ask_days, ANNA, id_)
    with pytest.raises(Refused, match="not_days"):
        await run(typed.take, ANNA, said, "en")


@pytest.mark.parametrize("shown", ["days", *PatternKind])
async def test_days_can_be_typed_wherever_they_are_chosen(run: Runner, shown: str) -> None:
    id_ = await run(wish, ANNA, times=(NINE,))
    if shown == "days":
        await run(reminder_times.days, ANNA, id_)
    else:
        await run(reminder_times.numbers, ANNA, id_, PatternKind(shown))

    view = sheet(await run(typed.take, ANNA, "every 5 days", "en"))

    assert view.told.days == EveryDays(5, MONDAY)


async def test_a_single_day_is_offered_from_the_first_that_has_a_moment_ahead(run: Runner) -> None:
    async def first(*times: time) -> object:
        id_ = await run(wish, ANNA, times=times)
        view = (await run(reminder_times.numbers, ANNA, id_, PatternKind.ON_DAY)).views[-1]
        return view.first if isinstance(view, DayNumbers) else view

    assert await first(time(8)) == TUESDAY
    assert await first(time(8), NINE) == MONDAY


async def test_days_are_chosen_by_buttons_of_every_kind(run: Runner) -> None:
    id_ = await run(wish, ANNA, times=(NINE,))
    view = (await run(reminder_times.set_weekday, ANNA, id_, 6, False)).views[-1]
    assert isinstance(view, DaysSheet)
    assert view.told.days == Weekdays(frozenset(range(6)))

    for kind, n, days in (
        (PatternKind.EVERY_DAYS, 2, EveryDays(2, MONDAY)),
        (PatternKind.MONTH_DAY, 31, MonthDay(31)),
        (PatternKind.SINCE_LAST, 4, SinceLast(4)),
    ):
        assert sheet(await run(reminder_times.set_number, ANNA, id_, kind, n)).told.days == days
    assert sheet(await run(reminder_times.set_day, ANNA, id_, TUESDAY)).told.days == OnDay(TUESDAY)
    for act in (
        run(reminder_times.set_number, ANNA, id_, PatternKind.EVERY_DAYS, 0),
        run(reminder_times.set_number, ANNA, id_, PatternKind.ON_DAY, 3),
        run(reminder_times.set_day, ANNA, id_, MONDAY - timedelta(days=1)),
        run(reminder_times.set_weekdays, ANNA, id_, "never"),
    ):
        with pytest.raises(Refused, match="stale"):
            await act


async def test_a_reminder_keeps_at_least_one_day(run: Runner) -> None:
    id_ = await run(wish, ANNA, days=Weekdays(frozenset({2})))
    with pytest.raises(Refused, match="last_day"):
        await run(reminder_times.set_weekday, ANNA, id_, 2, False)


async def test_a_moment_that_gets_a_time_becomes_its_day(run: Runner) -> None:
    id_ = await run(wish, ANNA, times=(NINE,), days=AtMoment(at("09:00")))
    await run(reminder_times.set_time, ANNA, id_, TEN, True)

    told = sheet(await run(reminder_sheet.show, ANNA, id_)).told
    assert (told.days, told.times) == (OnDay(MONDAY), (TEN,))


async def test_the_last_change_can_be_taken_back_once(run: Runner) -> None:
    id_ = await run(wish, ANNA, times=(NINE,), words={"text": "stretch"})
    before = sheet(await run(reminder_sheet.show, ANNA, id_))
    assert not before.undo

    await run(reminder_times.set_number, ANNA, id_, PatternKind.EVERY_DAYS, 3)
    after = sheet(await run(reminder_sheet.show, ANNA, id_))
    assert after.undo
    assert after.told.days == EveryDays(3, MONDAY)

    for _ in range(2):
        assert sheet(await run(reminder_change.undo, ANNA, id_)) == before
    assert await run(planned) == [at("09:00")]


@pytest.mark.parametrize("change", ["words", "silent", "nudges", "off", "pause", "times"])
async def test_every_change_can_be_taken_back(run: Runner, change: str) -> None:
    id_ = await run(wish, ANNA, times=(NINE,), words={"text": "stretch", "medicine": True})
    before = sheet(await run(reminder_sheet.show, ANNA, id_))
    match change:
        case "words":
            await run(reminder_change.ask_words, ANNA, id_)
            await run(typed.take, ANNA, "  drink\nwater ", "en")
        case "silent":
            await run(reminder_change.set_silent, ANNA, id_, True)
        case "nudges":
            await run(reminder_change.set_nudges, ANNA, id_, 2)
        case "off":
            await run(reminder_change.switch, ANNA, id_, False)
        case "pause":
            await run(reminder_change.pause_open, ANNA, id_)
        case _:
            await run(reminder_times.set_time, ANNA, id_, TEN, True)
    changed = sheet(await run(reminder_sheet.show, ANNA, id_))
    assert changed.told != before.told

    assert sheet(await run(reminder_change.undo, ANNA, id_)) == before
    assert await run(planned) == [at("09:00")]


async def test_words_are_one_line_with_something_in_it_and_not_too_long(run: Runner) -> None:
    id_ = await run(wish, ANNA, times=(NINE,))
    await run(reminder_change.ask_words, ANNA, id_)
    for said, why in (("\u200b \n", "words_empty"), ("x" * 201, "words_too_long")):
        with pytest.raises(Refused, match=why):
            await run(typed.take, ANNA, said, "en")

    assert sheet(await run(typed.take, ANNA, "drink\n water", "en")).told.text == "drink water"
    stored = await run(sealed, id_)
    assert stored
    assert b"water" not in stored


async def test_a_rest_lasts_until_the_day_that_was_typed_and_can_be_ended(
    run: Runner, clock: Clock, post: Post
) -> None:
    id_ = await run(wish, ANNA, times=(NINE,))
    await run(reminder_change.ask_pause, ANNA, id_)
    with pytest.raises(Refused, match="pause_day"):
        await run(typed.take, ANNA, "never", "en")
    assert sheet(await run(typed.take, ANNA, "10.3.", "en")).told.paused_until == date(2025, 3, 10)

    clock.now = at("09:00")
    assert await deliver(run, post, at_once=8) == {}
    await run(reminder_change.resume, ANNA, id_)
    clock.now = at("09:00", TUESDAY)
    assert await deliver(run, post, at_once=8) == {Outcome.SENT: 1}


async def test_what_was_taken_away_comes_no_more_and_can_be_had_back_for_a_day(
    run: Runner, clock: Clock
) -> None:
    id_ = await run(wish, ANNA, times=(NINE,))
    for _ in range(2):
        assert isinstance((await run(reminder_change.take_away, ANNA, id_)).views[-1], TakenAway)
    assert await run(planned) == []
    assert listed(await run(reminder_list.show, ANNA)).wishes == ()
    with pytest.raises(Refused, match="wish_gone"):
        await run(reminder_times.times, ANNA, id_)

    for _ in range(2):
        assert sheet(await run(reminder_change.restore, ANNA, id_)).told.standing is Standing.ON
    assert await run(planned) == [at("09:00")]

    await run(reminder_change.take_away, ANNA, id_)
    clock.advance(hours=25)
    with pytest.raises(Refused, match="wish_gone"):
        await run(reminder_change.restore, ANNA, id_)
    await run(retention.tidy)
    assert not await run(is_there, id_)


async def test_a_trial_is_sent_now_and_moves_nothing(run: Runner) -> None:
    for kind, words in ((Kind.OWN, {"text": "stretch"}), (Kind.HABIT, {"habit": "walk"})):
        id_ = await run(wish, ANNA, kind, (NINE,), words=words)
        before = await run(planned)
        trial, shown = (await run(reminder_today.trial, ANNA, id_)).views

        assert isinstance(trial, Reminded)
        assert trial.trial
        assert isinstance(shown, Sheet)
        assert await run(planned) == before


async def test_tips_are_set_in_the_settings_and_never_taken_away(run: Runner) -> None:
    id_ = await run(wish, ANNA, Kind.TIP, (TEN,))
    for act in (
        run(reminder_times.times, ANNA, id_),
        run(reminder_times.days, ANNA, id_),
        run(reminder_change.take_away, ANNA, id_),
        run(reminder_change.set_nudges, ANNA, id_, 1),
        run(reminder_change.ask_words, ANNA, id_),
    ):
        with pytest.raises(Refused, match="stale"):
            await act
    assert isinstance(
        (await run(reminder_change.set_silent, ANNA, id_, True)).views[-1], SoundSheet
    )


async def test_a_notice_of_the_operator_is_nobodys_to_change(run: Runner) -> None:
    id_ = await run(wish, ANNA, Kind.NOTICE)
    assert listed(await run(reminder_list.show, ANNA)).wishes == ()
    with pytest.raises(Refused, match="stale"):
        await run(reminder_change.take_away, ANNA, id_)


async def test_without_a_diary_the_sheet_says_that_it_does_not_come(run: Runner) -> None:
    id_ = await run(wish, ANNA, times=(NINE,))
    await run(decide, ANNA, Purpose.KEEP, given=False)

    assert sheet(await run(reminder_sheet.show, ANNA, id_)).told.standing is Standing.NOT_AGREED
    with pytest.raises(Refused, match="consent_first"):
        await run(reminder_change.ask_words, ANNA, id_)


async def test_the_reminders_of_others_are_refused(run: Runner) -> None:
    await run(join, BERT)
    id_ = await run(wish, ANNA, times=(NINE,))
    acts = [
        (reminder_sheet.show,), (reminder_times.times,), (reminder_times.set_time, TEN, True), (reminder_times.days,),
        (reminder_times.set_weekday, 0, False), (reminder_times.set_weekdays, "work"), (reminder_times.ask_days,),
        (reminder_times.set_number, PatternKind.EVERY_DAYS, 3), (reminder_times.set_day, TUESDAY),
        (reminder_change.ask_words,), (reminder_change.sound,), (reminder_change.set_silent, True), (reminder_change.undo,),
        (reminder_change.set_nudges, 1), (reminder_change.switch, False), (reminder_change.pause,),
        (reminder_change.pause_days, 3), (reminder_change.pause_open,), (reminder_change.ask_pause,), (reminder_change.resume,),
        (reminder_today.leave_out,), (reminder_today.done_today,), (reminder_today.today_after_all,),
        (reminder_today.trial,), (reminder_change.take_away,), (reminder_change.restore,),
    ]  # fmt: skip
    for act, *more in acts:
        with pytest.raises(Refused, match="stale"):
            await run(act, BERT, id_, *more)  # type: ignore[arg-type]

    assert await run(planned) == [at("09:00")]


async def is_there(work: Work, id_: int) -> bool:
    return await work.session.get(Reminder, id_) is not None


async def sealed(work: Work, id_: int) -> bytes | None:
    return (await work.session.get_one(Reminder, id_)).sealed
