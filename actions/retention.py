"""What the clock erases: people who left, went silent or never finished joining, and leftovers.

Somebody silent is asked twice, a month apart, and erased a month after the second question.
Whoever writes or taps anything is no longer silent. Small steps, so that nobody waits behind them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from actions import people, quiet
from actions.entries import UNDO_WITHIN
from actions.imports import WAITS
from actions.work import Here, Work
from domain.delivery import Outcome, Recipient
from storage import consents, entries, reminders, wishes
from storage import people as people_store
from storage import retention as store
from storage.retention import Before
from storage.tables import Meta

BETWEEN = timedelta(days=30)
"""From one question to the next, and from the last one to the erasure."""

PROMPT_WAITS = timedelta(days=7)
"""How long a prompt that nobody answered is kept."""

OVER_STAYS = timedelta(days=7)
"""How long a reminder of one day stays after it, with what became of it."""

EVERY = timedelta(hours=20)
"""From one round to the next at least: it is asked every hour, and a start at the same time of each
night is to have its round each night."""

LAST_ROUND = "retention_at"
"""Under what name the database knows when the last round was."""

STEP = 50
"""People looked at in one transaction."""


@dataclass(frozen=True, slots=True)
class StillThere:
    """Nobody has heard from this person for long. days: how long until they are asked again or,
    after the *last* question, erased."""

    last: bool
    days: int


@dataclass(frozen=True, slots=True)
class Question:
    """One question to send, and to whom."""

    to: Recipient
    here: Here


async def is_due(work: Work) -> bool:
    """Say whether it is time for the next round."""
    last = await work.session.get(Meta, LAST_ROUND)
    return last is None or work.now - datetime.fromisoformat(last.value) >= EVERY


async def done(work: Work) -> None:
    """Note that a round was made now."""
    await work.session.merge(Meta(name=LAST_ROUND, value=work.now.isoformat()))


async def erase_some(work: Work) -> int:
    """Erase up to STEP people whose time is over; return how many. Repeat until it is 0."""
    rows = await store.over(work.session, _before(work), STEP)
    for row in rows:
        await people_store.erase(work.session, row)
        work.forget(row.lookup)
    if rows:
        work.wake()
    return len(rows)


async def to_ask(work: Work, after_id: int = 0) -> list[Question]:
    """Return up to STEP silent people to ask now, in the order of their ids, from above *after_id*."""
    found = []
    for row in await store.silent(work.session, _before(work), after_id, STEP):
        person = people_store.known(work.keys, row)
        view = StillThere(last=row.asked_idle > 0, days=BETWEEN.days)
        here = Here(people.language_of(work, person), (view,))
        found.append(Question(Recipient(person.id, person.chat_id), here))
    return found


async def asked(work: Work, person_id: int, outcome: Outcome) -> None:
    """Note what became of a question. One that surely did not arrive does not count."""
    person = await people_store.get(work.session, work.keys, person_id)
    if person is None or person.row.seen_at >= _before(work).idle:
        return
    if outcome is Outcome.GONE:
        person.row.blocked_at = person.row.blocked_at or work.now
    elif outcome is not Outcome.NOT_SENT:
        person.row.asked_idle += 1
        person.row.asked_idle_at = work.now


async def tidy(work: Work) -> None:
    """Drop files that were never confirmed, prompts that nobody answered, removed entries and reminders
    whose undo is over, reminders that were never saved or have had their one day, and words that no consent rests on; forget days without tips that are past;
    empty the log."""
    work.truncate()
    await entries.forget_removed(work.session, work.now - UNDO_WITHIN)
    await reminders.forget_removed(work.session, work.now - UNDO_WITHIN)
    await wishes.forget_over(work.session, work.now - OVER_STAYS)
    await consents.drop_unused_texts(work.session)
    await quiet.forget_past(work, (work.now - UNDO_WITHIN * 2).date())
    await store.drop_leftovers(work.session, work.now - WAITS, work.now - PROMPT_WAITS)


def _before(work: Work) -> Before:
    policy = work.policy
    return Before(
        blocked=work.now - policy.keep_blocked,
        idle=work.now - policy.keep_idle,
        unfinished=work.now - policy.keep_unfinished,
        asked=work.now - BETWEEN,
    )
