"""Check-ins of the morning and the week beside the evening's: what each asks, and what none asks twice.

The tests' own library: morning asks ache and dew, the evening ache, visits, shape, the week tide; each
has a warning list of its own.
"""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
import pytest_asyncio

from actions import (
    cards,
    checkins,
    entries,
    export,
    habits,
    history,
    home,
    imports,
    items,
    people,
    warnings,
)
from actions import routines as routines_action
from actions.cards import Card, Step
from actions.checkins import FixList
from actions.habits import HabitSheet
from actions.history import Page, Standing
from actions.items import ItemList
from actions.routines import Choice
from actions.work import Runner, Work
from domain.errors import Refused
from domain.reminders import Kind
from storage import checkins as store
from storage import warnings as warned
from storage.tables import Reminder
from tests.actions.members import join, member
from tests.conftest import Clock

pytestmark = pytest.mark.asyncio

ANNA, BEN = 7, 8
MONDAY = date(2025, 3, 3)


@pytest_asyncio.fixture(autouse=True)
async def morning(run: Runner, clock: Clock) -> None:
    """Anna has joined; in Berlin it is 08:00 on Monday, 3 March 2025."""
    clock.now = datetime(2025, 3, 3, 7, 0, tzinfo=UTC)
    await run(join, ANNA)


async def remind(work: Work, routine: str) -> None:
    """Let Anna be reminded of *routine*."""
    person = await member(work, ANNA)
    work.session.add(
        Reminder(
            person_id=person.id,
            kind=Kind.CHECK_IN,
            routine=routine,
            weekdays=127,
            created_at=work.now,
        )
    )
    await work.session.flush()


async def start(run: Runner, routine: str = "evening") -> Step:
    return step((await run(checkins.start_routine, ANNA, routine)).views[-1])


async def say(run: Runner, check_in_id: int, *said: tuple[str, str]) -> object:
    view: object = None
    for name, code in said:
        view = (await run(checkins.answer, ANNA, check_in_id, name, code)).views[-1]
    return view


def step(view: object) -> Step:
    assert isinstance(view, Step)
    return view


def card(view: object) -> Card:
    assert isinstance(view, Card)
    return view


def names(lines: tuple[cards.Line, ...]) -> list[str]:
    return [line.item.question.id for line in lines]


MORNING = (("ache", "2"), ("dew", "wet"), ("warning_morning", "no"))


async def test_a_morning_asks_its_own_questions_and_its_own_warning_list(run: Runner) -> None:
    first = await start(run, "morning")
    last = card(await say(run, first.check_in_id, *MORNING))

    assert (first.item.question.id, first.total, first.routine) == ("ache", 3, "morning")
    assert last.thanks
    assert [(p.routine, names(p.lines), p.open) for p in last.parts] == [
        ("morning", ["ache", "dew", "warning_morning"], False)
    ]


async def test_the_evening_does_not_ask_what_the_morning_was_told(run: Runner) -> None:
    morning = await start(run, "morning")
    await say(run, morning.check_in_id, *MORNING)

    evening = await start(run)
    last = card(
        await say(run, evening.check_in_id, ("visits", "1"), ("shape", "round"), ("warning", "no"))
    )

    assert (evening.item.question.id, evening.total) == ("visits", 3)
    assert names(last.lines) == ["visits", "shape", "warning"]
    assert [names(part.lines) for part in last.parts] == [["ache", "dew", "warning_morning"]]


async def test_an_old_button_of_the_evening_cannot_tell_a_second_time_what_the_morning_was_told(
    run: Runner,
) -> None:
    evening = await start(run)
    morning = await start(run, "morning")
    await say(run, morning.check_in_id, ("ache", "2"))

    with pytest.raises(Refused):
        await run(checkins.answer, ANNA, evening.check_in_id, "ache", "9")


async def test_what_the_morning_skipped_is_not_asked_again_in_the_evening(run: Runner) -> None:
    morning = await start(run, "morning")
    await run(checkins.skip, ANNA, morning.check_in_id, "ache")

    assert (await start(run)).item.question.id == "visits"


async def test_another_day_asks_everything_again(run: Runner, clock: Clock) -> None:
    morning = await start(run, "morning")
    await say(run, morning.check_in_id, *MORNING)
    clock.advance(days=1)

    assert (await start(run)).item.question.id == "ache"


async def test_only_the_evening_offers_a_calm_day(run: Runner) -> None:
    assert (await start(run)).calm
    assert not (await start(run, "morning")).calm
    assert not (await start(run, "weekly")).calm


async def test_a_week_is_kept_on_the_day_it_was_opened(run: Runner, clock: Clock) -> None:
    week = await start(run, "weekly")
    await say(run, week.check_in_id, ("tide", "low"), ("warning_week", "no"))
    clock.advance(days=1)

    view = card((await run(history.day, ANNA, MONDAY)).views[-1])

    assert week.days == 7
    assert [(p.routine, names(p.lines)) for p in view.parts] == [
        ("weekly", ["tide", "warning_week"])
    ]
    assert view.fillable


async def test_an_answer_is_put_right_in_the_check_in_that_was_told_it(run: Runner) -> None:
    morning = await start(run, "morning")
    await say(run, morning.check_in_id, *MORNING)
    evening = await start(run)

    view = (await run(checkins.fix, ANNA, evening.check_in_id)).views[-1]

    assert isinstance(view, FixList)
    owners = {line.item.question.id: line.check_in_id for line in view.lines}
    assert owners["ache"] == morning.check_in_id
    assert owners["visits"] == evening.check_in_id


async def test_a_habit_is_the_days_whichever_check_in_it_was_told_in(run: Runner) -> None:
    await run(items.choose_habit, ANNA, 0, "walk", True)
    morning = await start(run, "morning")
    await run(habits.answer, ANNA, morning.check_in_id, "walk", "yes")
    evening = await start(run)

    shown = (await run(habits.show, ANNA, evening.check_in_id)).views[-1]
    await run(habits.answer, ANNA, evening.check_in_id, "walk", "partly")
    after = (await run(habits.show, ANNA, morning.check_in_id)).views[-1]

    assert isinstance(shown, HabitSheet)
    assert isinstance(after, HabitSheet)
    assert (shown.states, after.states) == ((("walk", "yes"),), (("walk", "partly"),))


async def test_checkin_opens_the_evening_until_another_routine_is_reminded_of(run: Runner) -> None:
    alone = (await run(checkins.start, ANNA)).views[-1]
    await run(remind, "morning")
    several = (await run(checkins.start, ANNA)).views[-1]

    assert step(alone).routine == "evening"
    assert isinstance(several, Choice)
    assert [(s.routine, s.begun, s.done) for s in several.routines] == [
        ("evening", True, False),
        ("morning", False, False),
    ]


async def test_every_routine_can_be_chosen_and_an_unknown_one_is_refused(run: Runner) -> None:
    view = (await run(routines_action.choose, ANNA)).views[-1]

    assert isinstance(view, Choice)
    assert [state.routine for state in view.routines] == ["evening", "morning", "weekly"]
    with pytest.raises(Refused):
        await run(checkins.start_routine, ANNA, "noon")


async def test_items_of_a_week_are_listed_for_who_does_weeks_and_never_logged(run: Runner) -> None:
    async def listed() -> list[str]:
        view = (await run(items.look, ANNA)).views[-1]
        assert isinstance(view, ItemList)
        return [item.question.id for item in view.items]

    before = await listed()
    await run(remind, "weekly")
    await run(remind, "morning")
    logs = (await run(entries.log_menu, ANNA)).views[-1]

    assert "tide" not in before
    assert {"tide", "dew"} <= set(await listed())
    assert isinstance(logs, entries.LogMenu)
    assert [i.question.id for i in logs.items] == ["ache", "dew", "visits", "shape"]


async def test_the_list_of_days_names_the_other_check_ins(run: Runner) -> None:
    morning = await start(run, "morning")
    await say(run, morning.check_in_id, *MORNING)

    view = (await run(history.look, ANNA)).views[-1]

    assert isinstance(view, Page)
    assert (view.days[0].standing, view.days[0].also) == (Standing.NONE, ("morning",))
    assert [(i.question.id, code) for i, code in view.days[0].brief] == [
        ("ache", "2"),
        ("dew", "wet"),
    ]


async def test_in_the_evening_start_does_not_lead_back_to_a_morning_left_open(
    run: Runner, clock: Clock
) -> None:
    await start(run, "morning")
    soon = (await run(home.current, ANNA, None)).views[-1]
    clock.advance(hours=12)
    late = (await run(home.current, ANNA, None)).views[-1]

    assert step(soon).routine == "morning"
    assert isinstance(late, home.Home)


async def test_a_sign_taken_back_makes_every_warning_list_of_that_day_unknown_again(
    run: Runner,
) -> None:
    morning = await start(run, "morning")
    await say(run, morning.check_in_id, ("ache", "2"), ("dew", "dry"))
    await run(warnings.choose_in_check_in, ANNA, morning.check_in_id, "red")

    await run(warnings.take_back, ANNA, "red", None)

    async def answers(work: Work) -> set[str]:
        person = await member(work, ANNA)
        said = await store.answers(work.session, person, [morning.check_in_id])
        return set(said[morning.check_in_id])

    assert await run(answers) == {"ache", "dew"}


async def test_a_reminders_check_in_of_any_routine_can_be_opened_and_asked_after(
    run: Runner,
) -> None:
    async def opened(work: Work) -> tuple[object, bool]:
        person = await member(work, ANNA)
        today = people.today_of(work, person)
        view = await checkins.open_for(work, person, today, "weekly")
        return view, await checkins.is_done(work, person, today, "weekly")

    view, done = await run(opened)

    assert (step(view).routine, done) == ("weekly", False)


async def test_an_export_brings_each_answer_back_to_its_routine(run: Runner) -> None:
    morning = await start(run, "morning")
    await say(run, morning.check_in_id, *MORNING)
    week = await start(run, "weekly")
    await say(run, week.check_in_id, ("tide", "high"))
    diary, rows = await files(run, ANNA)

    await run(join, BEN)
    await run(imports.ask, BEN)
    found = (await run(imports.look, BEN, json.dumps(diary).encode())).views[-1]
    assert isinstance(found, imports.Found)
    assert found.batch_id is not None
    await run(imports.confirm, BEN, found.batch_id)
    again, _ = await files(run, BEN)

    told = {("morning", "ache"), ("morning", "dew"), ("morning", "warning_morning")}
    assert of_routines(diary) == told | {("weekly", "tide")}
    assert of_routines(again) == of_routines(diary)
    assert {(row["routine"], row["question"]) for row in rows} == of_routines(diary)


async def files(run: Runner, who: int) -> tuple[dict[str, Any], list[dict[str, str]]]:
    view = (await run(export.export, who, "en")).views[-1]
    assert isinstance(view, export.Files)
    table = csv.DictReader(io.StringIO(view.csv.decode("utf-8-sig"), newline=""))
    return json.loads(view.json), list(table)


def of_routines(diary: dict[str, Any]) -> set[tuple[str, str]]:
    return {
        (day["routine"], answer["question"])
        for day in diary["check_ins"]
        for answer in day["answers"]
    }


async def signs(work: Work) -> list[str]:
    person = await member(work, ANNA)
    today = people.today_of(work, person)
    return [s.sign_id for s in await warned.between(work.session, person, today, today)]


@pytest.mark.parametrize("by_list", [True, False])
async def test_nothing_in_the_evening_takes_back_no_sign_that_the_morning_found(
    run: Runner, by_list: bool
) -> None:
    morning = await start(run, "morning")
    await run(warnings.choose_in_check_in, ANNA, morning.check_in_id, "red")
    evening = await start(run)

    if by_list:
        view = (await run(warnings.in_check_in, ANNA, evening.check_in_id)).views[-1]
        assert isinstance(view, warnings.SignList)
        assert view.stays
        await run(warnings.none_in_check_in, ANNA, evening.check_in_id)
    else:
        await run(warnings.choose_in_check_in, ANNA, evening.check_in_id, "amber")
        await say(run, evening.check_in_id, ("warning", "no"))

    assert "red" in await run(signs)


async def test_nothing_more_in_the_week_takes_back_no_sign_of_the_day(run: Runner) -> None:
    evening = await start(run)
    await run(warnings.choose_in_check_in, ANNA, evening.check_in_id, "red")
    week = await start(run, "weekly")

    await run(warnings.none_in_check_in, ANNA, week.check_in_id)

    assert await run(signs) == ["red"]


async def test_what_only_the_evening_found_can_be_taken_back_there(run: Runner) -> None:
    evening = await start(run)
    await run(warnings.choose_in_check_in, ANNA, evening.check_in_id, "red")

    await run(warnings.none_in_check_in, ANNA, evening.check_in_id)

    assert await run(signs) == []
