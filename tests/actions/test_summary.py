"""Seven days at a glance: counts of what was told, days that count, and nothing said of too little.

The tests' own library. Anna's week ends on Monday, 10 March 2025; her evening is at 20:30 in Berlin.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
import pytest_asyncio

from actions import checkins, entries, habits, items, summary
from actions.summary import Week
from actions.work import Runner, Work
from domain.continuity import Rate
from domain.delivery import Reason, State
from domain.reminders import Kind
from storage import checkins as store
from storage.people import Known
from storage.tables import Occurrence, Reminder, ReminderSlot
from tests.actions.members import join, member
from tests.conftest import Clock

pytestmark = pytest.mark.asyncio

ANNA = 7
LAST = date(2025, 3, 10)


@pytest_asyncio.fixture(autouse=True)
async def monday(run: Runner, clock: Clock) -> None:
    """Anna has joined; in Berlin it is 21:00 on Monday, 10 March 2025."""
    clock.now = datetime(2025, 3, 10, 20, 0, tzinfo=UTC)
    await run(join, ANNA)


def ago(days: int) -> date:
    return LAST - timedelta(days=days)


async def week(run: Runner, last: date | None = None) -> Week:
    view = (await run(summary.look, ANNA, last)).views[-1]
    assert isinstance(view, Week)
    return view


async def tell(run: Runner, days_ago: int, *said: tuple[str, str], routine: str = "evening") -> int:
    """Let Anna answer these questions of a day; return its check-in."""

    async def opened(work: Work) -> int:
        person = await member(work, ANNA)
        day = ago(days_ago)
        row = await store.open_day(work.session, person, day, "Europe/Berlin", work.now, routine)
        return row.id

    check_in_id = await run(opened)
    for name, code in said:
        await run(checkins.answer, ANNA, check_in_id, name, code)
    return check_in_id


async def ask(
    work: Work, messages: dict[date, tuple[State, Reason | None]], at: time = time(20, 30)
) -> None:
    """Write down what became of the messages of these days."""
    person: Known = await member(work, ANNA)
    reminder = Reminder(
        person_id=person.id, kind=Kind.CHECK_IN, routine="evening", weekdays=127,
        created_at=work.now,
    )  # fmt: skip
    work.session.add(reminder)
    await work.session.flush()
    slot = ReminderSlot(reminder_id=reminder.id, at=at)
    work.session.add(slot)
    await work.session.flush()
    for day, (state, reason) in messages.items():
        due_at = datetime.combine(day, at, UTC)
        work.session.add(
            Occurrence(
                reminder_id=reminder.id,
                slot=slot.id,
                step=0,
                local_day=day,
                due_at=due_at,
                expires_at=due_at + timedelta(hours=2),
                state=state,
                reason=reason,
                attempts=1,
            )
        )
    await work.session.flush()


async def three_days(run: Runner) -> None:
    await tell(run, 0, ("ache", "3"), ("visits", "1"), ("shape", "round"))
    await tell(run, 2, ("ache", "0"), ("visits", "0"))
    await tell(run, 6, ("ache", "10"), ("visits", "1"))


async def test_a_scale_is_told_by_its_lowest_and_highest_day_and_how_many_there_were(
    run: Runner,
) -> None:
    await three_days(run)

    view = await week(run)

    assert [(s.item.question.id, s.low, s.high, s.days) for s in view.spans] == [
        ("ache", "0", "10", 3)
    ]


async def test_other_items_are_told_by_the_answer_of_most_days(run: Runner) -> None:
    await three_days(run)

    view = await week(run)

    assert [(m.item.question.id, m.codes, m.days) for m in view.mostly] == [
        ("visits", ("1",), 3),
        ("shape", ("round",), 1),
    ]


async def test_answers_that_tie_are_all_named(run: Runner) -> None:
    await tell(run, 0, ("visits", "2+"))
    await tell(run, 1, ("visits", "0"))

    assert [m.codes for m in (await week(run)).mostly] == [("0", "2+")]


async def test_what_was_skipped_or_not_told_is_no_day_and_never_zero(run: Runner) -> None:
    check_in = await tell(run, 0, ("visits", "1"))
    await run(checkins.skip, ANNA, check_in, "ache")

    view = await week(run)

    assert view.spans == ()
    assert view.days == 1


async def test_an_answer_whose_question_fell_away_is_not_counted(run: Runner) -> None:
    await tell(run, 0, ("visits", "1"), ("shape", "round"), ("visits", "0"))

    assert [m.item.question.id for m in (await week(run)).mostly] == ["visits"]


async def test_a_log_stands_for_a_day_without_an_answer(run: Runner) -> None:
    await tell(run, 1, ("ache", "2"))
    await run(entries.log, ANNA, 4711, "ache", "7")

    assert [(s.low, s.high, s.days) for s in (await week(run)).spans] == [("2", "7", 2)]


async def test_the_warning_list_is_not_summed_up(run: Runner) -> None:
    await tell(run, 0, ("ache", "1"), ("visits", "0"), ("warning", "no"))

    view = await week(run)

    assert {m.item.question.id for m in view.mostly} == {"visits"}


async def test_days_outside_of_the_week_are_left_out(run: Runner) -> None:
    await tell(run, 6, ("ache", "9"))
    await tell(run, 7, ("ache", "1"))

    view = await week(run)
    before = await week(run, ago(7))

    assert (view.first, view.last) == (ago(6), LAST)
    assert [(s.low, s.high) for s in view.spans] == [("9", "9")]
    assert [(s.low, s.high) for s in before.spans] == [("1", "1")]


async def test_a_day_to_come_is_cut_to_today(run: Runner) -> None:
    assert (await week(run, LAST + timedelta(days=3))).last == LAST


async def test_weeks_end_where_nothing_was_told_before(run: Runner) -> None:
    await tell(run, 7, ("ache", "1"))

    assert (await week(run)).older
    assert not (await week(run, ago(7))).older
    assert (await week(run, date.min)).last == ago(7)


async def test_below_three_days_there_is_little_to_sum_up(run: Runner) -> None:
    await tell(run, 0, ("ache", "1"))
    await tell(run, 1, ("ache", "1"))
    thin = await week(run)
    await tell(run, 2, ("ache", "1"))

    assert thin.is_thin
    assert not (await week(run)).is_thin


async def test_habits_are_counted_where_they_apply(run: Runner) -> None:
    await run(items.choose_habit, ANNA, 0, "walk", True)
    for days_ago, code in ((0, "yes"), (1, "yes"), (2, "partly"), (3, "not_today")):
        await run(habits.answer, ANNA, await tell(run, days_ago), "walk", code)
    await run(habits.answer, ANNA, await tell(run, 4), "walk", "not_applicable")

    view = await week(run)

    assert [(h.habit, h.days, h.yes, h.partly) for h in view.habits] == [("walk", 4, 2, 1)]


async def test_notes_are_counted(run: Runner) -> None:
    await run(entries.write_note, ANNA, "a calm one")
    await run(entries.write_note, ANNA, "and another")

    assert (await week(run)).notes == 2


async def test_what_was_told_of_the_week_as_a_whole_is_said_as_it_was(run: Runner) -> None:
    await tell(run, 3, ("tide", "low"), routine="weekly")
    await tell(run, 0, ("tide", "high"), routine="weekly")

    view = await week(run)

    assert [(item.question.id, code) for item, code in view.said] == [("tide", "high")]
    assert view.mostly == ()


async def test_a_day_of_two_check_ins_counts_once(run: Runner) -> None:
    await tell(run, 1, ("ache", "4"), ("dew", "wet"), routine="morning")
    await tell(run, 1, ("visits", "1"))

    view = await week(run)

    assert (view.days, view.rate) == (1, Rate(1, 1))
    assert [(s.low, s.days) for s in view.spans] == [("4", 1)]


async def test_days_asked_and_not_answered_count_and_those_left_out_do_not(run: Runner) -> None:
    await tell(run, 1, ("ache", "4"))
    await run(
        ask,
        {
            ago(6): (State.SENT, None),
            ago(5): (State.SKIPPED, Reason.PAUSED),
            ago(4): (State.SENT, Reason.BY_PERSON),
            ago(3): (State.EXPIRED, None),
            ago(2): (State.FAILED, Reason.REFUSED),
            ago(1): (State.SKIPPED, Reason.ANSWERED),
            ago(0): (State.SENT, None),
        },
    )

    assert (await week(run)).rate == Rate(1, 2)


async def test_a_message_after_midnight_asked_for_the_evening_before(run: Runner) -> None:
    await tell(run, 3, ("ache", "4"))
    await run(ask, {ago(2): (State.SENT, None), ago(0): (State.SENT, None)}, at=time(0, 30))

    assert (await week(run)).rate == Rate(1, 2)


async def test_a_stranger_is_asked_to_begin_and_nothing_is_shown_of_others(
    run: Runner, clock: Clock
) -> None:
    await three_days(run)
    await run(join, 8)

    async def of_other(work: Work) -> Week:
        return await summary.view(work, await member(work, 8), LAST)

    view = await run(of_other)

    assert (view.days, view.spans, view.rate) == (0, (), Rate(0, 0))
