"""What a person can set for themselves: language, day, reminder, tips, wording. Each change holds at once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import time
from zoneinfo import ZoneInfo

from actions import (
    awaiting,
    consents,
    helplines,
    home,
    people,
    planning,
    tip_choice,
    travel,
    usual_reminders,
)
from actions.helplines import NOWHERE, Help
from actions.work import Here, Work
from content.language import Language
from domain.consent import Purpose
from domain.day import LATEST_START
from domain.errors import Refused
from domain.reminders import Kind
from domain.snippets import Pace
from storage.people import Known, tell


@dataclass(frozen=True, slots=True)
class Settings:
    """All of it at a glance. check_in_at, tips_at: None where nothing is sent. reminder_zone: whose clock
    reminders go by, where it is not that of where the person is. proposals: other times are proposed."""

    zone: ZoneInfo
    day_starts_at: time
    check_in_at: time | None
    tip_pace: Pace
    tips_at: time | None
    discreet: bool
    languages: tuple[Language, ...]
    reminder_zone: ZoneInfo | None = None
    proposals: bool = True
    help: Help = NOWHERE


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages to choose from."""

    languages: tuple[Language, ...]


@dataclass(frozen=True, slots=True)
class DayStarts:
    """When a day ends and the next begins."""

    at: time


@dataclass(frozen=True, slots=True)
class Tips:
    """How often tips come, when, and on what. topics: None, where on every topic. by_logs: what was
    logged may choose one."""

    pace: Pace
    at: time
    topics: tuple[str, ...] | None = field(default=None, repr=False)
    by_logs: bool = field(default=False, repr=False)


async def overview(work: Work, who: int) -> Here:
    """Show the settings."""
    return await _overview(work, await _member(work, who))


async def languages(work: Work, who: int) -> Here:
    """Show which languages there are."""
    person = await _member(work, who)
    return await home.here(work, person, Languages(tuple(work.library.languages.values())))


async def set_language(work: Work, who: int, tag: str) -> Here:
    """Speak the language of *tag* from now on."""
    person = await _member(work, who)
    person.row.language = work.library.language(tag).tag
    return await _overview(work, person)


async def day_starts(work: Work, who: int) -> Here:
    """Show when the day ends."""
    person = await _member(work, who)
    return await home.here(work, person, DayStarts(person.row.day_starts_at))


async def set_day_starts(work: Work, who: int, at: time) -> Here:
    """Let the day end at *at*. Errors: Refused after noon."""
    person = await _member(work, who)
    if at > LATEST_START:
        raise Refused("stale")
    person.row.day_starts_at = at
    await planning.replan(work, person)
    return await home.here(work, person, DayStarts(at))


async def tips(work: Work, who: int) -> Here:
    """Show how often tips come; where they are not agreed to, ask for that."""
    return await _tips(work, await _member(work, who))


async def change_consent(work: Work, who: int, purpose: Purpose, version: int, given: bool) -> Here:
    """Give or withdraw a consent; back to the tips where they asked for it, with a word of thanks."""
    here = await consents.change(work, who, purpose, version, given)
    person = await people.joined(work, who)
    for needed in (Purpose.FIT, Purpose.TIPS):
        if purpose is not Purpose.FIT or not await people.agrees(work, person, needed):
            return here
    shown = await _tips(work, person)
    return replace(shown, toast=shown.language("settings.consents.fit_given"))


async def set_tip_pace(work: Work, who: int, pace: Pace) -> Here:
    """Send tips at *pace* from now on."""
    person = await _member(work, who)
    if await people.agrees(work, person, Purpose.TIPS):
        await usual_reminders.set_tip_pace(work, person, pace)
    return await _tips(work, person)


async def set_tip_time(work: Work, who: int, at: time) -> Here:
    """Send tips at *at* from now on; where they were off, at the pace that is usual."""
    person = await _member(work, who)
    if await people.agrees(work, person, Purpose.TIPS):
        pace = person.row.tip_pace
        await usual_reminders.set_tip_pace(
            work, person, Pace.SOME_DAYS if pace is Pace.OFF else pace, at
        )
    return await _tips(work, person)


async def set_discreet(work: Work, who: int, discreet: bool) -> Here:
    """Choose whether what we send first shows no details on a lock screen."""
    person = await _member(work, who)
    person.row.discreet = discreet
    return await _overview(work, person)


async def set_plain(work: Work, who: int, plain: bool) -> Here:
    """Write without symbols, for screen readers, from now on; or with them again."""
    person = tell(await _member(work, who), plain=plain)
    return await _overview(work, person)


async def _member(work: Work, who: int) -> Known:
    """Return who it is; whatever was to be typed is not expected any more. Errors: Refused."""
    person = await people.joined(work, who)
    await awaiting.clear(work, person)
    return person


async def _overview(work: Work, person: Known) -> Here:
    at = await usual_reminders.times(work, person)
    return await home.here(
        work,
        person,
        Settings(
            zone=people.zone_of(person),
            day_starts_at=person.row.day_starts_at,
            check_in_at=at.get(Kind.CHECK_IN),
            tip_pace=person.row.tip_pace,
            tips_at=at.get(Kind.TIP),
            discreet=person.row.discreet,
            languages=tuple(work.library.languages.values()),
            reminder_zone=travel.kept_home(person),
            proposals=person.row.proposals,
            help=helplines.of(work, person),
        ),
    )


async def _tips(work: Work, person: Known) -> Here:
    if not await people.agrees(work, person, Purpose.TIPS):
        return await consents.ask(work, person, Purpose.TIPS)
    at = (await usual_reminders.times(work, person)).get(Kind.TIP, usual_reminders.TIPS_AT)
    wanted = tip_choice.wanted_topics(person)
    coming = (snippet.topic for snippet in tip_choice.coming_for(work, person))
    topics = None if wanted is None else tuple(dict.fromkeys(coming))
    by_logs = await people.agrees(work, person, Purpose.FIT)
    return await home.here(work, person, Tips(person.row.tip_pace, at, topics, by_logs))
