"""Another time is proposed from how somebody answers; nothing changes unless they say so."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
import pytest_asyncio
from sqlalchemy import select

from actions import (
    checkins,
    pause,
    planning,
    proposals,
    reminder_change,
    reminder_sheet,
    settings,
    travel,
)
from actions.cards import Card, Step
from actions.proposals import Changed, Left, Offer, Proposing
from actions.reminder_sheet import Sheet
from actions.work import Here, Runner, Work
from bot.screen import Screen, plain
from domain.delivery import Outcome
from domain.errors import Refused
from domain.proposals import OtherTime
from jobs.deliver import deliver
from storage.tables import Reminder
from tests.actions.evenings import ANNA, BERT, MONDAY, at, planned
from tests.actions.members import finish, join, member
from tests.conftest import Clock, Post
from tests.jobs.ledger import again

pytestmark = pytest.mark.asyncio

DAILY = frozenset(range(7))


@pytest_asyncio.fixture(autouse=True)
async def evening(run: Runner) -> None:
    """Anna is asked at half past eight in Berlin, from Monday, 3 March 2025."""
    await run(join, ANNA, time(20, 30))


def last(here: Here) -> object:
    return here.views[-1]


async def be_reminded(run: Runner, post: Post, clock: Clock, day: date) -> Screen:
    clock.now = at("20:30", day)
    await deliver(run, post, at_once=8)
    return post.sent[-1][1]


async def days(run: Runner, post: Post, clock: Clock, answers: list[str | None]) -> date:
    """Let Anna live through some days, finishing her check-in at these times; return the next day."""
    for n, said in enumerate(answers):
        await be_reminded(run, post, clock, MONDAY + timedelta(days=n))
        if said is not None:
            clock.now = at(said, MONDAY + timedelta(days=n))
            await run(finish, ANNA, MONDAY + timedelta(days=n))
    return MONDAY + timedelta(days=len(answers))


async def do_check_in(run: Runner) -> Card:
    view = last(await run(checkins.start, ANNA))
    while isinstance(view, Step):
        options = view.item.question.options
        code = "no" if "no" in options else next(iter(options))
        view = last(await run(checkins.answer, ANNA, view.check_in_id, view.item.question.id, code))
    assert isinstance(view, Card)
    return view


async def offered(run: Runner, post: Post, clock: Clock, day: date, done: str) -> Offer | None:
    await be_reminded(run, post, clock, day)
    clock.now = at(done, day)
    return (await do_check_in(run)).offer


async def reminder(work: Work) -> Reminder:
    return (await work.session.scalars(select(Reminder).where(Reminder.active))).one()


async def test_who_answers_late_every_day_is_offered_their_time_beside_the_card(
    run: Runner, post: Post, clock: Clock
) -> None:
    day = await days(run, post, clock, ["22:40"] * 6)

    offer = await offered(run, post, clock, day, "22:40")

    assert offer is not None
    assert (offer.at, offer.change) == (time(20, 30), OtherTime(time(22, 45)))
    assert await run(planned) == [at("20:30", day + timedelta(days=1))]  # nothing changed by itself


async def test_taking_it_holds_from_the_next_day_and_can_be_undone(
    run: Runner, post: Post, clock: Clock
) -> None:
    day = await days(run, post, clock, ["22:40"] * 6)
    offer = await offered(run, post, clock, day, "22:40")
    assert offer is not None

    view = last(await run(proposals.set_time, ANNA, offer.reminder_id, time(22, 45)))

    tomorrow = day + timedelta(days=1)
    assert isinstance(view, Changed)
    assert (view.at, view.undo) == (time(22, 45), True)
    assert view.next_at == at("22:45", tomorrow)
    assert await run(planned) == [at("22:45", tomorrow)]
    await run(reminder_change.undo, ANNA, offer.reminder_id)
    assert await run(planned) == [at("20:30", tomorrow)]


async def test_undo_takes_back_what_was_proposed_and_no_earlier_change(run: Runner) -> None:
    id_ = (await run(reminder)).id
    await run(reminder_change.set_silent, ANNA, id_, True)
    await run(proposals.set_time, ANNA, id_, time(21, 15))
    await run(proposals.set_time, ANNA, id_, time(21, 15))  # a second tap changes nothing

    view = last(await run(reminder_change.undo, ANNA, id_))

    assert isinstance(view, Sheet)
    assert (view.told.times, view.told.silent, view.undo) == ((time(20, 30),), True, False)


async def test_undo_brings_back_the_days_that_were_proposed_away(run: Runner) -> None:
    id_ = (await run(reminder)).id
    for days in (0b10101, 0):
        before = (await run(reminder_sheet.show, ANNA, id_)).views[-1]
        await run(proposals.set_days, ANNA, id_, days)

        view = last(await run(reminder_change.undo, ANNA, id_))

        assert isinstance(view, Sheet)
        assert isinstance(before, Sheet)
        assert (view.told.days, view.told.paused_until) == (before.told.days, None)


async def test_it_is_offered_once_in_two_weeks_at_most(
    run: Runner, post: Post, clock: Clock
) -> None:
    day = await days(run, post, clock, ["22:40"] * 6)
    offers = []
    for n in range(16):
        offer = await offered(run, post, clock, day + timedelta(days=n), "22:40")
        offers.append(offer is not None)

    assert [n for n, was in enumerate(offers) if was] == [0, 14]


async def test_leaving_it_leaves_it(run: Runner, post: Post, clock: Clock) -> None:
    day = await days(run, post, clock, ["22:40"] * 6)
    offer = await offered(run, post, clock, day, "22:40")
    assert offer is not None

    assert last(await run(proposals.leave, ANNA, offer.reminder_id)) == Left(
        "evening", time(20, 30)
    )
    assert await run(planned) == [at("20:30", day + timedelta(days=1))]


async def test_who_wants_no_suggestions_gets_none(run: Runner, post: Post, clock: Clock) -> None:
    day = await days(run, post, clock, ["22:40"] * 6)

    assert last(await run(proposals.set_proposing, ANNA, False)) == Proposing(False)

    assert await offered(run, post, clock, day, "22:40") is None
    shown = last(await run(settings.overview, ANNA))
    assert isinstance(shown, settings.Settings)
    assert not shown.proposals


async def test_who_answers_within_the_hour_is_offered_nothing(
    run: Runner, post: Post, clock: Clock
) -> None:
    day = await days(run, post, clock, ["20:50"] * 9)

    assert await offered(run, post, clock, day, "20:50") is None


async def test_who_never_answers_is_offered_fewer_below_the_message_itself(
    run: Runner, post: Post, clock: Clock
) -> None:
    day = await days(run, post, clock, [None] * 7)
    screen = await be_reminded(run, post, clock, day)

    assert "I can ask less often" in plain(screen)
    labels = [button.label for row in screen.rows for button in row]
    assert "Only on Mon, Wed and Fri" in labels
    rows = await run(reminder)
    view = last(await run(proposals.set_days, ANNA, rows.id, 0b10101))
    assert isinstance(view, Changed)
    assert (view.weekdays, view.undo) == (frozenset({0, 2, 4}), True)
    assert await run(planned) == [at("20:30", date(2025, 3, 12))]  # a Wednesday
    await run(proposals.set_days, ANNA, rows.id, 0b1111111)
    assert await run(planned) == [at("20:30", date(2025, 3, 11))]


async def test_the_last_step_is_silence_and_can_be_undone(run: Runner) -> None:
    rows = await run(reminder)
    view = last(await run(proposals.set_days, ANNA, rows.id, 0))

    assert isinstance(view, Changed)
    assert (view.weekdays, view.next_at) == (frozenset(), None)
    await run(proposals.set_days, ANNA, rows.id, 0b1111111)

    async def next_message(work: Work) -> object:
        return await planning.next_message(work, await member(work, ANNA))

    assert await run(next_message) == at("20:30")


async def test_days_that_were_paused_say_nothing(run: Runner, post: Post, clock: Clock) -> None:
    await days(run, post, clock, [None] * 4)
    await run(pause.for_days, ANNA, 7)
    for n in range(4, 13):
        clock.now = at("20:30", MONDAY + timedelta(days=n))
        await deliver(run, post, at_once=8)

    assert len(post.sent) == 7  # and not the ten that were planned
    assert not any("less often" in plain(screen) for _, screen in post.sent)


async def test_a_message_that_had_to_be_sent_again_says_the_same(
    run: Runner, post: Post, clock: Clock
) -> None:
    day = await days(run, post, clock, [None] * 7)
    clock.now = at("20:30", day)
    post.answers[ANNA] = Outcome.NOT_SENT
    await deliver(run, post, at_once=8)
    post.answers[ANNA] = Outcome.SENT
    await again(run, post)

    assert "less often" in plain(post.sent[-1][1])


async def test_nobody_can_change_anothers_reminder(run: Runner) -> None:
    await run(join, BERT, None)
    rows = await run(reminder)

    with pytest.raises(Refused, match="stale"):
        await run(proposals.set_time, BERT, rows.id, time(9))
    with pytest.raises(Refused, match="stale"):
        await run(proposals.set_days, BERT, rows.id, 1)
    with pytest.raises(Refused, match="stale"):
        await run(proposals.leave, BERT, rows.id)
    assert await run(planned) == [at("20:30")]


async def test_nothing_is_proposed_to_who_travels_with_home_times(
    run: Runner, post: Post, clock: Clock
) -> None:
    day = await days(run, post, clock, ["22:40"] * 6)
    await run(travel.keep_home, ANNA, "Africa/Cairo")

    assert await offered(run, post, clock, day, "22:40") is None
