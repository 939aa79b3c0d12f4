"""People with a diary, for tests of leaving: some of everything that we keep."""

from __future__ import annotations

from datetime import date, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from actions.work import Work
from domain.checkin import HABIT_PREFIX, Answer, Source
from domain.consent import JOINING
from domain.delivery import State
from domain.entries import EntryKind
from domain.joining import Age
from domain.opinions import Opinion
from domain.reminders import Kind
from storage import consents, people, tip_opinions
from storage.people import Known
from storage.tables import (
    AnswerRow,
    CheckIn,
    Entry,
    Occurrence,
    OwnItem,
    Reminder,
    ReminderSlot,
    SnippetOpinion,
    SnippetShown,
    Warned,
    new_id,
)

ANNA, BEN = 700_000_000_071, 700_000_000_082
NOTE = "walked by the lake, felt fine"
LABEL = "Left knee"


async def join(work: Work, who: int) -> Known:
    """Somebody in Berlin who agreed to everything."""
    person = await people.create(work.session, work.keys, who, "en", work.now)
    person = people.tell(person, age=Age.ADULT.value)
    person.row.zone, person.row.joined_at = "Europe/Berlin", work.now
    for purpose in JOINING:
        shown = ("en", f"Do you agree to {purpose}?")
        await consents.record(work.session, person.id, purpose, shown, work.now, given=True)
    return person


async def plant(work: Work, who: int, days: int = 3) -> int:
    """Somebody with *days* of check-ins up to today, and one of everything else; return their id."""
    person = await join(work, who)
    session = work.session
    await add_own(work, person, 1, LABEL)
    for back in range(days):
        await add_day(work, person, work.now.date() - timedelta(days=back))
    today = work.now.date()
    await add_entry(work, person, NOTE)
    await add_entry(work, person, "7", question="ache")
    sign = Warned(id=new_id(), person_id=person.id, day=today, at=work.now)
    sign.sealed = person.seal("warned", "sealed", sign.id, "red")
    session.add(sign)
    people.tell(person, switches={"glow": True})
    reminder = Reminder(
        person_id=person.id, kind=Kind.CHECK_IN, routine="evening", weekdays=127,
        created_at=work.now,
    )  # fmt: skip
    session.add(reminder)
    await session.flush()
    slot = ReminderSlot(reminder_id=reminder.id, at=time(20, 30))
    session.add(slot)
    await session.flush()
    sent = Occurrence(
        reminder_id=reminder.id, slot=slot.id, step=0, local_day=today, due_at=work.now,
        expires_at=work.now, state=State.SENT, attempts=1, message_id=4711, settled_at=work.now,
    )  # fmt: skip
    session.add(sent)
    session.add(SnippetShown(person_id=person.id, snippet_id="calm", at=work.now))
    made = Opinion(saved=work.now, helpful=False, tried=today)
    await tip_opinions.put(session, person, "calm", made, work.now)
    await session.flush()
    return person.id


async def add_own(work: Work, person: Known, number: int, label: str) -> None:
    row = OwnItem(person_id=person.id, number=number, created_at=work.now)
    row.id = new_id()
    row.sealed_label = person.seal("own_item", "sealed_label", row.id, label)
    work.session.add(row)
    await work.session.flush()


async def add_entry(work: Work, person: Known, content: str, question: str | None = None) -> None:
    """A note, or a log of *question*, of today."""
    row = Entry(id=new_id(), person_id=person.id, day=work.now.date(), at=work.now)
    row.kind = EntryKind.LOG if question else EntryKind.NOTE
    row.question_id, row.sealed = question, person.seal("entry", "sealed", row.id, content)
    work.session.add(row)
    await work.session.flush()


async def add_day(work: Work, person: Known, day: date, ache: str = "3") -> int:
    """A finished check-in of *day*; return its id."""
    check_in = CheckIn(
        id=new_id(), person_id=person.id, day=day, routine="evening", zone="Europe/Berlin",
        opened_at=work.now, finished_at=work.now,
    )  # fmt: skip
    work.session.add(check_in)
    await work.session.flush()
    answers = {
        "ache": Answer(ache, Source.TAPPED),
        "visits": Answer("0", Source.PRESET),
        "glow": Answer(None, Source.PRESET),
        "shape": Answer(None, Source.TAPPED),
        "warning": Answer("no", Source.TAPPED),
        "own1": Answer("5", Source.TAPPED),
        f"{HABIT_PREFIX}walk": Answer("partly", Source.LATE),
    }
    for question, answer in answers.items():
        row = AnswerRow(id=new_id(), check_in_id=check_in.id, person_id=person.id)
        row.question_id, row.question_version, row.answered_at = question, 1, work.now
        said = {"code": answer.code, "source": answer.source.value}
        row.sealed = person.seal("answer", "sealed", row.id, said)
        work.session.add(row)
    await work.session.flush()
    return check_in.id


async def counts(work: Work) -> dict[str, int]:
    """How many rows of a diary there are, everybody's together."""
    found = {}
    for table in (CheckIn, AnswerRow, Entry, Warned, OwnItem, SnippetOpinion):
        key: InstrumentedAttribute[int] = table.id
        found[table.__tablename__] = await work.session.scalar(select(func.count(key))) or 0
    return found
