"""Telling everybody what they must know: an announcement rides the ledger, a message for each person.

Needs no consent and no pause stops it; quiet hours make it silent. Nobody gets the same words twice,
however often it is run. Knows nothing of anybody but the language they read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import orjson

from actions import outbox
from actions.outbox import Done
from actions.work import Work
from domain.delivery import State
from storage import announcements
from storage.announcements import Became
from storage.outbox import Choice
from storage.tables import Announcement

BATCH = 500
"""People who are told in one transaction: the bot writes in between."""

LOST = frozenset({State.FAILED, State.EXPIRED, State.SKIPPED})
"""How a copy may have ended that is sent again when its reader is back."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Who would be told. people: by the language they read; lacking: those of them who lack it yet.

    again: who has a copy that did not come, and can be reached now. begun_at: None: never sent before.
    """

    id: int
    begun_at: datetime | None
    people: Mapping[str, int]
    lacking: int
    again: int
    blocked: int
    not_joined: int


@dataclass(frozen=True, slots=True)
class Told:
    """An announcement of earlier, and what became of its copies."""

    id: int
    created_at: datetime
    texts: Mapping[str, str]
    became: tuple[Became, ...]


async def reach(work: Work, texts: Mapping[str, str]) -> Reach:
    """Return who would be told *texts* (by language), and changes nothing."""
    announcement_id = announcements.id_of(_written(texts))
    before = await work.session.get(Announcement, announcement_id)
    people, lacking = Counter[str](), 0
    for one in await announcements.readers(work.session, announcement_id):
        people[work.library.language(one.language).tag] += one.people
        lacking += one.lacking
    _, again = await outbox.retriable(work, _lost(announcement_id))
    blocked, not_joined = await announcements.unreached(work.session)
    begun_at = None if before is None else before.created_at
    return Reach(announcement_id, begun_at, people, lacking, again, blocked, not_joined)


async def tell(work: Work, texts: Mapping[str, str], after: int = 0, limit: int = BATCH) -> Done:
    """Let the next *limit* people who lack it, by id above *after*, be told *texts* now."""
    written = _written(texts)
    announcement_id = announcements.id_of(written)
    await announcements.begin(work.session, announcement_id, written, work.now)
    people = await announcements.lacking(work.session, announcement_id, after, limit)
    if not people:
        return Done(0, None)
    await announcements.tell(work.session, announcement_id, people, work.now)
    work.wake()
    return Done(len(people), people[-1].person_id)


async def tell_again(work: Work, announcement_id: int, after: int = 0, limit: int = BATCH) -> Done:
    """Send the next *limit* copies again, by id above *after*, that did not come to who is back now."""
    return await outbox.retry(work, _lost(announcement_id), after, limit)


async def told(work: Work) -> list[Told]:
    """Return what became of every announcement so far, the newest first."""
    return [
        Told(
            one.id,
            one.created_at,
            orjson.loads(one.texts),
            tuple(await announcements.became(work.session, one.id)),
        )
        for one in await announcements.all_of_them(work.session)
    ]


def _lost(announcement_id: int) -> Choice:
    return Choice(LOST, announcement_id=announcement_id)


def _written(texts: Mapping[str, str]) -> str:
    return orjson.dumps(dict(texts), option=orjson.OPT_SORT_KEYS).decode()
