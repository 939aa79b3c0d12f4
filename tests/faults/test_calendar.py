"""Clocks change, people travel, zones are corrected: one message for each local day, through the dispatcher."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from actions import planning
from actions.work import Work
from jobs import zones
from storage.tables import Occurrence
from tests.actions.members import BERLIN, member
from tests.conftest import Clock
from tests.faults.tally import Tally, tally
from tests.faults.town import HALF_PAST_EIGHT, Town

pytestmark = pytest.mark.asyncio

CROWD = range(1000, 1003)
DAY = timedelta(days=1)
MONDAY, TUESDAY, WEDNESDAY = (date(2025, 3, n) for n in (3, 4, 5))


def local(day: date, at: str, zone: str = BERLIN) -> datetime:
    return datetime.combine(day, time.fromisoformat(at), ZoneInfo(zone)).astimezone(UTC)


SPRING = [
    (BERLIN, "02:30", date(2025, 3, 30)),
    ("America/Santiago", "00:00", date(2025, 9, 7)),
    ("Africa/Cairo", "00:00", date(2025, 4, 25)),
    ("Australia/Lord_Howe", "02:15", date(2025, 10, 5)),
    ("Africa/Casablanca", "02:30", date(2025, 4, 6)),
]
"""Where a wall-clock time does not happen, and on which day."""

AUTUMN = [
    (BERLIN, "02:30", date(2025, 10, 26)),
    ("America/Santiago", "23:30", date(2025, 4, 5)),
    ("Africa/Cairo", "23:30", date(2025, 10, 30)),
    ("Australia/Lord_Howe", "01:45", date(2025, 4, 6)),
    ("Africa/Casablanca", "02:30", date(2025, 2, 23)),
]
"""Where one happens twice, and on which day."""


async def live_until(town: Town, clock: Clock, end: datetime) -> None:
    """Let time pass from one due moment to the next, and the dispatcher go round at each."""
    while clock.now < end:
        due = await town.run(planning.next_due)
        clock.now = end if due is None else min(end, max(due, clock.now + timedelta(seconds=1)))
        await town.deliver()


def by_day(town: Town, zone: str) -> list[tuple[object, bool]]:
    """Whom a message came to and on which day by the clock on their wall, and whether silently."""
    return [
        ((note["chat_id"], _day(note["date"], zone)), bool(note["silent"])) for note in town.sent
    ]


def _day(seconds: int, zone: str) -> date:
    return datetime.fromtimestamp(seconds, ZoneInfo(zone)).date()


def everyone_on(days: Iterable[date]) -> list[tuple[int, date]]:
    return [(who, day) for day in days for who in CROWD]


@pytest.mark.parametrize(
    ("fault", "zone", "at", "day"),
    [("spring gap", *row) for row in SPRING] + [("autumn overlap", *row) for row in AUTUMN],
)
async def test_when_clocks_change_each_local_day_has_one_message(
    town: Town, clock: Clock, fault: str, zone: str, at: str, day: date
) -> None:
    clock.now = local(day - DAY, "00:00", zone) - timedelta(minutes=10)
    await town.move_in(CROWD, time.fromisoformat(at), zone)

    await live_until(town, clock, local(day + DAY, "23:55", zone))

    due = everyone_on([day - DAY, day, day + DAY])
    assert tally(f"{fault}, {zone}", due, by_day(town, zone)) == Tally(9, 9)


async def test_a_day_that_a_zone_leaves_out_has_none(town: Town, clock: Clock) -> None:
    zone = "Pacific/Apia"
    clock.now = local(date(2011, 12, 29), "12:00", zone)
    await town.move_in(CROWD, HALF_PAST_EIGHT, zone)

    await live_until(town, clock, local(date(2011, 12, 31), "23:00", zone))

    due = everyone_on([date(2011, 12, 29), date(2011, 12, 31)])
    assert tally("a day left out", due, by_day(town, zone)) == Tally(6, 6)


async def test_one_that_a_gap_moves_over_midnight_stays_its_planned_days(
    town: Town, clock: Clock
) -> None:
    zone, day = "America/Nuuk", date(2025, 3, 29)
    clock.now = local(day, "12:00", zone)
    await town.move_in(CROWD, time(23, 30), zone)

    await live_until(town, clock, local(day + DAY, "23:55", zone))

    due = everyone_on([day + DAY, day + DAY])  # half past midnight, and half past eleven
    assert tally("spring gap over midnight", due, by_day(town, zone)) == Tally(6, 6)


@pytest.mark.parametrize(
    ("at", "left", "zone", "days"),
    [
        ("20:30", local(MONDAY, "21:00"), "Asia/Tokyo", (MONDAY, TUESDAY, WEDNESDAY)),
        ("20:30", local(MONDAY, "14:00"), "Asia/Tokyo", (TUESDAY, WEDNESDAY)),
        ("20:30", local(TUESDAY, "00:30"), "America/Los_Angeles", (MONDAY, TUESDAY, WEDNESDAY)),
        ("00:10", local(TUESDAY, "00:30"), "Europe/London", (TUESDAY, WEDNESDAY)),
    ],
    ids=["east after it", "east past it", "west, back over midnight", "west, a second midnight"],
)
async def test_who_travels_over_midnight_has_one_message_a_day(
    town: Town, clock: Clock, at: str, left: datetime, zone: str, days: tuple[date, ...]
) -> None:
    clock.now = local(MONDAY, "12:00")
    await town.move_in(CROWD, time.fromisoformat(at))
    await live_until(town, clock, left)
    in_berlin = by_day(town, BERLIN)
    for who in CROWD:
        await town.run(arrive, who, zone)

    await live_until(town, clock, local(WEDNESDAY, "21:00", zone))

    sent = in_berlin + by_day(town, zone)[len(in_berlin) :]
    due = everyone_on(days)
    assert tally(f"travel to {zone}", due, sent) == Tally(len(due), len(due))


async def arrive(work: Work, who: int, zone: str) -> None:
    person = await member(work, who)
    person.row.zone = zone
    await planning.replan(work, person)


async def test_corrected_zones_move_what_is_ahead_and_bring_nothing_twice(
    town: Town, clock: Clock
) -> None:
    clock.now = local(MONDAY, "12:00")
    await town.move_in(CROWD)
    await zones.follow(town.run, "2025a")
    await town.run(shift, timedelta(hours=-1))
    await live_until(town, clock, local(MONDAY, "19:45"))
    await town.run(shift, timedelta(hours=1))
    await zones.follow(town.run, "2025b")

    await live_until(town, clock, local(WEDNESDAY, "20:35"))

    due = everyone_on([MONDAY, TUESDAY, WEDNESDAY])
    assert tally("zone data changed", due, by_day(town, BERLIN)) == Tally(9, 9)


async def shift(work: Work, by: timedelta) -> None:
    """Let all that is ahead be off, as if the zones had been other ones."""
    ahead = select(Occurrence).where(Occurrence.due_at > work.now)
    for row in await work.session.scalars(ahead):
        row.due_at += by
        row.expires_at += by
