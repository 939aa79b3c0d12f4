"""The last seven days at a glance: what was told, counted and never judged.

No trend, no mean, nothing set beside anything else. What was not told is unknown and never zero, and a week
of which little was told says just that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from actions import awaiting, items, people, planning
from actions.items import Item
from actions.work import Here, Work
from domain.checkin import HABIT_PREFIX, Answer, Shape, counted
from domain.continuity import LEAST_DAYS, Day, Message, Rate, rate
from domain.entries import EntryKind, day_value
from storage import checkins as store
from storage import continuity, entries
from storage.people import Known

DAYS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Span:
    """A scale's lowest and highest day, and on how many days it was told."""

    item: Item
    days: int
    low: str = field(repr=False)
    high: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Mostly:
    """The answers that were given on most days, several where they tie; days: on how many it was told."""

    item: Item
    days: int
    codes: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class HabitDays:
    """On how many days a habit was answered with yes and with partly. days: with anything that applies."""

    habit: str
    days: int
    yes: int = field(repr=False)
    partly: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days up to *last*. days: on how many something was told. said: what was told of the week as a
    whole, the newest. rate: check-ins on the days that count. older: something was told before *first*."""

    first: date
    last: date
    today: date
    days: int
    rate: Rate
    spans: tuple[Span, ...] = ()
    mostly: tuple[Mostly, ...] = ()
    said: tuple[tuple[Item, str], ...] = field(default=(), repr=False)
    habits: tuple[HabitDays, ...] = ()
    notes: int = 0
    older: bool = False

    @property
    def is_thin(self) -> bool:
        """Whether too little was told to sum anything up."""
        return self.days < LEAST_DAYS


@dataclass(frozen=True, slots=True)
class _Told:
    """What a person told of one day. codes: the day's value of each item. answers: all, habits too."""

    codes: Mapping[str, str] = field(repr=False)
    answers: Mapping[str, Answer] = field(repr=False)
    notes: int
    done: bool

    @property
    def something(self) -> bool:
        return self.done or bool(self.codes) or self.notes > 0


async def look(work: Work, who: int, last: date | None = None) -> Here:
    """Show the seven days up to *last*, today where None; no later than today, no earlier than anything told."""
    person = await people.joined(work, who)
    await awaiting.clear(work, person)
    today = people.today_of(work, person)
    begun = min(await _begun(work, person) or today, today)
    week = await view(work, person, max(begun, min(last or today, today)))
    return Here(people.language_of(work, person), (week,))


async def view(work: Work, person: Known, last_day: date) -> Week:
    """Return the seven days up to and with *last_day*, for a screen or a message that comes by itself."""
    first = last_day - DAYS + timedelta(days=1)
    everything = await items.all_items(work, person)
    told = await _told(work, person, everything, first, last_day)
    today = people.today_of(work, person)
    begun = await _begun(work, person)
    lines = [item for item in everything if item.question.shape is not Shape.WARNING]
    daily = [item for item in lines if items.is_daily(work, item)]
    return Week(
        first=first,
        last=last_day,
        today=today,
        days=sum(day.something for day in told.values()),
        rate=rate(await _asked(work, person, told), today),
        spans=tuple(_spans(daily, list(told.values()))),
        mostly=tuple(_mostly(daily, list(told.values()))),
        said=tuple(_said(lines, daily, list(told.values()))),
        habits=tuple(_habits(work, list(told.values()))),
        notes=sum(day.notes for day in told.values()),
        older=begun is not None and begun < first,
    )


async def _begun(work: Work, person: Known) -> date | None:
    """Return the first day that something was told of."""
    days = [
        await store.first_day(work.session, person),
        await entries.first_day(work.session, person),
    ]
    return min((day for day in days if day is not None), default=None)


async def _told(
    work: Work, person: Known, everything: list[Item], first: date, last: date
) -> dict[date, _Told]:
    rows = await store.between(work.session, person, first, last)
    ids = [row.id for of_day in rows.values() for row in of_day]
    answers = await store.answers(work.session, person, ids)
    said = await entries.between(work.session, person, first, last)
    questions = [item.question for item in everything]
    found = {}
    for back in range((last - first).days + 1):
        day = first + timedelta(days=back)
        of_day = rows.get(day, [])
        holding: dict[str, Answer] = {}
        for row in reversed(of_day):  # the evening's last: it holds
            holding |= {n: a for n, a in counted(questions, answers[row.id]).items() if a.code}
        logs: dict[str, list[str]] = {}
        for entry in said:
            if entry.day == day and entry.question_id:
                logs.setdefault(entry.question_id, []).append(entry.value)
        codes = {}
        for question in questions:
            answer = holding.get(question.id)
            value = day_value(question, answer.code if answer else None, logs.get(question.id, ()))
            if value is not None:
                codes[question.id] = value
        notes = sum(entry.kind is EntryKind.NOTE and entry.day == day for entry in said)
        done = bool(holding) or any(row.finished_at for row in of_day)
        found[day] = _Told(codes, holding, notes, done)
    return found


async def _asked(work: Work, person: Known, told: Mapping[date, _Told]) -> list[Day]:
    """Return each day with the messages that asked for a check-in of it."""
    first, last = min(told), max(told)
    routines = [routine.id for routine in work.library.routines.values() if routine.days == 1]
    messages: dict[date, list[Message]] = {}
    for asking in await continuity.asked(
        work.session, person.id, routines, first, last + timedelta(days=1)
    ):
        about = planning.day_asked(person, asking.local_day, asking.at)
        messages.setdefault(about, []).append(asking.message)
    return [Day(day, of.done, messages.get(day, ())) for day, of in told.items()]


def _spans(daily: list[Item], told: Sequence[_Told]) -> list[Span]:
    found = []
    for item in daily:
        options = item.question.options
        codes = [day.codes[item.question.id] for day in told if item.question.id in day.codes]
        codes = [code for code in codes if code in options]
        if item.question.shape is Shape.SCALE and codes:
            low, high = min(codes, key=options.index), max(codes, key=options.index)
            found.append(Span(item, len(codes), low, high))
    return found


def _mostly(daily: list[Item], told: Sequence[_Told]) -> list[Mostly]:
    found = []
    for item in daily:
        codes = [day.codes[item.question.id] for day in told if item.question.id in day.codes]
        if item.question.shape is Shape.CHOICE and codes:
            counts = Counter(codes)
            most = max(counts.values())
            ties = [code for code in item.question.options if counts[code] == most]
            found.append(Mostly(item, len(codes), tuple(ties)))
    return [mostly for mostly in found if mostly.codes]


def _said(lines: list[Item], daily: list[Item], told: Sequence[_Told]) -> list[tuple[Item, str]]:
    """Return what was told of a week as a whole: the newest answer to each such item."""
    found = []
    for item in lines:
        codes = [day.codes[item.question.id] for day in told if item.question.id in day.codes]
        if item not in daily and codes:
            found.append((item, codes[-1]))
    return found


def _habits(work: Work, told: Sequence[_Told]) -> list[HabitDays]:
    found = []
    for habit in work.library.habits:
        answers = [day.answers.get(HABIT_PREFIX + habit) for day in told]
        codes = Counter(answer.code for answer in answers if answer)
        days = codes.total() - codes["not_applicable"]
        if days:
            found.append(HabitDays(habit, days, codes["yes"], codes["partly"]))
    return found
