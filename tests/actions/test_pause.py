"""Silence for a while: until when, and what comes after."""

from __future__ import annotations

from datetime import date, time

import pytest
import pytest_asyncio

from actions import home, pause, typed
from actions.work import Runner
from domain.errors import Refused
from domain.pause import OPEN_END
from tests.actions.evenings import (
    ANNA,
    BERT,
    ZONE,
    at,
)
from tests.actions.members import join
from tests.conftest import Clock

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture(autouse=True)
async def evening(run: Runner, clock: Clock) -> None:
    """Anna asked for 20:30 in Berlin; there it is 20:00 on Monday, 3 March 2025."""
    clock.now = at("20:00")
    await run(join, ANNA, time(20, 30))


async def test_a_pause_says_until_when_and_what_comes_after(run: Runner, clock: Clock) -> None:
    here = await run(pause.for_days, ANNA, 3)

    thursday = date(2025, 3, 6)
    assert here.views == (pause.Pause(thursday, at("20:30", thursday), ZONE),)
    assert (await run(pause.show, ANNA)).views == here.views


async def test_a_pause_without_an_end_lasts_until_it_is_ended(run: Runner) -> None:
    here = await run(pause.open_end, ANNA)
    assert here.views == (pause.Pause(OPEN_END, None, ZONE),)

    here = await run(pause.resume, ANNA)
    assert here.views == (pause.Pause(None, at("20:30"), ZONE),)


async def test_a_pause_can_end_on_a_day_that_is_typed(run: Runner) -> None:
    await run(pause.ask_day, ANNA)
    with pytest.raises(Refused, match="pause_day"):
        await run(typed.take, ANNA, "soon", None)
    here = await run(typed.take, ANNA, "14.3.", None)

    friday = date(2025, 3, 14)
    assert here.views == (pause.Pause(friday, at("20:30", friday), ZONE),)
    assert (await run(typed.take, ANNA, "15.3.", None)).views == (home.Stray(),)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("tomorrow", date(2025, 3, 4)),
        ("monday", date(2025, 3, 10)),
        ("5 december", date(2025, 12, 5)),
        ("in 3 days", date(2025, 3, 6)),
    ],
)
async def test_the_day_that_ends_a_pause_can_be_typed_in_words(
    run: Runner, text: str, day: date
) -> None:
    await run(pause.ask_day, ANNA)
    here = await run(typed.take, ANNA, text, None)

    assert here.views == (pause.Pause(day, at("20:30", day), ZONE),)


async def test_a_pause_that_is_over_is_not_shown(run: Runner, clock: Clock) -> None:
    await run(pause.for_days, ANNA, 3)
    clock.advance(days=4)
    (view,) = (await run(pause.show, ANNA)).views

    assert isinstance(view, pause.Pause)
    assert view.until is None


async def test_only_lengths_that_were_offered_are_taken(run: Runner) -> None:
    with pytest.raises(Refused, match="pause_day"):
        await run(pause.for_days, ANNA, 4000)


async def test_a_stranger_is_asked_to_join(run: Runner) -> None:
    with pytest.raises(Refused, match="join_first"):
        await run(pause.show, BERT)
