"""A person's reminders as they are shown and changed: whose it is, what it is, how it stands.

Never plans and never draws: planning is in actions/planning, each change in a module of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, NamedTuple

from actions import people, planning
from actions.people import today_of
from actions.work import Work
from content.language import Typed
from domain import written
from domain.consent import is_given
from domain.errors import Refused
from domain.pause import OPEN_END
from domain.recurrence import AtMoment, OnDay, Pattern, Schedule, Weekdays
from domain.reminders import Kind
from domain.snippets import PACE_WEEKDAYS, Pace
from storage import deliveries
from storage import reminders as store
from storage import wishes as counted
from storage.people import Known, decisions
from storage.reminders import Wish
from storage.tables import ImportBatch, Reminder, ReminderSlot

PUT_OFF = (Kind.CHECK_IN, Kind.HABIT, Kind.OWN)
"""What asks for something, and may be asked once more."""


class Standing(StrEnum):
    """Whether a reminder comes, and why not."""

    ON = "on"
    PAUSED = "paused"
    ALL_PAUSED = "all_paused"
    OFF = "off"
    NOT_AGREED = "not_agreed"
    OVER = "over"
    DRAFT = "draft"


class Mine(NamedTuple):
    """A person's own reminder with its times."""

    person: Known
    reminder: Reminder
    slots: list[ReminderSlot]

    @property
    def wishes(self) -> list[Wish]:
        return [Wish(self.reminder, slot) for slot in self.slots]


@dataclass(frozen=True, slots=True)
class Told:
    """A reminder in values. habit, text: what it is about, by its kind. days: None while they are not
    chosen. next: its first moments. paused_until: for itself; all_paused_until: for all, while they are.
    in_pause: its only moment is within that pause. put_off: when a message comes that was put off."""

    id: int
    kind: Kind
    standing: Standing
    days: Pattern | None
    times: tuple[time, ...]
    next: tuple[datetime, ...]
    silent: bool
    nudges: int
    paused_until: date | None
    routine: str | None = None
    habit: str | None = field(default=None, repr=False)
    text: Typed | None = field(default=None, repr=False)
    medicine: bool = field(default=False, repr=False)
    all_paused_until: date | None = None
    in_pause: bool = False
    put_off: datetime | None = None

    @property
    def comes_once(self) -> bool:
        """Whether it has one day or moment, and no other."""
        return isinstance(self.days, OnDay | AtMoment)

    @property
    def schedule(self) -> Schedule | None:
        """When it comes; None while days or times are not chosen."""
        if self.days is None or not (self.times or isinstance(self.days, AtMoment)):
            return None
        return Schedule(self.days, self.times)


async def mine(work: Work, who: int, reminder_id: int, *, keeps: bool = False) -> Mine:
    """Return *who*'s own reminder. keeps: only where we may keep what they tell. Errors: Refused."""
    person = await (people.keeper if keeps else people.joined)(work, who)
    return await found(work, person, reminder_id)


async def found(work: Work, person: Known, reminder_id: int, *, taken_away: bool = False) -> Mine:
    """Return a person's own reminder, one that was taken away only where asked for. Errors: Refused."""
    there = await store.whole(work.session, person.id, reminder_id)
    if there is None or there[0].kind is Kind.NOTICE:
        raise Refused("stale")
    if there[0].removed_at is not None and not taken_away:
        raise Refused("wish_gone")
    return Mine(person, *there)


async def again(work: Work, one: Mine) -> Mine:
    """Return a reminder with its times as they are stored by now."""
    await work.session.flush()
    return await found(work, one.person, one.reminder.id, taken_away=True)


async def told(work: Work, one: Mine, most: int = 3) -> Told:
    """Return a reminder in values, with its next *most* moments."""
    person, row, slots = one
    said = store.words(person, row)
    days = days_of(row)
    moments: list[datetime] = []
    if days is not None and OPEN_END not in (person.row.paused_until, row.paused_until):
        moments = await planning.coming(work, person, one.wishes, most)
    paused = person.row.paused_until if await planning.is_paused(work, person) else None
    put_off = None if paused else await counted.put_off(work.session, row.id, work.now)
    once = isinstance(days, OnDay | AtMoment)
    is_ahead = not once or _is_ahead(work, one, days)
    standing = await _standing(work, person, row)
    if (standing is not Standing.DRAFT and not (is_ahead or put_off)) or (
        standing is Standing.ON and not (moments or put_off)
    ):
        standing = Standing.OVER
    text = said.get("text")
    return Told(
        id=row.id,
        kind=row.kind,
        standing=standing,
        days=days,
        times=() if isinstance(days, AtMoment) else tuple(sorted({slot.at for slot in slots})),
        next=tuple(moments),
        silent=row.silent,
        nudges=row.nudges,
        paused_until=row.paused_until,
        routine=row.routine,
        habit=str(said["habit"]) if "habit" in said else None,
        text=Typed(text) if text else None,
        medicine=bool(said.get("medicine")),
        all_paused_until=paused,
        in_pause=paused is not None and not moments and once and is_ahead,
        put_off=put_off,
    )


def _is_ahead(work: Work, one: Mine, days: Pattern | None) -> bool:
    """Say whether a day or moment that comes once is still to come, whatever rests."""
    if isinstance(days, AtMoment):
        return days.due_at > work.now
    zone = planning.clock_of(one.person)
    return isinstance(days, OnDay) and any(
        datetime.combine(days.day, slot.at, zone) > work.now for slot in one.slots
    )


def days_of(row: Reminder) -> Pattern | None:
    """Return the days of a reminder, None while they are not chosen."""
    try:
        return store.pattern(row)
    except ValueError:
        return None


def remember(one: Mine) -> None:
    """Keep how a reminder is now, so that the change that follows can be taken back.

    From that change on it is the person's own: taking back the import that it came with leaves it.
    """
    person, row, slots = one
    schedule = store.schedule(row, slots)
    if row.draft or schedule is None:
        return
    before: dict[str, Any] = {
        "schedule": written.write(schedule),
        "words": dict(store.words(person, row)),
        "silent": row.silent,
        "nudges": row.nudges,
        "active": row.active,
        "paused_until": row.paused_until.isoformat() if row.paused_until else None,
        "import_id": row.import_id,
    }
    row.sealed_before = person.seal("reminder", "sealed_before", row.id, before)
    row.import_id = None


async def recall(work: Work, one: Mine) -> None:
    """Make a reminder again as it was before its last change; nothing where there was none."""
    person, row, _ = one
    if row.sealed_before is None:
        return
    before = person.open("reminder", "sealed_before", row.id, row.sealed_before)
    if before["words"]:
        store.set_words(person, row, before["words"])
    row.silent, row.nudges, row.active = before["silent"], before["nudges"], before["active"]
    until = before["paused_until"]
    row.paused_until = date.fromisoformat(until) if until else None
    row.sealed_before = None
    schedule = written.read(before["schedule"])
    await set_schedule(work, one, schedule)
    if row.kind is Kind.TIP:
        person.row.tip_pace = _pace(schedule.pattern) if row.active else Pace.OFF
    came_with = before.get("import_id")
    if came_with is not None and await work.session.get(ImportBatch, came_with) is not None:
        row.import_id = came_with
    if not row.active:
        await deliveries.drop(work.session, row.id)


def _pace(days: Pattern) -> Pace:
    """Return the pace at which tips come on these days."""
    each = PACE_WEEKDAYS.items()
    return next((pace for pace, on in each if on and days == Weekdays(on)), Pace.SOME_DAYS)


async def set_schedule(work: Work, one: Mine, schedule: Schedule) -> None:
    """Let a reminder come so. A single moment keeps its local time as its one time, for its day."""
    store.set_pattern(one.reminder, schedule.pattern)
    times: Sequence[time] = schedule.times
    if isinstance(schedule.pattern, AtMoment):
        zone = planning.clock_of(one.person)
        times = (schedule.pattern.due_at.astimezone(zone).time().replace(second=0, microsecond=0),)
    await store.set_times(work.session, one.reminder.id, times, work.now)


async def _standing(work: Work, person: Known, row: Reminder) -> Standing:
    purpose = planning.NEEDS[row.kind]
    if row.draft:
        return Standing.DRAFT
    if purpose and not is_given((await decisions(work.session, person.id)).get(purpose), purpose):
        return Standing.NOT_AGREED
    if not row.active:
        return Standing.OFF
    if await planning.is_paused(work, person):
        return Standing.ALL_PAUSED
    if row.paused_until is not None and today_of(work, person) < row.paused_until:
        return Standing.PAUSED
    return Standing.ON
