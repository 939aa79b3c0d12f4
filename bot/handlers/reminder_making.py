"""/remind, and the taps with which a reminder is made."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler

from actions import reminder_making
from bot import taps
from bot.context import Context, command, person_of
from bot.handlers.entries import after_command
from bot.handlers.reminder_list import on
from bot.telegram_io import show


async def remind(update: Update, context: Context) -> None:
    """Read the words after the command as a reminder; without any, ask what for."""
    here = await context.run(reminder_making.say, person_of(update), after_command(update))
    await show(update, context, here)


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    command("remind", remind),
    on(taps.NewWishTap, reminder_making.start),
    on(taps.WishKindTap, reminder_making.choose_kind),
    on(taps.WishRoutineTap, reminder_making.choose_routine),
    on(taps.WishHabitTap, reminder_making.choose_habit),
    on(taps.WishChoiceTap, reminder_making.choose),
    on(taps.WishSaveTap, reminder_making.save),
    on(taps.WishSavePausedTap, reminder_making.end_pause_and_save),
    on(taps.WishDropTap, reminder_making.throw_away),
]
"""Any order will do."""
