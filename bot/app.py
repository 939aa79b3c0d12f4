"""The Telegram door, put together: which handlers there are, in order, and what happens around a turn.

The first match wins, so order is behaviour: subjects first, the catch-all last. A refusal becomes
one sentence in the person's language and leaves the screen alone.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog
from telegram import Update
from telegram.error import TelegramError
from telegram.ext import BaseHandler, ExtBot

from actions import home, people
from actions.work import Runner
from bot.context import AnyApplication, Context, language_code_of, person_of
from bot.handlers import (
    checkin,
    entries,
    erase,
    export,
    history,
    imports,
    items,
    join,
    pages,
    pause,
    reminders,
    settings,
    snippets,
    stray,
    warnings,
)
from bot.handlers import home as home_handlers
from bot.inbox import Doors
from bot.telegram_io import say, show
from domain.errors import Refused

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

AnyHandler = BaseHandler[Update, Context, None]

SUBJECTS = (
    home_handlers,
    join,
    checkin,
    history,
    entries,
    items,
    warnings,
    reminders,
    snippets,
    pause,
    settings,
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
            await _first_match(listed, update, application, context)
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

    async def answer_group(raw: dict[str, Any]) -> None:
        await _answer_group(application.bot, run, raw)

    return Doors(handle, show_current, apologise, explain_delay, tell_operator, answer_group)


async def _first_match(
    listed: Sequence[AnyHandler], update: Update, application: AnyApplication, context: Context
) -> None:
    for handler in listed:
        check = handler.check_update(update)
        if check is not None and check is not False:
            await handler.handle_update(update, application, check, context)
            return


async def _refuse(run: Runner, update: Update, context: Context, refusal: Refused) -> None:
    language = await run(people.language_for, person_of(update), language_code_of(update))
    await say(update, context, language(f"refused.{refusal.key}", **refusal.values))


async def _answer_group(bot: ExtBot[Any], run: Runner, raw: dict[str, Any]) -> None:
    """Say that we only talk in private: to a command, and on being added. Nothing is kept."""
    message, member = raw.get("message", {}), raw.get("my_chat_member", {})
    added = member.get("new_chat_member", {}).get("status") in ("member", "administrator")
    if not (added or message.get("text", "").startswith("/")):
        return
    body = message or member
    language = run.library.language(body.get("from", {}).get("language_code"))
    try:
        await bot.send_message(body["chat"]["id"], language("pages.group"))
    except TelegramError as error:
        log.info("group_not_answered", reason=type(error).__name__)
