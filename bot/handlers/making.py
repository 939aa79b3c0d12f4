"""/remind, and the taps with which a reminder is made."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler

from actions import making
from bot import taps
from bot.context import Context, command, person_of
from bot.handlers.entries import after_command
from bot.handlers.wishes import on
from bot.telegram_io import show


async def remind(update: Update, context: Context) -> None:
    """Read the words after the command as a reminder; without any, ask what for."""
    here = await context.run(making.say, person_of(update), after_command(update))
    await show(update, context, here)


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    command("remind", remind),
    on(taps.NewWishTap, making.start),
    on(taps.WishKindTap, making.choose_kind),
    on(taps.WishRoutineTap, making.choose_routine),
    on(taps.WishHabitTap, making.choose_habit),
    on(taps.WishChoiceTap, making.choose),
    on(taps.WishSaveTap, making.save),
    on(taps.WishDropTap, making.throw_away),
]
"""Any order will do."""
