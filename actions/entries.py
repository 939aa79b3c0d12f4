"""Notes, and logs of an item at any time: timed entries beside the check-in, never over it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from actions import awaiting, cards, distress, items, people, routines
from actions.items import Item
from actions.work import Here, Work
from content.language import Typed
from domain.checkin import Shape
from domain.day import can_fill_in
from domain.entries import MOST_NOTE, EntryKind
from domain.errors import Refused
from domain.travel import offset
from domain.wording import is_visible
from storage import entries as store
from storage.people import Known
from storage.tables import Entry, new_id

PAGE = 90
"""Notes and logs on a page: Telegram takes a hundred buttons."""

UNDO_WITHIN = timedelta(days=1)
"""How long a removed entry can be had back; then it is erased."""


@dataclass(frozen=True, slots=True)
class AskNote:
    """The next typed message is a note of *day*. most: characters."""

    day: date
    today: bool
    most: int


@dataclass(frozen=True, slots=True)
class TooLong:
    """The note was longer than *most* characters, and is not kept. Nothing typed is expected."""

    day: date
    most: int


@dataclass(frozen=True, slots=True)
class LogMenu:
    """The items that can be logged now."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class LogStep:
    """One item to log. entry_id: the id that the log will have, so that a second tap adds nothing."""

    item: Item
    entry_id: int


@dataclass(frozen=True, slots=True)
class Logged:
    """A log is kept. at: its moment; zone: where it was made."""

    item: Item
    entry_id: int
    day: date
    at: datetime
    zone: ZoneInfo
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class One:
    """A note (item None) or a log, as it stands. zone: where it was made. value: a note's text, or a log's
    code. written: the day of `at`, where that is another than the one it is about. elsewhere: clocks
    there and those where the person is now differ."""

    entry_id: int
    day: date
    at: datetime
    zone: ZoneInfo
    item: Item | None
    value: Typed = field(repr=False)
    written: date | None = None
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class DayList:
    """A page of the notes and logs of a day, oldest first. older, newer: the pages beside it, or None."""

    day: date
    entries: tuple[One, ...]
    older: int | None = None
    newer: int | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """An entry was taken away; it can be had back for a day."""

    entry_id: int
    day: date
    kind: EntryKind


async def ask_note(work: Work, who: int, day: date | None = None) -> Here:
    """Take the next typed message as a note of *day* (today where None). Errors: Refused."""
    person = await people.keeper(work, who)
    today = people.today_of(work, person)
    of = day or today
    if not can_fill_in(of, today):
        raise Refused("day_closed")
    await awaiting.expect(work, person, "note", of.isoformat())
    return _here(work, person, AskNote(of, of == today, MOST_NOTE))


async def write_note(work: Work, who: int, text: str) -> Here:
    """Keep *text* as a note of today, without asking for it. Errors: Refused."""

    async def act() -> Here:
        person = await people.keeper(work, who)
        return await _keep_note(work, person, people.today_of(work, person), text)

    return await distress.beside(work, who, text, None, act)


async def take_note(work: Work, person: Known, subject: str, text: str) -> Here:
    """Keep *text* as a note of the day *subject*. Errors: Refused, also for a day too long ago."""
    await people.keeping(work, person)
    return await _keep_note(work, person, date.fromisoformat(subject), text)


async def _keep_note(work: Work, person: Known, day: date, text: str) -> Here:
    """Keep a note. One that is too long ends the prompt: Telegram cuts a very long message in two,
    and its second half is no note."""
    words = text.strip()
    if not is_visible(words):
        raise Refused("note_empty")
    if not can_fill_in(day, people.today_of(work, person)):
        raise Refused("day_closed")
    await awaiting.clear(work, person)
    if len(words) > MOST_NOTE:
        return _here(work, person, TooLong(day, MOST_NOTE))
    await store.add(work.session, person, day, work.now, words)
    return _here(work, person, await cards.card(work, person, day))


async def of_day(work: Work, who: int, day: date, page: int = 0) -> Here:
    """List the notes and logs of a day. page: 0 holds the newest."""
    person = await people.joined(work, who)
    await awaiting.clear(work, person)
    said = await store.between(work.session, person, day, day)
    found = [await _one(work, person, entry) for entry in said]
    shown = [one for one in found if one]
    page = min(page, max(0, len(shown) - 1) // PAGE)
    until = len(shown) - page * PAGE
    view = DayList(
        day,
        tuple(shown[max(0, until - PAGE) : until]),
        older=page + 1 if until > PAGE else None,
        newer=page - 1 if page else None,
    )
    return _here(work, person, view)


async def one(work: Work, who: int, entry_id: int) -> Here:
    """Show one note or log. Errors: Refused where it is gone."""
    person, row = await _mine(work, who, entry_id)
    said = await store.between(work.session, person, row.day, row.day)
    entry = next((entry for entry in said if entry.id == entry_id), None)
    view = await _one(work, person, entry) if entry else None
    if view is None:
        raise Refused("entry_gone")
    return _here(work, person, view)


async def remove(work: Work, who: int, entry_id: int) -> Here:
    """Take an entry away; for a day it can be had back."""
    person, row = await _mine(work, who, entry_id)
    row.removed_at = row.removed_at or work.now
    await work.session.flush()
    await store.forget_removed(work.session, work.now - UNDO_WITHIN)
    return _here(work, person, Removed(entry_id, row.day, row.kind))


async def restore(work: Work, who: int, entry_id: int) -> Here:
    """Take a removal back, and show the day. Errors: Refused where it is gone by now."""
    person, row = await _mine(work, who, entry_id)
    if row.removed_at is not None and row.removed_at < work.now - UNDO_WITHIN:
        raise Refused("entry_gone")  # it only waits for the day's round
    row.removed_at = None
    await work.session.flush()
    return _here(work, person, await cards.card(work, person, row.day))


async def log_menu(work: Work, who: int) -> Here:
    """Show what can be logged now."""
    person = await people.keeper(work, who)
    await awaiting.clear(work, person)
    return _here(work, person, LogMenu(tuple(await _loggable(work, person))))


async def log_item(work: Work, who: int, question_id: str) -> Here:
    """Ask how the item is now."""
    person = await people.keeper(work, who)
    return _here(work, person, LogStep(await _item(work, person, question_id), new_id()))


async def log(work: Work, who: int, entry_id: int, question_id: str, code: str) -> Here:
    """Keep how the item is now, as an entry of its own. A second tap changes nothing."""
    person = await people.keeper(work, who)
    item = await _item(work, person, question_id)
    if code not in item.question.options or not entry_id:
        raise Refused("stale")
    row = await work.session.get(Entry, entry_id)
    if row is None:
        await store.add(
            work.session,
            person,
            people.today_of(work, person),
            work.now,
            code,
            question_id=question_id,
            entry_id=entry_id,
        )
        row = await work.session.get_one(Entry, entry_id)
    elif row.person_id != person.id or row.question_id != question_id:
        raise Refused("stale")
    kept = store.opened(person, row)
    view = Logged(item, entry_id, row.day, row.at, kept.zone, kept.value)
    return _here(work, person, view)


async def _mine(work: Work, who: int, entry_id: int) -> tuple[Known, Entry]:
    person = await people.joined(work, who)
    row = await work.session.get(Entry, entry_id)
    if row is None or row.person_id != person.id:
        raise Refused("entry_gone")
    return person, row


async def _one(work: Work, person: Known, said: store.Said) -> One | None:
    """Return an entry as a view; None for the log of an item that is not in the library any more."""
    everything = await items.all_items(work, person) if said.question_id else []
    item = next((i for i in everything if i.question.id == said.question_id), None)
    if said.question_id and item is None:
        return None
    zone = said.zone
    written = people.written_on(person, said.day, said.at, zone)
    elsewhere = offset(zone, said.at) != offset(people.zone_of(person), said.at)
    return One(said.id, said.day, said.at, zone, item, Typed(said.value), written, elsewhere)


async def _loggable(work: Work, person: Known) -> list[Item]:
    """Return what a person is asked of a day; the weekly items are about no moment."""
    used = await routines.used(work, person)
    daily = [name for name in used if work.library.routines[name].days == 1]
    return [
        item
        for item in await items.all_items(work, person)
        if item.on
        and item.question.shape is not Shape.WARNING
        and any(items.is_asked_in(work, item, routine) for routine in daily)
    ]


async def _item(work: Work, person: Known, question_id: str) -> Item:
    for item in await _loggable(work, person):
        if item.question.id == question_id:
            return item
    raise Refused("stale")


def _here(work: Work, person: Known, view: object) -> Here:
    return Here(people.language_of(work, person), (view,))
