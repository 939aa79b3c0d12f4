"""`commensal outbox list|retry|drop`: what is due and did not go out, and what an operator does about it.

Shows kinds, states and moments; never a name, a Telegram id or a word of anybody.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from functools import partial

from actions import outbox
from actions.outbox import Done, Unfit
from actions.work import Runner
from commensal.desk import (
    complain,
    counted,
    drained_in,
    is_held_back,
    open_desk,
    persist,
    read_settings,
    say,
    spelled,
)
from commensal.outbox_shown import as_json, as_text
from commensal.short_ids import read, short
from domain.delivery import State
from storage.outbox import Choice

SHOWN = (State.DUE, State.CLAIMED, State.UNKNOWN, State.FAILED, State.EXPIRED)
"""What is listed where nothing else is asked for."""

WHY = {
    Unfit.MISSING: "there is no such message",
    Unfit.AHEAD: "is not due yet",
    Unfit.WAITS: "waits to be sent as it is, and needs no retry",
    Unfit.IN_HAND: "is being sent right now",
    Unfit.SENT: "was sent",
    Unfit.SKIPPED: "was not wanted any more, and stays so",
    Unfit.ENDED: "is over already: there is nothing left to drop",
}


def show(arguments: argparse.Namespace) -> int:
    """Show what was asked for."""
    settings = read_settings()
    states = frozenset(map(State, arguments.state)) or frozenset(SHOWN)

    async def act() -> int:
        async with open_desk(settings) as run:
            choice = _since(Choice(states), arguments.since, run)
            here = await run(outbox.look, choice, arguments.rows)
        usual = not (arguments.state or arguments.since)
        say(as_json(here, settings) if arguments.json else as_text(here, settings, usual=usual))
        return 0

    return asyncio.run(act())


def retry(arguments: argparse.Namespace) -> int:
    """Send again what is chosen, once the operator agrees."""
    settings = read_settings()
    chosen = _chosen(arguments)

    async def act() -> int:
        async with open_desk(settings) as run:
            choice = _since(chosen, arguments.since, run)
            if faults := _faults(choice, await run(outbox.unfit_to_retry, choice.ids or ())):
                return faults
            ended, wanted = await run(outbox.retriable, choice)
            if not wanted:
                say("There is nothing to send again." if not ended else _unwanted(ended))
                return 0
            less = f" {_unwanted(ended - wanted)}" if ended > wanted else ""
            say(f"{counted(wanted, 'message')} would come again, within "
                f"{spelled(drained_in(wanted, settings))} at the set pace.{less}")  # fmt: skip
            question = f"Send {counted(wanted, 'message')} again?"
            if (code := is_held_back(arguments, question)) is not None:
                return code
            done = await _all(run, partial(outbox.retry, choice=choice))
            say(f"{counted(done, 'message')} {'is' if done == 1 else 'are'} due again. "
                "A bot that runs sends them within half a minute.")  # fmt: skip
        return 0

    return asyncio.run(act())


def drop(arguments: argparse.Namespace) -> int:
    """Never send what is chosen, once the operator agrees."""
    settings = read_settings()
    chosen = _chosen(arguments)

    async def act() -> int:
        async with open_desk(settings) as run:
            choice = _since(chosen, arguments.since, run)
            if faults := _faults(choice, await run(outbox.unfit_to_drop, choice.ids or ())):
                return faults
            waiting = await run(outbox.droppable, choice)
            if not waiting:
                say("There is nothing to drop.")
                return 0
            say(f"{counted(waiting, 'message')} would never come, and nobody is told of them.")
            question = f"Drop {counted(waiting, 'message')}?"
            if (code := is_held_back(arguments, question)) is not None:
                return code
            done = await _all(run, partial(outbox.drop, choice=choice))
            say(f"{counted(done, 'message')} dropped. What is planned for later comes as usual.")
        return 0

    return asyncio.run(act())


async def _all(run: Runner, batch: Callable[..., Awaitable[Done]]) -> int:
    """Change all that is chosen, batch by batch, each row once; return how many there were."""
    count, last = 0, 0
    while (done := await persist(run, batch, after=last)).last is not None:
        count, last = count + done.count, done.last
    return count


def _chosen(arguments: argparse.Namespace) -> Choice:
    """Return what is meant; ends the command where that cannot be told."""
    if not (arguments.ids or arguments.state):
        arguments.usage.error("say which: some ids, or --state")
    if arguments.ids and (arguments.state or arguments.since):
        arguments.usage.error("say either ids, or --state with --since")
    ids = set()
    for text in arguments.ids:
        try:
            ids.add(read(text))
        except ValueError as fault:
            arguments.usage.error(f"{ascii(text)[1:-1][:20]} {fault}")
    states = frozenset(map(State, arguments.state))
    return Choice(states, ids=frozenset(ids) if ids else None)


def _since(choice: Choice, time: timedelta | None, run: Runner) -> Choice:
    """Return *choice*, of what was due in that last time by the bot's own clock."""
    return choice if time is None else choice._replace(since=run.clock() - time)


def _faults(choice: Choice, unfit: Mapping[int, Unfit]) -> int:
    """Name what cannot be changed, a line each; return the exit code, 0 where all can."""
    for one, why in sorted(unfit.items(), key=lambda found: found[0]):
        complain(f"{short(one)} {WHY[why]}")
    if unfit and choice.ids and len(choice.ids) > len(unfit):
        complain("Nothing was changed, the others neither.")
    return 2 if unfit else 0


def _unwanted(count: int) -> str:
    return (
        f"{counted(count, 'message')} will not come again: the person blocked the bot or took the "
        "reminder away, or a newer one took its place."
    )
