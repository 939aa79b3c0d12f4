"""The life of a stored update: arrived, taken, answered, failed, made good by whoever comes next."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from actions.work import Work
from storage import claims, inbox, listening, workers
from storage.claims import Left, Most
from storage.inbox import Arrived, Stored

MOST_ATTEMPTS = 3
"""Turns that may raise before an update is parked, so that later ones flow."""


async def arrive(work: Work, updates: Sequence[Arrived], takes: bool = True) -> list[Stored]:
    """Store *updates* and return those that were new, in their order.

    takes: they are this process's to answer, where no other has the person in hand. What is left is
    told to the others.
    """
    lookups = {work.keys.lookup(one.telegram_id) for one in updates} if takes else ()
    owned = await claims.free_people(work.session, work.worker, lookups) if takes else ()
    stored = await inbox.store(work.session, work.keys, updates, work.worker, owned)
    if not all(one.ours for one in stored):
        await listening.notify(work.session, listening.INBOX, work.worker)
    return stored


async def claim(work: Work, most: Most) -> Left:
    """Take what nobody has in hand, oldest first, and park what nobody can read."""
    return await claims.claim(work.session, work.keys, work.worker, most)


async def unanswered(work: Work, held: Collection[int] = (), most: Most | None = None) -> Left:
    """Take what nobody has in hand; return all that is ours to answer, but for what is *held*."""
    taken = await claims.claim(work.session, work.keys, work.worker, most or Most())
    ours = await claims.unknown(work.session, work.keys, work.worker, held)
    return Left(ours.waiting, taken.unreadable + ours.unreadable)


async def release(work: Work, keep: Collection[int] = ()) -> None:
    """Leave to others what this process has in hand, but for *keep*, and tell them."""
    if await claims.release(work.session, work.worker, keep):
        await listening.notify(work.session, listening.INBOX, work.worker)


async def join(work: Work) -> None:
    """Say that this process is there to give turns."""
    await workers.join(work.session, work.worker)


async def renew(work: Work) -> bool:
    """Say that it still is; False if that came so late that others may have taken over."""
    return await workers.renew(work.session, work.worker)


async def leave(work: Work) -> None:
    """Say that this process gives no turns any more; what it had in hand is anybody's."""
    await workers.leave(work.session, work.worker)


async def answered(work: Work, done: Sequence[tuple[int, Sequence[int]]]) -> None:
    """Mark each (stored update, ids of the messages sent) as answered."""
    for inbox_id, sent in done:
        await inbox.mark_answered(work.session, inbox_id, sent)


async def is_applied(work: Work, inbox_id: int) -> bool:
    """Say whether the update has had its effect; one that is gone, with its person, has had it.

    Errors: NotOurs where another process has it in hand, or has answered it.
    """
    return await inbox.is_applied(work.session, inbox_id, work.worker)


async def failed(work: Work, inbox_id: int) -> tuple[bool, bool]:
    """Count a turn that raised; return whether it is parked for good, and whether it had its effect.

    Errors: NotOurs where another process has it in hand.
    """
    return await inbox.mark_failed(work.session, inbox_id, work.worker, MOST_ATTEMPTS)


async def tidy(work: Work) -> int:
    """Drop what was answered long enough ago, and workers long gone; return how many updates went."""
    await workers.tidy(work.session)
    return await inbox.tidy(work.session)


async def waiting(work: Work) -> tuple[int, int]:
    """Return how many updates wait for an answer, and how many are parked."""
    return await inbox.waiting(work.session)
