"""Silence for a while: what a person asked for, until when, and its end. Never says a word of guilt.

While it lasts nothing that we would send by ourselves is sent; what was planned is skipped.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from actions import awaiting, planning
from actions.people import joined, language_of, today_of, zone_of
from actions.work import Here, Work
from domain.errors import Refused
from domain.lines import prompts
from domain.pause import LONGEST, OPEN_END
from storage.people import Known

OFFERED = (3, 7, 14)
"""Days of silence that have a button."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Whether we are silent, and until when (OPEN_END: until they say otherwise); else next_at."""

    until: date | None
    next_at: datetime | None
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class AskDay:
    """Which day should we write again? example: one that would do."""

    example: date


async def show(work: Work, who: int) -> Here:
    """Show whether we are silent, and what can be chosen. Errors: Refused."""
    return await _state(work, await joined(work, who))


async def for_days(work: Work, who: int, days: int) -> Here:
    """Be silent for *days* days, today included. Errors: Refused."""
    person = await joined(work, who)
    if days not in OFFERED:
        raise Refused("pause_day", most=LONGEST.days)
    return await _until(work, person, today_of(work, person) + timedelta(days=days))


async def open_end(work: Work, who: int) -> Here:
    """Be silent until the person says otherwise. Errors: Refused."""
    return await _until(work, await joined(work, who), OPEN_END)


async def ask_day(work: Work, who: int) -> Here:
    """Ask for the day on which to write again; the next typed message answers. Errors: Refused."""
    person = await joined(work, who)
    await awaiting.expect(work, person, "pause")
    example = today_of(work, person) + timedelta(days=10)
    return Here(language_of(work, person), (AskDay(example),))


async def take_day(work: Work, person: Known, subject: str, text: str) -> Here:
    """Be silent until the day that was typed. Errors: Refused; the question then stays open."""
    today = today_of(work, person)
    until = prompts.day(text, language_of(work, person).words, today)
    if until is None:
        raise Refused("pause_day", most=LONGEST.days)
    await awaiting.clear(work, person)
    return await _until(work, person, until)


async def resume(work: Work, who: int) -> Here:
    """Write again from now on. Errors: Refused."""
    person = await joined(work, who)
    person.row.paused_until = None
    work.wake()
    return await _state(work, person)


async def _until(work: Work, person: Known, until: date) -> Here:
    person.row.paused_until = until
    work.wake()
    return await _state(work, person)


async def _state(work: Work, person: Known) -> Here:
    until = person.row.paused_until if await planning.is_paused(work, person) else None
    next_at = await planning.next_message(work, person)
    return Here(language_of(work, person), (Pause(until, next_at, zone_of(person)),))
