"""What the senders of one token ask of what they share: permits, and who was told to wait.

Short transactions of one lock each. By the database's clock alone: `now`, by which people live,
means nothing here.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from actions.work import Work
from domain.budget import SEVERAL, TOGETHER, Ask, Slice, give
from storage import budget as store
from storage.moments import database_now

SET_BACK = timedelta(seconds=2)
"""A clock that is so much behind where it was, was set."""


async def take(work: Work, ask: Ask, per_second: float) -> Slice:
    """Give what *ask* may have now, and tell of the chats that wait where something is new."""
    row, clock = await store.lock(work.session)
    if row.at - clock > SET_BACK:
        await store.forget_all(work.session)
        row.pauses += 1
    budget, given = give(store.read(row), clock, ask, per_second)
    store.write(row, budget)
    known = row.pauses
    if ask.known != known:
        given = replace(given, pauses=await store.pauses(work.session, clock))
    return replace(given, known=known)


async def pause(work: Work, chat: int, seconds: float, *, everything: bool) -> None:
    """Note that Telegram told *chat* to wait; several told together, by whichever process, pause all.

    everything: the asking process has seen as much by itself.
    """
    row, clock = await store.lock(work.session)
    budget = store.read(row).moved_to(clock)
    await store.forget_over(work.session, clock - TOGETHER)
    until = clock + timedelta(seconds=seconds)
    await store.pause_chat(work.session, work.keys.lookup(chat), clock, until)
    since = max(budget.counted_from, clock - TOGETHER)
    if everything or await store.told_since(work.session, since) >= SEVERAL:
        budget = budget.paused(seconds)
    store.write(row, budget)
    row.pauses += 1


async def tidy(work: Work) -> None:
    """Forget the chats whose pause is over."""
    await store.forget_over(work.session, await database_now(work.session))
