"""Earlier days: their state, their cards, and what can still be filled in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import pytest_asyncio

from actions import checkins, entries, history, people, warnings
from actions.cards import Card, Step
from actions.history import EmptyDay, Months, Page, Standing, Years
from actions.work import Runner, Work
from bot.taps import HistoryTap
from domain.consent import Purpose
from domain.errors import Refused
from tests.actions.members import decide, join
from tests.bot.fingers import Chat
from tests.conftest import Clock

pytestmark = pytest.mark.asyncio

ANNA = 7


@pytest_asyncio.fixture(autouse=True)
async def evening(run: Runner) -> None:
    await run(join, ANNA)


async def answer(run: Runner, *said: tuple[str, str]) -> None:
    first = (await run(checkins.start, ANNA)).views[-1]
    assert isinstance(first, Step)
    for name, code in said:
        await run(checkins.answer, ANNA, first.check_in_id, name, code)


async def page(run: Runner, *last: object) -> Page:
    view = (await run(history.look, ANNA, *last)).views[-1]  # type: ignore[arg-type]
    assert isinstance(view, Page)
    return view


DONE = (("ache", "3"), ("visits", "0"), ("warning", "no"))


async def test_a_newcomer_sees_the_week_that_can_be_filled_in(run: Runner, clock: Clock) -> None:
    view = await page(run)

    assert [day.day for day in view.days] == [
        clock.now.date() - timedelta(days=back) for back in range(8)
    ]
    assert {day.standing for day in view.days} == {Standing.NONE}
    assert (view.older, view.newer) == (None, None)


async def live_in(work: Work, zone: str) -> None:
    person = await people.joined(work, ANNA)
    person.row.zone = zone


async def test_who_flies_west_over_the_date_line_can_finish_what_was_begun_tomorrow(
    run: Runner, clock: Clock
) -> None:
    await run(live_in, "Pacific/Auckland")
    await answer(run, ("ache", "3"))
    begun = (await page(run)).today

    await run(live_in, "Pacific/Honolulu")
    view = await page(run)

    assert view.today == begun - timedelta(days=1)
    assert [day.day for day in view.days[:2]] == [begun, view.today]
    card = (await run(history.day, ANNA, begun)).views[-1]
    assert isinstance(card, Card)
    assert card.editable
    assert card.check_in_id is not None
    for name, code in DONE[1:]:
        await run(checkins.answer, ANNA, card.check_in_id, name, code)
    assert (await page(run)).days[0].standing is Standing.DONE


async def test_a_note_of_tomorrow_is_there_for_who_flew_west(run: Runner) -> None:
    await run(live_in, "Pacific/Auckland")
    await run(entries.write_note, ANNA, "over the sea")
    told = (await page(run)).today

    await run(live_in, "Pacific/Honolulu")

    assert (await page(run)).days[0].day == told


async def test_each_day_says_how_it_stands_and_its_first_answers(run: Runner, clock: Clock) -> None:
    await answer(run, *DONE)
    clock.advance(days=1)
    await answer(run, ("ache", "7"))
    clock.advance(days=1)
    await run(checkins.start, ANNA)  # opened and left: nothing was told

    days = (await page(run)).days

    assert [day.standing for day in days[:3]] == [Standing.NONE, Standing.BEGUN, Standing.DONE]
    brief = [[code for _, code in day.brief] for day in days[:3]]
    assert brief == [[], ["7"], ["3", "0"]]


async def test_a_day_with_logs_only_shows_the_worst_of_them(run: Runner) -> None:
    for number, code in enumerate(("2", "9", "4"), start=1):
        await run(entries.log, ANNA, 2**40 + number, "ache", code)

    today = (await page(run)).days[0]

    assert (today.standing, today.notes) == (Standing.NONE, 3)
    assert [code for _, code in today.brief] == ["9"]


async def test_fourteen_days_are_a_page_and_older_ones_are_paged(run: Runner, clock: Clock) -> None:
    await answer(run, *DONE)
    first = clock.now.date()
    clock.advance(days=20)

    view = await page(run)
    assert len(view.days) == 14
    assert view.older is not None
    older = await page(run, view.older)

    assert older.days[-1].day == first
    assert older.days[0].day == view.days[-1].day - timedelta(days=1)
    assert (older.older, older.newer) == (None, clock.now.date())


@pytest.mark.parametrize(("back", "editable"), [(7, True), (8, False)])
async def test_a_card_is_read_only_after_seven_days(
    run: Runner, clock: Clock, back: int, editable: bool
) -> None:
    await answer(run, *DONE)
    day = clock.now.date()
    clock.advance(days=back)

    card = (await run(history.day, ANNA, day)).views[-1]

    assert isinstance(card, Card)
    assert card.editable is editable
    assert [line.answer.code for line in card.lines if line.answer] == ["3", "0", "no"]


@pytest.mark.parametrize(("back", "fillable"), [(0, True), (1, True), (7, True), (8, False)])
async def test_a_day_without_anything_says_whether_it_can_be_filled_in(
    run: Runner, clock: Clock, back: int, fillable: bool
) -> None:
    day = clock.now.date() - timedelta(days=back)

    view = (await run(history.day, ANNA, day)).views[-1]

    assert view == EmptyDay(day, today=back == 0, fillable=fillable)


async def test_a_day_with_only_a_warning_sign_has_a_card(run: Runner, clock: Clock) -> None:
    await run(warnings.choose, ANNA, "red", None)

    card = (await run(history.day, ANNA, clock.now.date())).views[-1]

    assert isinstance(card, Card)
    assert card.signs == ("red",)


async def test_what_is_there_can_be_read_after_the_consent_was_taken_back(
    run: Runner, clock: Clock
) -> None:
    await answer(run, *DONE)
    await run(decide, ANNA, Purpose.KEEP, given=False)

    assert isinstance((await run(history.day, ANNA, clock.now.date())).views[-1], Card)
    assert (await page(run)).days[0].standing is Standing.DONE


@pytest.mark.parametrize("last", [date.min, date.max])
async def test_a_page_that_nobody_was_offered_is_the_nearest_there_is(
    run: Runner, clock: Clock, last: date
) -> None:
    days = (await page(run, last)).days

    assert days[0].day in {clock.now.date(), clock.now.date() - timedelta(days=7)}


async def test_who_took_the_consent_back_reads_and_is_offered_no_change(
    run: Runner, clock: Clock
) -> None:
    await answer(run, *DONE)
    await run(decide, ANNA, Purpose.KEEP, given=False)

    card = (await run(history.day, ANNA, clock.now.date())).views[-1]
    empty = (await run(history.day, ANNA, clock.now.date() - timedelta(days=1))).views[-1]

    assert isinstance(card, Card)
    assert not card.editable
    assert isinstance(empty, EmptyDay)
    assert not empty.fillable
    assert not (await page(run)).fillable


async def test_any_day_of_ten_years_is_a_few_taps_away(run: Runner, clock: Clock) -> None:
    first = clock.now.date()
    clock.advance(days=3650)
    chat = Chat(run, ANNA)
    await chat.command(HistoryTap())

    for label in ("Another month", "2025", "Mar"):
        await chat.press(label)

    assert chat.taps == 3
    await chat.press(run.library.language("en").dated(first + timedelta(days=20)))
    assert str(first.year) in chat.last.blocks[0].text


async def test_months_are_those_with_days_of_theirs(run: Runner, clock: Clock) -> None:
    shown = (await run(history.years, ANNA)).views[-1]
    assert isinstance(shown, Months)
    clock.advance(days=365)
    years = (await run(history.years, ANNA)).views[-1]
    early = (await run(history.months, ANNA, 2025)).views[-1]

    assert years == Years((2025, 2026))
    assert isinstance(early, Months)
    assert (early.lasts[0], early.lasts[-1]) == (date(2025, 3, 31), date(2025, 12, 31))
    with pytest.raises(Refused, match="stale"):
        await run(history.months, ANNA, 2024)
