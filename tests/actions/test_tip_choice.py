"""The tip that comes by itself, as the actions choose it from what is stored."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
import pytest_asyncio

from actions import (
    consents,
    reminder_list,
    reminder_today,
    settings,
    snippets,
    tip_choice,
    tip_topics,
)
from actions.people import today_of
from actions.reminded import Reminded
from actions.reminder_list import WishList
from actions.snippets import Tip, Why
from actions.tip_topics import ALL, TopicChoices
from actions.work import Policy, Runner, Work
from bot.screen import Button, plain
from bot.screens import render
from bot.taps import ChooseTopicTap
from content.library import Library
from domain.checkin import Answer, Source
from domain.consent import CURRENT, Purpose
from domain.errors import Refused
from domain.opinions import Opinion
from domain.snippets import Pace
from storage import checkins, people, tip_opinions
from storage import snippets as store
from storage.crypto import Keys
from storage.database import open_engine, sessions
from storage.warnings import add_once
from tests.actions.members import BERLIN, decide, join, member
from tests.conftest import Clock
from tests.domain.tip_counts import WRONG, count
from tests.domain.tip_lives import Show
from tests.domain.tip_marks import is_left_out

pytestmark = pytest.mark.asyncio

ANNA, BEN = 7, 8


@pytest_asyncio.fixture(autouse=True)
async def members(run: Runner, clock: Clock) -> None:
    """Anna is of age and lets nothing that she logs choose a tip; it is Monday, 3 March 2025."""
    clock.now = datetime(2025, 3, 3, 19, 0, tzinfo=UTC)
    await run(join, ANNA, pace=Pace.DAILY)


async def sent(work: Work, who: int, occurrence_id: int) -> str | None:
    found = await tip_choice.for_occurrence(work, await member(work, who), occurrence_id)
    return found.snippet.id if found else None


async def history(work: Work, who: int) -> list[str]:
    person = await member(work, who)
    return [show.snippet_id for show in await store.history(work.session, person.id)]


async def log(
    work: Work,
    who: int,
    question_id: str,
    code: str,
    days_ago: int = 0,
    source: Source = Source.TAPPED,
) -> None:
    person = await member(work, who)
    day = today_of(work, person) - timedelta(days=days_ago)
    row = await checkins.open_day(work.session, person, day, BERLIN, work.now)
    said = Answer(code, source)
    await checkins.put(work.session, person, row.id, (question_id, 1), said, work.now)


async def warn(work: Work, who: int, sign: str = "red") -> None:
    person = await member(work, who)
    await add_once(work.session, person, today_of(work, person), work.now, sign)


async def think(work: Work, who: int, snippet_id: str, helpful: bool) -> None:
    person = await member(work, who)
    await tip_opinions.put(work.session, person, snippet_id, Opinion(helpful=helpful), work.now)


async def age(work: Work, who: int, bracket: str, marks: frozenset[str] = frozenset()) -> None:
    people.tell(await member(work, who), age=bracket, marks=sorted(marks))


async def why(run: Runner, snippet_id: str, who: int = ANNA) -> str:
    here = await run(snippets.why, who, snippet_id)
    return plain(render(here.views[-1], here.language))


async def test_what_was_logged_chooses_a_tip_only_with_a_yes_and_says_so(
    run: Runner, clock: Clock
) -> None:
    await run(log, ANNA, "glow", "dim", 1)
    assert await run(sent, ANNA, 1) == "calm"
    assert "in turn" in await why(run, "calm")

    await run(join, BEN)
    await run(log, BEN, "glow", "dim", 1)
    await run(decide, BEN, Purpose.FIT, given=True)
    assert await run(sent, BEN, 2) == "night"
    for words in ("You logged that it was dim.", "You allowed that", "/settings"):
        assert words in await why(run, "night", BEN)


async def test_taking_back_that_logs_choose_forgets_what_they_chose(run: Runner) -> None:
    await run(log, ANNA, "glow", "dim", 1)
    await run(decide, ANNA, Purpose.FIT, given=True)
    assert await run(sent, ANNA, 1) == "night"
    assert "You logged that it was dim." in await why(run, "night")

    await run(consents.change, ANNA, Purpose.FIT, CURRENT[Purpose.FIT], False)

    assert "logged that" not in await why(run, "night")


async def test_what_was_logged_long_ago_or_before_a_yes_was_taken_back_chooses_nothing(
    run: Runner,
) -> None:
    await run(decide, ANNA, Purpose.FIT, given=True)
    await run(log, ANNA, "glow", "dim", 2)
    await run(log, ANNA, "glow", "bright", 1)
    assert await run(sent, ANNA, 1) == "calm"

    await run(join, BEN)
    await run(log, BEN, "glow", "dim")
    await run(decide, BEN, Purpose.FIT, given=True)
    await run(decide, BEN, Purpose.FIT, given=False)
    assert await run(sent, BEN, 2) == "calm"


async def test_no_log_makes_a_text_on_food_come_for_who_leaves_those_out(
    ours: Runner, shipped: Library, clock: Clock
) -> None:
    who, food = 50, "nutrient_dense_diet"
    await ours(join, who)
    await ours(decide, who, Purpose.FIT, given=True)
    came = set()
    for day in range(20):
        await ours(log, who, "meals_on_time", "no")
        if day == 1:
            await ours(age, who, "a", frozenset({"eating_disorder"}))
        came.add((day > 0, shipped.snippets[str(await ours(sent, who, day))].topic == food))
        clock.advance(days=1)

    assert came == {(False, True), (True, False)}


async def test_a_tip_that_was_not_for_me_does_not_come_by_itself(run: Runner, clock: Clock) -> None:
    await run(think, ANNA, "calm", False)

    line = []
    for number in range(4):
        line.append(await run(sent, ANNA, number))
        clock.advance(days=1)

    assert "calm" not in line
    assert isinstance((await run(snippets.tip, ANNA, "calm")).views[0], Tip)


async def test_nothing_comes_on_a_quiet_day_even_where_it_was_chosen_before(run: Runner) -> None:
    assert await run(sent, ANNA, 1)
    await run(warn, ANNA)

    assert await run(sent, ANNA, 1) is None


async def test_the_newest_word_on_a_question_is_what_counts(run: Runner) -> None:
    await run(decide, ANNA, Purpose.FIT, given=True)
    await run(log, ANNA, "glow", "dim", 1)
    await run(log, ANNA, "glow", "bright")

    assert await run(sent, ANNA, 1) == "calm"


async def test_what_a_calm_day_preset_is_not_what_somebody_said(run: Runner) -> None:
    await run(decide, ANNA, Purpose.FIT, given=True)
    await run(log, ANNA, "glow", "dim", source=Source.PRESET)

    assert await run(sent, ANNA, 1) == "calm"


async def test_a_text_opened_again_at_once_is_no_second_reading(run: Runner, clock: Clock) -> None:
    for minutes, readings in ((0, 1), (5, 1), (65, 2)):
        clock.advance(minutes=minutes)
        await run(snippets.on_topic, ANNA, "sleep")
        assert len(await run(history, ANNA)) == readings


async def test_a_chosen_tip_that_may_not_come_any_more_is_chosen_anew(run: Runner) -> None:
    await run(think, ANNA, "calm", False)
    await run(think, ANNA, "night", False)
    assert await run(sent, ANNA, 1) == "powder"

    await run(age, ANNA, "m")

    assert await run(sent, ANNA, 1) in ("calm", "night")


async def test_a_trial_uses_no_tip_up(run: Runner) -> None:
    (told,) = (await run(reminder_list.show, ANNA)).views
    assert isinstance(told, WishList)
    (wish,) = told.wishes
    tried = []
    for _ in range(3):
        (trial, *_) = (await run(reminder_today.trial, ANNA, wish.id)).views
        assert isinstance(trial, Reminded)
        assert isinstance(trial.view, Tip)
        tried.append(trial.view.snippet.id)

    assert {await run(sent, ANNA, 1)} == set(tried)


async def test_only_topics_that_are_wanted_come_and_the_rest_can_be_read(
    run: Runner, clock: Clock
) -> None:
    for topic in ("sleep", "stress"):
        (view,) = (await run(tip_topics.choose, ANNA, topic, True)).views
    (view,) = (await run(tip_topics.choose, ANNA, "stress", False)).views
    assert isinstance(view, TopicChoices)
    assert view.topics == (("stress", False), ("sleep", True), ("glutamine_basics", False))

    for number in range(3):
        assert await run(sent, ANNA, number) == "night"
        clock.advance(days=1)
    assert isinstance((await run(snippets.tip, ANNA, "calm")).views[0], Tip)

    with pytest.raises(Refused, match="last_topic"):
        await run(tip_topics.choose, ANNA, "sleep", False)
    (view,) = (await run(tip_topics.choose, ANNA, ALL, True)).views
    assert isinstance(view, TopicChoices)
    assert view.all_of_them
    with pytest.raises(Refused, match="stale"):
        await run(tip_topics.choose, ANNA, "gone", True)


async def test_from_all_topics_the_first_tap_chooses_one_and_the_screen_says_so(
    run: Runner,
) -> None:
    here = await run(tip_topics.choices, ANNA)
    screen = render(here.views[-1], here.language)
    taps = {b.label: b.tap for row in screen.rows for b in row if isinstance(b, Button)}
    assert "Tap a topic to get tips on that one alone" in plain(screen)
    assert list(taps)[:3] == ["Stress", "Sleep", "What glutamine is (supplements)"]

    for _ in range(2):  # a second tap changes nothing
        tap = taps["Sleep"]
        assert isinstance(tap, ChooseTopicTap)
        here = await run(tip_topics.choose, ANNA, tap.topic, bool(tap.wanted))

    labels = [b.label for row in render(here.views[-1], here.language).rows for b in row]
    assert labels[:3] == ["Stress: no", "Sleep: yes", "What glutamine is (supplements): no"]
    assert "All topics" in labels


async def test_where_no_topic_is_left_the_screens_say_so(run: Runner) -> None:
    await run(tip_topics.choose, ANNA, "glutamine_basics", True)
    await run(age, ANNA, "m")

    assert await run(sent, ANNA, 1) is None
    for act in (tip_topics.choices, settings.tips):
        here = await run(act, ANNA)
        assert here.language("tip_topics.none") in plain(render(here.views[-1], here.language))


@pytest.fixture(scope="module")
def shipped() -> Library:
    return Library.load()


@pytest_asyncio.fixture
async def ours(
    database_url: str, shipped: Library, keys: Keys, clock: Clock
) -> AsyncIterator[Runner]:
    """A runner with all that we ship."""
    engine = open_engine(database_url)
    yield Runner(sessions(engine), shipped, keys, Policy(), clock, wake=lambda: None)
    await engine.dispose()


@pytest.mark.parametrize("seed", range(2))
async def test_months_of_tips_hold_what_is_promised(
    ours: Runner, shipped: Library, clock: Clock, seed: int
) -> None:
    library, random, who = shipped, Random(seed), 100 + seed
    got: list[Show] = []
    await ours(join, who)
    await ours(decide, who, Purpose.FIT, given=seed != 0)
    adult, marks, quiet = True, frozenset[str](), 0
    for day in range(120):
        clock.advance(days=1)
        if random.random() < 0.04:
            adult = random.random() < 0.7
            marks = frozenset(random.sample(sorted(library.marks), random.randint(0, 2)))
            await ours(age, who, "a" if adult else "m", marks)
        await ours(log, who, "sleep_hours", random.choice(["<5", "7-8"]))
        if random.random() < 0.05:
            await ours(warn, who, random.choice(sorted(library.signs)))
            assert await ours(sent, who, day) is None
            quiet += 1
            continue
        declined = await ours(not_for_me, who)
        theirs = (s for s in library.snippets.values() if not is_left_out(s, marks, adult))
        pool = frozenset(snippet.id for snippet in theirs)
        name = await ours(sent, who, day)
        assert name == await ours(sent, who, day)
        snippet = library.snippets[str(name)]
        (reason,) = (await ours(snippets.why, who, snippet.id)).views
        assert isinstance(reason, Why)
        got.append(Show(day, snippet, False, pool - declined or pool, adult, marks, reason.fits))
        if random.random() < 0.1:
            await ours(think, who, snippet.id, random.random() < 0.3)
        if random.random() < 0.1:
            clock.advance(hours=2)
            read = library.snippets[random.choice(sorted(pool))]
            await ours(snippets.tip, who, read.id)
            if all(show.snippet != read for show in got):
                got.append(replace(got[-1], snippet=read, asked=True))

    found = count(got, library)
    assert quiet > 0
    assert found["tips"] > 80
    assert (found["that fitted"] > 0) is (seed != 0)
    assert {what: found[what] for what in WRONG if found[what]} == {}


async def not_for_me(work: Work, who: int) -> frozenset[str]:
    made = await tip_opinions.opinions(work.session, await member(work, who))
    return frozenset(name for name, opinion in made.items() if opinion.helpful is False)
