"""Earlier days: how each one stands, and the card of one. Never changes anything."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from actions import awaiting, cards, items, people
from actions.items import Item
from actions.work import Here, Work
from domain.checkin import ROUTINE, Answer, counted
from domain.day import DAYS_BACK, day_of
from domain.entries import day_value
from domain.errors import Refused
from storage import checkins as store
from storage import entries
from storage.people import Known

PAGE = 14
"""Days on a page."""

BRIEF = 2
"""Items in a day's short line."""


class Standing(StrEnum):
    """How a day's check-in stands."""

    DONE = "done"
    BEGUN = "begun"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Day:
    """One day. brief: its first items with the day's value. notes: how many notes and logs it has.

    standing: how the evening's check-in stands. also: the other routines that were begun that day.
    """

    day: date
    standing: Standing
    brief: tuple[tuple[Item, str], ...] = field(repr=False)
    notes: int
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Days, newest first. older: where the page before this one ends, or None; newer alike.

    fillable: a diary is kept, so that the last days can be filled in.
    """

    today: date
    days: tuple[Day, ...]
    older: date | None
    newer: date | None
    fillable: bool = True


@dataclass(frozen=True, slots=True)
class Years:
    """The years to look at, first to last."""

    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Months:
    """The months of a year to look at, each by the last of its days that there is."""

    year: int
    lasts: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class EmptyDay:
    """A day without a check-in or an entry. fillable: it is at most seven days back,
    and a diary is kept."""

    day: date
    today: bool
    fillable: bool


async def look(work: Work, who: int, last: date | None = None) -> Here:
    """Show the days up to *last* (the newest where None)."""
    person = await people.joined(work, who)
    await awaiting.clear(work, person)
    today = people.today_of(work, person)
    begin = await _beginning(work, person)
    newest = await _newest(work, person, today)
    until = max(min(last or newest, newest), begin)
    first = max(until - timedelta(days=PAGE - 1), begin)
    view = Page(
        today=today,
        days=tuple(await _days(work, person, first, until)),
        older=first - timedelta(days=1) if begin < first else None,
        newer=min(until + timedelta(days=PAGE), newest) if until < newest else None,
        fillable=await people.keeps(work, person),
    )
    return Here(people.language_of(work, person), (view,))


async def years(work: Work, who: int) -> Here:
    """Show the years that hold something, or the months where there is one year."""
    person = await people.joined(work, who)
    await awaiting.clear(work, person)
    first, last = await _beginning(work, person), people.today_of(work, person)
    if first.year == last.year:
        return Here(people.language_of(work, person), (_months(last.year, first, last),))
    found = tuple(range(first.year, last.year + 1))
    return Here(people.language_of(work, person), (Years(found),))


async def months(work: Work, who: int, year: int) -> Here:
    """Show the months of *year*. Errors: Refused for a year without days of theirs."""
    person = await people.joined(work, who)
    first, last = await _beginning(work, person), people.today_of(work, person)
    if not first.year <= year <= last.year:
        raise Refused("stale")
    return Here(people.language_of(work, person), (_months(year, first, last),))


async def day(work: Work, who: int, of: date) -> Here:
    """Show the card of a day, or that there is nothing of it yet."""
    person = await people.joined(work, who)
    await awaiting.clear(work, person)
    today = people.today_of(work, person)
    card = await cards.card(work, person, of)
    view: object = card
    if card.check_in_id is None and not (card.lines or card.notes or card.signs):
        view = EmptyDay(of, of == today, card.editable)
    return Here(people.language_of(work, person), (view,))


async def _newest(work: Work, person: Known, today: date) -> date:
    """Return the last day to show: today, or the day after where something was told further east."""
    tomorrow = today + timedelta(days=1)
    told = [
        await store.between(work.session, person, tomorrow, tomorrow),
        await entries.between(work.session, person, tomorrow, tomorrow),
    ]
    return tomorrow if any(told) else today


def _months(year: int, first: date, last: date) -> Months:
    begun = first.month if year == first.year else 1
    until = last.month if year == last.year else 12
    ends = [date(year, month, monthrange(year, month)[1]) for month in range(begun, until + 1)]
    return Months(year, tuple(min(end, last) for end in ends))


async def _days(work: Work, person: Known, first: date, last: date) -> list[Day]:
    rows = await store.between(work.session, person, first, last)
    ids = [row.id for of_day in rows.values() for row in of_day]
    answers = await store.answers(work.session, person, ids)
    said = await entries.between(work.session, person, first, last)
    everything = await items.all_items(work, person)
    questions = [item.question for item in everything]
    daily = [item for item in everything if items.is_daily(work, item)]
    found = []
    for back in range((last - first).days + 1):
        of = last - timedelta(days=back)
        of_day = [s for s in said if s.day == of]
        holding: dict[str, Answer] = {}
        standing, also = Standing.NONE, []
        for row in rows.get(of, []):
            told = counted(questions, answers[row.id])
            holding = told | {name: a for name, a in holding.items() if a.code is not None}
            if row.finished_at is None and not told:
                continue
            if row.routine == ROUTINE:
                standing = Standing.DONE if row.finished_at else Standing.BEGUN
            else:
                also.append(row.routine)
        brief = list(_brief(daily, holding, of_day))
        found.append(Day(of, standing, tuple(brief[:BRIEF]), len(of_day), tuple(also)))
    return found


def _brief(
    everything: list[Item], holding: Mapping[str, Answer], said: list[entries.Said]
) -> Iterator[tuple[Item, str]]:
    """Yield the items that the day says something of, each with its value."""
    for item in everything:
        name = item.question.id
        answered = holding[name].code if name in holding else None
        logged = [entry.value for entry in said if entry.question_id == name]
        value = day_value(item.question, answered, logged)
        if value is not None:
            yield item, value


async def _beginning(work: Work, person: Known) -> date:
    """Return the first day worth showing: what was kept first, or the week one can still fill in."""
    zone = people.zone_of(person)
    met = day_of(person.row.created_at, zone, person.row.day_starts_at)
    kept = [
        await store.first_day(work.session, person),
        await entries.first_day(work.session, person),
        people.today_of(work, person) - timedelta(days=DAYS_BACK),
    ]
    return min([met, *(first for first in kept if first is not None)])
