"""Tidy the ledger of deliveries: close what nobody will hear of any more, forget what is long done.

Never sends and never decides that something is late: whoever claims a row asks that.
"""

from __future__ import annotations

from actions import deliveries
from actions.work import Runner


async def tidy(run: Runner) -> None:
    """Do it once; run hourly."""
    await run(deliveries.tidy)
