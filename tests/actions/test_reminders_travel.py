"""Reminders in a file: all of them come out with their words, and come back once."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
import pytest_asyncio

from actions import (
    imports,
    reminder_change,
    reminder_list,
    reminder_making,
    reminder_sheet,
    reminder_times,
)
from actions.imports import Found
from actions.reminder_list import WishList
from actions.reminder_sheet import Draft
from actions.reminders import Standing, Told
from actions.work import Runner, Work
from domain.recurrence import (
    EVERY_DAY,
    AtMoment,
    EveryDays,
    MonthDay,
    OnDay,
    Pattern,
    SinceLast,
    Weekdays,
)
from domain.reminders import Kind
from domain.wishes import MOST
from tests.actions.diaries import ANNA, BEN, join
from tests.actions.evenings import at, planned
from tests.actions.members import member
from tests.actions.test_imports import bring_in, exported, look
from tests.actions.wishes import wish
from tests.conftest import Clock

pytestmark = pytest.mark.asyncio

NINE, EVENING = time(9), time(20, 30)
DAILY = Weekdays(EVERY_DAY)
TODAY = at("08:00").date()
PATTERNS: tuple[Pattern, ...] = (
    DAILY,
    Weekdays(frozenset({0, 4})),
    EveryDays(3, TODAY),
    MonthDay(31),
    OnDay(TODAY + timedelta(days=3)),
    SinceLast(4),
    AtMoment(at("09:40")),
)


@pytest_asyncio.fixture(autouse=True)
async def people_with_diaries(run: Runner, clock: Clock) -> None:
    """It is Monday, 3 March 2025, 08:00 in Berlin."""
    clock.now = at("08:00")
    for who in (ANNA, BEN):
        await run(join, who)


async def told(run: Runner, who: int) -> list[Told]:
    view = (await run(reminder_list.show, who)).views[-1]
    assert isinstance(view, WishList)
    return list(view.wishes)


def what(one: Told) -> tuple[Any, ...]:
    return (
        one.kind, one.days, one.times, one.text, one.habit, one.routine, one.medicine,
        one.silent, one.nudges, one.standing,
    )  # fmt: skip


@pytest.mark.parametrize("days", PATTERNS, ids=lambda days: type(days).__name__)
async def test_own_words_come_back_on_their_days(run: Runner, days: Pattern) -> None:
    words = {"text": "my tablets – “half”", "medicine": True}
    times = (time(9, 40),) if isinstance(days, AtMoment) else (NINE, EVENING)
    await run(wish, ANNA, Kind.OWN, times, days, words=words, nudges=2, silent=True)
    before = await run(planned)

    added = await bring_in(run, await exported(run))

    assert added.reminders == 1
    assert list(map(what, await told(run, BEN))) == list(map(what, await told(run, ANNA)))
    assert await run(planned) == sorted([*before, *before])


async def test_every_kind_comes_back_but_tips_and_what_was_never_saved(run: Runner) -> None:
    await run(wish, ANNA, Kind.HABIT, words={"habit": "walk"})
    await run(wish, ANNA, Kind.CHECK_IN, routine="evening")
    await run(wish, ANNA, Kind.SUMMARY, days=Weekdays(frozenset({6})))
    await run(wish, ANNA, Kind.TIP)
    unsaved = (await run(reminder_making.say, ANNA, "every day at 7 nothing yet")).views[-1]
    assert isinstance(unsaved, Draft)
    file = await exported(run)
    assert {row["kind"] for row in file["reminders"]} == {
        "habit", "check_in", "summary", "tip", "own",
    }  # fmt: skip

    assert (await bring_in(run, file)).reminders == 3
    assert {one.kind for one in await told(run, BEN)} == {
        Kind.HABIT, Kind.CHECK_IN, Kind.SUMMARY,
    }  # fmt: skip


async def test_the_same_file_twice_and_ones_own_add_nothing(run: Runner) -> None:
    await run(wish, ANNA, words={"text": "stretch"})
    await run(wish, ANNA, Kind.HABIT, words={"habit": "walk"})
    file = await exported(run)

    assert (await look(run, file, ANNA)).batch_id is None
    await bring_in(run, file)
    assert (await look(run, file)).batch_id is None


async def test_taken_back_they_are_gone_but_for_what_was_changed_since(run: Runner) -> None:
    await run(wish, ANNA, words={"text": "stretch"})
    await run(wish, ANNA, words={"text": "walk"})
    added = await bring_in(run, await exported(run))
    changed = next(one for one in await told(run, BEN) if one.text == "walk")
    await run(reminder_times.set_time, BEN, changed.id, NINE, True)

    await run(imports.take_back, BEN, added.batch_id)

    assert [one.text for one in await told(run, BEN)] == ["walk"]


async def test_a_change_that_was_taken_back_goes_with_its_import(run: Runner) -> None:
    await run(wish, ANNA, words={"text": "walk"})
    added = await bring_in(run, await exported(run))
    (brought,) = await told(run, BEN)
    await run(reminder_times.set_time, BEN, brought.id, NINE, True)
    await run(reminder_change.undo, BEN, brought.id)

    await run(imports.take_back, BEN, added.batch_id)

    assert await told(run, BEN) == []


async def test_what_was_switched_off_comes_back_switched_off(run: Runner) -> None:
    id_ = await run(wish, ANNA)
    await run(reminder_change.switch, ANNA, id_, False)
    await bring_in(run, await exported(run))

    (one,) = await told(run, BEN)
    assert one.standing is Standing.OFF
    assert await run(planned) == []


async def test_what_was_taken_away_is_in_no_file(run: Runner) -> None:
    id_ = await run(wish, ANNA, words={"text": "a secret wish"})
    await run(reminder_change.take_away, ANNA, id_)

    assert "a secret wish" not in str(await exported(run))


async def test_the_words_before_the_last_change_are_in_the_file(run: Runner) -> None:
    id_ = await run(wish, ANNA, words={"text": "the old words"})
    await run(reminder_change.ask_words, ANNA, id_)
    await run(take, "the new words", id_)

    (row,) = (await exported(run))["reminders"]
    assert (row["text"], row["before"]["words"]["text"]) == ("the new words", "the old words")


async def take(work: Work, text: str, id_: int) -> None:
    await reminder_change.take_words(work, await member(work, ANNA), str(id_), text)


async def test_an_older_file_has_only_weekdays_and_times(run: Runner) -> None:
    old = {
        "kind": "check_in", "routine": "evening", "silent": False, "active": True,
        "created_at": "2024-01-01T00:00:00+00:00", "weekdays": [0, 1], "times": ["20:30:00"],
    }  # fmt: skip
    off = {**old, "weekdays": [], "active": False}
    tips = {**old, "kind": "tip", "routine": None}
    file = {"format": "commensal-diary", "version": 1, "reminders": [old, off, tips]}

    assert (await bring_in(run, file)).reminders == 1
    (one,) = await told(run, BEN)
    assert (one.days, one.times) == (Weekdays(frozenset({0, 1})), (EVENING,))


async def test_what_is_unknown_over_or_too_much_stays_out_and_is_said(run: Runner) -> None:
    base = {"kind": "own", "text": "x", "weekdays": [0], "times": ["20:30"]}
    rows = [
        {**base, "kind": "habit", "habit": "juggling"},
        {**base, "kind": "check_in", "routine": "noon"},
        {**base, "pattern": "on_day", "anchor": "2025-03-01"},
        *({**base, "text": f"wish {n}"} for n in range(MOST + 1)),
    ]
    file = {"format": "commensal-diary", "version": 1, "reminders": rows}

    found = await look(run, file)

    assert isinstance(found, Found)
    assert (found.reminders, found.left_out) == (MOST, 2)
    assert found.unknown == ("habit:juggling", "noon")


async def test_a_reminder_that_came_in_can_be_changed_like_any_other(run: Runner) -> None:
    await run(wish, ANNA, times=(NINE,))
    await bring_in(run, await exported(run))
    (one,) = await told(run, BEN)

    await run(reminder_times.set_weekdays, BEN, one.id, "work")
    await run(reminder_sheet.show, BEN, one.id)
    assert (await told(run, BEN))[0].days == Weekdays(frozenset(range(5)))
