"""What a person says does not fit them: the taps on its buttons."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from actions import marks
from bot.context import Context, matches, person_of, tap_of
from bot.taps import MarksTap, MarkTap, NoMarksTap
from bot.telegram_io import show


async def look(update: Update, context: Context) -> None:
    """Show what is left out."""
    await show(update, context, await context.run(marks.look, person_of(update)))


async def choose(update: Update, context: Context) -> None:
    """Set a mark, or take it off."""
    tap = tap_of(update, MarkTap)
    here = await context.run(marks.choose, person_of(update), tap.mark, bool(tap.on))
    await show(update, context, here)


async def choose_none(update: Update, context: Context) -> None:
    """Take every mark off."""
    await show(update, context, await context.run(marks.choose_none, person_of(update)))


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CallbackQueryHandler(look, pattern=matches(MarksTap)),
    CallbackQueryHandler(choose, pattern=matches(MarkTap)),
    CallbackQueryHandler(choose_none, pattern=matches(NoMarksTap)),
]
