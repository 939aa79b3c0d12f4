"""Check-ins and their answers: the only place that knows their SQL and how an answer is sealed.

Functions take the caller's session and never commit. Where a check-in stands is not stored: it
follows from its answers.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.checkin import HABIT_PREFIX, ROUTINE, Answer, Source, replaces
from domain.reminders import Kind
from storage.once import insert_once
from storage.people import Known
from storage.tables import AnswerRow, CheckIn, Reminder, new_id


async def find(
    session: AsyncSession, person: Known, day: date, routine: str = ROUTINE
) -> CheckIn | None:
    """Return the one check-in of that person, day and routine, or None."""
    query = select(CheckIn).where(CheckIn.person_id == person.id, CheckIn.day == day)
    found: CheckIn | None = await session.scalar(query.where(CheckIn.routine == routine))
    return found


async def open_day(
    session: AsyncSession,
    person: Known,
    day: date,
    zone: str,
    now: datetime,
    routine: str = ROUTINE,
) -> CheckIn:
    """Return the check-in of that day, made where there is none; two at once get the same."""
    found = await find(session, person, day, routine)
    if found is None:
        key = {"person_id": person.id, "day": day, "routine": routine}
        await insert_once(
            session, CheckIn, [{"id": new_id(), **key, "zone": zone, "opened_at": now}]
        )
        found = await find(session, person, day, routine)
    assert found is not None  # noqa: S101 - inserted, or there before
    return found


async def between(
    session: AsyncSession, person: Known, first: date, last: date
) -> dict[date, list[CheckIn]]:
    """Return the check-ins from *first* to *last*, both included, by their day: the usual one first."""
    query = select(CheckIn).where(CheckIn.person_id == person.id)
    found: dict[date, list[CheckIn]] = {}
    for row in await session.scalars(query.where(CheckIn.day.between(first, last))):
        found.setdefault(row.day, []).append(row)
    for rows in found.values():
        rows.sort(key=lambda row: (row.routine != ROUTINE, row.routine))
    return found


async def unfinished(
    session: AsyncSession, person: Known, today: date, since: datetime
) -> CheckIn | None:
    """Return the newest check-in that is not finished: of *today*, or opened at *since* or later.

    One of the morning or the week counts only where it was opened since then.
    """
    query = select(CheckIn).where(CheckIn.person_id == person.id)
    tomorrow = today + timedelta(days=1)  # of somebody who came from further east
    query = query.where(CheckIn.finished_at.is_(None), CheckIn.day <= tomorrow)
    todays = and_(CheckIn.day == today, CheckIn.routine == ROUTINE)
    query = query.where(or_(todays, CheckIn.opened_at >= since))
    newest = query.order_by(CheckIn.day.desc(), CheckIn.opened_at.desc(), CheckIn.id)
    found: CheckIn | None = await session.scalar(newest.limit(1))
    return found


async def reminded_of(session: AsyncSession, person_id: int) -> frozenset[str]:
    """Return the routines that a person is reminded of."""
    query = select(Reminder.routine).where(Reminder.person_id == person_id, Reminder.active)
    query = query.where(Reminder.draft.is_(False), Reminder.removed_at.is_(None))
    found = await session.scalars(query.where(Reminder.kind == Kind.CHECK_IN))
    return frozenset(routine for routine in found if routine)


async def finished_since(session: AsyncSession, person: Known, since: datetime) -> CheckIn | None:
    """Return the check-in that was finished last, at *since* or later, or None."""
    query = select(CheckIn).where(CheckIn.person_id == person.id, CheckIn.finished_at >= since)
    found: CheckIn | None = await session.scalar(
        query.where(CheckIn.import_id.is_(None)).order_by(CheckIn.finished_at.desc()).limit(1)
    )
    return found


async def first_day(session: AsyncSession, person: Known) -> date | None:
    """Return the day of the oldest check-in, or None."""
    first: date | None = await session.scalar(
        select(func.min(CheckIn.day)).where(CheckIn.person_id == person.id)
    )
    return first


async def answers(
    session: AsyncSession, person: Known, check_in_ids: Iterable[int]
) -> dict[int, dict[str, Answer]]:
    """Return the answers of check-ins by question, for every one of *check_in_ids*."""
    found: dict[int, dict[str, Answer]] = {check_in_id: {} for check_in_id in check_in_ids}
    query = select(AnswerRow).where(AnswerRow.person_id == person.id)
    for row in await session.scalars(query.where(AnswerRow.check_in_id.in_(list(found)))):
        found[row.check_in_id][row.question_id] = _opened(person, row)
    return found


async def put(
    session: AsyncSession,
    person: Known,
    check_in_id: int,
    question: tuple[str, int],
    answer: Answer,
    now: datetime,
) -> bool:
    """Store *answer* to *question* (id, version) or put it in place of the one there.

    Return False where that changes nothing.
    """
    question_id, version = question
    row = await _row(session, check_in_id, question_id)
    if row is not None and not replaces(answer, _opened(person, row)):
        return False
    if row is None:
        row = AnswerRow(id=new_id(), check_in_id=check_in_id, person_id=person.id)
        row.question_id = question_id
        session.add(row)
    said = {"code": answer.code, "source": answer.source.value}
    row.sealed = person.seal("answer", "sealed", row.id, said)
    row.question_version, row.answered_at, row.import_id = version, now, None
    await session.flush()
    return True


async def is_begun_since(session: AsyncSession, check_in_id: int, since: datetime) -> bool:
    """Say whether a question of a check-in was answered at *since* or later; habits do not count, as
    they are told elsewhere too."""
    query = select(AnswerRow.id).where(AnswerRow.check_in_id == check_in_id)
    query = query.where(AnswerRow.question_id.not_like(f"{HABIT_PREFIX}%"))
    return await session.scalar(query.where(AnswerRow.answered_at >= since).limit(1)) is not None


async def take_back(session: AsyncSession, check_in_id: int, question_id: str) -> None:
    """Remove an answer, if there is one: it is unknown again."""
    row = await _row(session, check_in_id, question_id)
    if row is not None:
        await session.delete(row)
        await session.flush()


async def _row(session: AsyncSession, check_in_id: int, question_id: str) -> AnswerRow | None:
    query = select(AnswerRow).where(AnswerRow.check_in_id == check_in_id)
    row: AnswerRow | None = await session.scalar(query.where(AnswerRow.question_id == question_id))
    return row


def _opened(person: Known, row: AnswerRow) -> Answer:
    said = person.open("answer", "sealed", row.id, row.sealed)
    return Answer(said["code"], Source(said["source"]))
