"""Tips on demand, and what goes with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
import pytest_asyncio

from actions import snippets, tip_choice, tip_shelf
from actions.snippets import Cautions, NoTipToday, Sources, Tip, TopicEnd, Why
from actions.tip_shelf import Shelf, SupplementTopics
from actions.work import Here, Runner, Work
from bot.screen import Screen, plain
from bot.screens import render
from content.library import Library
from content.wording import utf16_length
from domain.consent import Purpose
from domain.errors import Refused
from domain.snippets import Snippet
from storage import snippets as store
from storage.warnings import add_once
from tests.actions.members import decide, join, member
from tests.conftest import Clock

pytestmark = pytest.mark.asyncio

ANNA, MINA, STRANGER = 7, 8, 9
TODAY = date(2025, 3, 3)


@pytest_asyncio.fixture(autouse=True)
async def members(run: Runner, clock: Clock) -> None:
    """Anna is of age, Mina is not; it is Monday, 3 March 2025."""
    clock.now = datetime(2025, 3, 3, 19, 0, tzinfo=UTC)
    await run(join, ANNA)
    await run(join, MINA, age="m")


def tip_of(here: Here) -> Snippet:
    (view,) = here.views
    assert isinstance(view, Tip)
    return view.snippet


def screen_of(here: Here) -> Screen:
    return render(here.views[-1], here.language)


async def warn(work: Work, who: int) -> None:
    await add_once(work.session, await member(work, who), TODAY, work.now, "red")


async def shown_to(work: Work, who: int) -> list[str]:
    person = await member(work, who)
    return [row.snippet_id for row in await store.history(work.session, person.id)]


async def occurrence(work: Work, who: int, occurrence_id: int) -> str:
    found = await tip_choice.for_occurrence(work, await member(work, who), occurrence_id)
    assert found is not None
    return found.snippet.id


async def test_a_topic_is_chosen_and_its_tip_read(run: Runner, library: Library) -> None:
    (shelf,) = (await run(tip_shelf.home, ANNA)).views
    (apart,) = (await run(tip_shelf.supplements, ANNA)).views
    assert isinstance(shelf, Shelf)
    assert isinstance(apart, SupplementTopics)
    topics = [line.topic for line in (*shelf.topics, *apart.topics)]
    assert set(topics) == {snippet.topic for snippet in library.snippets.values()}

    for topic in topics:
        assert tip_of(await run(snippets.on_topic, ANNA, topic)).topic == topic


async def test_reading_needs_no_consent_to_tips(run: Runner) -> None:
    await run(decide, ANNA, Purpose.TIPS, given=False)

    assert tip_of(await run(snippets.on_topic, ANNA, "sleep"))


async def test_what_is_read_without_that_consent_is_not_kept(run: Runner, library: Library) -> None:
    await run(decide, ANNA, Purpose.TIPS, given=False)
    first = next(iter(library.snippets.values()))
    line = [one for one in library.snippets.values() if one.topic == first.topic]

    await run(snippets.on_topic, ANNA, first.topic)
    await run(snippets.tip, ANNA, first.id)
    await run(tip_shelf.any_one, ANNA)
    (end,) = (await run(snippets.another, ANNA, line[-1].id)).views

    assert await run(shown_to, ANNA) == []
    assert end == TopicEnd(first.topic, unread=None)
    (shelf,) = (await run(tip_shelf.home, ANNA)).views
    assert isinstance(shelf, Shelf)
    assert shelf.unread == 0
    why = screen_of(await run(snippets.why, ANNA, first.id))
    assert "Nothing is noted" in plain(why)


async def test_a_stranger_is_asked_to_join(run: Runner) -> None:
    with pytest.raises(Refused, match="join_first"):
        await run(tip_shelf.home, STRANGER)


async def test_every_tip_carries_its_disclaimers_in_its_message(
    run: Runner, library: Library
) -> None:
    for snippet in library.snippets.values():
        here = await run(snippets.tip, ANNA, snippet.id)
        text = plain(screen_of(here))
        for name in snippet.disclaimers:
            assert here.language(f"disclaimers.{name}.short") in text
        assert library.sections[snippet.section] in text
        assert here.language(f"evidence.{snippet.evidence}") in text


async def test_a_tip_without_a_disclaimer_cannot_be_made(library: Library) -> None:
    bare = replace(next(iter(library.snippets.values())), disclaimers=())

    with pytest.raises(ValueError, match="disclaimer"):
        Tip(bare)


async def test_there_is_nothing_to_read_on_the_day_of_a_warning_sign(
    run: Runner, library: Library
) -> None:
    await run(warn, ANNA)
    name = next(iter(library.snippets))

    for here in (
        await run(tip_shelf.home, ANNA),
        await run(snippets.on_topic, ANNA, "sleep"),
        await run(snippets.tip, ANNA, name),
        await run(snippets.another, ANNA, name),
    ):
        assert here.views == (NoTipToday(),)


async def test_a_minor_gets_no_text_on_a_supplement(run: Runner, library: Library) -> None:
    powders = [snippet for snippet in library.snippets.values() if snippet.supplement]
    assert powders

    for snippet in powders:
        with pytest.raises(Refused, match="tip_for_adults"):
            await run(snippets.tip, MINA, snippet.id)
    for number in range(6):
        assert await run(occurrence, MINA, number) not in {snippet.id for snippet in powders}


async def test_no_tip_is_repeated_before_all_were_sent(
    run: Runner, clock: Clock, library: Library
) -> None:
    line = []
    for number in range(2 * len(library.snippets)):
        line.append(await run(occurrence, ANNA, number))
        clock.advance(days=1)

    half = len(library.snippets)
    assert set(line[:half]) == set(library.snippets)
    assert line[:half] == line[half:]


async def test_a_planned_message_keeps_its_tip(run: Runner) -> None:
    assert await run(occurrence, ANNA, 1) == await run(occurrence, ANNA, 1)


async def test_what_was_read_on_demand_is_not_sent_next(run: Runner, library: Library) -> None:
    first = await run(occurrence, MINA, 1)
    await run(snippets.tip, ANNA, first)

    assert await run(occurrence, ANNA, 2) != first


async def test_why_this_one_says_how_it_came(run: Runner, clock: Clock) -> None:
    sent_id = await run(occurrence, ANNA, 1)
    here = await run(snippets.why, ANNA, sent_id)
    assert "in turn" in plain(screen_of(here))
    await run(snippets.tip, ANNA, sent_id)  # back to the text
    assert (await run(snippets.why, ANNA, sent_id)).views == here.views

    clock.advance(minutes=5)
    asked = tip_of(await run(snippets.on_topic, ANNA, "stress"))

    assert "You opened it yourself" in plain(screen_of(await run(snippets.why, ANNA, asked.id)))


async def test_more_on_a_topic_goes_on_in_line_and_says_where_it_ends(
    run: Runner, library: Library
) -> None:
    topic = next(iter(library.snippets.values())).topic
    line = [snippet for snippet in library.snippets.values() if snippet.topic == topic]
    for now, following in pairwise(line):
        for _ in range(2):  # a second tap changes nothing
            assert tip_of(await run(snippets.another, ANNA, now.id)) == following

    (end,) = (await run(snippets.another, ANNA, line[-1].id)).views

    assert end == TopicEnd(topic, unread=1)  # the first was passed over
    await run(snippets.tip, ANNA, line[0].id)
    (end,) = (await run(snippets.another, ANNA, line[-1].id)).views
    assert end == TopicEnd(topic, unread=0)


async def test_a_text_that_is_gone_is_refused(run: Runner) -> None:
    for act in (
        snippets.tip,
        snippets.another,
        snippets.cautions,
        snippets.more,
        snippets.sources,
        snippets.why,
    ):
        with pytest.raises(Refused, match="tip_gone"):
            await run(act, ANNA, "gone")
    with pytest.raises(Refused, match="tip_gone"):
        await run(snippets.on_topic, ANNA, "gone")


async def test_what_goes_with_a_tip_can_be_read_whole(run: Runner, library: Library) -> None:
    for snippet in library.snippets.values():
        cautions = await run(snippets.cautions, ANNA, snippet.id)
        sources = await run(snippets.sources, ANNA, snippet.id)
        why = await run(snippets.why, ANNA, snippet.id)

        assert cautions.views == (Cautions(snippet),)
        for name in snippet.disclaimers:
            assert cautions.language(f"disclaimers.{name}.full") in plain(screen_of(cautions))
        (found,) = sources.views
        assert isinstance(found, Sources)
        assert [reference.address for reference in found.references] == list(snippet.references)
        assert why.views == (Why(snippet, asked=None),)


async def test_every_tip_of_ours_fits_into_one_message() -> None:
    library = Library.load()
    for tag in library.languages:
        language = library.language(tag)
        for snippet in library.snippets.values():
            screen = render(Tip(snippet), language)
            assert utf16_length(plain(screen)) <= 1500
