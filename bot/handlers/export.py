"""/export: everything, as files."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from actions import export as actions
from bot.context import Context, command, language_code_of, matches, person_of
from bot.taps import ExportTap
from bot.telegram_io import show


async def export(update: Update, context: Context) -> None:
    """Send both files."""
    here = await context.run(actions.export, person_of(update), language_code_of(update))
    await show(update, context, here)


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    command("export", export),
    CallbackQueryHandler(export, pattern=matches(ExportTap)),
]
