"""Being there for other processes: counted as one that gives turns, and hearing what they tell.

Only on PostgreSQL. When the connection ends, or this process was away for too long, others may take
what it has in hand; it asks before it goes on with any of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from actions import updates
from actions.work import Runner
from bot.inbox import Inbox
from domain.errors import Unavailable
from storage.election import while_connected
from storage.listening import DUE, INBOX, line
from storage.workers import RENEW_EVERY


async def stay(
    url: str, run: Runner, inbox: Inbox, due: Callable[[], None], well: Callable[[], None]
) -> None:
    """Be there until cancelled; *due* is called when what is due has changed. Errors: Unavailable."""
    async with line(url) as own:
        if not await own.take(run.worker):
            raise Unavailable("our own connection of before is not given up yet")
        await own.hear(INBOX, run.worker, inbox.wake.set)
        await own.hear(DUE, run.worker, due)
        await run(updates.join)
        inbox.be_present(True)
        due()  # something may have been told before we heard
        well()
        try:
            await while_connected(own, lambda: _renew(run))
        finally:
            inbox.be_present(False)


async def _renew(run: Runner) -> None:
    while True:
        await asyncio.sleep(RENEW_EVERY)
        if not await run(updates.renew):
            raise Unavailable("we were away for too long")
