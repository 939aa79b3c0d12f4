"""What is asked is each person's choice; nothing that was answered is lost by it."""

from __future__ import annotations

import pytest
import pytest_asyncio
from sqlalchemy import select

from actions import checkins, items, typed
from actions.cards import Card, Step
from actions.items import HabitList, ItemList
from actions.work import Runner, Work
from domain.checkin import MOST_OWN_LABEL
from domain.errors import Refused
from storage.tables import Base
from tests.actions.members import join, member

pytestmark = pytest.mark.asyncio

ANNA = 7


@pytest_asyncio.fixture(autouse=True)
async def evening(run: Runner) -> None:
    await run(join, ANNA)


async def add(run: Runner, label: str) -> ItemList:
    await run(items.ask_label, ANNA)
    here = await run(typed.take, ANNA, label, None)
    view = here.views[-1]
    assert isinstance(view, ItemList)
    return view


async def asked(work: Work) -> list[str]:
    person = await member(work, ANNA)
    return [question.id for question in await checkins.questions_of(work, person)]


async def test_what_is_on_by_default_is_asked_in_the_librarys_order(run: Runner) -> None:
    assert await run(asked) == ["ache", "visits", "shape", "warning"]


async def test_items_are_switched_on_and_off(run: Runner) -> None:
    await run(items.switch, ANNA, "glow", True)
    await run(items.switch, ANNA, "visits", False)
    await run(items.switch, ANNA, "visits", False)

    assert await run(asked) == ["ache", "shape", "glow", "warning"]


async def test_the_warning_list_stays(run: Runner) -> None:
    with pytest.raises(Refused, match="warning_stays"):
        await run(items.switch, ANNA, "warning", False)


async def test_own_items_are_asked_after_ours_and_before_the_warning_list(run: Runner) -> None:
    await add(run, "Headache")
    await add(run, "  Left\n knee ")

    assert await run(asked) == ["ache", "visits", "shape", "own1", "own2", "warning"]
    view = (await run(items.look, ANNA)).views[-1]
    assert isinstance(view, ItemList)
    assert [item.label for item in view.items if item.label] == ["Headache", "Left knee"]
    assert view.own_left == 3


async def test_there_are_five_own_items_at_most(run: Runner) -> None:
    for number in range(5):
        await add(run, f"Item {number}")

    with pytest.raises(Refused, match="own_items_full"):
        await run(items.ask_label, ANNA)
    await run(items.remove, ANNA, 1)
    await add(run, "Another")
    with pytest.raises(Refused, match="own_items_full"):
        await run(items.restore, ANNA, 1)


@pytest.mark.parametrize(
    ("label", "key"),
    [
        (" \n ", "label_empty"),
        ("x" * (MOST_OWN_LABEL + 1), "label_too_long"),
        ("Headache", "label_taken"),
    ],
)
async def test_a_name_that_does_not_fit_is_refused_and_still_expected(
    run: Runner, label: str, key: str
) -> None:
    await add(run, "Headache")
    await run(items.ask_label, ANNA)

    with pytest.raises(Refused, match=key):
        await run(typed.take, ANNA, label, None)
    here = await run(typed.take, ANNA, "x" * MOST_OWN_LABEL, None)
    assert isinstance(here.views[-1], ItemList)


async def test_a_removed_own_item_keeps_its_answers_and_its_number_is_not_used_again(
    run: Runner,
) -> None:
    await add(run, "Headache")
    first = (await run(checkins.start, ANNA)).views[-1]
    assert isinstance(first, Step)
    await run(checkins.answer, ANNA, first.check_in_id, "own1", "4")

    await run(items.remove, ANNA, 1)
    await add(run, "Knee")

    assert await run(asked) == ["ache", "visits", "shape", "own2", "warning"]
    for name in ("ache", "visits", "shape", "own2", "warning"):
        view = (await run(checkins.skip, ANNA, first.check_in_id, name)).views[-1]
    assert isinstance(view, Card)
    told = {str(line.item.label): line.answer for line in view.lines if line.item.label}
    assert told["Headache"] is not None
    assert told["Headache"].code == "4"


async def test_a_removal_can_be_taken_back(run: Runner) -> None:
    await add(run, "Headache")
    await run(items.remove, ANNA, 1)

    await run(items.restore, ANNA, 1)
    await run(items.restore, ANNA, 1)

    assert "own1" in await run(asked)


async def test_up_to_three_habits_are_chosen(run: Runner) -> None:
    for habit in ("walk", "rest"):
        view = (await run(items.choose_habit, ANNA, 0, habit, True)).views[-1]
    assert isinstance(view, HabitList)
    assert view.habits == (("walk", True), ("rest", True))

    view = (await run(items.choose_habit, ANNA, 0, "walk", False)).views[-1]
    assert isinstance(view, HabitList)
    assert view.habits == (("walk", False), ("rest", True))


async def test_which_habits_and_items_are_chosen_lies_nowhere_in_clear(run: Runner) -> None:
    await run(items.choose_habit, ANNA, 0, "walk", True)
    await run(items.switch, ANNA, "glow", True)

    async def in_clear(work: Work) -> set[str]:
        return {
            str(value)
            for table in Base.metadata.sorted_tables
            for row in await work.session.execute(select(table))
            for value in row
            if not isinstance(value, bytes)
        }

    assert not [value for value in await run(in_clear) if "walk" in value or "glow" in value]


async def test_buttons_of_what_is_not_there_are_out_of_date(run: Runner) -> None:
    with pytest.raises(Refused, match="stale"):
        await run(items.switch, ANNA, "nonsense", True)
    with pytest.raises(Refused, match="stale"):
        await run(items.choose_habit, ANNA, 0, "nonsense", True)
    with pytest.raises(Refused, match="stale"):
        await run(items.remove, ANNA, 3)


async def test_an_own_item_is_called_something_else_and_keeps_its_answers(run: Runner) -> None:
    await add(run, "Headache")
    first = (await run(checkins.start, ANNA)).views[-1]
    assert isinstance(first, Step)
    await run(checkins.answer, ANNA, first.check_in_id, "own1", "4")

    asking = (await run(items.ask_name, ANNA, 1)).views[-1]
    await run(typed.take, ANNA, "Migraine", None)

    assert isinstance(asking, items.AskLabel)
    assert asking.now == "Headache"
    view = (await run(checkins.fix, ANNA, first.check_in_id)).views[-1]
    assert isinstance(view, checkins.FixList)
    told = {line.item.label: line.answer.code for line in view.lines if line.answer}
    assert told == {"Migraine": "4"}


async def test_a_new_name_is_refused_where_another_item_has_it_and_not_where_it_is_the_same(
    run: Runner,
) -> None:
    await add(run, "Headache")
    await add(run, "Knee")
    await run(items.ask_name, ANNA, 1)

    with pytest.raises(Refused, match="label_taken"):
        await run(typed.take, ANNA, "Knee", None)
    same = (await run(typed.take, ANNA, "Headache", None)).views[-1]

    assert isinstance(same, ItemList)


async def test_an_item_that_was_taken_away_gets_no_new_name(run: Runner) -> None:
    await add(run, "Headache")
    await run(items.remove, ANNA, 1)

    with pytest.raises(Refused, match="stale"):
        await run(items.ask_name, ANNA, 1)
