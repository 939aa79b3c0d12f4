"""Tips: the one that comes next by itself, and those that a person asks for.

Choosing looks at what was shown before and at nothing else, save that a text on a supplement never
goes to somebody who is not known to be of age. After a warning sign there is none that day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actions import quiet
from actions.people import joined, language_of, today_of
from actions.work import Here, Work
from content.tips import Reference
from domain.errors import Refused
from domain.joining import Age
from domain.snippets import Snippet, choose_next
from storage import snippets as store
from storage.people import Known
from storage.tables import SnippetShown


@dataclass(frozen=True, slots=True)
class Tip:
    """A tip as it is read, with the heading it rests on. Errors: ValueError without a disclaimer."""

    snippet: Snippet
    section: str

    def __post_init__(self) -> None:
        if not self.snippet.disclaimers:
            raise ValueError(f"{self.snippet.id}: a tip is never shown without a disclaimer")


@dataclass(frozen=True, slots=True)
class Topics:
    """The topics that there are tips on, by key."""

    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoTipToday:
    """A warning sign was selected today: help comes before reading."""


@dataclass(frozen=True, slots=True)
class Cautions:
    """The disclaimers of a tip, whole."""

    snippet: Snippet


@dataclass(frozen=True, slots=True)
class Sources:
    """What a tip rests on: the article's heading, and the references of its points."""

    snippet: Snippet
    section: str
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """How a tip was chosen. asked: the person asked for it, by its topic."""

    snippet: Snippet
    asked: bool


def allowed_for(work: Work, person: Known) -> list[Snippet]:
    """Return the tips this person may get, in the library's order: the one place that knows.

    Whatever shows a tip asks here, also where the person asked for it.
    """
    of_age = person.profile.get("age") == Age.ADULT
    return [
        snippet for snippet in work.library.snippets.values() if of_age or not snippet.supplement
    ]


async def for_occurrence(work: Work, person: Known, occurrence_id: int) -> Tip | None:
    """Return the tip of a planned message; asked again, the same one. None where there is none."""
    chosen = await store.of_occurrence(work.session, occurrence_id)
    snippet = work.library.snippets.get(chosen or "")
    if snippet is None:
        snippet = await _next(work, person, allowed_for(work, person))
        if snippet is None:
            return None
        await store.take_back(work.session, occurrence_id)
        work.session.add(
            SnippetShown(
                person_id=person.id,
                snippet_id=snippet.id,
                occurrence_id=occurrence_id,
                at=work.now,
            )
        )
    return _tip(work, snippet)


async def topics(work: Work, who: int) -> Here:
    """Show what there are tips on. Errors: Refused for somebody who has not joined."""
    person = await joined(work, who)
    if await _is_quiet(work, person):
        return Here(language_of(work, person), (NoTipToday(),))
    named = dict.fromkeys(snippet.topic for snippet in allowed_for(work, person))
    return Here(language_of(work, person), (Topics(tuple(named)),))


async def on_topic(work: Work, who: int, topic: str) -> Here:
    """Show the tip on *topic* that was not seen for the longest time. Errors: Refused."""
    person = await joined(work, who)
    among = [snippet for snippet in allowed_for(work, person) if snippet.topic == topic]
    return await _read(work, person, await _next(work, person, among))


async def tip(work: Work, who: int, snippet_id: str) -> Here:
    """Show this tip again, which leaves how it came as it is. Errors: Refused."""
    person = await joined(work, who)
    snippet = _find(work, person, snippet_id)
    if snippet.id not in await store.seen(work.session, person.id):
        return await _read(work, person, snippet)
    if await _is_quiet(work, person):
        return Here(language_of(work, person), (NoTipToday(),))
    return Here(language_of(work, person), (_tip(work, snippet),))


async def another(work: Work, who: int, snippet_id: str) -> Here:
    """Show the tip after this one on its topic; after the last comes the first. Errors: Refused."""
    person = await joined(work, who)
    snippet = _find(work, person, snippet_id)
    line = [found for found in allowed_for(work, person) if found.topic == snippet.topic]
    return await _read(work, person, line[(line.index(snippet) + 1) % len(line)])


async def cautions(work: Work, who: int, snippet_id: str) -> Here:
    """Show the whole text of a tip's disclaimers. Errors: Refused."""
    person = await joined(work, who)
    return Here(language_of(work, person), (Cautions(_find(work, person, snippet_id)),))


async def sources(work: Work, who: int, snippet_id: str) -> Here:
    """Show what a tip rests on. Errors: Refused."""
    person = await joined(work, who)
    snippet = _find(work, person, snippet_id)
    cited = tuple(work.library.references[address] for address in snippet.references)
    section = work.library.sections[snippet.section]
    return Here(language_of(work, person), (Sources(snippet, section, cited),))


async def why(work: Work, who: int, snippet_id: str) -> Here:
    """Say how a tip was chosen. Errors: Refused."""
    person = await joined(work, who)
    snippet = _find(work, person, snippet_id)
    asked = await store.was_asked_for(work.session, person.id, snippet.id)
    return Here(language_of(work, person), (Why(snippet, asked),))


def _find(work: Work, person: Known, snippet_id: str) -> Snippet:
    found = next((s for s in allowed_for(work, person) if s.id == snippet_id), None)
    if found is None:
        raise Refused("tip_gone")
    return found


async def _next(work: Work, person: Known, among: Sequence[Snippet]) -> Snippet | None:
    seen = await store.seen(work.session, person.id)
    known = [work.library.snippets[key] for key in seen if key in work.library.snippets]
    return choose_next(among, seen, list(dict.fromkeys(snippet.topic for snippet in known)))


async def _read(work: Work, person: Known, snippet: Snippet | None) -> Here:
    """Show a tip that was asked for, and keep that it was seen; nothing on a quiet day."""
    language = language_of(work, person)
    if await _is_quiet(work, person):
        return Here(language, (NoTipToday(),))
    if snippet is None:
        raise Refused("tip_gone")
    row = await store.on_demand(work.session, person.id, snippet.id)
    if row is None:
        row = SnippetShown(person_id=person.id, snippet_id=snippet.id, at=work.now)
        work.session.add(row)
    row.at = work.now
    return Here(language, (_tip(work, snippet),))


async def _is_quiet(work: Work, person: Known) -> bool:
    return await quiet.quiet_day(work, person, today_of(work, person))


def _tip(work: Work, snippet: Snippet) -> Tip:
    return Tip(snippet, work.library.sections[snippet.section])
