"""Somebody travels: their reminders move along or keep home times, and no day gets two or none for it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from sqlalchemy import inspect, select

from actions import (
    checkins,
    entries,
    home,
    people,
    planning,
    reminder_list,
    settings,
    snooze,
    travel,
    typed,
    zones,
)
from actions.cards import Step
from actions.travel import Arrived, Placed
from actions.work import Here, Runner, Work
from actions.zones import Understood
from domain.delivery import Outcome, State
from domain.errors import Refused
from domain.reminders import Snooze
from jobs.deliver import deliver
from storage.tables import Awaiting, Base, CheckIn, Occurrence
from tests.actions.evenings import ANNA, MONDAY, ZONE, choose, planned, sent
from tests.actions.members import join, member
from tests.conftest import Clock, Post

pytestmark = pytest.mark.asyncio

TOKYO, VIENNA, AUCKLAND, HONOLULU = (
    ZoneInfo(name)
    for name in ("Asia/Tokyo", "Europe/Vienna", "Pacific/Auckland", "Pacific/Honolulu")
)
PLACES = {"Tokyo": (35.68, 139.69), "Vienna": (48.2, 16.37), "Berlin": (52.52, 13.4)}


@pytest_asyncio.fixture(autouse=True)
async def evening(run: Runner) -> None:
    """Anna is asked at half past eight; it is eight in Berlin, on Monday, 3 March 2025."""
    await run(join, ANNA, time(20, 30))


def last(here: Here) -> object:
    return here.views[-1]


async def share(run: Runner, place: str) -> object:
    return last(await run(zones.take_location, ANNA, *PLACES[place], "en"))


async def zones_of(work: Work) -> tuple[str | None, str | None]:
    row = (await member(work, ANNA)).row
    return row.zone, row.reminder_zone


async def sent_days(work: Work) -> list[date]:
    days = select(Occurrence.local_day).where(Occurrence.state == State.SENT)
    return list(await work.session.scalars(days.order_by(Occurrence.local_day)))


def begun(zone: ZoneInfo, after: datetime, until: datetime) -> set[date]:
    """The days whose midnight the clocks of *zone* show between two moments."""
    days = (date(2025, 3, 1) + timedelta(days=n) for n in range(15))
    return {d for d in days if after < datetime.combine(d, time(0), zone) <= until}


async def live_until(run: Runner, post: Post, clock: Clock, end: datetime) -> list[datetime]:
    """Let time go on, from one due moment to the next; return when messages came."""
    came = []
    while (due := await run(planning.next_due)) is not None and due <= end:
        clock.now = max(clock.now, due)
        done = await deliver(run, post, at_once=8)
        came += [clock.now] * done[Outcome.SENT]
    clock.now = end
    return came


async def test_a_location_in_another_zone_asks_once_and_changes_nothing_yet(
    run: Runner, clock: Clock
) -> None:
    view = await share(run, "Tokyo")

    tomorrow = datetime(2025, 3, 3, 19, 30, tzinfo=UTC)
    assert view == Arrived(TOKYO, clock.now, ZONE, time(20, 30), tomorrow, False)
    assert await run(zones_of) == ("Europe/Berlin", None)
    assert await run(planned) == [tomorrow]


async def test_moving_along_is_reminded_by_the_clocks_there(run: Runner) -> None:
    view = last(await run(travel.move, ANNA, "Asia/Tokyo"))

    there = datetime(2025, 3, 4, 11, 30, tzinfo=UTC)
    assert isinstance(view, Placed)
    assert (view.by, view.next_at, view.before) == (None, there, ("Europe/Berlin", ""))
    assert await run(planned) == [there]


async def test_keeping_home_times_leaves_the_moments_and_moves_the_day(run: Runner) -> None:
    before = await run(planned)

    view = last(await run(travel.keep_home, ANNA, "Asia/Tokyo"))

    assert isinstance(view, Placed)
    assert (view.zone, view.by, view.next_at) == (TOKYO, ZONE, before[0])
    assert await run(zones_of) == ("Asia/Tokyo", "Europe/Berlin")
    assert await run(planned) == before
    shown = last(await run(settings.overview, ANNA))
    assert isinstance(shown, settings.Settings)
    assert (shown.zone, shown.reminder_zone) == (TOKYO, ZONE)
    listed = last(await run(reminder_list.show, ANNA))
    assert isinstance(listed, reminder_list.WishList)
    assert (listed.zone, listed.here) == (ZONE, TOKYO)


async def test_changing_nothing_changes_nothing(run: Runner) -> None:
    await share(run, "Tokyo")

    view = last(await run(travel.stay, ANNA))

    assert isinstance(view, Placed)
    assert view.unchanged
    assert view.before is None
    assert await run(zones_of) == ("Europe/Berlin", None)


@pytest.mark.parametrize("act", [travel.move, travel.keep_home])
async def test_both_can_be_undone_and_a_second_tap_changes_nothing(
    run: Runner, act: Callable[[Work, int, str], Awaitable[Here]]
) -> None:
    before = await run(planned)
    view = last(await run(act, ANNA, "Asia/Tokyo"))
    after = await run(zones_of)
    again = last(await run(act, ANNA, "Asia/Tokyo"))

    assert await run(zones_of) == after
    assert isinstance(again, Placed)
    assert again.before is None
    assert isinstance(view, Placed)
    assert view.before is not None
    await run(travel.take_back, ANNA, *view.before)
    assert await run(zones_of) == ("Europe/Berlin", None)
    assert await run(planned) == before


async def test_a_place_with_the_same_clock_is_set_without_a_question(run: Runner) -> None:
    before = await run(planned)

    view = await share(run, "Vienna")

    assert isinstance(view, Placed)
    assert (view.zone, view.by, view.unchanged) == (VIENNA, None, False)
    assert await run(planned) == before


async def test_where_nothing_is_reminded_of_there_is_nothing_to_ask(run: Runner) -> None:
    await run(choose, ANNA, None)

    assert isinstance(await share(run, "Tokyo"), Placed)
    assert await run(zones_of) == ("Asia/Tokyo", None)


async def test_the_place_where_one_is_already_changes_nothing(run: Runner) -> None:
    view = await share(run, "Berlin")

    assert isinstance(view, Placed)
    assert view.unchanged


async def test_coming_home_ends_the_home_times_without_a_question(run: Runner) -> None:
    await run(travel.keep_home, ANNA, "Asia/Tokyo")
    before = await run(planned)

    view = await share(run, "Berlin")

    assert isinstance(view, Placed)
    assert (view.zone, view.by) == (ZONE, None)
    assert await run(zones_of) == ("Europe/Berlin", None)
    assert await run(planned) == before


async def test_travelling_on_asks_again_and_home_stays_home(run: Runner) -> None:
    await run(travel.keep_home, ANNA, "Asia/Tokyo")

    view = last(await run(zones.choose, ANNA, "Pacific/Auckland"))

    assert isinstance(view, Arrived)
    assert (view.home, view.keeping) == (ZONE, True)
    await run(travel.keep_home, ANNA, "Pacific/Auckland")
    assert await run(zones_of) == ("Pacific/Auckland", "Europe/Berlin")


async def test_home_times_can_be_ended_at_any_time(run: Runner) -> None:
    await run(travel.keep_home, ANNA, "Asia/Tokyo")

    view = last(await run(travel.end_home, ANNA))

    assert isinstance(view, Placed)
    assert view.before == ("Asia/Tokyo", "Europe/Berlin")
    assert await run(planned) == [datetime(2025, 3, 4, 11, 30, tzinfo=UTC)]


async def test_a_town_that_was_asked_for_is_understood_and_asks_too(run: Runner) -> None:
    await run(zones.ask, ANNA)

    here = await run(typed.take, ANNA, "Tokyo", "en")

    assert [type(view) for view in here.views] == [Understood, Arrived]


async def test_a_location_does_not_end_a_note_that_is_being_typed(run: Runner) -> None:
    async def expected(work: Work) -> list[str]:
        return [row.kind for row in await work.session.scalars(select(Awaiting))]

    await run(entries.ask_note, ANNA)
    here = await run(zones.take_location, ANNA, *PLACES["Tokyo"], "en")

    assert [type(view) for view in here.views] == [Arrived]
    assert await run(expected) == ["note"]


async def test_a_strangers_location_is_answered_as_before(run: Runner) -> None:
    here = await run(zones.take_location, 99, *PLACES["Tokyo"], "en")

    assert isinstance(last(here), home.Stray)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "America/Argentina/ComodRivadavia", "../etc"])
async def test_a_made_up_zone_is_refused(run: Runner, zone: str) -> None:
    for act in (travel.move, travel.keep_home):
        with pytest.raises(Refused, match="no_such_place"):
            await run(act, ANNA, zone)
    with pytest.raises(Refused, match="no_such_place"):
        await run(travel.take_back, ANNA, zone, "Europe/Berlin")


async def test_where_somebody_is_is_nowhere_in_the_database(run: Runner) -> None:
    await share(run, "Tokyo")
    await run(travel.keep_home, ANNA, "Asia/Tokyo")

    async def everything(work: Work) -> str:
        rows = [
            str([getattr(row, column.key) for column in inspect(type(row)).columns])
            for table in Base.registry.mappers
            for row in await work.session.scalars(select(table.class_))
        ]
        person = await member(work, ANNA)
        return "".join([*rows, str(person.profile)])

    said = await run(everything)
    assert "139.69" not in said
    assert "35.68" not in said


async def test_a_day_that_had_its_message_gets_no_second_one(
    run: Runner, post: Post, clock: Clock
) -> None:
    await live_until(run, post, clock, clock.now + timedelta(hours=1))
    await run(travel.move, ANNA, "America/New_York")  # half past three in the afternoon there

    came = await live_until(run, post, clock, clock.now + timedelta(days=2))

    assert came == [datetime(2025, 3, 5, 1, 30, tzinfo=UTC)]  # on Tuesday, there
    assert await run(sent_days) == [MONDAY, MONDAY + timedelta(days=1)]


@pytest.mark.parametrize("keeps", [False, True])
@pytest.mark.parametrize("hour", [0, 5, 11, 17, 23])
@pytest.mark.parametrize(
    ("start", "end"), [(AUCKLAND, HONOLULU), (HONOLULU, AUCKLAND), (TOKYO, HONOLULU)]
)
async def test_over_the_date_line_at_any_hour_no_day_gets_two_and_none_is_left_out(
    run: Runner, post: Post, clock: Clock, start: ZoneInfo, end: ZoneInfo, hour: int, keeps: bool
) -> None:
    """Anna is reminded at midnight and flies after three days. Each day that begins for her, by the clock
    that her reminders go by just then, is told of once."""
    clock.now = begin = datetime(2025, 3, 3, 0, 5, tzinfo=start).astimezone(UTC)
    await run(choose, ANNA, time(0, 0))
    await run(travel.move, ANNA, start.key)
    flight = datetime(2025, 3, 6, hour, 5, tzinfo=start).astimezone(UTC)
    await live_until(run, post, clock, flight)

    await run(travel.keep_home if keeps else travel.move, ANNA, end.key)
    await live_until(run, post, clock, flight + timedelta(days=4))

    days = await run(sent_days)
    by = start if keeps else end
    assert len(set(days)) == len(days)
    assert set(days) == begun(start, begin, flight) | begun(by, flight, clock.now)


@pytest.mark.parametrize(("zone", "silent"), [("Asia/Tokyo", True), ("America/New_York", False)])
async def test_quiet_hours_are_those_of_where_somebody_sleeps(
    run: Runner, post: Post, clock: Clock, zone: str, silent: bool
) -> None:
    async def be_quiet(work: Work) -> None:
        row = (await member(work, ANNA)).row
        row.quiet_from, row.quiet_until = time(22), time(7)

    await run(be_quiet)
    await run(travel.keep_home, ANNA, zone)
    await live_until(run, post, clock, clock.now + timedelta(hours=1))

    assert post.silent == [silent]


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/New_York", "Pacific/Honolulu"])
async def test_a_reminder_of_home_times_asks_about_the_day_that_it_is_and_can_be_put_off(
    run: Runner, post: Post, clock: Clock, zone: str
) -> None:
    await run(travel.keep_home, ANNA, zone)
    await live_until(run, post, clock, clock.now + timedelta(hours=1))

    async def asked_about(work: Work) -> tuple[date | None, date]:
        day = await work.session.scalar(select(CheckIn.day))
        return day, people.today_of(work, await member(work, ANNA))

    about, today = await run(asked_about)
    assert about == today
    row = await run(sent)
    assert isinstance(last(await run(snooze.snooze, ANNA, row, Snooze.QUARTER)), snooze.Snoozed)
    await live_until(run, post, clock, clock.now + timedelta(minutes=20))
    assert len(post.sent) == 2


async def test_a_check_in_in_progress_stays_the_one_it_is(run: Runner, clock: Clock) -> None:
    await run(travel.move, ANNA, "Asia/Tokyo")
    step = last(await run(checkins.start, ANNA))
    assert isinstance(step, Step)
    await run(travel.move, ANNA, "Pacific/Honolulu")  # where it is still the day before
    clock.advance(minutes=5)

    going_on = last(await run(home.current, ANNA, "en"))
    assert isinstance(going_on, Step)
    assert going_on.check_in_id == step.check_in_id
    code = next(iter(going_on.item.question.options))
    await run(checkins.answer, ANNA, step.check_in_id, going_on.item.question.id, code)

    async def kept(work: Work) -> list[tuple[date, str]]:
        rows = await work.session.execute(select(CheckIn.day, CheckIn.zone))
        return [(day, zone) for day, zone in rows]

    assert await run(kept) == [(date(2025, 3, 4), "Asia/Tokyo")]
