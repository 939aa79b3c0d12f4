"""/import: a diary from any instance, looked at first, confirmed, and taken back if it was a mistake.

Nothing that is here is ever changed by it, and the same file twice adds nothing.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from actions import awaiting, left_out, people, planning
from actions.labels import asked
from actions.work import Here, Work
from domain import merging, portable
from domain.checkin import MOST_OWN_ITEMS
from domain.consent import Purpose, is_given
from domain.errors import Refused
from domain.fields import Unreadable
from domain.merging import Additions
from domain.portable import Diary
from storage import imports as store
from storage import items, wishes
from storage.people import Known, decisions
from storage.tables import ImportBatch

KIND = "import"
"""What the next message answers, while a file is expected."""

WAITS = timedelta(hours=24)
"""How long a file is kept unless it is confirmed."""

MOST_MEGABYTES = portable.MOST_BYTES // (1024 * 1024)


@dataclass(frozen=True, slots=True)
class AskFile:
    """Send the file as the next message. most: megabytes."""

    most: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a file would add, to confirm or to drop; it changes nothing where *batch_id* is None.

    unknown: ids in the file that nobody here asks. left_out: rows that fit nothing here. hidden: own items
    that would be kept with their answers, and not asked. marks: it says what does not fit the person, which
    is not brought in, and nothing is marked here.
    """

    batch_id: int | None
    days: int
    entries: int
    warnings: int
    own_items: int
    reminders: int
    kept_days: int
    kept_entries: int
    unknown: tuple[str, ...]
    left_out: int
    hidden: int = 0
    opinions: int = 0
    marks: bool = field(default=False, repr=False)


@dataclass(frozen=True, slots=True)
class Added:
    """What an import has added; it can be taken back. marks: as in Found, right after it was added."""

    batch_id: int
    days: int
    entries: int
    warnings: int
    own_items: int
    reminders: int = 0
    opinions: int = 0
    marks: bool = field(default=False, repr=False)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """An import was taken back."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file was not imported, and is forgotten."""


async def ask(work: Work, who: int) -> Here:
    """Ask for the file."""
    person = await people.keeper(work, who)
    await awaiting.expect(work, person, KIND)
    return _here(work, person, AskFile(MOST_MEGABYTES))


async def expect_file(work: Work, who: int, size: int) -> None:
    """Say whether a file of *size* bytes may be fetched. Errors: Refused."""
    person = await people.known(work, who)
    prompt = await awaiting.expected(work, person) if person else None
    if prompt is None or prompt.kind != KIND:
        raise Refused("import_first")
    if size > portable.MOST_BYTES:
        raise Refused("import_too_big", most=MOST_MEGABYTES)


async def look(work: Work, who: int, content: bytes) -> Here:
    """Show what a file would add. Errors: Refused; a file is then still expected."""
    person = await people.keeper(work, who)
    await expect_file(work, who, len(content))
    new = await _additions(work, person, content)
    await awaiting.clear(work, person)
    batch_id = None
    if new.something:
        text = content.decode("utf-8-sig")
        batch_id = await store.keep(work.session, person, text, work.now)
    found = Found(
        batch_id=batch_id,
        days=len(new.check_ins),
        entries=len(new.entries),
        warnings=len(new.warnings),
        own_items=len(new.own_items),
        reminders=len(new.reminders),
        kept_days=new.kept_days,
        kept_entries=new.kept_entries,
        unknown=new.unknown,
        left_out=new.left_out,
        hidden=await _hidden(work, person, new),
        opinions=len(new.opinions),
        marks=_misses_marks(person, new),
    )
    return _here(work, person, found)


async def confirm(work: Work, who: int, batch_id: int) -> Here:
    """Add what the file brings; a second tap changes nothing. Errors: Refused."""
    person = await people.keeper(work, who)
    batch = await _batch(work, person, batch_id)
    if batch.confirmed_at is None:
        if work.now - batch.seen_at > WAITS:
            raise Refused("stale")
        new = await _additions(work, person, store.opened(person, batch))
        await store.add(work.session, person, batch, new, work.now)
        zone = planning.clock_of(person)
        await wishes.bring_in(work.session, person, new.reminders, batch.id, zone, work.now)
        await planning.replan(work, person)
        done = await store.added(work.session, batch.id)
        return _here(work, person, Added(batch.id, *done, marks=_misses_marks(person, new)))
    return await _state(work, person, batch)


async def drop(work: Work, who: int, batch_id: int) -> Here:
    """Forget a file that was not confirmed; one that was stays added."""
    person = await people.joined(work, who)
    batch = await store.find(work.session, person.id, batch_id)
    if batch is not None and batch.confirmed_at is not None:
        return await _state(work, person, batch)
    if batch is not None:
        await store.drop_waiting(work.session, person.id)
    return _here(work, person, Dropped())


async def take_back(work: Work, who: int, batch_id: int) -> Here:
    """Remove exactly what an import added; a second tap changes nothing. Errors: Refused."""
    person = await people.joined(work, who)
    batch = await _batch(work, person, batch_id)
    if batch.confirmed_at is None:
        raise Refused("stale")
    if batch.undone_at is None:
        await store.take_back(work.session, batch, work.now)
        work.wake()
    return await _state(work, person, batch)


async def take_import(_work: Work, _person: Known, _subject: str, _text: str) -> Here:
    """Answer a typed message while a file is expected. Errors: Refused, always."""
    raise Refused("import_wants_file")


async def _batch(work: Work, person: Known, batch_id: int) -> ImportBatch:
    batch = await store.find(work.session, person.id, batch_id)
    if batch is None:
        raise Refused("stale")
    return batch


async def _state(work: Work, person: Known, batch: ImportBatch) -> Here:
    if batch.undone_at is not None:
        return _here(work, person, TakenBack())
    return _here(work, person, Added(batch.id, *await store.added(work.session, batch.id)))


async def _additions(work: Work, person: Known, content: bytes) -> Additions:
    try:
        # A large file takes a moment to read: others go on meanwhile.
        diary = await asyncio.to_thread(portable.read, content)
    except Unreadable as error:
        values = {"place": error.place} if error.place else {}
        limits = {"most": MOST_MEGABYTES} if error.why == "too_big" else {}
        raise Refused(f"import_{error.why}", **values, **limits) from None
    diary = await _without_what_needs_consent(work, person, diary)
    here = await store.here(work.session, person)
    new = merging.additions(diary, here, asked(work.library), people.today_of(work, person))
    home = people.zone_of(person).key
    check_ins = (d if _is_zone(d.zone) else d._replace(zone=home) for d in new.check_ins)
    entries = (e if _is_zone(e.zone) else e._replace(zone=None) for e in new.entries)
    return replace(
        new, check_ins=tuple(check_ins), entries=tuple(entries), says_marks=diary.says_marks
    )


def _misses_marks(person: Known, new: Additions) -> bool:
    return new.says_marks and not left_out.marks_of(person)


async def _without_what_needs_consent(work: Work, person: Known, diary: Diary) -> Diary:
    """Return *diary* without what was made of tips, unless the person agreed to tips here too."""
    decision = (await decisions(work.session, person.id)).get(Purpose.TIPS)
    return diary if is_given(decision, Purpose.TIPS) else replace(diary, opinions=())


async def _hidden(work: Work, person: Known, new: Additions) -> int:
    """Return how many of the own items that are new would not be asked."""
    there = await items.own(work.session, person)
    free = max(0, MOST_OWN_ITEMS - sum(own.row.removed_at is None for own in there))
    return len(new.own_items) - min(free, sum(not own.removed for own in new.own_items))


def _is_zone(name: str | None) -> bool:
    try:
        ZoneInfo(name or "")
    except (KeyError, ValueError, OSError):  # not there, not a name, a folder of zones
        return False
    return True


def _here(work: Work, person: Known, view: object) -> Here:
    return Here(people.language_of(work, person), (view,))
