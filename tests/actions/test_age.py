"""The age bracket can be put right, and what it changes holds at once. Nobody is erased by one tap."""

from __future__ import annotations

from dataclasses import replace

import pytest
import pytest_asyncio

from actions import age, snippets
from actions.age import AgeNow, SaysTooYoung
from actions.work import Policy, Runner, Work
from bot.screens import render
from bot.taps import AgeSettingTap, DeleteAskTap, SettingsTap
from domain.errors import Refused
from domain.joining import Age
from tests.actions.members import join, member

pytestmark = pytest.mark.asyncio

ANNA = 7


@pytest_asyncio.fixture(autouse=True)
async def joined(run: Runner) -> None:
    await run(join, ANNA)


async def stored(work: Work) -> object:
    return (await member(work, ANNA)).profile.get("age")


async def test_a_bracket_is_put_right_and_stands_in_words(run: Runner) -> None:
    here = await run(age.put_right, ANNA, Age.MINOR)

    assert here.views == (AgeNow(Age.MINOR, 16),)
    assert await run(stored) == Age.MINOR
    labels = [b.label for row in render(here.views[0], here.language).rows for b in row]
    assert "16 or 17 (chosen)" in labels


async def test_the_rules_for_minors_hold_at_once(run: Runner) -> None:
    """The library's tip on a powder is about a supplement."""
    assert (await run(snippets.tip, ANNA, "powder")).views
    await run(age.put_right, ANNA, Age.MINOR)

    with pytest.raises(Refused, match="tip_for_adults"):
        await run(snippets.tip, ANNA, "powder")
    assert (await run(snippets.cautions, ANNA, "powder")).views


async def test_who_says_they_are_too_young_is_asked_first_and_nothing_changes(run: Runner) -> None:
    here = await run(age.put_right, ANNA, Age.UNDER)

    assert here.views == (SaysTooYoung(16),)
    assert await run(stored) == Age.ADULT
    taps = [
        getattr(b, "tap", None) for row in render(here.views[0], here.language).rows for b in row
    ]
    assert taps == [DeleteAskTap(), AgeSettingTap()]


async def test_where_only_adults_join_there_is_no_bracket_for_minors(run: Runner) -> None:
    grown = replace(run, policy=Policy(min_age=18))

    with pytest.raises(Refused, match="stale"):
        await grown(age.put_right, ANNA, Age.MINOR)


async def test_the_settings_lead_there_and_back(run: Runner) -> None:
    here = await run(age.look, ANNA)
    taps = [
        getattr(b, "tap", None) for row in render(here.views[0], here.language).rows for b in row
    ]

    assert taps[-1] == SettingsTap()
