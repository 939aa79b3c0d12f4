"""The life of a stored update: arrived, answered, failed, made good at the next start."""

from __future__ import annotations

from collections.abc import Sequence

from actions.work import Work
from storage import inbox
from storage.inbox import Arrived, Left, Stored

MOST_ATTEMPTS = 3
"""Turns that may raise before an update is parked, so that later ones flow."""


async def arrive(work: Work, updates: Sequence[Arrived]) -> list[Stored]:
    """Store *updates* and return those that were new, in their order."""
    return await inbox.store(work.session, work.keys, updates)


async def answered(work: Work, done: Sequence[tuple[int, Sequence[int]]]) -> None:
    """Mark each (stored update, ids of the messages sent) as answered."""
    for inbox_id, sent in done:
        await inbox.mark_answered(work.session, inbox_id, sent)


async def is_applied(work: Work, inbox_id: int) -> bool:
    """Say whether the update has had its effect. One that is gone, with its person, has had it."""
    return await inbox.is_applied(work.session, inbox_id)


async def failed(work: Work, inbox_id: int) -> tuple[bool, bool]:
    """Count a turn that raised; return whether it is parked for good, and whether it had its effect."""
    return await inbox.mark_failed(work.session, inbox_id, MOST_ATTEMPTS)


async def unanswered(work: Work) -> Left:
    """Return what has to be made good at a start, oldest first, and park what nobody can read."""
    return await inbox.open_rows(work.session, work.keys)


async def tidy(work: Work) -> int:
    """Drop what was answered long enough ago; return how many rows went."""
    return await inbox.tidy(work.session)


async def waiting(work: Work) -> tuple[int, int]:
    """Return how many updates wait for an answer, and how many are parked."""
    return await inbox.waiting(work.session)
