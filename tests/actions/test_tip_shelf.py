"""/learn: topics with what is unread, saved tips, and a search that keeps nothing."""

from __future__ import annotations

from datetime import date

import pytest
import pytest_asyncio
from sqlalchemy import select

from actions import snippets, tip_opinions, tip_shelf, typed
from actions.snippets import NoTipToday, Tip, TopicEnd
from actions.tip_shelf import AskWords, Found, Line, Shelf, SupplementTopics, Titles, TopicLine
from actions.work import Runner, Work
from bot.screen import Button, plain
from bot.screens import render
from content.library import Library
from domain.errors import Refused
from storage.tables import Awaiting
from storage.warnings import add_once
from tests.actions.members import join, member
from tests.conftest import Clock

pytestmark = pytest.mark.asyncio

ANNA, MINA, STRANGER = 7, 8, 9


@pytest_asyncio.fixture(autouse=True)
async def members(run: Runner) -> None:
    """Anna is of age, Mina is not."""
    await run(join, ANNA)
    await run(join, MINA, age="m")


async def shelf(run: Runner, who: int = ANNA) -> Shelf:
    (view,) = (await run(tip_shelf.home, who)).views
    assert isinstance(view, Shelf)
    return view


async def found(run: Runner, words: str, who: int = ANNA) -> list[str]:
    (view,) = (await run(tip_shelf.search, who, words)).views
    assert isinstance(view, Found)
    return [line.snippet.id for line in view.lines]


async def prompt(work: Work) -> str | None:
    row = await work.session.scalar(select(Awaiting))
    return row and f"{row.kind}:{row.subject}"


async def warn(work: Work, who: int) -> None:
    day = date(2025, 3, 3)
    await add_once(work.session, await member(work, who), day, work.now, "red")


async def test_topics_of_habits_come_first_and_supplements_stand_apart(run: Runner) -> None:
    view = await shelf(run)

    assert view.topics == (TopicLine("stress", 1, 1), TopicLine("sleep", 1, 1))
    assert view.supplements == 1
    (apart,) = (await run(tip_shelf.supplements, ANNA)).views
    assert apart == SupplementTopics((TopicLine("glutamine_basics", 1, 1),))


async def test_what_was_read_is_unread_no_more(run: Runner) -> None:
    await run(snippets.tip, ANNA, "night")

    view = await shelf(run)

    assert TopicLine("sleep", 1, 0) in view.topics
    here = await run(tip_shelf.home, ANNA)
    words = [b.label for row in render(view, here.language).rows for b in row]
    assert "Sleep: 1 text" in words
    assert "Stress: 1 text unread" in words


@pytest.mark.parametrize(
    ("tag", "unread", "words"),
    [("en", 1, "not read 1 text yet"), ("en", 2, "not read 2 texts yet"), ("ar", 2, "نصان")],
)
async def test_the_end_of_a_topic_counts_texts_in_words(tag: str, unread: int, words: str) -> None:
    language = Library.load().language(tag)

    assert words in plain(render(TopicEnd("sleep", unread), language))


async def test_a_topic_opens_a_list_of_titles(run: Runner, library: Library) -> None:
    here = await run(tip_shelf.titles, ANNA, "sleep", 0)

    assert here.views == (Titles("sleep", (Line(library.snippets["night"], True),), 0, 1),)
    labels = [b.label for row in render(here.views[0], here.language).rows for b in row]
    assert labels[0] == "Unread: The tip called night"
    with pytest.raises(Refused, match="tip_gone"):
        await run(tip_shelf.titles, ANNA, "gone", 0)


async def test_a_long_list_has_pages_and_a_page_too_far_is_the_last() -> None:
    ours = list(Library.load().snippets.values())
    first = tip_shelf._page(None, ours, {}, 0)
    last = tip_shelf._page(None, ours, {}, 10_000)

    assert len(first.lines) == tip_shelf.PAGE
    assert last.page == last.pages - 1
    assert last.lines[-1].snippet == ours[-1]


async def test_saved_tips_are_found_under_learn_the_latest_first(run: Runner, clock: Clock) -> None:
    (view,) = (await run(tip_shelf.saved, ANNA, 0)).views
    assert view == Titles(None, (), 0, 1)
    for name in ("night", "calm"):
        await run(tip_opinions.save, ANNA, name, True)
        clock.advance(minutes=1)

    (view,) = (await run(tip_shelf.saved, ANNA, 0)).views

    assert isinstance(view, Titles)
    assert [line.snippet.id for line in view.lines] == ["calm", "night"]
    assert (await shelf(run)).saved == 2
    assert (await shelf(run, MINA)).saved == 0


async def test_the_next_unread_goes_through_all_and_then_back_to_the_topics(
    run: Runner, library: Library
) -> None:
    read = []
    for _ in library.snippets:
        (view,) = (await run(tip_shelf.unread, ANNA)).views
        assert isinstance(view, Tip)
        read.append(view.snippet.id)

    assert sorted(read) == sorted(library.snippets)
    assert read[-1] == "powder"
    (view,) = (await run(tip_shelf.unread, ANNA)).views
    assert isinstance(view, Shelf)
    assert view.unread == 0


async def test_any_one_is_never_on_a_supplement(run: Runner) -> None:
    for _ in range(20):
        (view,) = (await run(tip_shelf.any_one, ANNA)).views
        assert isinstance(view, Tip)
        assert not view.snippet.supplement


@pytest.mark.parametrize("words", ["night", "NIGHT", "nights", "nìght", "  nig ", "night sleep"])
async def test_a_search_minds_no_case_accent_plural_or_half_word(run: Runner, words: str) -> None:
    assert await found(run, words) == ["night"]


async def test_a_search_looks_into_titles_topics_and_texts(run: Runner) -> None:
    assert await found(run, "stress") == ["calm"]
    assert set(await found(run, "disclaimer plain words")) == set()
    assert set(await found(run, "plain words")) == {"calm", "night", "powder"}
    assert (await found(run, "tip calm"))[0] == "calm"


async def test_nothing_found_suggests_topics_and_waits_for_other_words(run: Runner) -> None:
    (view,) = (await run(tip_shelf.ask_words, ANNA)).views
    assert isinstance(view, AskWords)

    here = await run(typed.take, ANNA, "zebra", None)
    assert isinstance(here.views[0], Found)
    assert here.views[0].topics == ("stress", "sleep")
    assert "zebra" in plain(render(here.views[0], here.language))

    here = await run(typed.take, ANNA, "night", None)
    assert isinstance(here.views[0], Found)
    assert [line.snippet.id for line in here.views[0].lines] == ["night"]
    assert await run(prompt) is None


async def test_nothing_of_a_search_is_kept(run: Runner) -> None:
    await run(tip_shelf.search, ANNA, "zebra")

    assert await run(prompt) == "tip_search:"
    (view,) = (await run(tip_shelf.search, ANNA, "zebra")).views
    assert "zebra" not in repr(view)


async def test_odd_words_find_nothing_and_break_nothing(run: Runner) -> None:
    for words in ("", " ", "!?", "<b>", "\u202e", "%", "x" * 4000, "🙂"):
        assert await found(run, words) == []


async def test_a_minor_finds_nothing_on_supplements(run: Runner) -> None:
    view = await shelf(run, MINA)

    assert view.supplements == 0
    assert await found(run, "powder", MINA) == []
    with pytest.raises(Refused, match="tip_gone"):
        await run(tip_shelf.titles, MINA, "glutamine_basics", 0)


async def test_on_a_quiet_day_nothing_is_there_to_read(run: Runner) -> None:
    await run(warn, ANNA)

    for here in (
        await run(tip_shelf.home, ANNA),
        await run(tip_shelf.supplements, ANNA),
        await run(tip_shelf.titles, ANNA, "sleep", 0),
        await run(tip_shelf.saved, ANNA, 0),
        await run(tip_shelf.unread, ANNA),
        await run(tip_shelf.any_one, ANNA),
        await run(tip_shelf.ask_words, ANNA),
        await run(tip_shelf.search, ANNA, "night"),
    ):
        assert here.views == (NoTipToday(),)


async def test_a_stranger_is_asked_to_join_first(run: Runner) -> None:
    with pytest.raises(Refused, match="join_first"):
        await run(tip_shelf.search, STRANGER, "night")


async def test_every_list_of_ours_has_buttons_that_carry_and_fit(run: Runner) -> None:
    library = Library.load()
    ours = list(library.snippets.values())
    for tag in library.languages:
        language = library.language(tag)
        screen = render(tip_shelf._page(None, ours, {}, 0), language)
        for button in (b for row in screen.rows for b in row):
            assert isinstance(button, Button)
            assert 0 < len(button.label) <= 80
