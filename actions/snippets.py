"""Tips: the one that comes next by itself, and those that a person asks for.

What does not fit a person stays away: a text on a supplement never goes to somebody who is not known
to be of age, save their own caution. After a warning sign there is none that day.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta

from actions import people, quiet
from actions.left_out import leaving_out
from actions.people import joined, language_of
from actions.quiet import Reason
from actions.work import Here, Work
from content.tips import Reference
from domain.consent import Purpose
from domain.errors import Refused
from domain.opinions import NOTHING, Opinion
from domain.snippets import UNDER_18, Snippet, allowed
from domain.tip_choice import Shown, longest_unseen
from storage import snippets as store
from storage import tip_opinions
from storage.people import Known
from storage.tables import SnippetShown


@dataclass(frozen=True, slots=True)
class Tip:
    """A tip as it is read, with what the person made of it.

    Errors: ValueError without a disclaimer.
    """

    snippet: Snippet
    opinion: Opinion = field(default=NOTHING, repr=False)

    def __post_init__(self) -> None:
        if not self.snippet.disclaimers:
            raise ValueError(f"{self.snippet.id}: a tip is never shown without a disclaimer")


@dataclass(frozen=True, slots=True)
class TopicEnd:
    """The last tip on a topic was shown. unread: how many on it were not shown yet, None: not known."""

    topic: str
    unread: int | None


@dataclass(frozen=True, slots=True)
class NoTipToday:
    """A warning sign was selected, or words of distress were said: help comes before reading."""

    reason: Reason = field(default=Reason.SIGN, repr=False)


@dataclass(frozen=True, slots=True)
class Closed:
    """A tip that is left out for the person, in place of its text. why: the refusal that says so."""

    why: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class MoreOf:
    """What else there is about a tip: its sources, why it came, more on its topic."""

    snippet: Snippet


@dataclass(frozen=True, slots=True)
class Cautions:
    """The disclaimers of a tip, whole."""

    snippet: Snippet


@dataclass(frozen=True, slots=True)
class Sources:
    """What a tip rests on: the references of its points."""

    snippet: Snippet
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """How a tip was chosen. asked: the person opened it, None: it is not known how it came. fits: the
    question whose answer made it come earlier."""

    snippet: Snippet
    asked: bool | None = field(repr=False)
    fits: str | None = field(default=None, repr=False)


SAME_READING = timedelta(hours=1)
"""Within this time, opening a text again is no second reading."""


def allowed_for(work: Work, person: Known) -> list[Snippet]:
    """Return the tips this person may get, in the library's order: the one place that knows.

    Whatever shows a tip asks here, also where the person asked for it.
    """
    marks = leaving_out(work, person)
    return [snippet for snippet in work.library.snippets.values() if allowed(snippet, marks)]


async def on_topic(work: Work, who: int, topic: str) -> Here:
    """Show the tip on *topic* that was not seen for the longest time. Errors: Refused."""
    person = await joined(work, who)
    among = [snippet for snippet in allowed_for(work, person) if snippet.topic == topic]
    shown = [Shown(row.snippet_id) for row in await store.history(work.session, person.id)]
    return await read(work, person, longest_unseen(among, shown))


async def tip(work: Work, who: int, snippet_id: str) -> Here:
    """Show this tip again, which leaves how it came as it is. Errors: Refused."""
    person = await joined(work, who)
    snippet = find(work, person, snippet_id)
    if snippet.id not in await store.seen(work.session, person.id):
        return await read(work, person, snippet)
    if await is_quiet(work, person):
        return Here(language_of(work, person), (await no_tip(work, person),))
    return Here(language_of(work, person), (await tip_of(work, person, snippet),))


async def another(work: Work, who: int, snippet_id: str) -> Here:
    """Show the tip after this one on its topic; after the last, say that it was. Errors: Refused."""
    person = await joined(work, who)
    snippet = find(work, person, snippet_id)
    line = [found for found in allowed_for(work, person) if found.topic == snippet.topic]
    following = line[line.index(snippet) + 1 :]
    if following or await is_quiet(work, person):
        return await read(work, person, next(iter(following), None))
    known = await people.agrees(work, person, Purpose.TIPS)
    read_ones = await seen(work, person)
    unread = sum(found.id not in read_ones for found in line) if known else None
    return Here(language_of(work, person), (TopicEnd(snippet.topic, unread),))


async def cautions(work: Work, who: int, snippet_id: str) -> Here:
    """Show the whole text of a tip's disclaimers, also of one that is left out. Errors: Refused."""
    person = await joined(work, who)
    return Here(language_of(work, person), (Cautions(in_library(work, snippet_id)),))


async def more(work: Work, who: int, snippet_id: str) -> Here:
    """Show what else there is about a tip. Errors: Refused."""
    person = await joined(work, who)
    return Here(language_of(work, person), (MoreOf(find(work, person, snippet_id)),))


async def sources(work: Work, who: int, snippet_id: str) -> Here:
    """Show what a tip rests on. Errors: Refused."""
    person = await joined(work, who)
    snippet = find(work, person, snippet_id)
    cited = tuple(work.library.references[address] for address in snippet.references)
    return Here(language_of(work, person), (Sources(snippet, cited),))


async def why(work: Work, who: int, snippet_id: str) -> Here:
    """Say how a tip was chosen. Errors: Refused."""
    person = await joined(work, who)
    snippet = find(work, person, snippet_id)
    last = await store.last_shown(work.session, person.id, snippet.id)
    if last is None:
        return Here(language_of(work, person), (Why(snippet, asked=None),))
    reason = last.sealed and person.open("snippet_shown", "sealed", last.id, last.sealed)
    question = work.library.questions.get(reason["fits"] if reason else "")
    fits = question.id if question and question.fits else None
    return Here(language_of(work, person), (Why(snippet, last.occurrence_id is None, fits),))


def find(work: Work, person: Known, snippet_id: str) -> Snippet:
    """Return the tip of that id, if this person may get it. Errors: Refused."""
    found = in_library(work, snippet_id)
    closed = why_closed(work, person, found)
    if closed is not None:
        raise Refused(closed)
    return found


def in_library(work: Work, snippet_id: str) -> Snippet:
    """Return the tip of that id, whoever may get it. Errors: Refused."""
    found = work.library.snippets.get(snippet_id)
    if found is None:
        raise Refused("tip_gone")
    return found


def why_closed(work: Work, person: Known, snippet: Snippet) -> str | None:
    """Return the refusal for a tip that is left out for this person, or None where they may get it."""
    marks = leaving_out(work, person)
    if allowed(snippet, marks):
        return None
    own = {mark: keys for mark, keys in marks.items() if mark != UNDER_18}
    return "tip_for_adults" if allowed(snippet, own) else "tip_left_out"


async def read(work: Work, person: Known, snippet: Snippet | None) -> Here:
    """Show a tip that was asked for; nothing on a quiet day.

    That it was seen is kept only of who agreed to tips.
    """
    language = language_of(work, person)
    if await is_quiet(work, person):
        return Here(language, (await no_tip(work, person),))
    if snippet is None:
        raise Refused("tip_gone")
    if await people.agrees(work, person, Purpose.TIPS):
        last = await store.last_shown(work.session, person.id, snippet.id)
        if last is None or last.occurrence_id or work.now - last.at >= SAME_READING:
            row = SnippetShown(person_id=person.id, snippet_id=snippet.id, at=work.now)
            work.session.add(row)
    return Here(language, (await tip_of(work, person, snippet),))


async def seen(work: Work, person: Known) -> Collection[str]:
    """Return the tips that were shown to a person; all there are, where that is not kept.

    So nothing is called unread to somebody of whom nobody knows what they have read.
    """
    if not await people.agrees(work, person, Purpose.TIPS):
        return work.library.snippets
    return await store.seen(work.session, person.id)


async def is_quiet(work: Work, person: Known) -> bool:
    """Say whether there is nothing to read now, after a warning sign or words of distress."""
    return await quiet.why(work, person) is not None


async def no_tip(work: Work, person: Known) -> NoTipToday:
    """Return what is shown instead of a tip at a quiet time."""
    return NoTipToday(await quiet.why(work, person) or Reason.SIGN)


async def tip_of(work: Work, person: Known, snippet: Snippet) -> Tip:
    """Return a tip with what the person made of it."""
    return Tip(snippet, await tip_opinions.opinion(work.session, person, snippet.id))
