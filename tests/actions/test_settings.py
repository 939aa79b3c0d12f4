"""Settings hold at once, and consents are taken back as easily as they were given."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from sqlalchemy import select

from actions import (
    awaiting,
    consents,
    home,
    people,
    planning,
    reminder_change,
    reminder_list,
    settings,
    travel,
    typed,
    zones,
)
from actions.consents import Consents, Consider, Withdraw
from actions.reminder_list import WishList
from actions.reminder_sheet import Sheet
from actions.settings import DayStarts, Settings, Tips
from actions.steps import AskPlace
from actions.travel import Arrived
from actions.work import Here, Runner, Work
from actions.zones import Understood
from bot.screen import Button, plain
from bot.screens import render
from domain.consent import CURRENT, Purpose
from domain.errors import Refused
from domain.recurrence import Weekdays
from domain.reminders import Kind
from domain.snippets import PACE_WEEKDAYS, Pace
from storage.tables import Consent
from tests.actions.evenings import choose
from tests.actions.members import decide, join, member
from tests.conftest import Clock

pytestmark = pytest.mark.asyncio

ANNA, BEA = 7, 8
KEEP, TIPS = Purpose.KEEP, Purpose.TIPS


@pytest_asyncio.fixture(autouse=True)
async def anna(run: Runner) -> None:
    """Anna is asked at 20:30 in Berlin; it is Monday, 20:00 there. Bea has her own life."""
    await run(join, ANNA, time(20, 30))
    await run(join, BEA, time(21, 0), zone="Asia/Tokyo", pace=Pace.DAILY)


async def now(run: Runner, who: int = ANNA) -> Settings:
    view = (await run(settings.overview, who)).views[-1]
    assert isinstance(view, Settings)
    return view


async def next_message(work: Work, who: int) -> datetime | None:
    return await planning.next_message(work, await member(work, who))


def last(here: Here) -> object:
    return here.views[-1]


def labels(here: Here) -> list[str]:
    screen = render(last(here), here.language)
    return [button.label for row in screen.rows for button in row if isinstance(button, Button)]


async def test_settings_are_for_members(run: Runner) -> None:
    with pytest.raises(Refused, match="join_first"):
        await run(settings.overview, 99)


async def test_the_overview_says_what_is_set(run: Runner) -> None:
    here = await run(settings.overview, ANNA)

    text = plain(render(last(here), here.language))
    for line in ("Berlin time", "ends at 03:00", "reminder: 20:30", "Tips: none", "discreet"):
        assert line in text


async def test_the_check_in_reminder_leads_to_its_sheet_or_to_the_list(run: Runner) -> None:
    sheet = last(await run(reminder_list.of_evening, ANNA))
    assert isinstance(sheet, Sheet)
    await run(reminder_change.take_away, ANNA, sheet.told.id)

    assert isinstance(last(await run(reminder_list.of_evening, ANNA)), WishList)


async def test_a_new_zone_keeps_the_time_of_day_and_moves_the_moment(run: Runner) -> None:
    assert last(await run(zones.ask, ANNA)) == AskPlace(ZoneInfo("Europe/Berlin"))
    assert (await now(run)).zone.key == "Europe/Berlin"  # asking alone changes nothing
    await run(zones.ask, ANNA)

    here = await run(typed.take, ANNA, "Reykjavik", "en")

    assert isinstance(here.views[0], Understood)
    assert isinstance(last(here), Arrived)
    assert "Reykjavik time: it is 19:00 there now." in plain(render(last(here), here.language))
    await run(travel.move, ANNA, "Atlantic/Reykjavik")
    assert await run(next_message, ANNA) == datetime(2025, 3, 3, 20, 30, tzinfo=UTC)


async def test_a_location_that_was_asked_for_sets_the_zone_and_is_not_stored(run: Runner) -> None:
    await run(zones.ask, ANNA)

    await run(zones.take_location, ANNA, 35.68, 139.69, "en")
    await run(travel.move, ANNA, "Asia/Tokyo")

    assert (await now(run)).zone.key == "Asia/Tokyo"

    async def whole_profile(work: Work) -> set[str]:
        return set((await member(work, ANNA)).profile)

    assert await run(whole_profile) == {"telegram_id", "age"}


async def test_the_end_of_the_day_decides_which_day_it_is(run: Runner, clock: Clock) -> None:
    async def today(work: Work) -> int:
        return people.today_of(work, await member(work, ANNA)).day

    clock.now = datetime(2025, 3, 4, 3, 30, tzinfo=UTC)  # 04:30 in Berlin
    before = await run(today)

    here = await run(settings.set_day_starts, ANNA, time(5))

    assert last(here) == DayStarts(time(5))
    assert "05:00 (chosen)" in labels(here)
    assert (before, await run(today)) == (4, 3)


async def test_a_day_cannot_end_in_the_evening(run: Runner) -> None:
    with pytest.raises(Refused, match="stale"):
        await run(settings.set_day_starts, ANNA, time(20))


async def test_tips_come_at_the_pace_and_the_time_that_are_chosen(run: Runner) -> None:
    await run(choose, ANNA, None)

    await run(settings.set_tip_pace, ANNA, Pace.DAILY)
    assert last(await run(settings.set_tip_time, ANNA, time(12))) == Tips(Pace.DAILY, time(12))
    assert await run(next_message, ANNA) == datetime(2025, 3, 4, 11, 0, tzinfo=UTC)

    await run(settings.set_tip_pace, ANNA, Pace.OFF)
    assert await run(next_message, ANNA) is None


async def test_the_last_change_of_tips_can_be_taken_back_and_no_earlier_one(run: Runner) -> None:
    await run(settings.set_tip_pace, ANNA, Pace.WEEKLY)
    listed = last(await run(reminder_list.show, ANNA))
    assert isinstance(listed, WishList)
    (tips,) = [one for one in listed.wishes if one.kind is Kind.TIP]
    await run(reminder_change.set_silent, ANNA, tips.id, True)
    await run(settings.set_tip_pace, ANNA, Pace.DAILY)
    await run(settings.set_tip_pace, ANNA, Pace.DAILY)  # a second tap changes nothing

    sheet = last(await run(reminder_change.undo, ANNA, tips.id))

    assert isinstance(sheet, Sheet)
    assert (sheet.told.days, sheet.told.silent) == (Weekdays(PACE_WEEKDAYS[Pace.WEEKLY]), True)
    assert (await now(run, ANNA)).tip_pace is Pace.WEEKLY


async def test_wording_can_be_made_plain_and_discreet_again(run: Runner) -> None:
    for discreet in (False, True):
        await run(settings.set_discreet, ANNA, discreet)
        assert (await now(run)).discreet is discreet


async def test_a_language_is_chosen_where_there_are_several(run: Runner) -> None:
    assert "Language" not in labels(await run(settings.overview, ANNA))
    english = run.library.language("en")
    other = replace(english, tag="xx", name="Other")
    library = replace(run.library, languages={"en": english, "xx": other})
    both = replace(run, library=library)

    assert "Language" in labels(await both(settings.overview, ANNA))
    assert "Other" in labels(await both(settings.languages, ANNA))
    here = await both(settings.set_language, ANNA, "xx")

    assert here.language is other
    assert (await both(home.current, ANNA, "en")).language is other


async def test_taking_back_the_diary_stops_keeping_and_reminding_and_leaves_what_is_there(
    run: Runner,
) -> None:
    assert last(await run(consents.consider, ANNA, KEEP)) == Withdraw(KEEP)

    here = await run(consents.change, ANNA, KEEP, CURRENT[KEEP], False)

    assert last(here) == Consents({KEEP: False, TIPS: True}, changed=KEEP)
    assert "Erase everything" in labels(here)
    assert await run(next_message, ANNA) is None
    with pytest.raises(Refused, match="consent_first"):
        await run(people.keeper, ANNA)
    assert (await run(people.joined, ANNA)).id  # a member still: nothing was erased


async def test_a_diary_that_was_taken_back_can_be_given_again(run: Runner) -> None:
    await run(decide, ANNA, KEEP, given=False)
    assert last(await run(consents.consider, ANNA, KEEP)) == Consider(KEEP)

    here = await run(consents.change, ANNA, KEEP, CURRENT[KEEP], True)

    assert "sets when I remind you" in plain(render(last(here), here.language))
    assert (await run(people.keeper, ANNA)).id


async def test_taking_back_tips_stops_them_at_once_and_the_pace_cannot_bring_them_back(
    run: Runner,
) -> None:
    await run(choose, BEA, None)
    assert await run(next_message, BEA)

    await run(consents.change, BEA, TIPS, CURRENT[TIPS], False)
    assert last(await run(settings.set_tip_pace, BEA, Pace.DAILY)) == Consider(TIPS)
    assert await run(next_message, BEA) is None

    await run(consents.change, BEA, TIPS, CURRENT[TIPS], True)
    assert await run(next_message, BEA)


async def test_the_record_of_consents_is_added_to_and_a_second_tap_adds_nothing(
    run: Runner,
) -> None:
    for given in (False, False, True, True):
        await run(consents.change, ANNA, TIPS, CURRENT[TIPS], given)

    async def record(work: Work) -> list[bool]:
        person = await member(work, ANNA)
        query = select(Consent.given).where(Consent.person_id == person.id, Consent.purpose == TIPS)
        return list(await work.session.scalars(query.order_by(Consent.at)))

    assert await run(record) == [True, False, True]


async def test_an_old_no_of_joining_is_a_withdrawal_that_is_explained(run: Runner) -> None:
    here = await run(consents.decide, ANNA, TIPS, CURRENT[TIPS], False)

    assert last(here) == Consents({KEEP: True, TIPS: False}, changed=TIPS)


async def test_withdrawing_on_words_long_replaced_changes_nothing(run: Runner) -> None:
    await run(consents.change, ANNA, KEEP, 99, False)

    assert (await run(people.keeper, ANNA)).id


async def test_any_page_of_settings_ends_what_was_to_be_typed(run: Runner) -> None:
    async def expected(work: Work) -> object:
        return await awaiting.expected(work, await member(work, ANNA))

    for page in (settings.overview, settings.tips, settings.day_starts, consents.overview):
        await run(zones.ask, ANNA)
        await run(page, ANNA)
        assert await run(expected) is None


async def test_plain_text_is_a_setting_that_holds_at_once_and_can_be_taken_back(
    run: Runner,
) -> None:
    before = await run(settings.overview, ANNA)
    on = await run(settings.set_plain, ANNA, plain=True)
    seen = plain(render(on.views[-1], on.language))

    assert not before.language.plain
    assert on.language.plain
    assert on.language.tag == before.language.tag
    assert "Plain text for screen readers: on" in seen
    assert (await run(settings.overview, ANNA)).language.plain
    assert not (await run(settings.overview, BEA)).language.plain
    off = await run(settings.set_plain, ANNA, plain=False)
    assert not off.language.plain
    assert "Plain text for screen readers: off" in plain(render(off.views[-1], off.language))
