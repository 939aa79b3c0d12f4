"""/week and the buttons of a week."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from actions import summary
from bot.context import Context, command, matches, person_of, tap_of
from bot.taps import WeekTap
from bot.telegram_io import show


async def look(update: Update, context: Context) -> None:
    """Show the last seven days."""
    here = await context.run(summary.look, person_of(update))
    await show(update, context, here)


async def turn(update: Update, context: Context) -> None:
    """Show the seven days up to another one."""
    tap = tap_of(update, WeekTap)
    here = await context.run(summary.look, person_of(update), tap.last)
    await show(update, context, here)


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    command("week", look),
    CallbackQueryHandler(turn, pattern=matches(WeekTap)),
]
"""Any order will do."""
