"""Once a day: erase whom nobody has heard of for long, after asking them, and drop leftovers.

Sends with no transaction open; a question that did not go out is asked again the next day.
"""

from __future__ import annotations

import structlog

from actions import retention
from actions.work import Runner
from bot.screens import render
from jobs.deliver import Send

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


async def daily(run: Runner, send: Send) -> None:
    """Do the day's round if the last one is about a day old; a round that failed comes again."""
    if await run(retention.is_due):
        await keep_house(run, send)
        await run(retention.done)


async def keep_house(run: Runner, send: Send) -> None:
    """Do a day's round: leftovers, erasures, questions."""
    await run(retention.tidy)
    erased = 0
    while gone := await run(retention.erase_some):
        erased += gone
    asked, last = 0, 0
    while questions := await run(retention.to_ask, last):
        for question in questions:
            screen = render(question.here.views[-1], question.here.language)
            receipt = await send(question.to, screen, silent=True)
            await run(retention.asked, question.to.person_id, receipt.outcome)
        asked, last = asked + len(questions), questions[-1].to.person_id
    log.info("retention", erased=erased, asked=asked)
