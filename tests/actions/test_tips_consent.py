"""What agreeing to tips covers, what taking it back erases, and who agreed to a former text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import pytest_asyncio
from sqlalchemy import func, select

from actions import consents, home, settings, snippets, tip_opinions, tip_shelf, tip_topics
from actions.consents import Consider, Withdraw
from actions.home import Home
from actions.planning import next_message
from actions.settings import Tips
from actions.snippets import Tip
from actions.steps import AskConsent
from actions.work import Here, Runner, Work
from bot.screen import plain
from bot.screens import render
from domain.consent import CURRENT, Purpose
from domain.errors import Refused
from domain.snippets import Pace
from storage.tables import Consent, SnippetOpinion, SnippetShown
from tests.actions.members import join, member
from tests.conftest import Clock

pytestmark = pytest.mark.asyncio

ANNA = 7
TIPS = Purpose.TIPS


@pytest_asyncio.fixture(autouse=True)
async def members(run: Runner, clock: Clock) -> None:
    """Anna gets tips every day; it is Monday, 3 March 2025."""
    clock.now = datetime(2025, 3, 3, 19, 0, tzinfo=UTC)
    await run(join, ANNA, pace=Pace.DAILY)


async def use(run: Runner) -> None:
    """Let Anna read, mark and choose."""
    await run(snippets.tip, ANNA, "calm")
    await run(tip_opinions.save, ANNA, "calm", True)
    await run(tip_topics.choose, ANNA, "stress", False)


async def kept(work: Work) -> tuple[int, int, bool]:
    """How many tips shown, how many opinions, and whether topics are kept of Anna."""
    shown = await work.session.scalar(select(func.count()).select_from(SnippetShown)) or 0
    opinions = await work.session.scalar(select(func.count()).select_from(SnippetOpinion)) or 0
    return shown, opinions, "topics" in (await member(work, ANNA)).profile


async def make_former(work: Work) -> None:
    """Let Anna have agreed to the first text on tips."""
    query = select(Consent).where(Consent.purpose == TIPS)
    (await work.session.scalars(query)).one().version = 1


async def pace(work: Work) -> tuple[Pace, bool]:
    person = await member(work, ANNA)
    return person.row.tip_pace, await next_message(work, person) is not None


def last(here: Here) -> object:
    return here.views[-1]


async def test_taking_it_back_erases_what_was_kept_of_tips_at_once(run: Runner) -> None:
    await use(run)
    assert await run(kept) == (1, 1, True)

    here = await run(consents.change, ANNA, TIPS, CURRENT[TIPS], False)

    assert await run(kept) == (0, 0, False)
    assert "is erased" in plain(render(last(here), here.language))


async def test_an_old_button_keeps_nothing_after_that(run: Runner) -> None:
    await run(consents.change, ANNA, TIPS, CURRENT[TIPS], False)

    for here in (
        await run(tip_topics.choices, ANNA),
        await run(tip_topics.choose, ANNA, "stress", True),
        await run(settings.set_tip_pace, ANNA, Pace.DAILY),
    ):
        assert last(here) == Consider(TIPS)
    await run(snippets.tip, ANNA, "calm")
    assert await run(kept) == (0, 0, False)


async def test_the_screen_says_so_before_and_offers_to_get_no_messages_instead(
    run: Runner,
) -> None:
    await use(run)

    here = await run(consents.consider, ANNA, TIPS)

    assert last(here) == Withdraw(TIPS)
    screen = render(last(here), here.language)
    assert "erased at once" in plain(screen)
    labels = [button.label for row in screen.rows for button in row]
    assert labels == ["Yes, stop and erase", "No tips", "No, leave it"]
    assert isinstance(last(await run(settings.set_tip_pace, ANNA, Pace.OFF)), Tips)
    assert await run(kept) == (1, 1, True)


async def test_who_agreed_to_a_former_text_is_asked_again_and_nothing_new_is_kept_meanwhile(
    run: Runner,
) -> None:
    await use(run)
    await run(make_former)
    again = AskConsent(TIPS, again=True)

    for here in (
        await run(home.current, ANNA, "en"),
        await run(home.menu, ANNA, "en"),
        await run(tip_shelf.home, ANNA),
        await run(settings.tips, ANNA),
        await run(consents.consider, ANNA, TIPS),
    ):
        assert last(here) == again
    assert isinstance(last(await run(snippets.tip, ANNA, "calm")), Tip)
    assert isinstance(last(await run(tip_shelf.any_one, ANNA)), Tip)
    with pytest.raises(Refused, match="tips_consent_first"):
        await run(tip_opinions.helpful, ANNA, "calm", True)
    assert await run(kept) == (1, 1, True)


async def test_a_yes_to_the_new_text_goes_on_as_before(run: Runner) -> None:
    await use(run)
    await run(make_former)

    here = await run(consents.decide, ANNA, TIPS, CURRENT[TIPS], True)

    assert isinstance(last(here), Home)
    assert await run(pace) == (Pace.DAILY, True)
    assert await run(kept) == (1, 1, True)


async def test_a_no_to_the_new_text_erases_what_was_kept_under_the_former(run: Runner) -> None:
    await use(run)
    await run(make_former)

    here = await run(consents.decide, ANNA, TIPS, CURRENT[TIPS], False)

    assert isinstance(last(here), Home)
    assert await run(pace) == (Pace.OFF, False)
    assert await run(kept) == (0, 0, False)
