"""Joining: from a stranger's first tap to a reminder that is set.

Nothing is stored of somebody who is too young, and nothing remains of somebody who wants neither
of the two things that there are. Every act here is safe to repeat, from old buttons too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from actions import home, people, planning, steps, usual_reminders
from actions.work import Here, Work
from domain.consent import Purpose, is_given
from domain.errors import Refused
from domain.joining import Age, JoinStep, brackets
from domain.lines import prompts
from domain.snippets import Pace
from storage import inbox
from storage import people as store
from storage.people import Known, decisions


@dataclass(frozen=True, slots=True)
class TooYoung:
    """A kind end. min_age in years."""

    min_age: int


@dataclass(frozen=True, slots=True)
class TypeTime:
    """Asks for a time of day to be typed."""


@dataclass(frozen=True, slots=True)
class Joined:
    """All is set. next_at: when we write next, or None where nothing is planned."""

    keeps: bool
    next_at: datetime | None
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Declined:
    """They wanted neither thing, and everything is erased."""


async def tell_age(work: Work, who: int, age: Age, language_code: str | None) -> Here:
    """Go on with somebody old enough, and keep nothing of anybody else.

    A member's old button changes nothing.
    """
    person = await people.known(work, who)
    if person is not None and person.row.joined_at is not None:
        return await home.here(work, person)
    if age is Age.UNDER or age not in brackets(work.policy.min_age):
        return await _turn_away(work, who, person, language_code)
    if person is None:
        tag = work.library.language(language_code).tag
        person = await store.create(work.session, work.keys, who, tag, work.now)
    return await home.here(work, store.tell(person, age=age.value))


async def choose_time(work: Work, who: int, at: time | None) -> Here:
    """Set the reminder, or none, and with it the end of joining."""
    person = await people.known(work, who)
    if person is None:
        raise Refused("join_first")
    if person.row.joined_at is None and await steps.step_of(work, person) != JoinStep.REMINDER:
        return await home.here(work, person)
    return await _finish(work, person, at)


async def ask_other_time(work: Work, who: int) -> Here:
    """Ask for a time that none of the buttons has."""
    person = await people.known(work, who)
    if person is None:
        raise Refused("join_first")
    if await steps.step_of(work, person) != JoinStep.REMINDER:
        return await home.here(work, person)
    return await home.here(work, person, TypeTime())


async def take_time(work: Work, person: Known, _subject: str, text: str) -> Here:
    """Take a typed time for the reminder. Errors: Refused."""
    at = prompts.clock(text, people.language_of(work, person).words)
    if at is None:
        raise Refused("not_a_time")
    return await _finish(work, person, at)


async def settle(work: Work, person: Known) -> Here:
    """Show what comes next, once an answer of joining is stored: one end of it, or the next step."""
    if person.row.joined_at is None:
        step = await steps.step_of(work, person)
        if step is JoinStep.DECLINED:
            language = people.language_of(work, person)
            await _erase(work, person)
            return Here(language, (Declined(),))
        if step is JoinStep.DONE:
            return await _finish(work, person, None)
    return await home.here(work, person)


async def _erase(work: Work, person: Known) -> None:
    await store.erase(work.session, person.row)
    work.truncate()


async def _turn_away(work: Work, who: int, person: Known | None, code: str | None) -> Here:
    language = work.library.language(person.row.language if person else code)
    if person is not None:
        await _erase(work, person)
    await inbox.forget(work.session, work.keys, who)
    return Here(language, (TooYoung(work.policy.min_age),))


async def _finish(work: Work, person: Known, at: time | None) -> Here:
    given = await decisions(work.session, person.id)
    keeps = is_given(given.get(Purpose.KEEP), Purpose.KEEP)
    if person.row.joined_at is None:
        person.row.joined_at = work.now
        tips = is_given(given.get(Purpose.TIPS), Purpose.TIPS)
        await usual_reminders.set_tip_pace(work, person, Pace.SOME_DAYS if tips else Pace.OFF)
    await usual_reminders.set_check_in_time(work, person, at if keeps else None)
    next_at = await planning.next_message(work, person)
    return await home.here(work, person, Joined(keeps, next_at, people.zone_of(person)))
