"""Making a reminder: by buttons, by a line of text, saved once, and never guessed."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
import pytest_asyncio
from sqlalchemy import func, select

from actions import (
    awaiting,
    home,
    pause,
    quiet_hours,
    reminder_change,
    reminder_making,
    reminder_sheet,
    reminder_times,
    retention,
    typed,
)
from actions.quiet_hours import QuietHours
from actions.reminder_alike import MEDICINE
from actions.reminder_making import ThrownAway, Unsure
from actions.reminder_sheet import (
    AskWords,
    DaysSheet,
    Draft,
    HabitsToAsk,
    NewWish,
    Sheet,
    TimesSheet,
)
from actions.reminders import Standing
from actions.work import Here, Runner, Work
from bot.screen import plain
from bot.screens import render
from domain.consent import Purpose
from domain.delivery import Outcome
from domain.errors import Refused
from domain.lines.asking import Why
from domain.recurrence import EVERY_DAY, AtMoment, OnDay, Weekdays
from domain.reminders import Kind
from domain.wishes import MOST
from jobs.deliver import deliver
from storage.tables import Reminder
from tests.actions.evenings import ANNA, BERT, MONDAY, at, planned
from tests.actions.members import decide, join, member
from tests.actions.wishes import wish
from tests.conftest import Clock, Post

pytestmark = pytest.mark.asyncio

DAILY = Weekdays(EVERY_DAY)
NINE = time(9)


@pytest_asyncio.fixture(autouse=True)
async def anna(run: Runner, clock: Clock) -> None:
    """It is Monday, 3 March 2025, 08:00 in Berlin."""
    clock.now = at("08:00")
    await run(join, ANNA)


def last(here: Here) -> object:
    return here.views[-1]


def draft(here: Here) -> Draft:
    view = last(here)
    assert isinstance(view, Draft)
    return view


async def drafts(work: Work) -> int:
    query = select(func.count()).select_from(Reminder).where(Reminder.draft)
    return await work.session.scalar(query) or 0


async def saved(work: Work) -> int:
    query = select(func.count()).select_from(Reminder).where(Reminder.draft.is_(False))
    return await work.session.scalar(query) or 0


async def test_own_words_are_made_by_buttons_and_come_at_their_time(
    run: Runner, clock: Clock, post: Post
) -> None:
    assert isinstance(last(await run(reminder_making.start, ANNA)), NewWish)
    assert isinstance(last(await run(reminder_making.choose_kind, ANNA, 0, "own")), AskWords)
    times = last(await run(typed.take, ANNA, "drink water", "en"))
    assert isinstance(times, TimesSheet)
    id_ = times.told.id
    await run(reminder_times.set_time, ANNA, id_, NINE, True)
    assert isinstance(last(await run(reminder_sheet.show, ANNA, id_)), DaysSheet)
    whole = draft(await run(reminder_times.set_weekdays, ANNA, id_, "every"))

    assert whole.told.next == tuple(at("09:00", MONDAY + timedelta(days=n)) for n in range(3))
    assert await run(planned) == []
    for _ in range(2):
        sheet = last(await run(reminder_making.save, ANNA, id_))
        assert isinstance(sheet, Sheet)
        assert (sheet.told.text, sheet.told.standing) == ("drink water", Standing.ON)
    assert await run(planned) == [at("09:00")]
    clock.now = at("09:00")
    assert await deliver(run, post, at_once=8) == {Outcome.SENT: 1}


async def test_a_line_is_said_back_and_comes_once_it_is_saved(run: Runner) -> None:
    whole = draft(await run(reminder_making.say, ANNA, "every weekday at 8:30 and 20:30 stretch"))

    assert whole.told.days == Weekdays(frozenset(range(5)))
    assert (whole.told.times, whole.told.text) == ((time(8, 30), time(20, 30)), "stretch")
    assert whole.told.next[0] == at("08:30")
    assert await run(planned) == []
    await run(reminder_making.save, ANNA, whole.told.id)
    assert await run(planned) == [at("08:30"), at("20:30")]


async def test_a_line_can_be_typed_while_the_kinds_are_shown(run: Runner) -> None:
    await run(reminder_making.start, ANNA)

    whole = draft(await run(typed.take, ANNA, "in 40 minutes take the bread out", "en"))

    assert whole.told.days == AtMoment(at("08:40"))
    await run(reminder_making.save, ANNA, whole.told.id)
    assert await run(planned) == [at("08:40")]


async def test_a_moment_that_passed_before_it_was_saved_is_not_saved(
    run: Runner, clock: Clock
) -> None:
    whole = draft(await run(reminder_making.say, ANNA, "in 10 minutes stretch"))
    clock.advance(minutes=11)
    with pytest.raises(Refused, match="wish_over"):
        await run(reminder_making.save, ANNA, whole.told.id)


@pytest.mark.parametrize("silence", ["days", "open"])
async def test_while_all_is_paused_a_new_one_is_not_called_over(run: Runner, silence: str) -> None:
    await run(pause.open_end, ANNA) if silence == "open" else await run(pause.for_days, ANNA, 3)
    here = await run(reminder_making.say, ANNA, "every day at 9 stretch")

    told = draft(here).told
    assert told.all_paused_until is not None
    assert not told.in_pause
    assert "All reminders are paused" in plain(render(last(here), here.language))
    assert "any more" not in plain(render(last(here), here.language))
    saved_one = last(await run(reminder_making.save, ANNA, told.id))
    assert isinstance(saved_one, Sheet)
    assert saved_one.told.standing is Standing.ALL_PAUSED


@pytest.mark.parametrize("line", ["in 40 minutes bread", "tomorrow 7am stork"])
async def test_what_would_fall_into_the_pause_is_not_saved_without_a_word(
    run: Runner, line: str
) -> None:
    await run(pause.for_days, ANNA, 3)
    here = await run(reminder_making.say, ANNA, line)
    id_ = draft(here).told.id
    assert "falls into the pause" in plain(render(last(here), here.language))

    assert draft(await run(reminder_making.save, ANNA, id_)).told.in_pause
    for _ in range(2):
        sheet = last(await run(reminder_making.end_pause_and_save, ANNA, id_))
        assert isinstance(sheet, Sheet)
        assert sheet.told.standing is Standing.ON
    assert len(await run(planned)) == 1


async def test_what_comes_once_after_the_pause_is_saved(run: Runner) -> None:
    await run(pause.for_days, ANNA, 3)
    told = draft(await run(reminder_making.say, ANNA, "on 12 March at 7:00 stork")).told

    await run(reminder_making.save, ANNA, told.id)

    assert await run(planned) == [at("07:00", date(2025, 3, 12))]


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("check-in every day at 19:00", {Kind.CHECK_IN}),
        ("evening list every day at 19:00", {Kind.CHECK_IN}),
        ("every sunday at 18:00 summary", {Kind.SUMMARY}),
        ("medicine every day at 8:00 mesalazine", {MEDICINE}),
        ("every day at 8:00 mesalazine", set()),
    ],
)
async def test_words_that_are_the_name_of_a_kind_are_offered_as_that_kind(
    run: Runner, line: str, kinds: set[str]
) -> None:
    view = draft(await run(reminder_making.say, ANNA, line))

    assert {one.kind for one in view.alike} == kinds
    assert view.told.kind is Kind.OWN  # nothing changes by itself


async def test_words_that_name_a_check_in_become_that_check_in_at_the_same_times(
    run: Runner,
) -> None:
    view = draft(await run(reminder_making.say, ANNA, "check-in every day at 19:00"))
    routine = view.alike[0].id

    now = draft(await run(reminder_making.choose_routine, ANNA, view.told.id, routine))

    assert (now.told.kind, now.told.routine) == (Kind.CHECK_IN, routine)
    assert (now.told.times, now.told.text, now.alike) == ((time(19),), None, ())


async def test_two_meanings_are_offered_and_the_chosen_one_is_taken(run: Runner) -> None:
    asked = last(await run(reminder_making.say, ANNA, "call mum at 9"))
    assert isinstance(asked, Unsure)
    assert (asked.why, len(asked.choices)) == (Why.ONCE_OR_DAILY, 2)

    for number, days in ((0, DAILY), (1, DAILY)):  # a second tap changes nothing
        whole = draft(await run(reminder_making.choose, ANNA, asked.draft_id, number))
        assert (whole.told.text, whole.told.days) == ("call mum", days)
    asked = last(await run(reminder_making.say, ANNA, "call mum at 9"))
    assert isinstance(asked, Unsure)
    once = draft(await run(reminder_making.choose, ANNA, asked.draft_id, 1))
    assert once.told.days == OnDay(MONDAY)


async def test_what_is_unclear_is_asked_and_the_next_line_answers(run: Runner) -> None:
    asked = last(await run(reminder_making.say, ANNA, "every 2 minutes except sundays"))
    assert isinstance(asked, Unsure)
    assert asked.draft_id == 0

    assert draft(await run(typed.take, ANNA, "every day at 9 stretch", "en")).told.days == DAILY


async def test_a_line_without_a_time_keeps_its_days_and_asks_for_the_time(run: Runner) -> None:
    asked = last(await run(reminder_making.say, ANNA, "every monday stretch"))
    assert isinstance(asked, TimesSheet)
    assert (asked.told.text, asked.told.days) == ("stretch", Weekdays(frozenset({0})))

    assert draft(await run(typed.take, ANNA, "9", "en")).told.times == (NINE,)


async def test_words_alone_are_what_to_be_reminded_of(run: Runner) -> None:
    asked = last(await run(reminder_making.say, ANNA, "drink water"))

    assert isinstance(asked, TimesSheet)
    assert asked.told.text == "drink water"


async def test_times_without_words_ask_what_for_and_keep_the_times(run: Runner) -> None:
    for typed_words in (True, False):
        asked = last(await run(reminder_making.say, ANNA, "every day at 9"))
        assert isinstance(asked, NewWish)
        if typed_words:
            whole = draft(await run(typed.take, ANNA, "stretch", "en"))
            assert whole.told.text == "stretch"
        else:
            whole = draft(await run(reminder_making.choose_habit, ANNA, asked.draft_id, "walk"))
            assert (whole.told.kind, whole.told.habit) == (Kind.HABIT, "walk")
        assert (whole.told.days, whole.told.times) == (DAILY, (NINE,))


async def test_every_kind_can_be_made(run: Runner) -> None:
    assert isinstance(last(await run(reminder_making.choose_kind, ANNA, 0, "habit")), HabitsToAsk)
    habit = last(await run(reminder_making.choose_habit, ANNA, 0, "walk"))
    check_in = last(await run(reminder_making.choose_routine, ANNA, 0, "evening"))
    medicine = last(await run(reminder_making.choose_kind, ANNA, 0, "medicine"))
    summary = draft(await run(reminder_making.choose_kind, ANNA, 0, "summary"))

    assert isinstance(habit, TimesSheet)
    assert isinstance(check_in, TimesSheet)
    assert isinstance(medicine, AskWords)
    assert (habit.told.kind, check_in.told.routine) == (Kind.HABIT, "evening")
    assert medicine.told.medicine
    assert (summary.told.days, summary.told.times) == (Weekdays(frozenset({6})), (time(18),))


async def test_what_nobody_offers_is_refused(run: Runner) -> None:
    for act in (
        run(reminder_making.choose_kind, ANNA, 0, "poem"),
        run(reminder_making.choose_habit, ANNA, 0, "juggling"),
        run(reminder_making.choose_routine, ANNA, 0, "noon"),
        run(reminder_making.choose_kind, ANNA, 99, "own"),
    ):
        with pytest.raises(Refused, match="stale"):
            await act


async def test_a_draft_is_its_makers_and_can_be_thrown_away(run: Runner) -> None:
    await run(join, BERT)
    whole = draft(await run(reminder_making.say, ANNA, "every day at 9 stretch"))
    with pytest.raises(Refused, match="stale"):
        await run(reminder_making.save, BERT, whole.told.id)
    await run(reminder_making.throw_away, BERT, whole.told.id)
    assert await run(drafts) == 1

    for _ in range(2):
        assert isinstance(
            last(await run(reminder_making.throw_away, ANNA, whole.told.id)), ThrownAway
        )
    assert await run(drafts) == 0
    with pytest.raises(Refused, match="stale"):
        await run(reminder_making.save, ANNA, whole.told.id)


async def test_what_was_saved_is_not_thrown_away_by_an_old_button(run: Runner) -> None:
    whole = draft(await run(reminder_making.say, ANNA, "every day at 9 stretch"))
    await run(reminder_making.save, ANNA, whole.told.id)

    assert isinstance(last(await run(reminder_making.throw_away, ANNA, whole.told.id)), Sheet)
    assert await run(planned) == [at("09:00")]


async def test_unsaved_ones_make_room_for_each_other_and_end_in_a_day(
    run: Runner, clock: Clock
) -> None:
    for _ in range(reminder_making.DRAFTS + 3):
        clock.advance(seconds=1)
        newest = draft(await run(reminder_making.say, ANNA, "every day at 9 stretch"))
    assert await run(drafts) == reminder_making.DRAFTS
    await run(reminder_sheet.show, ANNA, newest.told.id)

    clock.advance(hours=25)
    await run(retention.tidy)
    assert await run(drafts) == 0


async def test_there_is_a_most(run: Runner) -> None:
    for _ in range(MOST - 1):
        await run(wish, ANNA)
    first = draft(await run(reminder_making.say, ANNA, "every day at 9 stretch"))
    second = draft(await run(reminder_making.say, ANNA, "every day at 9 stretch"))
    await run(reminder_making.save, ANNA, first.told.id)

    with pytest.raises(Refused, match="wishes_full"):
        await run(reminder_making.save, ANNA, second.told.id)
    with pytest.raises(Refused, match="wishes_full"):
        await run(reminder_making.start, ANNA)
    assert await run(saved) == MOST


async def test_without_a_diary_its_consent_is_asked_for_first(run: Runner) -> None:
    await run(decide, ANNA, Purpose.KEEP, given=False)
    for act in (
        run(reminder_making.start, ANNA),
        run(reminder_making.say, ANNA, "every day at 9 stretch"),
    ):
        with pytest.raises(Refused, match="consent_first"):
            await act


async def test_a_prompt_for_a_line_ends_by_itself(run: Runner, clock: Clock) -> None:
    await run(reminder_making.start, ANNA)
    clock.advance(hours=3)

    assert isinstance(last(await run(typed.take, ANNA, "every day at 9 x", "en")), home.Stray)
    assert await run(drafts) == 0


@pytest.mark.parametrize("kind", sorted(set(typed.ANSWERS) - set(typed.WAITS)))
async def test_what_is_typed_much_later_answers_no_prompt(
    run: Runner, clock: Clock, kind: str
) -> None:
    async def ask(work: Work) -> None:
        await awaiting.expect(work, await member(work, ANNA), kind, "1")

    await run(ask)
    clock.advance(hours=3)

    assert isinstance(last(await run(typed.take, ANNA, "22-7", "en")), home.Stray)


async def test_what_is_typed_much_later_changes_no_words(run: Runner, clock: Clock) -> None:
    id_ = await run(wish, ANNA, words={"text": "stretch"})
    await run(reminder_change.ask_words, ANNA, id_)
    clock.advance(hours=3)

    assert isinstance(last(await run(typed.take, ANNA, "good evening", "en")), home.Stray)
    sheet = last(await run(reminder_sheet.show, ANNA, id_))
    assert isinstance(sheet, Sheet)
    assert sheet.told.text == "stretch"


async def test_a_day_that_is_over_is_not_saved(run: Runner) -> None:
    whole = draft(await run(reminder_making.say, ANNA, "tomorrow 7am stretch"))
    assert whole.told.days == OnDay(date(2025, 3, 4))
    moved = draft(await run(reminder_times.set_day, ANNA, whole.told.id, MONDAY))
    assert moved.told.next == ()

    with pytest.raises(Refused, match="wish_over"):
        await run(reminder_making.save, ANNA, whole.told.id)


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("22:00-07:00", (time(22), time(7))),
        ("10pm to 7am", (time(22), time(7))),
        ("from 22:00 to 7:00", (time(22), time(7))),
        ("22 - 7", (time(22), time(7))),
        ("10pm–6am", (time(22), time(6))),
        ("13:30 15:00", (time(13, 30), time(15))),
    ],
)
async def test_quiet_hours_can_be_typed(run: Runner, said: str, hours: tuple[time, time]) -> None:
    await run(quiet_hours.ask_hours, ANNA)
    for wrong in ("late", "22:00", "22:00-22:00", "1-2-3"):
        with pytest.raises(Refused, match="not_hours"):
            await run(typed.take, ANNA, wrong, "en")

    assert last(await run(typed.take, ANNA, said, "en")) == QuietHours(hours, 0)


async def test_a_time_in_quiet_hours_is_said_and_comes_without_a_sound(
    run: Runner, clock: Clock, post: Post
) -> None:
    await run(quiet_hours.set_hours, ANNA, time(8, 30), time(9, 30))
    whole = draft(await run(reminder_making.say, ANNA, "every day at 9 stretch"))
    assert whole.in_quiet
    await run(reminder_making.save, ANNA, whole.told.id)
    clock.now = at("09:00")
    await deliver(run, post, at_once=8)
    assert post.silent == [True]

    off = last(await run(quiet_hours.set_hours, ANNA, time.min, time.min))
    assert off == QuietHours(None, 0)


async def test_minutes_of_leeway_move_check_ins_and_not_own_words(run: Runner) -> None:
    await run(join, BERT, time(20, 30))
    await run(wish, ANNA, times=(time(20, 30),))
    for who in (ANNA, BERT):
        assert last(await run(quiet_hours.set_spread, who, 10)) == QuietHours(None, 10)

    own, spread = await run(planned)
    assert own == at("20:30")
    assert timedelta() <= spread - own < timedelta(minutes=10)
    with pytest.raises(Refused, match="stale"):
        await run(quiet_hours.set_spread, ANNA, 60)


async def test_nothing_typed_is_expected_once_the_sheet_is_shown(run: Runner) -> None:
    id_ = await run(wish, ANNA)
    await run(reminder_times.times, ANNA, id_)
    await run(reminder_sheet.show, ANNA, id_)

    async def expected(work: Work) -> object:
        return await awaiting.expected(work, await member(work, ANNA))

    assert await run(expected) is None
