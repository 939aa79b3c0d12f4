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

    changeable: the person can say which country it is; a stranger cannot.
    """

    why: Why
    country: str | None = field(default=None, repr=False)
    lines: Helplines | None = field(default=None, repr=False)
    changeable: bool = True


NOWHERE = Help(Why.UNKNOWN, changeable=False)
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
    guessed = helplines.country_of(person.row.zone or "")
    why = Why.BY_ZONE if guessed else Why.UNKNOWN
    return Help(why, guessed, work.library.helplines.get(guessed or ""))


async def look(work: Work, who: int) -> Here:
    """Show the country and its numbers, and others to choose."""
    return _choice(work, await _member(work, who))


async def look_from_help(work: Work, who: int) -> Here:
    """Show the same in a message of its own: the one that shows help stays."""
    return _choice(work, await _member(work, who), anew=True)


async def choose(work: Work, who: int, country: str) -> Here:
    """Show the numbers of *country* from now on; of none where it is empty. Errors: Refused."""
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
    found = helplines.called(text, (language, work.library.language(None)))
    if not found:
        raise Refused("no_such_country")
    await awaiting.clear(work, person)
    if len(found) > 1:
        return Here(language, (Countries(of(work, person), tuple(found), found=True),))
    return _choice(work, tell(person, country=found[0]))


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
    guessed = helplines.country_of(person.row.zone or "")
    spoken = helplines.likely(work.library.helplines, language)
    return tuple(dict.fromkeys([*([guessed] if guessed else []), *spoken]))
