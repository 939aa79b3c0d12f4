"""The choice of items and habits, and items of one's own."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from actions import items
from bot.context import Context, matches, person_of, tap_of
from bot.taps import (
    HabitChoicesTap,
    HabitChoiceTap,
    ItemsTap,
    ItemTap,
    OwnAddTap,
    OwnRemoveTap,
    OwnRenameTap,
    OwnRestoreTap,
)
from bot.telegram_io import show


async def look(update: Update, context: Context) -> None:
    """Show the items."""
    here = await context.run(items.look, person_of(update))
    await show(update, context, here)


async def switch(update: Update, context: Context) -> None:
    """Switch an item on or off."""
    tap = tap_of(update, ItemTap)
    here = await context.run(items.switch, person_of(update), tap.item_id, tap.on == 1)
    await show(update, context, here)


async def ask_label(update: Update, context: Context) -> None:
    """Ask for the name of an own item."""
    here = await context.run(items.ask_label, person_of(update))
    await show(update, context, here)


async def ask_name(update: Update, context: Context) -> None:
    """Ask for another name of an own item."""
    tap = tap_of(update, OwnRenameTap)
    here = await context.run(items.ask_name, person_of(update), tap.number)
    await show(update, context, here)


async def remove(update: Update, context: Context) -> None:
    """Take an own item away."""
    tap = tap_of(update, OwnRemoveTap)
    here = await context.run(items.remove, person_of(update), tap.number)
    await show(update, context, here)


async def restore(update: Update, context: Context) -> None:
    """Have it back."""
    tap = tap_of(update, OwnRestoreTap)
    here = await context.run(items.restore, person_of(update), tap.number)
    await show(update, context, here)


async def look_habits(update: Update, context: Context) -> None:
    """Show the habits to choose from."""
    tap = tap_of(update, HabitChoicesTap)
    here = await context.run(items.look_habits, person_of(update), tap.check_in_id)
    await show(update, context, here)


async def choose_habit(update: Update, context: Context) -> None:
    """Choose a habit, or no longer."""
    tap = tap_of(update, HabitChoiceTap)
    here = await context.run(
        items.choose_habit, person_of(update), tap.check_in_id, tap.habit_id, tap.on == 1
    )
    await show(update, context, here)


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CallbackQueryHandler(look, pattern=matches(ItemsTap)),
    CallbackQueryHandler(switch, pattern=matches(ItemTap)),
    CallbackQueryHandler(ask_label, pattern=matches(OwnAddTap)),
    CallbackQueryHandler(ask_name, pattern=matches(OwnRenameTap)),
    CallbackQueryHandler(remove, pattern=matches(OwnRemoveTap)),
    CallbackQueryHandler(restore, pattern=matches(OwnRestoreTap)),
    CallbackQueryHandler(look_habits, pattern=matches(HabitChoicesTap)),
    CallbackQueryHandler(choose_habit, pattern=matches(HabitChoiceTap)),
]
"""Any order will do."""
