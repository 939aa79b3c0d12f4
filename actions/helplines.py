"""Which country's numbers a person is shown: the one they chose, else that of their time zone.

A stranger, and anybody whose country is not known, is shown none. A move changes the guess and never
what was chosen. When numbers are shown is for actions/warnings and actions/distress to say.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from actions import awaiting, people
from actions.work import Here, Work
from content import helplines
from content.language import Language
from content.places.folding import fold
from domain.errors import Refused
from domain.helplines import Helplines
from storage.people import Known, tell

KIND = "country"
"""The prompt that takes a country's name."""

COUNTRY = "country"
"""Where the profile keeps what was chosen: a code, or "" for no number; without one it is guessed."""


class Why(StrEnum):
    """Why it is this country, or none."""

    CHOSEN = "chosen"
    BY_ZONE = "by_zone"
    UNKNOWN = "unknown"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Help:
    """Whom a person can call. lines: None where there is no country, or no number of it is known.

    kept: which country the person chooses is kept; of a stranger it is not.
    """

    why: Why
    country: str | None = field(default=None, repr=False)
    lines: Helplines | None = field(default=None, repr=False)
    kept: bool = True


ON_A_PAGE = 20
"""How many countries a stranger is offered at once."""

BY_CLOCK = "zones_by_clock"
"""Where the profile keeps the zones that were offered by the time it is there: they say no country."""

NOWHERE = Help(Why.UNKNOWN, kept=False)
"""What a stranger is shown: no number."""


@dataclass(frozen=True, slots=True)
class Countries:
    """The choice of a country. countries: by their codes; found: they are what a typed name may mean.

    anew: in a message of its own, so that the one with the button stays.
    """

    help: Help
    countries: tuple[str, ...]
    anew: bool = False
    found: bool = False


@dataclass(frozen=True, slots=True)
class ForStranger:
    """A page of the countries whose numbers are known, or the numbers of one: said at once, and not kept.

    following: the page that comes after it. anew: in a message of its own.
    """

    help: Help = NOWHERE
    countries: tuple[str, ...] = ()
    following: int = 0
    anew: bool = False


@dataclass(frozen=True, slots=True)
class TypeCountry:
    """Asks for a country's name to be typed."""


def of(work: Work, person: Known | None) -> Help:
    """Return whom *person* can call; None, or who has not joined yet, is a stranger."""
    if person is None or person.row.joined_at is None:
        return NOWHERE
    chosen = person.profile.get(COUNTRY)
    if chosen is not None:
        why = Why.CHOSEN if chosen else Why.NONE
        return Help(why, chosen or None, work.library.helplines.get(chosen))
    guessed = _guessed(person)
    why = Why.BY_ZONE if guessed else Why.UNKNOWN
    return Help(why, guessed, work.library.helplines.get(guessed or ""))


def _guessed(person: Known) -> str | None:
    """Return the country of the time zone; None where somebody only said what time it is for them."""
    zone = person.row.zone or ""
    return None if zone in person.profile.get(BY_CLOCK, ()) else helplines.country_of(zone)


async def look(work: Work, who: int) -> Here:
    """Show the country and its numbers, and others to choose."""
    return _choice(work, await _member(work, who))


async def look_from_help(work: Work, who: int, language_code: str | None) -> Here:
    """Show the same in a message of its own: the one that shows help stays."""
    if await _is_stranger(work, who):
        return await _page(work, who, language_code, 0, anew=True)
    return _choice(work, await _member(work, who), anew=True)


async def page(work: Work, who: int, number: int, language_code: str | None) -> Here:
    """Show a stranger a page of the countries; a member their own. Errors: Refused."""
    if not await _is_stranger(work, who):
        return await look(work, who)
    return await _page(work, who, language_code, number)


async def choose(work: Work, who: int, country: str, language_code: str | None = None) -> Here:
    """Show the numbers of *country* from now on; of none where it is empty. Errors: Refused.

    A stranger sees them once, and nothing is kept.
    """
    if await _is_stranger(work, who):
        if country not in work.library.helplines:
            raise Refused("stale")
        shown = Help(Why.CHOSEN, country, work.library.helplines[country], kept=False)
        language = await people.language_for(work, who, language_code)
        return Here(language, (ForStranger(shown),))
    person = await _member(work, who)
    if country and country not in helplines.countries():
        raise Refused("stale")
    return _choice(work, tell(person, country=country))


async def by_zone(work: Work, who: int) -> Here:
    """Go by the time zone again."""
    person = await _member(work, who)
    return _choice(work, tell(person, country=None))


async def ask(work: Work, who: int) -> Here:
    """Take the next typed message as a country's name."""
    person = await people.joined(work, who)
    await awaiting.expect(work, person, KIND)
    return Here(people.language_of(work, person), (TypeCountry(),))


async def take_country(work: Work, person: Known, _subject: str, text: str) -> Here:
    """Take a country by its name or code; where several fit, ask which one. Errors: Refused."""
    language = people.language_of(work, person)
    found = helplines.called(text, tuple(work.library.languages.values()))
    if not found:
        raise Refused("no_such_country")
    await awaiting.clear(work, person)
    if len(found) > 1:
        return Here(language, (Countries(of(work, person), tuple(found), found=True),))
    return _choice(work, tell(person, country=found[0]))


async def _is_stranger(work: Work, who: int) -> bool:
    person = await people.known(work, who)
    return person is None or person.row.joined_at is None


async def _page(
    work: Work, who: int, language_code: str | None, number: int, *, anew: bool = False
) -> Here:
    """Show a page of the countries: first where their language is spoken, then by name."""
    language = await people.language_for(work, who, language_code)
    spoken = helplines.likely(work.library.helplines, language, len(work.library.helplines))
    named = sorted(work.library.helplines, key=lambda code: fold(language.country(code)))
    ordered = list(dict.fromkeys([*spoken, *named]))
    start = number * ON_A_PAGE if 0 <= number * ON_A_PAGE < len(ordered) else 0
    last = start + ON_A_PAGE >= len(ordered)
    following = 0 if last else start // ON_A_PAGE + 1
    shown = tuple(ordered[start : start + ON_A_PAGE])
    return Here(language, (ForStranger(NOWHERE, shown, following, anew),))


async def _member(work: Work, who: int) -> Known:
    person = await people.joined(work, who)
    await awaiting.clear(work, person)
    return person


def _choice(work: Work, person: Known, *, anew: bool = False) -> Here:
    language = people.language_of(work, person)
    view = Countries(of(work, person), _likely(work, person, language), anew=anew)
    return Here(language, (view,))


def _likely(work: Work, person: Known, language: Language) -> tuple[str, ...]:
    """Return the country of the time zone, and those where the person's language is spoken."""
    guessed = _guessed(person)
    spoken = helplines.likely(work.library.helplines, language)
    return tuple(dict.fromkeys([*([guessed] if guessed else []), *spoken]))
