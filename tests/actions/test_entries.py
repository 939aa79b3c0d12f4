"""Notes and logs stand beside the check-in, with their time, and never over it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import pytest_asyncio
from sqlalchemy import func, select, update

from actions import awaiting, checkins, entries, retention, typed
from actions.cards import Card, Step
from actions.entries import DayList, Logged, LogMenu, LogStep, One, Removed, TooLong
from actions.home import Stray
from actions.work import Runner, Work
from domain.entries import MOST_NOTE
from domain.errors import Refused
from storage.tables import Entry
from tests.actions.members import join, member
from tests.conftest import Clock

pytestmark = pytest.mark.asyncio

ANNA, BEN = 7, 8


@pytest_asyncio.fixture(autouse=True)
async def evening(run: Runner) -> None:
    await run(join, ANNA)
    await run(join, BEN)


async def note(run: Runner, text: str) -> Card:
    await run(entries.ask_note, ANNA)
    here = await run(typed.take, ANNA, text, None)
    view = here.views[-1]
    assert isinstance(view, Card)
    return view


async def log(run: Runner, code: str, item: str = "ache") -> Logged:
    step = (await run(entries.log_item, ANNA, item)).views[-1]
    assert isinstance(step, LogStep)
    view = (await run(entries.log, ANNA, step.entry_id, item, code)).views[-1]
    assert isinstance(view, Logged)
    return view


async def rows(work: Work) -> int:
    return await work.session.scalar(select(func.count()).select_from(Entry)) or 0


async def test_several_notes_a_day_stand_on_the_card_in_their_order(
    run: Runner, clock: Clock
) -> None:
    await note(run, "first")
    clock.advance(minutes=5)

    card = await note(run, "  second\nwith a line  ")

    assert [n.text for n in card.notes] == ["first", "second\nwith a line"]


async def test_a_note_is_sealed(run: Runner) -> None:
    await note(run, "a word that is nowhere else")

    async def raw(work: Work) -> bytes:
        return await work.session.scalar(select(Entry.sealed)) or b""

    assert b"nowhere else" not in await run(raw)


async def test_an_empty_note_is_refused_and_still_expected(run: Runner) -> None:
    await run(entries.ask_note, ANNA)
    with pytest.raises(Refused, match="note_empty"):
        await run(typed.take, ANNA, "  \n ", None)

    await run(typed.take, ANNA, "x" * MOST_NOTE, None)
    assert await run(rows) == 1


async def test_a_note_that_is_too_long_ends_the_prompt_so_that_its_tail_is_no_note(
    run: Runner, clock: Clock
) -> None:
    await run(entries.ask_note, ANNA)

    here = await run(typed.take, ANNA, "x" * 4096, None)
    tail = await run(typed.take, ANNA, "the tail of it", None)

    assert here.views == (TooLong(clock.now.date(), MOST_NOTE),)
    assert tail.views == (Stray(),)
    assert await run(rows) == 0


async def test_the_words_after_the_command_are_a_note_of_today(run: Runner) -> None:
    view = (await run(entries.write_note, ANNA, "I had a bad day")).views[-1]

    assert isinstance(view, Card)
    assert [n.text for n in view.notes] == ["I had a bad day"]
    here = await run(entries.write_note, ANNA, "x" * (MOST_NOTE + 1))
    assert isinstance(here.views[-1], TooLong)


async def test_what_is_typed_hours_after_a_note_was_asked_for_is_stray(
    run: Runner, clock: Clock
) -> None:
    await run(entries.ask_note, ANNA)
    clock.advance(hours=2, minutes=1)

    for _ in range(2):
        assert (await run(typed.take, ANNA, "hello?", None)).views == (Stray(),)
    assert await run(rows) == 0


async def test_a_note_of_a_day_that_has_closed_meanwhile_is_refused(
    run: Runner, clock: Clock
) -> None:
    clock.now = clock.now.replace(hour=1, minute=30)  # 02:30 in Berlin, half an hour before a day
    await run(entries.ask_note, ANNA, clock.now.date() - timedelta(days=8))
    clock.advance(hours=1)

    with pytest.raises(Refused, match="day_closed"):
        await run(typed.take, ANNA, "too late", None)


async def test_a_note_for_another_day_says_when_it_was_written(run: Runner, clock: Clock) -> None:
    today = clock.now.date()
    await run(entries.ask_note, ANNA, today - timedelta(days=1))
    view = (await run(typed.take, ANNA, "afterwards", None)).views[-1]

    assert isinstance(view, Card)
    assert [n.written for n in view.notes] == [today]
    assert [n.written for n in (await note(run, "now")).notes] == [None]


async def test_any_command_ends_what_was_asked_for(run: Runner) -> None:
    await run(entries.ask_note, ANNA)

    await run(awaiting.forget, ANNA)

    assert (await run(typed.take, ANNA, "hello", None)).views == (Stray(),)


async def test_what_is_typed_without_having_been_asked_for_is_not_a_note(run: Runner) -> None:
    await run(checkins.start, ANNA)

    here = await run(typed.take, ANNA, "hello", None)

    assert here.views == (Stray(),)
    assert await run(rows) == 0


async def test_a_note_can_be_of_a_day_up_to_seven_days_back(run: Runner, clock: Clock) -> None:
    day = clock.now.date() - timedelta(days=7)
    await run(entries.ask_note, ANNA, day)
    here = await run(typed.take, ANNA, "late, but there", None)

    view = here.views[-1]
    assert isinstance(view, Card)
    assert view.day == day
    with pytest.raises(Refused, match="day_closed"):
        await run(entries.ask_note, ANNA, day - timedelta(days=1))


async def test_a_removed_note_can_be_had_back_for_a_day(run: Runner, clock: Clock) -> None:
    first = await note(run, "first")
    entry_id = first.notes[0].id

    away = (await run(entries.remove, ANNA, entry_id)).views[-1]
    await run(entries.remove, ANNA, entry_id)
    gone = (await run(entries.of_day, ANNA, first.day)).views[-1]
    back = (await run(entries.restore, ANNA, entry_id)).views[-1]

    assert isinstance(away, Removed)
    assert gone == DayList(first.day, ())
    assert isinstance(back, Card)
    assert [n.text for n in back.notes] == ["first"]


async def test_after_that_day_it_is_erased(run: Runner, clock: Clock) -> None:
    entry_id = (await note(run, "first")).notes[0].id
    other = (await note(run, "second")).notes[-1].id
    await run(entries.remove, ANNA, entry_id)
    clock.advance(days=1, seconds=1)

    await run(entries.remove, ANNA, other)

    with pytest.raises(Refused, match="entry_gone"):
        await run(entries.restore, ANNA, entry_id)
    assert await run(rows) == 1


async def test_after_that_day_it_cannot_be_had_back_even_before_it_is_erased(
    run: Runner, clock: Clock
) -> None:
    entry_id = (await note(run, "first")).notes[0].id
    await run(entries.remove, ANNA, entry_id)
    clock.advance(days=3)

    with pytest.raises(Refused, match="entry_gone"):
        await run(entries.restore, ANNA, entry_id)


async def test_nobody_sees_or_removes_the_note_of_another(run: Runner) -> None:
    entry_id = (await note(run, "first")).notes[0].id

    for act in (entries.one, entries.remove, entries.restore):
        with pytest.raises(Refused, match="entry_gone"):
            await run(act, BEN, entry_id)


async def test_a_log_is_an_entry_of_its_own_and_never_overwrites_the_answer(
    run: Runner, clock: Clock
) -> None:
    first = (await run(checkins.start, ANNA)).views[-1]
    assert isinstance(first, Step)
    await run(checkins.answer, ANNA, first.check_in_id, "ache", "3")
    await log(run, "6")
    clock.advance(minutes=30)
    await log(run, "8")

    for name, code in (("visits", "0"), ("warning", "no")):
        view = (await run(checkins.answer, ANNA, first.check_in_id, name, code)).views[-1]

    assert isinstance(view, Card)
    ache = view.lines[0]
    assert ache.answer is not None
    assert ache.answer.code == "3"
    assert [logged.code for logged in ache.logs] == ["6", "8"]


async def test_a_second_tap_on_a_log_adds_nothing(run: Runner) -> None:
    step = (await run(entries.log_item, ANNA, "ache")).views[-1]
    assert isinstance(step, LogStep)

    once = await run(entries.log, ANNA, step.entry_id, "ache", "6")
    twice = await run(entries.log, ANNA, step.entry_id, "ache", "7")

    assert once.views == twice.views
    assert await run(rows) == 1


async def test_a_log_takes_only_items_that_are_on_and_their_options(run: Runner) -> None:
    menu = (await run(entries.log_menu, ANNA)).views[-1]
    assert isinstance(menu, LogMenu)
    assert [item.question.id for item in menu.items] == ["ache", "visits", "shape"]

    for item, code in (("glow", "dim"), ("warning", "no"), ("ache", "11")):
        with pytest.raises(Refused, match="stale"):
            await run(entries.log, ANNA, 12345, item, code)
    with pytest.raises(Refused, match="stale"):
        await run(entries.log, ANNA, 0, "ache", "1")


async def test_nobody_takes_the_id_of_anothers_entry(run: Runner) -> None:
    mine = await log(run, "6")

    with pytest.raises(Refused, match="stale"):
        await run(entries.log, BEN, mine.entry_id, "ache", "1")


async def test_one_note_is_shown_whole(run: Runner) -> None:
    entry_id = (await note(run, "y" * MOST_NOTE)).notes[0].id

    view = (await run(entries.one, ANNA, entry_id)).views[-1]

    assert isinstance(view, One)
    assert view.value == "y" * MOST_NOTE


@pytest.mark.parametrize(("hours", "left"), [(23, 1), (25, 0)])
async def test_the_daily_round_erases_what_cannot_be_had_back(
    run: Runner, clock: Clock, hours: int, left: int
) -> None:
    entry_id = (await note(run, "first")).notes[0].id
    await run(entries.remove, ANNA, entry_id)
    clock.advance(hours=hours)

    await run(retention.tidy)

    assert await run(rows) == left


async def move(work: Work, zone: str) -> None:
    (await member(work, ANNA)).row.zone = zone


async def test_what_was_told_abroad_keeps_the_time_of_the_clocks_there(
    run: Runner, clock: Clock
) -> None:
    await run(move, "Asia/Tokyo")
    clock.now = datetime(2025, 3, 4, 0, 15, tzinfo=UTC)
    await note(run, "ramen")
    told = await log(run, "3")
    await run(move, "Europe/Berlin")
    card = (await run(entries.restore, ANNA, told.entry_id)).views[-1]
    one = (await run(entries.one, ANNA, told.entry_id)).views[-1]

    assert isinstance(card, Card)
    assert [n.zone.key for n in card.notes] == ["Asia/Tokyo"]
    assert [log.zone.key for line in card.lines for log in line.logs] == ["Asia/Tokyo"]
    assert isinstance(one, One)
    assert one.elsewhere
    assert one.at.astimezone(one.zone).hour == 9


async def test_an_entry_of_before_zones_were_kept_goes_by_the_persons(run: Runner) -> None:
    async def forget_zone(work: Work) -> None:
        await work.session.execute(update(Entry).values(zone=None))

    await note(run, "old")
    await run(forget_zone)
    await run(move, "Asia/Tokyo")
    listed = (await run(entries.of_day, ANNA, date(2025, 3, 3))).views[-1]

    assert isinstance(listed, DayList)
    assert [(e.zone.key, e.elsewhere) for e in listed.entries] == [("Asia/Tokyo", False)]


async def test_a_day_with_many_entries_is_listed_in_pages_and_none_is_left_out(
    run: Runner,
    clock: Clock,
) -> None:
    for number in range(entries.PAGE + 5):
        await run(entries.write_note, ANNA, f"note {number}")
        clock.advance(seconds=1)
    day = date(2025, 3, 3)

    newest = (await run(entries.of_day, ANNA, day)).views[-1]
    assert isinstance(newest, DayList)
    assert newest.older is not None
    oldest = (await run(entries.of_day, ANNA, day, newest.older)).views[-1]
    beyond = (await run(entries.of_day, ANNA, day, 99)).views[-1]

    assert isinstance(oldest, DayList)
    said = [str(one.value) for one in (*oldest.entries, *newest.entries)]
    assert said == [f"note {number}" for number in range(entries.PAGE + 5)]
    assert (newest.newer, oldest.older, oldest.newer) == (None, None, 0)
    assert beyond == oldest
