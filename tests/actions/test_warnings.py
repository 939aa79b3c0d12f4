"""A sign is selected by the person, answered with a fixed text, and makes the day a quiet one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import pytest_asyncio
from sqlalchemy import func, select

from actions import checkins, home, people, retention, tip_shelf, warnings
from actions import quiet as quiet_days
from actions.cards import Card, Step
from actions.snippets import NoTipToday
from actions.warnings import Keeping, RedFlag, SignList
from actions.work import Runner, Work
from domain.consent import Purpose
from domain.errors import Refused
from domain.redflags import Tier
from storage.tables import Warned
from tests.actions.members import decide, join, member
from tests.conftest import Clock

pytestmark = pytest.mark.asyncio

ANNA, STRANGER = 7, 99


@pytest_asyncio.fixture(autouse=True)
async def evening(run: Runner) -> None:
    await run(join, ANNA)


async def to_the_list(run: Runner) -> int:
    """Answer up to the warning list; return the check-in's id."""
    view = (await run(checkins.start, ANNA)).views[-1]
    assert isinstance(view, Step)
    for name, code in (("ache", "3"), ("visits", "0")):
        await run(checkins.answer, ANNA, view.check_in_id, name, code)
    return view.check_in_id


def text_of(view: object) -> tuple[Tier, str]:
    """The text that a view shows, whoever can be called."""
    assert isinstance(view, RedFlag)
    return view.tier, view.sign_id


async def kept(work: Work) -> int:
    return await work.session.scalar(select(func.count()).select_from(Warned)) or 0


async def quiet(work: Work, day: date | None = None) -> bool:
    person = await member(work, ANNA)
    return await quiet_days.quiet_day(work, person, day or people.today_of(work, person))


async def quiet_on(work: Work) -> date | None:
    return (await member(work, ANNA)).row.quiet_on


async def test_a_sign_brings_its_fixed_text_first_and_then_the_next_step(run: Runner) -> None:
    check_in_id = await to_the_list(run)

    here = await run(warnings.choose_in_check_in, ANNA, check_in_id, "red")

    flag, end = here.views
    assert text_of(flag) == (Tier.EMERGENCY, "red")
    assert isinstance(end, Card)
    assert end.signs == ("red",)
    assert [line.answer.code for line in end.lines if line.answer][-1] == "seen"
    assert not end.thanks, "no praise on such a day"
    assert await run(quiet)


async def test_the_same_sign_on_the_same_day_is_kept_once_and_answered_again(run: Runner) -> None:
    check_in_id = await to_the_list(run)

    for _ in range(3):
        here = await run(warnings.choose_in_check_in, ANNA, check_in_id, "red")
        assert text_of(here.views[0]) == (Tier.EMERGENCY, "red")
    await run(warnings.choose, ANNA, "red", None)
    await run(warnings.choose_in_check_in, ANNA, check_in_id, "yellow")

    assert await run(kept) == 2


async def test_the_list_says_what_was_chosen_and_goes_by_how_soon_help_is_wanted(
    run: Runner,
) -> None:
    check_in_id = await to_the_list(run)
    await run(warnings.choose_in_check_in, ANNA, check_in_id, "amber")

    view = (await run(warnings.in_check_in, ANNA, check_in_id)).views[-1]

    assert isinstance(view, SignList)
    assert [sign.id for sign in view.signs] == ["red", "amber", "yellow"]
    assert view.chosen == {"amber"}


async def test_none_of_these_answers_no_and_takes_back_what_was_chosen_by_mistake(
    run: Runner,
) -> None:
    check_in_id = await to_the_list(run)
    await run(warnings.choose_in_check_in, ANNA, check_in_id, "red")

    end = (await run(checkins.answer, ANNA, check_in_id, "warning", "no")).views[-1]

    assert isinstance(end, Card)
    assert end.signs == ()
    assert await run(kept) == 0
    assert not await run(quiet)


async def test_no_in_the_evening_leaves_what_was_chosen_at_noon(run: Runner) -> None:
    await run(warnings.choose, ANNA, "red", None)
    check_in_id = await to_the_list(run)

    end = (await run(checkins.answer, ANNA, check_in_id, "warning", "no")).views[-1]

    assert isinstance(end, Card)
    assert end.signs == ("red",)
    assert not end.thanks
    assert await run(quiet)


async def test_a_sign_about_an_earlier_day_keeps_that_day_and_this_one_quiet(
    run: Runner, clock: Clock
) -> None:
    check_in_id = await to_the_list(run)
    monday = clock.now.date()
    clock.advance(days=2)

    await run(warnings.choose_in_check_in, ANNA, check_in_id, "yellow")

    found = [await run(quiet, monday + timedelta(days=n)) for n in range(4)]
    assert found == [True, False, True, False]


async def test_a_stranger_reads_the_list_and_the_text_and_nothing_is_kept(run: Runner) -> None:
    view = (await run(warnings.look, STRANGER, "en")).views[-1]
    here = await run(warnings.choose, STRANGER, "amber", "en")

    assert isinstance(view, SignList)
    assert view.kept is Keeping.NOTHING
    assert here.views == (RedFlag(Tier.TODAY, "amber"),)
    assert await run(kept) == 0


async def test_who_takes_the_consent_back_gets_the_text_and_nothing_is_kept(run: Runner) -> None:
    await run(decide, ANNA, Purpose.KEEP, given=False)

    here = await run(warnings.choose, ANNA, "red", None)

    flag, shown = here.views
    assert text_of(flag) == (Tier.EMERGENCY, "red")
    assert isinstance(shown, SignList)
    assert (shown.kept, shown.chosen) == (Keeping.DAY, frozenset())
    assert await run(kept) == 0


async def test_a_day_is_quiet_for_everybody_and_of_some_only_the_day_is_kept(
    run: Runner, clock: Clock
) -> None:
    await run(decide, ANNA, Purpose.KEEP, given=False)

    await run(warnings.choose, ANNA, "red", None)

    assert await run(quiet)
    assert (await run(tip_shelf.home, ANNA)).views == (NoTipToday(),)
    clock.advance(days=1)
    assert not await run(quiet)
    clock.advance(days=2)
    await run(retention.tidy)
    assert await run(quiet_on) is None


async def test_a_sign_tapped_by_mistake_is_taken_back_and_a_second_tap_changes_nothing(
    run: Runner,
) -> None:
    await run(warnings.choose, ANNA, "yellow", None)
    shown = (await run(warnings.choose, ANNA, "red", None)).views[-1]
    assert isinstance(shown, SignList)
    assert shown.undo == "red"

    for _ in range(2):
        shown = (await run(warnings.take_back, ANNA, "red", None)).views[-1]
        assert isinstance(shown, SignList)
        assert shown.taken_back
        assert shown.chosen == {"yellow"}
    assert await run(quiet)
    await run(warnings.take_back, ANNA, "yellow", None)

    assert not await run(quiet)


async def test_a_quiet_day_of_whom_nothing_is_kept_is_taken_back_later_too(run: Runner) -> None:
    await run(decide, ANNA, Purpose.KEEP, given=False)
    await run(warnings.choose, ANNA, "red", None)
    opened = (await run(warnings.look, ANNA, None)).views[-1]
    assert isinstance(opened, SignList)
    assert opened.undo == ""

    shown = (await run(warnings.take_back, ANNA, opened.undo, None)).views[-1]

    assert isinstance(shown, SignList)
    assert shown.undo is None
    assert not await run(quiet)


async def test_taking_the_last_sign_back_leaves_the_check_in_without_an_answer_to_the_list(
    run: Runner,
) -> None:
    check_in_id = await to_the_list(run)
    await run(warnings.choose_in_check_in, ANNA, check_in_id, "red")

    await run(warnings.take_back, ANNA, "red", None)

    end = (await run(checkins.resume, ANNA, check_in_id)).views[-1]
    assert isinstance(end, Card)
    assert {line.item.question.id: line.answer for line in end.lines}["warning"] is None


async def test_none_of_these_takes_back_what_was_chosen_outside_the_check_in_too(
    run: Runner,
) -> None:
    await run(warnings.choose, ANNA, "red", None)
    check_in_id = await to_the_list(run)

    end = (await run(warnings.none_in_check_in, ANNA, check_in_id)).views[-1]

    assert isinstance(end, Card)
    assert (end.signs, end.thanks) == ((), True)
    assert not await run(quiet)


async def test_the_most_urgent_sign_of_a_day_is_the_one_to_act_on(run: Runner) -> None:
    check_in_id = await to_the_list(run)
    for sign in ("yellow", "red", "amber"):
        end = (await run(warnings.choose_in_check_in, ANNA, check_in_id, sign)).views[-1]

    assert isinstance(end, Card)
    assert set(end.signs) == {"yellow", "red", "amber"}
    assert end.urgent == "red"


async def test_an_earlier_day_that_is_finished_on_a_quiet_one_gets_no_praise(
    run: Runner, clock: Clock
) -> None:
    check_in_id = await to_the_list(run)
    clock.advance(days=1)
    await run(warnings.choose, ANNA, "red", None)

    end = (await run(checkins.answer, ANNA, check_in_id, "warning", "no")).views[-1]

    assert isinstance(end, Card)
    assert not end.thanks


async def test_a_sign_that_is_not_on_the_list_is_refused(run: Runner) -> None:
    with pytest.raises(Refused, match="stale"):
        await run(warnings.choose, ANNA, "nonsense", None)


async def test_where_a_person_stands_right_after_a_sign_is_its_text_and_the_card(
    run: Runner, clock: Clock
) -> None:
    """A restart between the tap and its answer loses neither."""
    check_in_id = await to_the_list(run)
    await run(warnings.choose_in_check_in, ANNA, check_in_id, "red")

    flag, card = (await run(home.current, ANNA, None)).views
    clock.advance(minutes=11)
    later = (await run(home.current, ANNA, None)).views

    assert text_of(flag) == (Tier.EMERGENCY, "red")
    assert isinstance(card, Card)
    assert [type(view) for view in later] == [home.Home]


@pytest.mark.parametrize("keeps", [True, False])
async def test_after_a_sign_at_night_there_is_no_text_in_the_morning_either(
    run: Runner, clock: Clock, keeps: bool
) -> None:
    await run(decide, ANNA, Purpose.KEEP, given=keeps)
    clock.now = (clock.now + timedelta(days=1)).replace(hour=1, minute=50)
    await run(warnings.choose, ANNA, "red", None)
    found = []
    for hours in (0, 5, 18.9, 0.2):
        clock.advance(hours=hours)
        found.append((await run(tip_shelf.home, ANNA)).views == (NoTipToday(),))

    assert found == [True, True, True, False]


async def test_a_quiet_day_that_was_kept_as_a_day_alone_still_counts_and_can_be_taken_back(
    run: Runner,
) -> None:
    async def as_before(work: Work) -> None:
        person = await member(work, ANNA)
        person.row.quiet_on = people.today_of(work, person)

    await run(decide, ANNA, Purpose.KEEP, given=False)
    await run(as_before)
    assert (await run(tip_shelf.home, ANNA)).views == (NoTipToday(),)

    await run(warnings.take_back, ANNA, "", None)

    assert not await run(quiet)
