"""Words of distress in what a person writes: answered with a fixed, warm text beside what else follows.

What was found is not stored, logged, counted or scored, and told to nobody; only the day is a quiet one.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from actions import helplines, people, quiet
from actions.checkins import JUST_NOW
from actions.helplines import Help
from actions.work import Here, Work
from content.language import Language
from content.library import FALLBACK
from domain import distress
from domain.entries import EntryKind
from domain.errors import Refused
from storage import entries
from storage.people import Known


@dataclass(frozen=True, slots=True)
class Distress:
    """The fixed text, in a message of its own that stays. lost: what was written is not kept.

    quiet: today is a quiet day now.
    """

    help: Help
    lost: bool = False
    quiet: bool = False


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
    if not _is_said(work, language, text):
        return await act()
    person = await people.known(work, who)
    if person is not None and person.row.joined_at is not None:
        quiet.keep_day(work, person)
        await work.session.flush()
    try:
        async with work.session.begin_nested():
            here = await act()
    except Refused:
        return Here(language, (await _view(work, who, lost=True),))
    if here.views == (unheard,):
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
    language = people.language_of(work, person)
    recent = (note.value for note in said if note.kind is EntryKind.NOTE and note.at >= since)
    if any(_is_said(work, language, words) for words in recent):
        return Distress(helplines.of(work, person), quiet=True)
    return None


async def _view(work: Work, who: int, *, lost: bool = False) -> Distress:
    person = await people.known(work, who)
    joined = person is not None and person.row.joined_at is not None
    return Distress(helplines.of(work, person), lost=lost, quiet=joined)


def _is_said(work: Work, language: Language, text: str) -> bool:
    wordings = (language.distress, work.library.language(FALLBACK).distress)
    return distress.is_said(text, wordings)
