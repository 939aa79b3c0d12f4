"""Follow new time-zone data: it can move what is ahead, so everybody's messages are planned anew.

Which data is in use is remembered last: a kill on the way only means that it is done again.
"""

from __future__ import annotations

from actions import planning, system
from actions.work import Runner


async def follow(run: Runner, version: str, at_once: int = planning.BATCH) -> None:
    """Plan by *version* of the data, *at_once* reminders in a transaction; run at each start."""
    if await run(system.zones_changed, version):
        last: int | None = 0
        while last is not None:
            last = await run(planning.replan_some, last, at_once)
    await run(system.remember_zones, version)
