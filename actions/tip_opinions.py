"""What a person makes of a tip: saved, helpful, not for me, tried; and the habit that goes with it.

Each is kept at their own tap, of who agreed to tips, and the same button takes it back. Taking back
needs no consent. Never decides which tip comes next.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, field, replace
from datetime import date

from actions import habits, items, people, snippets
from actions.people import joined, keeps, language_of, today_of
from actions.work import Here, Work
from domain.checkin import HABIT_PREFIX
from domain.consent import Purpose, is_given
from domain.errors import Refused
from domain.opinions import Opinion
from domain.snippets import Snippet
from storage import checkins
from storage import people as persons
from storage import tip_opinions as store
from storage.people import Known


@dataclass(frozen=True, slots=True)
class Tried:
    """A tip was tried on *day*. habit: the one that goes with it, None where there is none to offer.

    followed: the person keeps an eye on it. done: it is noted for today. new: it was chosen just now.
    """

    snippet: Snippet
    day: date
    habit: str | None
    followed: bool = field(default=False, repr=False)
    done: bool = field(default=False, repr=False)
    new: bool = field(default=False, repr=False)


async def save(work: Work, who: int, snippet_id: str, on: bool) -> Here:
    """Save a tip, or no longer; a second tap changes nothing. Errors: Refused."""
    person, snippet, now = await _made(work, who, snippet_id, on)
    saved = (now.saved or work.now) if on else None
    await _put(work, person, snippet, now, replace(now, saved=saved))
    return await _tip(work, person, snippet, "saved" if on else "taken_back")


async def helpful(work: Work, who: int, snippet_id: str, on: bool) -> Here:
    """Mark a tip as helpful, or no longer. Errors: Refused."""
    person, snippet, now = await _made(work, who, snippet_id, on)
    said = True if on else (None if now.helpful else now.helpful)
    await _put(work, person, snippet, now, replace(now, helpful=said))
    return await _tip(work, person, snippet, "helpful" if on else "taken_back")


async def not_for_me(work: Work, who: int, snippet_id: str, on: bool) -> Here:
    """Say that a tip is not for them, or take that back. Errors: Refused."""
    person, snippet, now = await _made(work, who, snippet_id, on)
    said = False if on else (now.helpful or None)
    await _put(work, person, snippet, now, replace(now, helpful=said))
    return await _tip(work, person, snippet, "not_for_me" if on else "taken_back")


async def tried(work: Work, who: int, snippet_id: str, on: bool) -> Here:
    """Keep that a tip was tried today, and offer its habit; or take that back. Errors: Refused."""
    person, snippet, now = await _made(work, who, snippet_id, on)
    if on and not snippet.can_be_tried:
        raise Refused("stale")
    day = today_of(work, person) if on else None
    await _put(work, person, snippet, now, replace(now, tried=day))
    if not on:
        return await _tip(work, person, snippet, "taken_back")
    here = await _tried(work, person, snippet)
    return replace(here, toast=here.language("tips.toasts.tried"))


async def follow(work: Work, who: int, snippet_id: str, on: bool) -> Here:
    """Keep an eye on the habit that goes with a tip, or no longer. Errors: Refused."""
    snippet, habit = await _with_habit(work, who, snippet_id)
    await items.choose_habit(work, who, 0, habit, on)
    return await _tried(work, await joined(work, who), snippet, new=on)


async def habit_done(work: Work, who: int, snippet_id: str, on: bool) -> Here:
    """Note the habit that goes with a tip as done today, or take that back. Errors: Refused."""
    snippet, habit = await _with_habit(work, who, snippet_id)
    person = await joined(work, who)
    zone = people.zone_of(person).key
    today = today_of(work, person)
    row = await checkins.open_day(work.session, person, today, zone, work.now)
    await habits.answer(work, who, row.id, habit, "yes" if on else habits.UNSET)
    return await _tried(work, person, snippet)


async def _made(work: Work, who: int, snippet_id: str, on: bool) -> tuple[Known, Snippet, Opinion]:
    """Return what was made of a tip so far. Taking it back works also where the tip is left out now."""
    person = await joined(work, who)
    snippet = snippets.in_library(work, snippet_id)
    if on:
        snippets.find(work, person, snippet_id)
    return person, snippet, await store.opinion(work.session, person, snippet.id)


async def _put(
    work: Work, person: Known, snippet: Snippet, before: Opinion, after: Opinion
) -> None:
    """Keep what was made of a tip. Errors: Refused where it says more, and nothing may be kept."""
    if after == before:
        return
    said = zip(astuple(before), astuple(after), strict=True)
    adds = any(new is not None and new != old for old, new in said)
    if adds:
        decision = (await persons.decisions(work.session, person.id)).get(Purpose.TIPS)
        if not is_given(decision, Purpose.TIPS):
            raise Refused("tips_consent_first")
    await store.put(work.session, person, snippet.id, after, work.now)


async def _tip(work: Work, person: Known, snippet: Snippet, said: str) -> Here:
    """Show the tip as it stands now, with a word on what was done; on a quiet day only the word."""
    language = language_of(work, person)
    toast = language(f"tips.toasts.{said}")
    if await snippets.is_quiet(work, person):
        return Here(language, (await snippets.no_tip(work, person),), toast)
    closed = snippets.why_closed(work, person, snippet)
    if closed is not None:
        return Here(language, (snippets.Closed(closed),), toast)
    return Here(language, (await snippets.tip_of(work, person, snippet),), toast)


async def _with_habit(work: Work, who: int, snippet_id: str) -> tuple[Snippet, str]:
    person = await people.keeper(work, who)
    snippet = snippets.find(work, person, snippet_id)
    habit = habit_of(work, snippet)
    if habit is None:
        raise Refused("stale")
    return snippet, habit


def habit_of(work: Work, snippet: Snippet) -> str | None:
    """Return the habit that a tip's topic belongs to, if there is one."""
    fitting = (h.id for h in work.library.habits.values() if snippet.topic in h.topics)
    return next(fitting, None)


async def _tried(work: Work, person: Known, snippet: Snippet, new: bool = False) -> Here:
    made = await store.opinion(work.session, person, snippet.id)
    day = made.tried or today_of(work, person)
    habit = habit_of(work, snippet) if await keeps(work, person) else None
    view = Tried(snippet, day, habit)
    if habit is not None:
        followed = habit in items.habits_on(work, person)
        done = followed and await _is_done(work, person, habit)
        view = Tried(snippet, day, habit, followed, done, new and followed)
    return Here(language_of(work, person), (view,))


async def _is_done(work: Work, person: Known, habit: str) -> bool:
    today = today_of(work, person)
    rows = (await checkins.between(work.session, person, today, today)).get(today, [])
    said = await checkins.answers(work.session, person, [row.id for row in rows])
    name = HABIT_PREFIX + habit
    return any(name in one and one[name].code == "yes" for one in said.values())
