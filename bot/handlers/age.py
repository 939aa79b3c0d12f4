"""The age bracket, in the settings."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from actions import age
from bot.context import Context, matches, person_of, tap_of
from bot.taps import AgeSettingTap, SetAgeTap
from bot.telegram_io import show


async def look(update: Update, context: Context) -> None:
    """Show the bracket."""
    here = await context.run(age.look, person_of(update))
    await show(update, context, here)


async def put_right(update: Update, context: Context) -> None:
    """Take another one."""
    tap = tap_of(update, SetAgeTap)
    here = await context.run(age.put_right, person_of(update), tap.age)
    await show(update, context, here)


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CallbackQueryHandler(look, pattern=matches(AgeSettingTap)),
    CallbackQueryHandler(put_right, pattern=matches(SetAgeTap)),
]
"""Any order will do."""
