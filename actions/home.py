"""Where a person stands: the step of joining that is open, the unfinished check-in, or the menu."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from actions import awaiting, checkins, distress, people, planning, steps, warnings
from actions.work import Here, Work
from domain.consent import Purpose, is_given
from storage import checkins as store
from storage.people import Known, decisions


class Standing(StrEnum):
    """How today's check-in stands. OFF: there is no diary, as the person wants none."""

    NOT_YET = "not_yet"
    OPEN = "open"
    FINISHED = "finished"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Home:
    """The menu, and how the day stands. next_at: when we write next, as far as it is planned."""

    check_in: Standing
    today: date
    next_at: datetime | None
    zone: ZoneInfo
    paused_until: date | None


@dataclass(frozen=True, slots=True)
class Cancelled:
    """Nothing typed is expected any more. was: the kind of what had been, or None."""

    was: str | None


@dataclass(frozen=True, slots=True)
class Stray:
    """Something was sent that we have no use for, and did not keep."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A message was edited, which changes nothing with us."""


async def current(work: Work, who: int, language_code: str | None) -> Here:
    """Show where the person stands now: what /start does, and a start after a restart."""
    person = await people.known(work, who)
    if person is None:
        return _welcome(work, language_code)
    await awaiting.clear(work, person)
    view = await steps.open_step(work, person) or await checkins.current_step(work, person)
    flag = await warnings.just_chosen(work, person)
    shown = await here(work, person, *([view] if view else []))
    first = [kept for kept in (flag, await distress.just_written(work, person)) if kept]
    return replace(shown, views=(*first, *shown.views))


async def menu(work: Work, who: int, language_code: str | None) -> Here:
    """Show the menu, or the step of joining that is still open."""
    person = await people.known(work, who)
    if person is None:
        return _welcome(work, language_code)
    await awaiting.clear(work, person)
    return await here(work, person)


async def cancel(work: Work, who: int, language_code: str | None) -> Here:
    """Expect nothing typed any more, and take our keyboard away; a step of joining stays open."""
    person = await people.known(work, who)
    if person is None:
        welcome = _welcome(work, language_code)
        return replace(welcome, views=(Cancelled(None), *welcome.views))
    prompt = await awaiting.expected(work, person)
    was = prompt.kind if prompt else None
    await awaiting.clear(work, person)
    left = await steps.open_step(work, person)
    return Here(people.language_of(work, person), (Cancelled(was), *([left] if left else [])))


async def stray(work: Work, who: int, language_code: str | None) -> Here:
    """Say kindly that this was not understood; nothing of it is kept."""
    return Here(await people.language_for(work, who, language_code), (Stray(),))


async def edited(work: Work, who: int, language_code: str | None) -> Here:
    """Say that what was kept stays as it was sent first."""
    return Here(await people.language_for(work, who, language_code), (Edited(),))


async def returned(work: Work, who: int) -> None:
    """Note that somebody unblocked us: what they wished for comes again."""
    person = await people.known(work, who)
    if person is not None:
        await planning.replan(work, person)


async def here(work: Work, person: Known, *views: object, toast: str | None = None) -> Here:
    """Show *views* to this person; without any, the step of joining that is open, or the menu."""
    shown = views or (await steps.open_step(work, person) or await _home(work, person),)
    return Here(people.language_of(work, person), shown, toast)


async def _home(work: Work, person: Known) -> Home:
    return Home(
        check_in=await _standing(work, person),
        today=people.today_of(work, person),
        next_at=await planning.next_message(work, person),
        zone=people.zone_of(person),
        paused_until=person.row.paused_until,
    )


async def _standing(work: Work, person: Known) -> Standing:
    if not is_given((await decisions(work.session, person.id)).get(Purpose.KEEP), Purpose.KEEP):
        return Standing.OFF
    found = await store.find(work.session, person, people.today_of(work, person))
    if found is None:
        return Standing.NOT_YET
    return Standing.OPEN if found.finished_at is None else Standing.FINISHED


def _welcome(work: Work, language_code: str | None) -> Here:
    welcome = steps.Welcome(work.policy.min_age)
    return Here(work.library.language(language_code), (welcome,))
