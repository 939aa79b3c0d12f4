"""/delete and the taps on its question."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from actions import erase
from bot.clearing import remove_messages
from bot.context import Context, command, language_code_of, matches, person_of, tap_of
from bot.taps import DeleteAskTap, DeleteConfirmTap, DeleteKeepTap, DeleteRemoveTap
from bot.telegram_io import show


async def ask(update: Update, context: Context) -> None:
    """Say what goes and what stays."""
    here = await context.run(erase.ask, person_of(update), language_code_of(update))
    await show(update, context, here)


async def keep(update: Update, context: Context) -> None:
    """Erase nothing."""
    here = await context.run(erase.keep, person_of(update), language_code_of(update))
    await show(update, context, here)


async def confirm(update: Update, context: Context) -> None:
    """Erase everything; the chat stays as it is."""
    tap = tap_of(update, DeleteConfirmTap)
    left = await context.run(
        erase.confirm, person_of(update), language_code_of(update), tap.asked, messages=False
    )
    await show(update, context, left.here)


async def confirm_and_remove(update: Update, context: Context) -> None:
    """Erase everything, then remove our last messages; the goodbye comes as a new one."""
    tap = tap_of(update, DeleteRemoveTap)
    left = await context.run(
        erase.confirm, person_of(update), language_code_of(update), tap.asked, messages=True
    )
    await show(update, context, left.here)
    await remove_messages(update, context, left.messages)


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    command("delete", ask),
    CallbackQueryHandler(ask, pattern=matches(DeleteAskTap)),
    CallbackQueryHandler(keep, pattern=matches(DeleteKeepTap)),
    CallbackQueryHandler(confirm, pattern=matches(DeleteConfirmTap)),
    CallbackQueryHandler(confirm_and_remove, pattern=matches(DeleteRemoveTap)),
]
