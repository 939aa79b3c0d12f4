"""Whose country's numbers are shown: guessed from the time zone, chosen, or none; and words of distress."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import cast

import pytest
from sqlalchemy import func, select

from actions import (
    checkins,
    distress,
    entries,
    export,
    helplines,
    home,
    people,
    quiet,
    reminder_making,
    retention,
    settings,
    tip_shelf,
    typed,
    warnings,
    zones,
)
from actions.cards import Card, Step
from actions.distress import Distress, Misread
from actions.helplines import Countries, ForStranger, Help, Why
from actions.home import Stray
from actions.quiet import Reason
from actions.settings import Settings
from actions.snippets import NoTipToday
from actions.warnings import RedFlag, SignList
from actions.work import Here, Runner, Work
from content.library import Library
from domain.consent import Purpose
from domain.errors import Refused
from storage.tables import Entry, Warned
from tests.actions.members import decide, join, member
from tests.conftest import Clock

pytestmark = pytest.mark.asyncio

ANNA, STRANGER = 7, 99

SAD = {
    "en": "Slept badly. I don't want to live anymore.",
    "de": "Ich will nicht mehr leben",
    "es": "ya no quiero vivir",
    "ar": "لا أُريد أن أعيش",
}


@pytest.fixture(scope="session")
def library(library: Library) -> Library:
    """That of the other tests, in all languages: no text is asked for here, only words of distress."""
    return replace(library, languages={**Library.load().languages, **library.languages})


async def help_of(run: Runner, who: int = ANNA) -> Help:
    flag = (await run(warnings.choose, who, "red", "en")).views[0]
    assert isinstance(flag, RedFlag)
    return flag.help


async def speak(work: Work, tag: str) -> None:
    (await member(work, ANNA)).row.language = tag


async def move(work: Work, zone: str) -> None:
    (await member(work, ANNA)).row.zone = zone


async def is_quiet(work: Work) -> bool:
    person = await member(work, ANNA)
    return await quiet.quiet_day(work, person, people.today_of(work, person))


async def notes(work: Work) -> int:
    return await work.session.scalar(select(func.count()).select_from(Entry)) or 0


async def warned(work: Work) -> int:
    return await work.session.scalar(select(func.count()).select_from(Warned)) or 0


def texts(here: Here) -> list[Distress]:
    return [view for view in here.views if isinstance(view, Distress)]


async def test_the_country_is_that_of_the_time_zone_and_follows_a_move(run: Runner) -> None:
    await run(join, ANNA)

    first = await help_of(run)
    await run(move, "Europe/Lisbon")
    second = await help_of(run)

    assert (first.why, first.country) == (Why.BY_ZONE, "DE")
    assert first.lines is not None
    assert first.lines.emergency == ("112",)
    assert (second.why, second.country) == (Why.BY_ZONE, "PT")


@pytest.mark.parametrize(("zone", "country"), [("Asia/Calcutta", "IN"), ("US/Eastern", "US")])
async def test_an_older_name_of_a_zone_lies_in_the_same_country(
    run: Runner, zone: str, country: str
) -> None:
    await run(join, ANNA, zone=zone)

    assert (await help_of(run)).country == country


async def test_a_zone_of_no_country_shows_no_number_and_a_country_can_be_chosen(
    run: Runner,
) -> None:
    await run(join, ANNA, zone="Etc/UTC")

    before = await help_of(run)
    await run(helplines.choose, ANNA, "AT")
    after = await help_of(run)

    assert (before.why, before.lines, before.kept) == (Why.UNKNOWN, None, True)
    assert (after.why, after.country) == (Why.CHOSEN, "AT")


async def test_what_was_chosen_outlives_a_move_until_the_zone_counts_again(run: Runner) -> None:
    await run(join, ANNA)
    await run(helplines.choose, ANNA, "PT")
    await run(move, "America/New_York")

    chosen = await help_of(run)
    await run(helplines.by_zone, ANNA)

    assert (chosen.why, chosen.country) == (Why.CHOSEN, "PT")
    assert (await help_of(run)).country == "US"


async def test_who_wants_no_number_gets_none_anywhere(run: Runner) -> None:
    await run(join, ANNA)

    view = (await run(helplines.choose, ANNA, "")).views[-1]
    listed = cast(SignList, (await run(warnings.look, ANNA, "en")).views[-1])
    at_a_glance = cast(Settings, (await run(settings.overview, ANNA)).views[-1])

    assert cast(Countries, view).help == Help(Why.NONE)
    assert (await help_of(run)).lines is None
    assert listed.help.lines is None
    assert at_a_glance.help.why is Why.NONE


async def test_a_stranger_is_shown_no_number_until_they_say_the_country_and_nothing_is_kept(
    run: Runner, library: Library
) -> None:
    assert await help_of(run, STRANGER) == helplines.NOWHERE

    first = cast(ForStranger, (await run(helplines.look_from_help, STRANGER, "de")).views[0])
    here = await run(helplines.choose, STRANGER, "DE", "de")

    assert first.anew
    assert first.countries[0] == "DE"
    (view,) = here.views
    assert here.language.tag == "de"
    assert cast(ForStranger, view).help.lines == library.helplines["DE"]
    assert await help_of(run, STRANGER) == helplines.NOWHERE
    with pytest.raises(Refused):
        await run(helplines.choose, STRANGER, "ZZ", "de")


async def test_a_stranger_leafs_through_all_countries_once_each(
    run: Runner, library: Library
) -> None:
    seen: list[str] = []
    number = 0
    while number or not seen:
        view = cast(ForStranger, (await run(helplines.page, STRANGER, number, "en")).views[0])
        seen += view.countries
        number = view.following

    assert sorted(seen) == sorted(library.helplines)
    for stale in (-1, 999):
        again = cast(ForStranger, (await run(helplines.page, STRANGER, stale, "en")).views[0])
        assert list(again.countries) == seen[: len(again.countries)]


async def test_a_zone_that_was_found_by_the_clock_says_no_country_and_a_town_does(
    run: Runner, clock: Clock
) -> None:
    await run(join, ANNA)
    await run(zones.ask, ANNA)
    clock_there = (clock.now + timedelta(hours=2)).strftime("%H:%M")
    which = (await run(typed.take, ANNA, clock_there, "en")).views[-1]
    place = cast(zones.WhichPlace, which).found[0]

    await run(zones.choose, ANNA, place.zone)
    by_clock = await help_of(run)
    await run(zones.ask, ANNA)
    await run(typed.take, ANNA, "Berlin", "en")

    assert (by_clock.why, by_clock.lines) == (Why.UNKNOWN, None)
    assert (await help_of(run)).country == "DE"


@pytest.mark.parametrize("zone", ["CET", "EST", "EET", "WET", "MET", "MST", "HST", "PST8PDT"])
async def test_a_zone_of_many_countries_says_none(run: Runner, zone: str) -> None:
    await run(join, ANNA, zone=zone)

    assert (await help_of(run)).why is Why.UNKNOWN


async def test_a_country_is_found_by_its_name_in_any_language_or_by_its_code(
    run: Runner, library: Library
) -> None:
    await run(join, ANNA)
    await run(speak, "de")
    for words, country in (
        ("österreich", "AT"),
        ("Austria", "AT"),
        ("br", "BR"),
        ("UK", "GB"),
        ("Brasil", "BR"),
    ):
        await run(helplines.ask, ANNA)

        await run(typed.take, ANNA, words, "de")

        assert (await help_of(run)).country == country, words


async def test_a_name_that_fits_several_asks_which_and_an_unknown_one_is_refused(
    run: Runner,
) -> None:
    await run(join, ANNA)
    await run(helplines.ask, ANNA)
    with pytest.raises(Refused) as refused:
        await run(typed.take, ANNA, "Atlantis", "en")

    view = (await run(typed.take, ANNA, "guin", "en")).views[-1]

    assert refused.value.key == "no_such_country"
    assert cast(Countries, view).found
    assert {"GN", "GW"} <= set(cast(Countries, view).countries)
    assert (await help_of(run)).country == "DE", "nothing was chosen yet"


async def test_a_made_up_country_is_refused(run: Runner) -> None:
    await run(join, ANNA)
    with pytest.raises(Refused):
        await run(helplines.choose, ANNA, "ZZ")


async def test_the_export_says_which_country_was_chosen(run: Runner) -> None:
    await run(join, ANNA)
    await run(helplines.choose, ANNA, "")

    files = (await run(export.export, ANNA, "en")).views[-1]

    assert isinstance(files, export.Files)
    assert json.loads(files.json)["person"]["profile"]["country"] == "none"


@pytest.mark.parametrize("tag", SAD)
async def test_a_note_of_distress_is_kept_and_answered_with_the_text_and_the_day_is_quiet(
    run: Runner, tag: str
) -> None:
    await run(join, ANNA)
    await run(speak, tag)
    await run(entries.ask_note, ANNA)

    here = await run(typed.take, ANNA, SAD[tag], tag)

    card, text = here.views
    assert isinstance(card, Card)
    assert isinstance(text, Distress)
    assert text.help.country == "DE"
    assert (text.lost, text.at is not None) == (False, True)
    assert await run(notes) == 1
    assert await run(warned) == 0, "nothing is noted of it"
    assert await run(is_quiet)


async def test_english_words_are_heard_in_every_language(run: Runner) -> None:
    await run(join, ANNA)
    await run(speak, "fr")

    assert texts(await run(entries.write_note, ANNA, SAD["en"]))


async def test_an_ordinary_note_is_only_kept(run: Runner) -> None:
    await run(join, ANNA)

    here = await run(entries.write_note, ANNA, "My stomach is killing me, dying for a tea")

    assert not texts(here)
    assert not await run(is_quiet)


async def test_the_words_of_a_reminder_are_heard_too(run: Runner) -> None:
    await run(join, ANNA)

    here = await run(reminder_making.say, ANNA, "I want to die every day at 9:00")

    assert texts(here)
    assert await run(is_quiet)


@pytest.mark.parametrize("who", [ANNA, STRANGER])
async def test_unasked_words_of_distress_get_the_text_alone_and_nothing_is_kept(
    run: Runner, who: int
) -> None:
    await run(join, ANNA)

    here = await run(typed.take, who, SAD["en"], "en")
    other = await run(typed.take, who, "hello there", "en")

    (text,) = here.views
    assert isinstance(text, Distress)
    assert (text.lost, text.at is not None) == (True, who == ANNA)
    assert other.views == (Stray(),)
    assert await run(notes) == 0


async def test_a_refusal_is_not_said_to_somebody_in_distress(run: Runner) -> None:
    await run(join, ANNA)
    await run(decide, ANNA, Purpose.KEEP, given=False)

    here = await run(entries.write_note, ANNA, SAD["en"])

    (text,) = here.views
    assert isinstance(text, Distress)
    assert text.lost
    assert await run(notes) == 0


async def test_the_text_is_not_lost_by_a_restart_and_not_shown_later(
    run: Runner, clock: Clock
) -> None:
    await run(join, ANNA)
    await run(entries.write_note, ANNA, SAD["en"])

    at_once = await run(home.current, ANNA, "en")
    clock.advance(seconds=(checkins.JUST_NOW + timedelta(minutes=1)).total_seconds())

    assert len(texts(at_once)) == 1
    assert not texts(await run(home.current, ANNA, "en"))


async def is_quiet_now(work: Work) -> bool:
    return await quiet.why(work, await member(work, ANNA)) is not None


async def test_taking_a_sign_back_leaves_the_day_on_which_words_were_said_quiet(
    run: Runner,
) -> None:
    await run(join, ANNA)
    for keeps in (True, False):
        await run(decide, ANNA, Purpose.KEEP, given=keeps)
        await run(entries.write_note, ANNA, SAD["en"])
        await run(warnings.choose, ANNA, "red", None)

        await run(warnings.take_back, ANNA, "red" if keeps else "", None)

        assert await run(is_quiet)
        assert (await run(tip_shelf.home, ANNA)).views == (NoTipToday(Reason.WORDS),)


async def test_none_of_these_leaves_the_day_on_which_words_were_said_quiet(run: Runner) -> None:
    await run(join, ANNA)
    await run(entries.write_note, ANNA, SAD["en"])
    step = cast(Step, (await run(checkins.start, ANNA)).views[-1])
    for name, code in (("ache", "3"), ("visits", "0")):
        await run(checkins.answer, ANNA, step.check_in_id, name, code)

    card = (await run(warnings.none_in_check_in, ANNA, step.check_in_id)).views[-1]

    assert not cast(Card, card).thanks
    assert await run(is_quiet)


@pytest.mark.parametrize("keeps", [True, False])
async def test_who_was_misread_says_so_and_has_tips_again_a_second_time_changes_nothing(
    run: Runner, keeps: bool
) -> None:
    await run(join, ANNA)
    await run(decide, ANNA, Purpose.KEEP, given=keeps)
    (text,) = texts(await run(entries.write_note, ANNA, SAD["en"]))
    assert text.at is not None

    for _ in range(2):
        here = await run(distress.misread, ANNA, int(text.at.timestamp()), "en")
        assert here.views == (Misread(),)
        assert not await run(is_quiet_now)
    assert not await run(is_quiet)
    assert not texts(await run(home.current, ANNA, "en"))


async def test_misread_once_lifts_neither_the_sign_nor_other_words(
    run: Runner, clock: Clock
) -> None:
    await run(join, ANNA)
    await run(decide, ANNA, Purpose.KEEP, given=False)
    (first,) = texts(await run(entries.write_note, ANNA, SAD["en"]))
    clock.advance(minutes=5)
    (second,) = texts(await run(entries.write_note, ANNA, SAD["en"]))
    await run(warnings.choose, ANNA, "red", None)
    found = []

    for at in (second.at, first.at):
        await run(distress.misread, ANNA, int(cast(datetime, at).timestamp()), "en")
        found.append((await run(tip_shelf.home, ANNA)).views)
    await run(warnings.take_back, ANNA, "", None)

    assert found == [(NoTipToday(Reason.WORDS),), (NoTipToday(Reason.SIGN),)]
    assert not await run(is_quiet_now)
    assert not await run(is_quiet)


async def test_a_stranger_has_nothing_to_take_back(run: Runner) -> None:
    (text,) = texts(await run(typed.take, STRANGER, SAD["en"], "en"))

    assert text.at is None
    assert (await run(distress.misread, STRANGER, 1, "de")).views == (Misread(),)


async def test_after_words_no_text_is_there_for_a_day_and_a_night_and_then_all_is_forgotten(
    run: Runner, clock: Clock
) -> None:
    await run(join, ANNA)
    await run(entries.write_note, ANNA, SAD["en"])
    found = []
    for hours in (0, 23, 1):
        clock.advance(hours=hours)
        found.append(await run(is_quiet_now))
    clock.advance(days=3)
    await run(retention.tidy)

    async def left(work: Work) -> object:
        person = await member(work, ANNA)
        return person.row.quiet_on, person.profile.get(quiet.WORDS)

    assert found == [True, True, False]
    assert await run(left) == (None, None)


async def test_words_in_another_language_than_the_screen_are_heard(run: Runner) -> None:
    await run(join, ANNA)
    for words in (
        "Ich will nicht mehr leben, ich bringe mich um",
        "أريد أن أموت",
        "quiero suicidarme",
    ):
        assert texts(await run(entries.write_note, ANNA, words)), words


async def test_words_that_are_searched_for_are_answered_by_the_text_alone(run: Runner) -> None:
    await run(join, ANNA)
    await run(tip_shelf.ask_words, ANNA)

    for here in (
        await run(typed.take, ANNA, SAD["en"], "en"),
        await run(tip_shelf.search, ANNA, SAD["en"]),
    ):
        (text,) = here.views
        assert cast(Distress, text).lost
