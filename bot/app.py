"""The Telegram door, put together: which handlers there are, in order, and what happens around a turn.

The first match wins, so order is behaviour: subjects first, the catch-all last. A refusal becomes
one sentence in the person's language and leaves the screen alone; one for want of a consent becomes
the question for it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, filters

from actions import awaiting, consents, home, people
from actions.work import Runner
from bot.answering import Doors
from bot.context import AnyApplication, Context, language_code_of, person_of
from bot.groups import Groups
from bot.handlers import (
    age,
    checkin,
    entries,
    erase,
    export,
    helplines,
    history,
    imports,
    items,
    join,
    marks,
    pages,
    pause,
    proposals,
    reminder_list,
    reminder_making,
    reminders,
    settings,
    snippets,
    stray,
    summary,
    tip_shelf,
    tip_topics,
    travel,
    warnings,
)
from bot.handlers import home as home_handlers
from bot.telegram_io import say, show
from domain.consent import Purpose
from domain.errors import Refused

AnyHandler = BaseHandler[Update, Context, None]

SUBJECTS = (
    home_handlers,
    join,
    checkin,
    history,
    summary,
    entries,
    items,
    warnings,
    helplines,
    reminders,
    reminder_list,
    reminder_making,
    snippets,
    tip_topics,
    tip_shelf,
    pause,
    settings,
    marks,
    age,
    travel,
    proposals,
    pages,
    export,
    imports,
    erase,
    stray,
)
"""Each module's HANDLERS, in order; `stray` takes whatever is left."""


def handlers() -> list[AnyHandler]:
    """Return every handler, in the order in which they are asked."""
    return [handler for subject in SUBJECTS for handler in subject.HANDLERS]


def doors(
    application: AnyApplication, run: Runner, tell_operator: Callable[[str], Awaitable[None]]
) -> Doors:
    """Return what the inbox calls for a turn, and around it."""
    listed = handlers()

    async def handle(update: Update, context: Context) -> None:
        try:
            await _first_match(listed, update, application, context, run)
        except Refused as refusal:
            await _refuse(run, update, context, refusal)

    async def show_current(update: Update, context: Context) -> None:
        here = await run(home.current, person_of(update), language_code_of(update))
        await show(update, context, here)

    async def apologise(update: Update, context: Context) -> None:
        await _refuse(run, update, context, Refused("our_fault"))

    async def explain_delay(update: Update, context: Context) -> None:
        language = run.library.language(language_code_of(update))  # the database is away
        await say(update, context, language("refused.must_wait"))

    return Doors(
        handle,
        show_current,
        apologise,
        explain_delay,
        tell_operator,
        Groups(application.bot, run.library).hear,
    )


async def _first_match(
    listed: Sequence[AnyHandler],
    update: Update,
    application: AnyApplication,
    context: Context,
    run: Runner,
) -> None:
    for handler in listed:
        check = handler.check_update(update)
        if check is not None and check is not False:
            if clears_prompt(update, handler):
                await run(awaiting.forget, person_of(update))
            await handler.handle_update(update, application, check, context)
            return


def clears_prompt(update: Update, handler: AnyHandler) -> bool:
    """Say whether this is a command: any ends what was asked for; /cancel says what it was first."""
    if update.message is None or not filters.COMMAND.check_update(update):
        return False
    return not (isinstance(handler, CommandHandler) and "cancel" in handler.commands)


async def _refuse(run: Runner, update: Update, context: Context, refusal: Refused) -> None:
    if refusal.key == "consent_first":  # what would help is the question itself
        here = await run(consents.consider, person_of(update), Purpose.KEEP)
        await show(update, context, here)
        return
    language = await run(people.language_for, person_of(update), language_code_of(update))
    await say(update, context, language(f"refused.{refusal.key}", **refusal.values))
