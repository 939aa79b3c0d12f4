"""`commensal announce`: tell everybody what they must know, once; and what became of it.

Stores a message for each person and sends none: the bot that runs does that, at its pace. Killed
half-way and run again, it goes on where it was.
"""

from __future__ import annotations

import argparse
import asyncio
from collections import Counter
from datetime import UTC
from functools import partial

from actions import announce
from actions.announce import Reach, Told
from actions.work import Runner
from commensal import notice
from commensal.desk import (
    counted,
    drained_in,
    is_held_back,
    open_desk,
    persist,
    read_settings,
    say,
    spelled,
)
from commensal.settings import Settings
from commensal.short_ids import short
from content.library import Library
from domain.delivery import Reason, State

ENDS = {
    State.DUE: "due",
    State.CLAIMED: "being sent",
    State.SENT: "sent",
    State.UNKNOWN: "in doubt",
    State.EXPIRED: "too late after 30 days",
}
"""How a copy ended, where its reason says no more."""


def main(arguments: argparse.Namespace) -> int:
    """Announce what the file says, or show what became of earlier ones."""
    settings = read_settings()
    if arguments.status == (arguments.file is not None):
        arguments.usage.error("give a file, or --status")
    if arguments.status:
        return asyncio.run(_status(settings))
    return asyncio.run(_announce(settings, arguments))


async def _status(settings: Settings) -> int:
    async with open_desk(settings) as run:
        told = await run(announce.told)
    if not told:
        say("Nothing was announced so far.")
    for one in told:
        say(_as_text(one))
    return 0


async def _announce(settings: Settings, arguments: argparse.Namespace) -> int:
    library = Library.load(over=settings.content_dir)
    texts = notice.read(arguments.file, library)  # a slip of the fingers is named before all else
    async with open_desk(settings, library) as run:
        reach = await run(announce.reach, texts)
        for tag, people in sorted(reach.people.items()):
            own = "" if tag in texts else ", which has no text of its own: they read English"
            say(f"{counted(people, 'person', 'people')} with the language {tag}{own}.")
        for line in _around(reach, settings):
            say(line)
        for tag in sorted({"en", *reach.people, *texts}):
            say(f"\n--- {tag} ---\n{notice.shown(texts, run.library.language(tag))}\n")
        to_tell = reach.lacking + reach.again
        if not to_tell:
            say("Nobody is left to be told.")
            return 0
        question = f"Tell {counted(to_tell, 'person', 'people')}?"
        if (code := is_held_back(arguments, question)) is not None:
            return code
        await _tell(run, texts, reach)
    return 0


async def _tell(run: Runner, texts: dict[str, str], reach: Reach) -> None:
    """Store all that is to be sent, with a line for each batch."""
    count = 0
    for act in (
        partial(announce.tell, texts=texts),
        partial(announce.tell_again, announcement_id=reach.id),
    ):
        last = 0
        while (done := await persist(run, act, after=last)).last is not None:
            count, last = count + done.count, done.last
            say(f"{count:,} of {reach.lacking + reach.again:,}")
    say(f"{counted(count, 'message')} due now. A bot that runs begins within half a minute; "
        "`commensal announce --status` shows how far it is.")  # fmt: skip


def _around(reach: Reach, settings: Settings) -> list[str]:
    """Return what else the operator should know before telling people."""
    to_tell = reach.lacking + reach.again
    lines = []
    if reach.begun_at is not None:
        has = sum(reach.people.values()) - to_tell
        when = reach.begun_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M")
        lines.append(f"These words were announced already on {when} UTC. {counted(has, 'person has', 'people have')} "
                     f"or will get them from then; only the other {to_tell:,} would be told.")  # fmt: skip
    if to_tell:
        takes = spelled(drained_in(to_tell, settings))
        lines.append(f"{counted(to_tell, 'message')} in all: about {takes} at "
                     f"{settings.messages_per_second} a second, after answers to people.")  # fmt: skip
    lines.append(f"Not reached: {counted(reach.blocked, 'person', 'people')} who blocked the bot, "
                 f"{reach.not_joined:,} who have not joined.")  # fmt: skip
    return lines


def _as_text(told: Told) -> str:
    when = told.created_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M")
    first = told.texts.get("en", "").partition("\n")[0]
    counts = Counter[str]()
    for one in told.became:
        counts[_end(one.state, one.reason)] += one.count
    ends = ", ".join(f"{count:,} {end}" for end, count in counts.items()) or "nobody was told"
    return f"{short(told.id)}  {when} UTC  {first[:60]}\n    {ends}"


def _end(state: State | None, reason: Reason | None) -> str:
    if state is None:
        return "over for more than 60 days"
    if state in ENDS:
        return ENDS[state]
    return f"{state} ({reason})"
