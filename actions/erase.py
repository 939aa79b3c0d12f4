"""/delete: everything about a person goes, in one transaction, after they confirm it afresh.

Keeps nothing but a keyed hash and the moment, in a list apart from the database, so that a backup that is
restored does not bring them back. A tap that comes late, twice, or from
a stranger finds nothing to erase and says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from actions import awaiting, people
from actions.work import Here, Work
from storage import erased as listed
from storage import erasing, inbox
from storage import people as store

FRESH = timedelta(minutes=10)
"""How long the question may wait for its answer."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What goes and what stays. asked: when, in whole seconds since 1970, for the answer to carry."""

    asked: int


@dataclass(frozen=True, slots=True)
class AskAgain:
    """The answer came too late: what goes and what stays, once more."""

    asked: int


@dataclass(frozen=True, slots=True)
class Kept:
    """Nothing was erased."""


@dataclass(frozen=True, slots=True)
class Erased:
    """Everything is gone. messages: our last ones are being removed from the chat as well."""

    messages: bool


@dataclass(frozen=True, slots=True)
class NobodyHere:
    """We keep nothing about this person."""


@dataclass(frozen=True, slots=True)
class Left:
    """What to show, and which messages of ours to remove from the chat afterwards."""

    here: Here
    messages: tuple[int, ...] = field(default=(), repr=False)


async def ask(work: Work, who: int, language_code: str | None) -> Here:
    """Say what goes and what stays, and ask for it."""
    person = await people.known(work, who)
    if person is None:
        return (await _nobody(work, who, language_code)).here
    await awaiting.clear(work, person)
    return Here(people.language_of(work, person), (Ask(_seconds(work.now)),))


async def keep(work: Work, who: int, language_code: str | None) -> Here:
    """Leave everything as it is."""
    person = await people.known(work, who)
    if person is None:
        return (await _nobody(work, who, language_code)).here
    return Here(people.language_of(work, person), (Kept(),))


async def confirm(
    work: Work, who: int, language_code: str | None, asked: int, *, messages: bool
) -> Left:
    """Erase the person, if they were asked at *asked* and not long ago.

    messages: our messages of the last 48 hours are to go from the chat as well.
    """
    person = await people.known(work, who)
    if person is None:
        return await _nobody(work, who, language_code)
    language = people.language_of(work, person)
    since = max(work.now - FRESH, person.row.created_at.replace(microsecond=0))
    if not _seconds(since) <= asked <= _seconds(work.now):
        return Left(Here(language, (AskAgain(_seconds(work.now)),)))
    ids = await erasing.messages(work.session, work.keys, person, work.now) if messages else ()
    await store.erase(work.session, person.row)
    work.forget(person.row.lookup)
    work.wake()
    return Left(Here(language, (Erased(messages),)), tuple(ids))


async def again(work: Work, erased: dict[bytes, datetime]) -> int:
    """Erase whoever is on the list and came back with a backup; return how many."""
    count = await listed.erase_again(work.session, erased)
    if count:
        work.truncate()
        work.wake()
    return count


async def _nobody(work: Work, who: int, language_code: str | None) -> Left:
    """Answer a stranger; our short-lived copies of what they sent go as well, this one included."""
    await inbox.forget(work.session, work.keys, who)
    return Left(Here(work.library.language(language_code), (NobodyHere(),)))


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
