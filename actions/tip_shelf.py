"""/learn: the tips by topic, the saved ones, and finding one by words.

What is searched for is neither stored nor logged. Shows only what the person may get, and nothing on
the day of a warning sign.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from actions import awaiting, distress, snippets, steps
from actions.people import joined, language_of
from actions.snippets import allowed_for
from actions.steps import AskConsent
from actions.work import Here, Work
from content.language import Typed
from content.safety import REQUIRED
from content.searching import search as found_by
from domain.errors import Refused
from domain.snippets import Snippet
from storage import tip_opinions
from storage.people import Known

KIND = "tip_search"
"""What the next message answers, while words to search for are expected."""

PAGE = 8
"""Titles on a screen."""


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic, how many texts there are on it, and how many of them were not shown yet."""

    topic: str
    count: int
    unread: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where reading begins. supplements: how many texts are in the group of their own."""

    topics: tuple[TopicLine, ...]
    saved: int
    unread: int
    supplements: int


@dataclass(frozen=True, slots=True)
class SupplementTopics:
    """The topics on supplements."""

    topics: tuple[TopicLine, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A tip as a line of a list."""

    snippet: Snippet
    unread: bool


@dataclass(frozen=True, slots=True)
class Titles:
    """A page of titles: of a topic, or the saved ones (None). page: from 0."""

    topic: str | None
    lines: tuple[Line, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class AskWords:
    """The next typed message is what to search for."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, the best first; more: there is more than that. topics: to try instead."""

    typed: Typed = field(repr=False)
    lines: tuple[Line, ...] = ()
    more: bool = False
    topics: tuple[str, ...] = ()


async def home(work: Work, who: int) -> Here:
    """Show where reading begins; first a consent whose text has changed. Errors: Refused for somebody
    who has not joined."""
    person, read = await _reader(work, who)
    if read is None:
        return _here(work, person, await snippets.no_tip(work, person))
    left = await steps.open_step(work, person)
    if isinstance(left, AskConsent):
        return _here(work, person, left)
    ours = allowed_for(work, person)
    lines = _topics(work, ours, read)
    view = Shelf(
        topics=tuple(line for line in lines if not on_supplements(line.topic)),
        saved=len(await _saved(work, person)),
        unread=sum(line.unread for line in lines),
        supplements=sum(line.count for line in lines if on_supplements(line.topic)),
    )
    return _here(work, person, view)


async def supplements(work: Work, who: int) -> Here:
    """Show the topics on supplements. Errors: Refused."""
    person, read = await _reader(work, who)
    if read is None:
        return _here(work, person, await snippets.no_tip(work, person))
    lines = _topics(work, allowed_for(work, person), read)
    return _here(
        work, person, SupplementTopics(tuple(one for one in lines if on_supplements(one.topic)))
    )


async def titles(work: Work, who: int, topic: str, page: int) -> Here:
    """Show a page of the titles on *topic*. Errors: Refused where there are none."""
    person, read = await _reader(work, who)
    if read is None:
        return _here(work, person, await snippets.no_tip(work, person))
    ours = [snippet for snippet in allowed_for(work, person) if snippet.topic == topic]
    if not ours:
        raise Refused("tip_gone")
    return _here(work, person, _page(topic, ours, read, page))


async def saved(work: Work, who: int, page: int) -> Here:
    """Show a page of the tips that were saved, the last one first. Errors: Refused."""
    person, read = await _reader(work, who)
    if read is None:
        return _here(work, person, await snippets.no_tip(work, person))
    return _here(work, person, _page(None, await _saved(work, person), read, page))


async def unread(work: Work, who: int) -> Here:
    """Show a tip that was not shown yet; where all were, where reading begins. Errors: Refused."""
    person, read = await _reader(work, who)
    ours = in_order(work, allowed_for(work, person))
    left = [snippet for snippet in ours if snippet.id not in (read or ())]
    if read is not None and not left:
        return await home(work, who)
    return await snippets.read(work, person, next(iter(left), None))


async def any_one(work: Work, who: int) -> Here:
    """Show a tip by chance, no supplement's. Errors: Refused."""
    person, _ = await _reader(work, who)
    ours = [snippet for snippet in allowed_for(work, person) if not snippet.supplement]
    return await snippets.read(work, person, secrets.choice(ours) if ours else None)


async def ask_words(work: Work, who: int) -> Here:
    """Take the next typed message as words to search for. Errors: Refused."""
    person, read = await _reader(work, who)
    if read is None:
        return _here(work, person, await snippets.no_tip(work, person))
    await awaiting.expect(work, person, KIND)
    return _here(work, person, AskWords())


async def search(work: Work, who: int, words: str) -> Here:
    """Show the tips that hold the words after the command. Errors: Refused."""

    async def act() -> Here:
        return await _search(work, await joined(work, who), words)

    return await distress.beside(work, who, words, None, act)


async def take_search(work: Work, person: Known, _subject: str, text: str) -> Here:
    """Show the tips that hold what was typed; other words may follow where there are none."""
    return await _search(work, person, text)


def on_supplements(topic: str) -> bool:
    """Say whether a topic belongs to the group on supplements."""
    return "supplement" in REQUIRED.get(topic, ())


async def _search(work: Work, person: Known, words: str) -> Here:
    if await snippets.is_quiet(work, person):
        return _here(work, person, await snippets.no_tip(work, person))
    ours = in_order(work, allowed_for(work, person))
    found = found_by(language_of(work, person), ours, words)
    typed = Typed(" ".join(words.split())[:40])
    if not found:
        await awaiting.expect(work, person, KIND)
        suggested = [topic for topic in _grouped(ours) if not on_supplements(topic)]
        return _here(work, person, Found(typed, topics=tuple(suggested[:4])))
    await awaiting.clear(work, person)
    read = await snippets.seen(work, person)
    lines = tuple(Line(snippet, snippet.id not in read) for snippet in found[:PAGE])
    return _here(work, person, Found(typed, lines, more=len(found) > PAGE))


async def _reader(work: Work, who: int) -> tuple[Known, Collection[str] | None]:
    """Return who it is and what they were shown, None on a day without reading."""
    person = await joined(work, who)
    await awaiting.clear(work, person)
    if await snippets.is_quiet(work, person):
        return person, None
    return person, await snippets.seen(work, person)


async def _saved(work: Work, person: Known) -> list[Snippet]:
    ours = {snippet.id: snippet for snippet in allowed_for(work, person)}
    made = await tip_opinions.opinions(work.session, person)
    kept = [(opinion.saved, name) for name, opinion in made.items() if opinion.saved]
    return [ours[name] for _, name in sorted(kept, reverse=True) if name in ours]


def in_order(work: Work, ours: Sequence[Snippet]) -> list[Snippet]:
    """Return tips by topic: those of the habits first, those on supplements last."""
    of_habits = [topic for habit in work.library.habits.values() for topic in habit.topics]

    def place(snippet: Snippet) -> tuple[bool, int, str]:
        topic = snippet.topic
        at = of_habits.index(topic) if topic in of_habits else len(of_habits)
        return on_supplements(topic), at, topic

    return sorted(ours, key=place)


def _grouped(ours: Sequence[Snippet]) -> dict[str, list[Snippet]]:
    groups: dict[str, list[Snippet]] = {}
    for snippet in ours:
        groups.setdefault(snippet.topic, []).append(snippet)
    return groups


def _topics(work: Work, ours: Sequence[Snippet], read: Collection[str]) -> list[TopicLine]:
    return [
        TopicLine(topic, len(group), sum(snippet.id not in read for snippet in group))
        for topic, group in _grouped(in_order(work, ours)).items()
    ]


def _page(topic: str | None, ours: Sequence[Snippet], read: Collection[str], page: int) -> Titles:
    pages = max(1, -(-len(ours) // PAGE))
    page = min(page, pages - 1)
    lines = [Line(snippet, snippet.id not in read) for snippet in ours[page * PAGE :][:PAGE]]
    return Titles(topic, tuple(lines), page, pages)


def _here(work: Work, person: Known, view: object) -> Here:
    return Here(language_of(work, person), (view,))
