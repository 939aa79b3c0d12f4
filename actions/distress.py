"""Words of distress in what a person writes: answered with a fixed, warm text beside what else follows.

What was found is not stored, logged, counted or scored, and told to nobody; only the day is a quiet one.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from actions import helplines, people, quiet
from actions.checkins import JUST_NOW
from actions.helplines import Help
from actions.snippets import NoTipToday
from actions.work import Here, Work
from domain import distress
from domain.entries import EntryKind
from domain.errors import Refused
from storage import entries
from storage.people import Known


@dataclass(frozen=True, slots=True)
class Distress:
    """The fixed text, in a message of its own that stays. lost: what was written is not kept.

    at: since when no tip comes because of it, None for a stranger, of whom nothing is kept.
    """

    help: Help
    lost: bool = False
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Misread:
    """The person said that their words were misread: what was kept of that is forgotten."""


async def beside(
    work: Work,
    who: int,
    text: str,
    language_code: str | None,
    act: Callable[[], Awaitable[Here]],
    unheard: object = None,
) -> Here:
    """Do what *text* is for, and answer words of distress in it. Errors: those of *act*, without any.

    Somebody in distress is told neither of a refusal nor that they were not understood, only that
    their words are not kept. unheard: the view that says the latter.
    """
    language = await people.language_for(work, who, language_code)
    if not _is_said(work, text):
        return await act()
    person = await people.known(work, who)
    if person is not None and person.row.joined_at is not None:
        quiet.keep_words(work, person)
        await work.session.flush()
    try:
        async with work.session.begin_nested():
            here = await act()
    except Refused:
        return Here(language, (await _view(work, who, lost=True),))
    if here.views == (unheard,) or all(isinstance(view, NoTipToday) for view in here.views):
        return replace(here, views=(await _view(work, who, lost=True),))
    return replace(here, views=(*here.views, await _view(work, who)))


async def just_written(work: Work, person: Known) -> Distress | None:
    """Return the text for a note of a moment ago, if its words ask for it.

    After a restart nobody knows whether it was shown, and it must not be lost.
    """
    if person.row.joined_at is None:
        return None
    today, since = people.today_of(work, person), work.now - JUST_NOW
    said = await entries.between(work.session, person, today - timedelta(days=8), today)
    for note in reversed(said):
        recent = note.kind is EntryKind.NOTE and note.at >= since
        if recent and quiet.words_are_kept(person, note.at) and _is_said(work, note.value):
            return Distress(helplines.of(work, person), at=note.at)
    return None


async def misread(work: Work, who: int, at: int, language_code: str | None) -> Here:
    """Forget that words of distress were said at that second of the epoch; once more changes nothing."""
    person = await people.known(work, who)
    if person is not None and person.row.joined_at is not None:
        quiet.forget_words(person, at)
    return Here(await people.language_for(work, who, language_code), (Misread(),))


async def _view(work: Work, who: int, *, lost: bool = False) -> Distress:
    person = await people.known(work, who)
    joined = person is not None and person.row.joined_at is not None
    return Distress(helplines.of(work, person), lost=lost, at=work.now if joined else None)


def _is_said(work: Work, text: str) -> bool:
    """Say whether *text* holds such words in any language: people write in more than they read in."""
    return distress.is_said(text, [one.distress for one in work.library.languages.values()])
