"""Quiet hours, and the minutes by which a message may be late at a rush hour. Each change holds at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from actions import awaiting, people, planning
from actions.people import language_of
from actions.work import Here, Work
from domain.clock import read_time
from domain.errors import Refused
from domain.lines import prompts
from storage.people import Known

KIND = "quiet_hours"
"""The kind of the prompt for hours of one's own."""

SPREADS = (0, 5, 10)
"""Minutes that have a button."""

_DASHES = "\u2013\u2014-"


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Between which local times nothing rings, if so; by how many minutes a message may be late."""

    hours: tuple[time, time] | None
    spread: int


@dataclass(frozen=True, slots=True)
class TypeQuietHours:
    """The next typed message says from when to when."""


async def show(work: Work, who: int) -> Here:
    """Show how it is set. Errors: Refused."""
    person = await people.joined(work, who)
    await awaiting.clear(work, person)
    return _here(work, person)


async def set_hours(work: Work, who: int, first: time, last: time) -> Here:
    """Let nothing ring from *first* to *last*, over midnight too; the same time twice: never. Errors: Refused."""
    person = await people.joined(work, who)
    await awaiting.clear(work, person)
    return _set(work, person, first, last)


async def ask_hours(work: Work, who: int) -> Here:
    """Take the next typed message as the hours. Errors: Refused."""
    person = await people.joined(work, who)
    await awaiting.expect(work, person, KIND)
    return Here(language_of(work, person), (TypeQuietHours(),))


async def take_hours(work: Work, person: Known, _subject: str, text: str) -> Here:
    """Let nothing ring in the typed hours, "22:00-07:00". Errors: Refused; the prompt then stays open."""
    hours = hours_named(text) or prompts.window(text, language_of(work, person).words)
    if hours is None:
        raise Refused("not_hours")
    await awaiting.clear(work, person)
    return _set(work, person, *hours)


async def set_spread(work: Work, who: int, minutes: int) -> Here:
    """Let messages be late by up to *minutes* at rush hours. Errors: Refused."""
    person = await people.joined(work, who)
    if minutes not in SPREADS:
        raise Refused("stale")
    if person.row.spread != minutes:
        person.row.spread = minutes
        await planning.replan(work, person)
    return _here(work, person)


def hours_named(text: str) -> tuple[time, time] | None:
    """Return the two times that *text* names with a dash between, or None: "22-7", "22:00 - 7:00"."""
    for dash in _DASHES:
        text = text.replace(dash, " ")
    parts = text.split()
    if len(parts) != 2:
        return None
    first, last = (read_time(part) for part in parts)
    return None if first is None or last is None or first == last else (first, last)


def _set(work: Work, person: Known, first: time, last: time) -> Here:
    off = first == last
    person.row.quiet_from = None if off else first
    person.row.quiet_until = None if off else last
    return _here(work, person)


def _here(work: Work, person: Known) -> Here:
    view = QuietHours(people.quiet_hours(person), person.row.spread)
    return Here(language_of(work, person), (view,))
