"""What a person makes of a tip: kept at their tap, said in words, taken back by the same button."""

from __future__ import annotations

from datetime import date

import pytest
import pytest_asyncio
from sqlalchemy import func, select

from actions import age, habits, items, snippets, tip_opinions
from actions.snippets import NoTipToday, Tip
from actions.tip_opinions import Tried
from actions.work import Here, Runner, Work
from bot.screen import Button, plain
from bot.screens import render
from domain.consent import Purpose
from domain.errors import Refused
from domain.joining import Age
from domain.opinions import NOTHING, Opinion
from storage import checkins
from storage import tip_opinions as store
from storage.tables import SnippetOpinion
from storage.warnings import add_once
from tests.actions.members import decide, join, member
from tests.conftest import Clock

pytestmark = pytest.mark.asyncio

ANNA, BEN = 7, 8
TODAY = date(2025, 3, 3)
ACTS = (tip_opinions.save, tip_opinions.helpful, tip_opinions.not_for_me, tip_opinions.tried)


@pytest_asyncio.fixture(autouse=True)
async def members(run: Runner) -> None:
    await run(join, ANNA)
    await run(join, BEN)


async def made(work: Work, who: int, snippet_id: str = "calm") -> Opinion:
    person = await member(work, who)
    return (await store.opinions(work.session, person)).get(snippet_id, NOTHING)


async def rows(work: Work) -> int:
    return await work.session.scalar(select(func.count()).select_from(SnippetOpinion)) or 0


async def warn(work: Work, who: int) -> None:
    await add_once(work.session, await member(work, who), TODAY, work.now, "red")


def labels(here: Here) -> list[str]:
    screen = render(here.views[-1], here.language)
    return [b.label for row in screen.rows for b in row if isinstance(b, Button)]


def text(here: Here) -> str:
    return plain(render(here.views[-1], here.language))


async def test_a_tip_is_saved_in_words_and_the_same_button_takes_it_back(
    run: Runner, clock: Clock
) -> None:
    here = await run(tip_opinions.save, ANNA, "calm", True)

    assert "Saved" in labels(here)
    assert "Save" not in labels(here)
    assert here.toast is not None
    assert "keep" in here.toast
    assert await run(made, ANNA) == Opinion(saved=clock.now)
    assert await run(made, BEN) == NOTHING

    here = await run(tip_opinions.save, ANNA, "calm", False)
    assert "Save" in labels(here)
    assert await run(rows) == 0


async def test_a_second_tap_changes_nothing(run: Runner, clock: Clock) -> None:
    for act in ACTS:
        await run(act, ANNA, "calm", True)
        before = await run(made, ANNA)
        clock.advance(minutes=1)

        await run(act, ANNA, "calm", True)

        assert await run(made, ANNA) == before
    assert await run(rows) == 1


async def test_taking_back_what_was_never_said_changes_nothing(run: Runner) -> None:
    for act in ACTS:
        await run(act, ANNA, "calm", False)

    assert await run(rows) == 0


async def test_a_tip_is_helpful_or_not_for_me_and_never_both(run: Runner) -> None:
    here = await run(tip_opinions.helpful, ANNA, "calm", True)
    assert "Marked as helpful" in labels(here)

    here = await run(tip_opinions.not_for_me, ANNA, "calm", True)
    assert "Marked as not for me" in labels(here)
    assert "Helpful" in labels(here)
    assert "will come less often" in text(here)
    assert (await run(made, ANNA)).helpful is False

    await run(tip_opinions.helpful, ANNA, "calm", False)  # a button of an older message
    assert (await run(made, ANNA)).helpful is False
    here = await run(tip_opinions.not_for_me, ANNA, "calm", False)
    assert "will come less often" not in text(here)
    assert await run(made, ANNA) == NOTHING


async def test_what_is_said_of_a_tip_shows_wherever_it_is_opened(run: Runner) -> None:
    await run(tip_opinions.save, ANNA, "calm", True)
    await run(tip_opinions.tried, ANNA, "calm", True)

    here = await run(snippets.tip, ANNA, "calm")

    assert {"Saved", "Tried"} <= set(labels(here))
    assert "You tried it on" in text(here)


async def test_the_disclaimers_stay_one_tap_from_the_text_whatever_was_said(run: Runner) -> None:
    for act in (tip_opinions.save, tip_opinions.helpful, tip_opinions.not_for_me):
        here = await run(act, ANNA, "powder", True)
        (view,) = here.views
        assert isinstance(view, Tip)
        assert "Please note" in labels(here)
        for name in view.snippet.disclaimers:
            assert here.language(f"disclaimers.{name}.short") in text(here)


async def test_trying_leads_to_a_habit_that_can_be_followed_noted_and_let_go(run: Runner) -> None:
    (view,) = (await run(tip_opinions.tried, ANNA, "calm", True)).views
    assert isinstance(view, Tried)
    assert (view.day, view.habit, view.followed) == (TODAY, "walk", False)

    (view,) = (await run(tip_opinions.follow, ANNA, "calm", True)).views
    assert isinstance(view, Tried)
    assert (view.followed, view.new, view.done) == (True, True, False)

    for _ in range(2):
        (view,) = (await run(tip_opinions.habit_done, ANNA, "calm", True)).views
        assert isinstance(view, Tried)
        assert view.done

    (view,) = (await run(tip_opinions.habit_done, ANNA, "calm", False)).views
    assert isinstance(view, Tried)
    assert not view.done
    (view,) = (await run(tip_opinions.follow, ANNA, "calm", False)).views
    assert isinstance(view, Tried)
    assert not view.followed


async def test_a_habit_that_is_followed_already_is_offered_to_note(run: Runner) -> None:
    await run(items.choose_habit, ANNA, 0, "walk", True)

    here = await run(tip_opinions.tried, ANNA, "calm", True)

    assert "Note it as done today" in labels(here)
    assert "Keep an eye on it" not in labels(here)


async def test_what_is_noted_from_a_tip_stands_on_the_habits_page(run: Runner) -> None:
    await run(tip_opinions.follow, ANNA, "calm", True)
    await run(tip_opinions.habit_done, ANNA, "calm", True)

    async def states(work: Work) -> object:
        person = await member(work, ANNA)
        row = await checkins.find(work.session, person, TODAY)
        assert row is not None
        return (await habits.show(work, ANNA, row.id)).views[-1]

    view = await run(states)
    assert isinstance(view, habits.HabitSheet)
    assert view.states == (("walk", "yes"),)


async def test_a_topic_without_a_habit_has_none_to_follow(run: Runner) -> None:
    with pytest.raises(Refused, match="stale"):
        await run(tip_opinions.follow, ANNA, "powder", True)


async def test_what_is_about_a_supplement_is_never_said_to_be_tried(run: Runner) -> None:
    here = await run(snippets.tip, ANNA, "powder")

    assert "I tried it" not in labels(here)
    with pytest.raises(Refused, match="stale"):
        await run(tip_opinions.tried, ANNA, "powder", True)


async def test_who_keeps_no_diary_is_offered_no_habit(run: Runner) -> None:
    await run(decide, ANNA, Purpose.KEEP, given=False)

    (view,) = (await run(tip_opinions.tried, ANNA, "calm", True)).views

    assert isinstance(view, Tried)
    assert view.habit is None
    with pytest.raises(Refused, match="consent_first"):
        await run(tip_opinions.follow, ANNA, "calm", True)


async def test_nothing_is_kept_of_who_did_not_agree_to_tips(run: Runner) -> None:
    await run(decide, ANNA, Purpose.TIPS, given=False)

    for act in ACTS:
        with pytest.raises(Refused, match="tips_consent_first"):
            await run(act, ANNA, "calm", True)
    assert await run(rows) == 0


async def test_what_was_said_can_be_taken_back_without_consent(run: Runner) -> None:
    for act in (tip_opinions.save, tip_opinions.not_for_me, tip_opinions.tried):
        await run(act, ANNA, "calm", True)
    await run(decide, ANNA, Purpose.TIPS, given=False)

    for act in (tip_opinions.save, tip_opinions.not_for_me, tip_opinions.tried):
        await run(act, ANNA, "calm", False)

    assert await run(rows) == 0


async def test_what_was_said_of_a_tip_that_is_left_out_now_can_still_be_taken_back(
    run: Runner,
) -> None:
    for act in (tip_opinions.save, tip_opinions.helpful):
        await run(act, ANNA, "powder", True)
    await run(age.put_right, ANNA, Age.MINOR)

    for act in ACTS:
        with pytest.raises(Refused, match="tip_for_adults"):
            await run(act, ANNA, "powder", True)
    for act in ACTS:
        here = await run(act, ANNA, "powder", False)

        assert here.toast
        assert "are for adults" in text(here)
        assert labels(here) == ["All topics"]
    assert await run(rows) == 0


async def test_a_tip_that_is_gone_takes_no_opinion(run: Runner) -> None:
    for act in (*ACTS, tip_opinions.follow, tip_opinions.habit_done):
        with pytest.raises(Refused, match="tip_gone"):
            await run(act, ANNA, "gone", True)


async def test_on_a_quiet_day_it_is_kept_and_the_text_is_not_shown(run: Runner) -> None:
    await run(warn, ANNA)

    here = await run(tip_opinions.save, ANNA, "calm", True)

    assert here.views == (NoTipToday(),)
    assert (await run(made, ANNA)).saved is not None


async def test_toasts_fit_on_a_button(run: Runner) -> None:
    for act in ACTS:
        for on in (True, False):
            toast = (await run(act, ANNA, "calm", on)).toast
            assert toast is None or len(toast) <= 200
