"""/start, /menu and /cancel, and the button that leads home."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from actions import home
from bot.context import Context, command, language_code_of, matches, person_of
from bot.taps import HomeTap
from bot.telegram_io import show


async def start(update: Update, context: Context) -> None:
    """Show where the person stands; a word behind /start is not looked at."""
    here = await context.run(home.current, person_of(update), language_code_of(update))
    await show(update, context, here)


async def menu(update: Update, context: Context) -> None:
    """Show the menu."""
    here = await context.run(home.menu, person_of(update), language_code_of(update))
    await show(update, context, here)


async def cancel(update: Update, context: Context) -> None:
    """Expect nothing typed any more."""
    here = await context.run(home.cancel, person_of(update), language_code_of(update))
    await show(update, context, here)


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    command("start", start),
    command("menu", menu),
    command("cancel", cancel),
    CallbackQueryHandler(menu, pattern=matches(HomeTap)),
]
