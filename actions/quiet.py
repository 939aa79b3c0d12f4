"""Which days are quiet: after a warning sign or words of distress no tip, praise or streak, for anybody.

Tips stay away for the day and the 24 hours after, so that a night is not cut short by a new day.
Where a person agreed to a diary, the signs they chose say it. Otherwise only the moment is kept, never
which sign it was or which words, and no longer than it matters. A stranger leaves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

from actions import people
from actions.work import Work
from domain.day import day_of
from storage import retention
from storage import warnings as store
from storage.people import Known, known, tell, untell

SIGN, WORDS = "sign_at", "words_at"
"""Where the profile keeps the moments: of signs that are not kept themselves, and of words of distress."""

NO_TIPS_FOR = timedelta(hours=24)
"""How long after it no tip comes, beside the rest of the day."""


class Reason(StrEnum):
    """Why there is no tip."""

    SIGN = "sign"
    WORDS = "words"


async def quiet_day(work: Work, person: Known, day: date) -> bool:
    """Say whether *day* is quiet: a sign was selected about it, or on it, or words were said on it."""
    if person.row.quiet_on == day or day in _days(person, _moments(person, SIGN, WORDS)):
        return True
    week = timedelta(days=7)
    chosen = await store.between(work.session, person, day - week, day)
    return any(one.day == day for one in chosen) or day in _days(person, (one.at for one in chosen))


async def why(work: Work, person: Known) -> Reason | None:
    """Return why no tip comes now, today or within 24 hours of it; None where one may come."""
    today, since = people.today_of(work, person), work.now - NO_TIPS_FOR

    def holds(moments: list[datetime]) -> bool:
        return any(at > since for at in moments) or today in _days(person, moments)

    if holds(_moments(person, WORDS)):
        return Reason.WORDS
    if person.row.quiet_on == today or holds(_moments(person, SIGN)):
        return Reason.SIGN
    first, last = today - timedelta(days=9), today + timedelta(days=1)
    chosen = await store.between(work.session, person, first, last)
    if any(one.day == today for one in chosen) or holds([one.at for one in chosen]):
        return Reason.SIGN
    return None


def keep_sign(work: Work, person: Known) -> Known:
    """Keep that a sign was chosen now, for somebody whose signs are not kept."""
    return _keep(work, person, SIGN)


def keep_words(work: Work, person: Known) -> Known:
    """Keep that words of distress were said now."""
    return _keep(work, person, WORDS)


def sign_is_kept(work: Work, person: Known) -> bool:
    """Say whether a sign that is not kept itself makes this a quiet time, so that it can be taken back."""
    signs = _moments(person, SIGN)
    if any(at > work.now - NO_TIPS_FOR for at in signs):
        return True
    today = people.today_of(work, person)
    others = _days(person, _moments(person, WORDS))
    return today in _days(person, signs) or (person.row.quiet_on == today and today not in others)


def words_are_kept(person: Known, at: datetime) -> bool:
    """Say whether it is kept that words of distress were said at that second."""
    return any(int(said.timestamp()) == int(at.timestamp()) for said in _moments(person, WORDS))


def forget_sign(person: Known, day: date | None = None) -> Known:
    """Take back that a sign was chosen, on *day* or at all: by mistake. What words set stays."""
    kept = [at for at in _moments(person, SIGN) if day is not None and _day(person, at) != day]
    return _store(person, SIGN, kept, drops=day)


def forget_words(person: Known, at: int) -> Known:
    """Take back that words of distress were said at that second of the epoch: they were misread."""
    kept = [said for said in _moments(person, WORDS) if int(said.timestamp()) != at]
    return person if len(kept) == len(_moments(person, WORDS)) else _store(person, WORDS, kept)


async def forget_past(work: Work, before: date) -> None:
    """Forget all that made a day quiet, of everybody whose last such day was earlier than *before*."""
    for row in await retention.quiet_before(work.session, before):
        untell(known(work.keys, row), SIGN, WORDS)
        row.quiet_on = None


def _keep(work: Work, person: Known, fact: str) -> Known:
    two_days = work.now - 2 * NO_TIPS_FOR
    recent = [at for at in _moments(person, fact) if two_days < at < work.now]
    return _store(person, fact, [*recent, work.now])


def _store(person: Known, fact: str, kept: list[datetime], drops: date | None = None) -> Known:
    """Keep these moments, and in clear the last day that is quiet, by which all of it is forgotten."""
    told = untell(person, fact)
    if kept:
        told = tell(person, **{fact: [at.isoformat() for at in kept]})
    days = _days(told, _moments(told, SIGN, WORDS))
    if days or drops in (None, person.row.quiet_on):
        told.row.quiet_on = max(days, default=None)
    return told


def _moments(person: Known, *facts: str) -> list[datetime]:
    return [datetime.fromisoformat(at) for fact in facts for at in person.profile.get(fact, ())]


def _days(person: Known, moments: Iterable[datetime]) -> set[date]:
    return {_day(person, at) for at in moments}


def _day(person: Known, at: datetime) -> date:
    return day_of(at, people.zone_of(person), person.row.day_starts_at)
