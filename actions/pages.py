"""Pages that anybody may read, before any consent too. A stranger who reads them leaves no trace."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version

from actions import awaiting, people
from actions.work import Here, Policy, Work

VERSION = version("commensal")


@dataclass(frozen=True, slots=True)
class Privacy:
    """What is kept and how; or, as the `rest`, where, for how long, and what a person can do about it."""

    policy: Policy
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Developer:
    """Who runs this bot, and what it is made of."""

    contact: str
    version: str


@dataclass(frozen=True, slots=True)
class Signed:
    """How many of a kind a clinician has signed off, of how many."""

    done: int
    of: int


@dataclass(frozen=True, slots=True)
class About:
    """What this bot is, where its tips are from, and what nobody has checked yet.

    reviewed: the names of the languages that a clinician who speaks them has read. countries: how many
    have numbers to call, and of how many an operator had them checked.
    """

    version: str
    tips: Signed
    signs: Signed
    countries: Signed
    languages: int
    reviewed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Help:
    """The commands, and how to reach a human."""

    contact: str


async def privacy(work: Work, who: int, language_code: str | None) -> Here:
    """Show the privacy policy of this bot."""
    return await _page(work, who, language_code, Privacy(work.policy))


async def privacy_rest(work: Work, who: int, language_code: str | None) -> Here:
    """Show the rest of the privacy policy."""
    return await _page(work, who, language_code, Privacy(work.policy, rest=True))


async def developer(work: Work, who: int, language_code: str | None) -> Here:
    """Show who runs this bot."""
    view = Developer(work.policy.operator_contact, VERSION)
    return await _page(work, who, language_code, view)


async def about(work: Work, who: int, language_code: str | None) -> Here:
    """Show what this bot is, and what nobody has checked yet."""
    library = work.library
    view = About(
        version=VERSION,
        tips=_signed(snippet.signed_off for snippet in library.snippets.values()),
        signs=_signed(sign.signed_off for sign in library.signs.values()),
        countries=_signed(lines.checked for lines in library.helplines.values()),
        languages=len(library.languages),
        reviewed=tuple(known.name for known in library.languages.values() if known.reviewed),
    )
    return await _page(work, who, language_code, view)


def _signed(by: Iterable[str | None]) -> Signed:
    given = list(by)
    return Signed(sum(1 for who in given if who), len(given))


async def guide(work: Work, who: int, language_code: str | None) -> Here:
    """Show what there is, and how to reach a human."""
    return await _page(work, who, language_code, Help(work.policy.operator_contact))


async def _page(work: Work, who: int, language_code: str | None, view: object) -> Here:
    person = await people.known(work, who)
    if person is None:
        return Here(work.library.language(language_code), (view,))
    await awaiting.clear(work, person)
    return Here(people.language_of(work, person), (view,))
