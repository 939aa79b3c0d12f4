"""Who is it, and may they: what every other action asks first; and that a chat is blocked."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from actions.work import Work
from content.language import Language
from domain.consent import Purpose, is_given
from domain.day import day_of
from domain.errors import Refused
from storage import people
from storage.people import Known

SEEN_EVERY = timedelta(hours=1)
"""How exactly we keep when somebody was here last: no finer than is needed."""


async def known(work: Work, who: int) -> Known | None:
    """Return who has the Telegram id *who*, marked as seen, or None for a stranger."""
    person = await people.find(work.session, work.keys, who)
    if person is not None:
        person.row.blocked_at = None
        if work.now - person.row.seen_at >= SEEN_EVERY:
            person.row.seen_at, person.row.asked_idle = work.now, 0
    return person


async def joined(work: Work, who: int) -> Known:
    """Return who it is, once they have joined. Errors: Refused."""
    person = await known(work, who)
    if person is None or person.row.joined_at is None:
        raise Refused("join_first")
    return person


async def keeper(work: Work, who: int) -> Known:
    """Return who it is, if we may keep what they tell. Errors: Refused."""
    person = await joined(work, who)
    await keeping(work, person)
    return person


async def keeping(work: Work, person: Known) -> None:
    """Make sure that we may keep what *person* tells. Errors: Refused."""
    if not await keeps(work, person):
        raise Refused("consent_first")


async def keeps(work: Work, person: Known) -> bool:
    """Say whether *person* agreed, by the text now in force, that we keep what they tell."""
    return await agrees(work, person, Purpose.KEEP)


async def agrees(work: Work, person: Known, purpose: Purpose) -> bool:
    """Say whether *person* agreed to *purpose*, by the text now in force."""
    return is_given((await people.decisions(work.session, person.id)).get(purpose), purpose)


def language_of(work: Work, person: Known) -> Language:
    """Return the language this person reads; without symbols if they chose that."""
    language = work.library.language(person.row.language)
    return language.in_plain() if person.profile.get("plain") else language


def zone_of(person: Known) -> ZoneInfo:
    """Return a joined person's zone. Errors: Refused where it is not known yet."""
    if person.row.zone is None:
        raise Refused("join_first")
    return ZoneInfo(person.row.zone)


def quiet_hours(person: Known) -> tuple[time, time] | None:
    """Return between which local times nothing rings for a person, None where they have no such hours."""
    first, last = person.row.quiet_from, person.row.quiet_until
    return None if first is None or last is None else (first, last)


def today_of(work: Work, person: Known) -> date:
    """Return the day that it is for this person now."""
    return day_of(work.now, zone_of(person), person.row.day_starts_at)


def written_on(person: Known, about: date, at: datetime, zone: ZoneInfo) -> date | None:
    """Return the day of *at* for this person in *zone*, or None where it is the day that it is *about*."""
    day = day_of(at, zone, person.row.day_starts_at)
    return None if day == about else day


async def blocked(work: Work, who: int) -> None:
    """Note that this person has blocked us: nothing is sent until they write again."""
    person = await people.find(work.session, work.keys, who)
    if person is not None and person.row.blocked_at is None:
        person.row.blocked_at = work.now


async def language_for(work: Work, who: int, language_code: str | None) -> Language:
    """Return the language to answer in: the person's, else the one their Telegram is set to."""
    person = await people.find(work.session, work.keys, who)
    return language_of(work, person) if person else work.library.language(language_code)
