"""What does not fit a person stays away, is agreed to first, and is gone as soon as they say so."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import pytest_asyncio

from actions import age, consents, export, left_out, marks, settings, snippets
from actions.consents import Consents, Consider, Withdraw
from actions.left_out import LeftOut
from actions.settings import Tips
from actions.work import Here, Runner, Work
from bot.screen import Button, plain
from bot.screens import render
from domain.consent import CURRENT, Purpose
from domain.errors import Refused
from domain.joining import Age
from tests.actions.members import join, member

pytestmark = pytest.mark.asyncio

ANNA, MINA, STRANGER = 7, 8, 9
MARKS, FIT = Purpose.MARKS, Purpose.FIT


@pytest_asyncio.fixture(autouse=True)
async def members(run: Runner) -> None:
    """Anna is of age, Mina is not. The small library has a tip on a powder, and one on calm."""
    await run(join, ANNA)
    await run(join, MINA, age="m")


def view(here: Here) -> LeftOut:
    found = here.views[-1]
    assert isinstance(found, LeftOut)
    return found


def shown(here: Here) -> str:
    return plain(render(here.views[-1], here.language))


def labels(here: Here) -> list[str]:
    screen = render(here.views[-1], here.language)
    return [button.label for row in screen.rows for button in row if isinstance(button, Button)]


async def agree(run: Runner, who: int = ANNA, given: bool = True) -> Here:
    return await run(consents.change, who, MARKS, CURRENT[MARKS], given)


async def profile(work: Work, who: int) -> dict[str, object]:
    return dict((await member(work, who)).profile)


async def tips(work: Work, who: int) -> set[str]:
    return {tip.id for tip in snippets.allowed_for(work, await member(work, who))}


async def test_it_is_asked_for_first_and_nothing_is_kept_without_a_yes(run: Runner) -> None:
    assert (await run(marks.look, ANNA)).views == (Consider(MARKS),)

    assert (await run(marks.choose, ANNA, "feather", True)).views == (Consider(MARKS),)

    assert "marks" not in await run(profile, ANNA)


async def test_a_yes_to_words_of_another_version_opens_nothing(run: Runner) -> None:
    other = CURRENT[MARKS] + 1

    here = await run(consents.change, ANNA, MARKS, other, True)

    assert not any(isinstance(one, LeftOut) for one in here.views)


async def test_with_the_yes_come_the_marks_none_of_them_chosen(run: Runner) -> None:
    here = await agree(run)

    assert view(here) == LeftOut(("feather", "river"), frozenset(), (), of_age=True)
    assert "no tip is left out" in shown(here)
    assert labels(here)[:3] == [
        "The mark called feather",
        "The mark called river",
        "None of these (chosen)",
    ]


async def test_a_mark_takes_its_tips_away_and_says_so(run: Runner) -> None:
    await agree(run)
    before = await run(tips, ANNA)

    here = await run(marks.choose, ANNA, "feather", True)

    assert await run(tips, ANNA) == before - {"powder"}
    assert "tips on supplements" in shown(here)
    assert "The mark called feather (chosen)" in labels(here)
    with pytest.raises(Refused, match="tip_left_out"):
        await run(snippets.tip, ANNA, "powder")
    assert (await run(snippets.cautions, ANNA, "powder")).views


async def test_a_second_tap_changes_nothing_and_the_button_then_takes_it_off(run: Runner) -> None:
    await agree(run)
    before = await run(tips, ANNA)
    for _ in range(2):
        assert view(await run(marks.choose, ANNA, "feather", True)).chosen == {"feather"}

    for _ in range(2):
        assert view(await run(marks.choose, ANNA, "feather", False)).chosen == set()

    assert await run(tips, ANNA) == before
    assert "marks" not in await run(profile, ANNA)


async def test_none_of_these_takes_all_off(run: Runner) -> None:
    await agree(run)
    for mark in ("feather", "river"):
        await run(marks.choose, ANNA, mark, True)

    assert view(await run(marks.choose_none, ANNA)).chosen == set()


async def test_taking_the_consent_back_erases_them_at_once_and_says_so(run: Runner) -> None:
    await agree(run)
    before = await run(tips, ANNA)
    await run(marks.choose, ANNA, "feather", True)
    assert (await run(consents.consider, ANNA, MARKS)).views == (Withdraw(MARKS),)

    here = await agree(run, given=False)

    assert "What you chose is erased." in shown(here)
    assert "marks" not in await run(profile, ANNA)
    assert await run(tips, ANNA) == before
    assert view(await agree(run)).chosen == set()


async def test_a_mark_that_leaves_a_topic_out_names_it(run: Runner) -> None:
    feather = replace(run.library.marks["feather"], leaves_out=frozenset({"sleep", "supplement"}))
    without_sleep = replace(run, library=replace(run.library, marks={"feather": feather}))
    await agree(run)

    here = await without_sleep(marks.choose, ANNA, "feather", True)

    assert await without_sleep(tips, ANNA) == {"calm"}
    assert "tips on “Sleep”" in shown(here)
    assert "tips on supplements" in shown(here)


async def test_a_mark_that_is_not_known_is_refused_and_an_old_one_can_be_taken_off(
    run: Runner,
) -> None:
    await agree(run)
    with pytest.raises(Refused, match="stale"):
        await run(marks.choose, ANNA, "granite", True)
    await run(marks.choose, ANNA, "feather", True)
    feather = run.library.marks["feather"]
    without = replace(run.library, marks={"river": run.library.marks["river"]})
    later = replace(run, library=without)

    assert "feather (chosen)" in " ".join(labels(await later(marks.look, ANNA)))
    assert feather.id not in view(await later(marks.choose, ANNA, "feather", False)).chosen


async def test_a_mark_that_the_library_lost_leaves_out_what_any_mark_does(run: Runner) -> None:
    await agree(run)
    await run(marks.choose, ANNA, "feather", True)
    without = replace(run.library, marks={"river": run.library.marks["river"]})

    async def leaving_out(work: Work, who: int) -> dict[str, frozenset[str]]:
        return dict(left_out.leaving_out(work, await member(work, who)))

    assert await replace(run, library=without)(leaving_out, ANNA) == {
        "feather": frozenset({"mental_health"})
    }


async def test_who_is_not_of_age_gets_no_supplement_whatever_they_mark(run: Runner) -> None:
    assert "powder" not in await run(tips, MINA)
    here = await agree(run, MINA)
    assert "for adults" in shown(here)

    await run(marks.choose, MINA, "river", True)
    await run(marks.choose_none, MINA)

    assert "powder" not in await run(tips, MINA)
    await run(age.put_right, MINA, Age.ADULT)
    assert "powder" in await run(tips, MINA)


async def test_the_overview_of_consents_lists_only_what_was_ever_decided(run: Runner) -> None:
    async def listed() -> set[Purpose]:
        found = (await run(consents.overview, ANNA)).views[-1]
        assert isinstance(found, Consents)
        return set(found.given)

    assert await listed() == {Purpose.KEEP, Purpose.TIPS}
    await run(consents.consider, ANNA, FIT)
    assert FIT not in await listed()
    await agree(run)
    await run(consents.change, ANNA, FIT, CURRENT[FIT], True)
    assert await listed() == set(Purpose)


async def test_who_lets_check_ins_choose_is_back_at_the_tips(run: Runner) -> None:
    here = await run(settings.change_consent, ANNA, FIT, CURRENT[FIT], True)

    assert isinstance(here.views[-1], Tips)
    assert here.views[-1].by_logs
    assert here.toast == "Thank you. What you logged may now choose a tip, and the tip says so."
    taken = await run(settings.change_consent, ANNA, FIT, CURRENT[FIT], False)
    assert isinstance(taken.views[-1], Consents)


async def test_looking_at_what_was_logged_is_agreed_to_and_taken_back(run: Runner) -> None:
    here = await run(consents.change, ANNA, FIT, CURRENT[FIT], True)
    assert "may now choose a tip" in shown(here)

    assert (await run(consents.consider, ANNA, FIT)).views == (Withdraw(FIT),)
    here = await run(consents.change, ANNA, FIT, CURRENT[FIT], False)

    assert "without looking" in shown(here)


@pytest.mark.parametrize("purpose", [MARKS, FIT])
async def test_joining_decides_on_neither(run: Runner, purpose: Purpose) -> None:
    with pytest.raises(Refused, match="stale"):
        await run(consents.decide, ANNA, purpose, CURRENT[purpose], True)


async def test_an_export_shows_them_readably(run: Runner) -> None:
    await agree(run)
    await run(marks.choose, ANNA, "feather", True)

    files = (await run(export.export, ANNA, "en")).views[-1]

    assert isinstance(files, export.Files)
    person = json.loads(files.json)["person"]
    assert person["left_out"] == [{"mark": "feather", "label": "The mark called feather"}]
    assert "marks" not in person["profile"]


async def test_strangers_are_asked_to_join_first(run: Runner) -> None:
    for act in (marks.look, marks.choose_none):
        with pytest.raises(Refused, match="join_first"):
            await run(act, STRANGER)
