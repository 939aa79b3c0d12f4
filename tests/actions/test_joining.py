"""Joining, from a stranger's first tap to a reminder that is set, and every way out of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from actions import consents, home, joining, people, typed, usual_reminders, zones
from actions.consents import Noted
from actions.joining import Declined, Joined, TooYoung, TypeTime
from actions.steps import AskConsent, AskPlace, AskTime, Welcome
from actions.work import Here, Runner, Work
from actions.zones import Understood, WhichPlace
from bot.screen import plain
from bot.screens import render
from domain import consent
from domain.consent import CURRENT, JOINING, Purpose
from domain.errors import Refused
from domain.joining import Age
from domain.reminders import Kind
from storage import inbox
from storage import people as store
from storage.inbox import Arrived
from storage.tables import Base, Consent, ConsentText, Person
from tests.actions.members import decide, join, member
from tests.conftest import Clock

pytestmark = pytest.mark.asyncio

ANNA, BEA = 7, 8
KEEP, TIPS = Purpose.KEEP, Purpose.TIPS


async def rows(work: Work) -> dict[str, int]:
    """How many rows each table has, of those that have any."""
    counts = {}
    for table in Base.metadata.sorted_tables:
        counts[table.name] = await work.session.scalar(select(func.count()).select_from(table)) or 0
    counts.pop("meta")
    return {name: count for name, count in counts.items() if count}


async def decisions(work: Work, who: int) -> list[tuple[Purpose, bool, int]]:
    person = await member(work, who)
    query = select(Consent).where(Consent.person_id == person.id).order_by(Consent.at)
    return [(c.purpose, c.given, c.version) for c in await work.session.scalars(query)]


async def zone_and_time(work: Work, who: int) -> tuple[str | None, time | None]:
    person = await member(work, who)
    return person.row.zone, (await usual_reminders.times(work, person)).get(Kind.CHECK_IN)


async def agree(run: Runner, keep: bool = True, tips: bool = True, who: int = ANNA) -> Here:
    """Tell the age and decide twice."""
    await run(joining.tell_age, who, Age.ADULT, "en")
    await run(consents.decide, who, KEEP, CURRENT[KEEP], keep)
    return await run(consents.decide, who, TIPS, CURRENT[TIPS], tips)


def last(here: Here) -> object:
    return here.views[-1]


async def test_a_stranger_is_welcomed_and_nothing_is_stored(run: Runner) -> None:
    here = await run(home.current, ANNA, "de")

    assert here.views == (Welcome(16),)
    assert await run(rows) == {}


async def test_joining_takes_five_answers_to_a_reminder_that_is_set(run: Runner) -> None:
    shown = [
        last(await run(joining.tell_age, ANNA, Age.ADULT, "en")),
        last(await run(consents.decide, ANNA, KEEP, CURRENT[KEEP], True)),
        (await run(consents.decide, ANNA, TIPS, CURRENT[TIPS], True)).views[0],
        last(await run(zones.take_location, ANNA, 52.52, 13.4, "en")),
        last(await run(joining.choose_time, ANNA, time(20, 30))),
    ]

    assert [type(view) for view in shown] == [AskConsent, AskConsent, AskPlace, AskTime, Joined]
    assert await run(zone_and_time, ANNA) == ("Europe/Berlin", time(20, 30))


async def test_the_end_says_in_plain_words_when_the_next_message_comes(
    run: Runner, clock: Clock
) -> None:
    await agree(run, tips=False)
    await run(zones.choose, ANNA, "Europe/Berlin")
    clock.advance(hours=1)

    here = await run(joining.choose_time, ANNA, time(20, 30))

    screen = render(last(here), here.language)
    assert "Tue 20:30, Berlin time" in plain(screen)
    assert "Do one now" in [button.label for row in screen.rows for button in row]


@pytest.mark.parametrize("before", [False, True])
async def test_somebody_too_young_leaves_no_trace(run: Runner, before: bool) -> None:
    async def arrive(work: Work) -> None:
        await inbox.store(
            work.session,
            work.keys,
            [Arrived(1, ANNA, b"{}"), Arrived(2, BEA, b"{}")],
            work.worker,
            [],
        )

    await run(arrive)
    await run(joining.tell_age, BEA, Age.ADULT, "en")
    others = {"inbox": 1, "inbox_key": 1, "person": 1}
    if before:  # they had first said something else
        await agree(run)

    here = await run(joining.tell_age, ANNA, Age.UNDER, "en")

    assert here.views == (TooYoung(16),)
    found = await run(rows)
    found.pop("consent_text", None)  # our own words, nobody's
    assert found == others


async def test_a_minor_cannot_join_where_the_minimum_is_eighteen(run: Runner) -> None:
    strict = replace(run, policy=replace(run.policy, min_age=18))

    here = await strict(joining.tell_age, ANNA, Age.MINOR, "en")

    assert here.views == (TooYoung(18),)
    assert await run(rows) == {}


async def test_declining_both_erases_everything(run: Runner) -> None:
    here = await agree(run, keep=False, tips=False)

    assert here.views == (Declined(),)
    found = await run(rows)
    found.pop("consent_text")
    assert found == {}


async def test_tips_without_a_diary_need_no_reminder_and_nothing_can_be_kept(run: Runner) -> None:
    await agree(run, keep=False)

    here = await run(zones.choose, ANNA, "Europe/Berlin")

    berlin = ZoneInfo("Europe/Berlin")
    assert last(here) == Joined(False, datetime(2025, 3, 5, 9, 0, tzinfo=UTC), berlin)
    with pytest.raises(Refused, match="consent_first"):
        await run(people.keeper, ANNA)


async def test_no_reminder_ends_joining_too(run: Runner) -> None:
    await agree(run, tips=False)
    await run(zones.choose, ANNA, "Europe/Berlin")

    here = await run(joining.choose_time, ANNA, None)

    assert isinstance(last(here), Joined)
    assert await run(zone_and_time, ANNA) == ("Europe/Berlin", None)


async def test_every_step_is_resumed_with_start_by_what_is_stored(run: Runner) -> None:
    async def where() -> type:
        return type(last(await run(home.current, ANNA, "en")))

    seen = [await where()]
    await run(joining.tell_age, ANNA, Age.ADULT, "en")
    seen.append(await where())
    await run(consents.decide, ANNA, KEEP, CURRENT[KEEP], True)
    seen.append(await where())
    await run(consents.decide, ANNA, TIPS, CURRENT[TIPS], True)
    seen.append(await where())
    await run(typed.take, ANNA, "Berlin, Germany", "en")
    seen.append(await where())
    await run(typed.take, ANNA, "8pm", "en")
    seen.append(await where())

    assert seen == [Welcome, AskConsent, AskConsent, AskPlace, AskTime, home.Home]


async def test_a_second_tap_changes_nothing(run: Runner) -> None:
    await agree(run)
    await run(zones.choose, ANNA, "Europe/Berlin")
    once = await run(rows)

    first = await run(joining.choose_time, ANNA, time(20, 30))
    joined = await run(rows)
    again = await run(joining.choose_time, ANNA, time(20, 30))
    await run(consents.decide, ANNA, KEEP, CURRENT[KEEP], True)
    await run(joining.tell_age, ANNA, Age.MINOR, "en")

    assert once["consent"] == joined["consent"] == 2
    assert first.views == again.views
    assert await run(rows) == joined


async def test_a_consent_loses_its_buttons_and_a_second_tap_asks_no_second_time(
    run: Runner,
) -> None:
    first = await agree(run)
    again = await run(consents.decide, ANNA, TIPS, CURRENT[TIPS], True)

    assert first.views == (AskPlace(), Noted(TIPS, given=True))
    assert again.views == (Noted(TIPS, given=True),)
    assert render(last(first), first.language).rows == ()


async def test_old_buttons_of_joining_harm_no_member(run: Runner) -> None:
    await run(join, ANNA, time(20, 30))

    here = await run(joining.tell_age, ANNA, Age.UNDER, "en")

    assert isinstance(last(here), home.Home)
    assert await run(zone_and_time, ANNA) == ("Europe/Berlin", time(20, 30))


@pytest.mark.parametrize(
    ("act", "values"),
    [
        (joining.choose_time, (time(20, 30),)),
        (zones.choose, ("Europe/Berlin",)),
        (joining.ask_other_time, ()),
    ],
)
async def test_a_button_of_a_later_step_does_not_jump_over_consent(
    run: Runner, act: Callable[..., Awaitable[Here]], values: tuple[object, ...]
) -> None:
    await run(joining.tell_age, ANNA, Age.ADULT, "en")

    here = await run(act, ANNA, *values)

    assert last(here) == AskConsent(KEEP, again=False)
    assert await run(zone_and_time, ANNA) == (None, None)


async def test_buttons_of_a_chat_that_was_erased_ask_to_begin(run: Runner) -> None:
    with pytest.raises(Refused, match="join_first"):
        await run(consents.decide, ANNA, KEEP, 1, True)
    with pytest.raises(Refused, match="join_first"):
        await run(zones.choose, ANNA, "Europe/Berlin")
    with pytest.raises(Refused, match="join_first"):
        await run(joining.choose_time, ANNA, time(20, 30))

    assert await run(rows) == {}


async def test_the_place_can_be_put_right_before_the_reminder(run: Runner) -> None:
    await agree(run)
    await run(zones.choose, ANNA, "America/New_York")

    assert last(await run(zones.ask, ANNA)) == AskPlace()
    here = await run(typed.take, ANNA, "Reykjavik", "en")

    assert isinstance(here.views[0], Understood)
    assert await run(zone_and_time, ANNA) == ("Atlantic/Reykjavik", None)


async def test_a_typed_city_that_is_several_asks_which(run: Runner) -> None:
    await agree(run)

    here = await run(typed.take, ANNA, "Birmingham", "en")

    assert isinstance(here.views[0], Understood)
    which = here.views[1]
    assert isinstance(which, WhichPlace)
    assert {"Europe/London", "America/Chicago"} <= {place.zone for place in which.found}
    buttons = [row[0].label for row in render(which, here.language).rows]
    assert "Birmingham, United Kingdom" in buttons


async def test_a_typed_time_of_one_zone_only_is_enough(run: Runner) -> None:
    await agree(run)  # it is 19:00 UTC

    here = await run(typed.take, ANNA, "00:44", "en")

    assert isinstance(last(here), AskTime)  # no other zone is 5:45 ahead
    assert await run(zone_and_time, ANNA) == ("Asia/Kathmandu", None)


async def test_what_was_understood_names_the_town(run: Runner) -> None:
    await agree(run)

    here = await run(typed.take, ANNA, "germany", "en")

    assert "Berlin, Germany" in plain(render(here.views[0], here.language))
    assert await run(zone_and_time, ANNA) == ("Europe/Berlin", None)


@pytest.mark.parametrize("text", ["UTC+2", "+2", "GMT-5"])
async def test_a_typed_offset_asks_which_zone_keeps_it(run: Runner, text: str) -> None:
    await agree(run)

    which = last(await run(typed.take, ANNA, text, "en"))

    assert isinstance(which, WhichPlace)
    assert which.by_clock


@pytest.mark.parametrize("text", ["12", "+2 or so", "Lo"])
async def test_a_place_is_never_guessed_from_a_number_or_two_letters(
    run: Runner, text: str
) -> None:
    await agree(run)

    with pytest.raises(Refused, match="no_such_place"):
        await run(typed.take, ANNA, text, "en")


async def test_a_typed_time_of_many_zones_asks_which(run: Runner) -> None:
    await agree(run)

    here = await run(typed.take, ANNA, "8:02pm", "en")

    which = last(here)
    assert isinstance(which, WhichPlace)
    assert which.by_clock
    assert len({place.zone for place in which.found}) == len(which.found) > 1


@pytest.mark.parametrize(
    ("text", "key"),
    [("Xyzzyville", "no_such_place"), ("19:40", "no_such_clock"), ("!", "no_such_place")],
)
async def test_what_is_no_place_is_asked_again(run: Runner, text: str, key: str) -> None:
    await agree(run)

    with pytest.raises(Refused, match=key):
        await run(typed.take, ANNA, text, "en")

    assert last(await run(home.current, ANNA, "en")) == AskPlace()


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", ""])
async def test_a_made_up_zone_is_not_taken(run: Runner, zone: str) -> None:
    await agree(run)

    with pytest.raises(Refused, match="no_such_place"):
        await run(zones.choose, ANNA, zone)


async def test_a_location_that_joining_did_not_ask_for_is_not_used(run: Runner) -> None:
    await agree(run)
    await run(zones.choose, ANNA, "Europe/Berlin")

    here = await run(zones.take_location, ANNA, 40.7, -74.0, "en")

    assert here.views == (home.Stray(),)
    assert await run(zone_and_time, ANNA) == ("Europe/Berlin", None)


async def test_a_members_location_that_nobody_asked_for_changes_nothing_by_itself(
    run: Runner,
) -> None:
    await run(join, ANNA, time(20, 30))

    await run(zones.take_location, ANNA, 40.7, -74.0, "en")

    assert await run(zone_and_time, ANNA) == ("Europe/Berlin", time(20, 30))


@pytest.mark.parametrize("text", ["8:45 pm", "at 8:45pm", "20:45 o'clock"])
async def test_another_time_is_typed(run: Runner, text: str) -> None:
    await agree(run)
    await run(zones.choose, ANNA, "Europe/Berlin")

    assert last(await run(joining.ask_other_time, ANNA)) == TypeTime()
    with pytest.raises(Refused, match="not_a_time"):
        await run(typed.take, ANNA, "in the evening", "en")
    await run(typed.take, ANNA, text, "en")

    assert await run(zone_and_time, ANNA) == ("Europe/Berlin", time(20, 45))


async def test_the_words_agreed_to_are_kept_as_they_were_shown(run: Runner) -> None:
    async def texts(work: Work) -> list[tuple[Purpose, int, str, str]]:
        query = select(ConsentText).order_by(ConsentText.purpose)
        return [
            (t.purpose, t.version, t.language, t.text) for t in await work.session.scalars(query)
        ]

    for who in (ANNA, BEA):
        await agree(run, who=who)
    english = run.library.language("en")
    shown = {p: plain(render(AskConsent(p, again=False), english)) for p in JOINING}

    assert await run(texts) == [(p, CURRENT[p], "en", shown[p]) for p in sorted(JOINING)]
    assert await run(decisions, ANNA) == [(p, True, CURRENT[p]) for p in (KEEP, TIPS)]


async def test_consent_whose_words_changed_is_asked_again_before_more_is_kept(
    run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    await run(join, ANNA, time(20, 30))
    for module in (consent, consents):
        monkeypatch.setattr(module, "CURRENT", {**CURRENT, KEEP: 2})
    monkeypatch.setattr("storage.consents.CURRENT", {**CURRENT, KEEP: 2})

    with pytest.raises(Refused, match="consent_first"):
        await run(people.keeper, ANNA)
    assert last(await run(home.current, ANNA, "en")) == AskConsent(KEEP, again=True)
    stale = await run(consents.decide, ANNA, KEEP, 1, True)
    assert last(stale) == AskConsent(KEEP, again=True)
    here = await run(consents.decide, ANNA, KEEP, 2, True)

    assert isinstance(last(here), home.Home)
    assert (await run(people.keeper, ANNA)).id
    assert (await run(decisions, ANNA))[-1] == (KEEP, True, 2)


async def test_decisions_in_one_moment_keep_their_order(run: Runner) -> None:
    await run(join, ANNA)

    for given in (False, True, False, True, False):
        await run(decide, ANNA, TIPS, given=given)

    async def latest(work: Work) -> tuple[bool, int]:
        person = await member(work, ANNA)
        return (await store.decisions(work.session, person.id))[TIPS]

    assert await run(latest) == (False, CURRENT[TIPS])


async def test_an_age_is_kept_sealed(run: Runner) -> None:
    await run(joining.tell_age, ANNA, Age.MINOR, "en")

    async def sealed(work: Work) -> bytes:
        row = (await work.session.scalars(select(Person))).one()
        assert (await member(work, ANNA)).profile["age"] == "m"
        return row.sealed_profile

    assert b"age" not in await run(sealed)


@pytest.mark.postgresql
async def test_many_who_join_at_once_share_the_words_they_agreed_to(run: Runner) -> None:
    await asyncio.gather(*(agree(run, who=who) for who in range(100, 120)))

    found = await run(rows)
    assert (found["person"], found["consent"], found["consent_text"]) == (20, 40, 2)
