"""/pause and its buttons."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from actions import pause
from bot.context import Context, command, matches, person_of, tap_of
from bot.taps import PauseDaysTap, PauseOpenTap, PauseTap, PauseTypedTap, ResumeTap
from bot.telegram_io import show


async def state(update: Update, context: Context) -> None:
    """Show whether we are silent, and what can be chosen."""
    await show(update, context, await context.run(pause.show, person_of(update)))


async def for_days(update: Update, context: Context) -> None:
    """Be silent for some days."""
    tap = tap_of(update, PauseDaysTap)
    await show(update, context, await context.run(pause.for_days, person_of(update), tap.days))


async def until_typed(update: Update, context: Context) -> None:
    """Ask which day to write again."""
    await show(update, context, await context.run(pause.ask_day, person_of(update)))


async def open_end(update: Update, context: Context) -> None:
    """Be silent until told otherwise."""
    await show(update, context, await context.run(pause.open_end, person_of(update)))


async def resume(update: Update, context: Context) -> None:
    """Write again."""
    await show(update, context, await context.run(pause.resume, person_of(update)))


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    command("pause", state),
    CallbackQueryHandler(state, pattern=matches(PauseTap)),
    CallbackQueryHandler(for_days, pattern=matches(PauseDaysTap)),
    CallbackQueryHandler(until_typed, pattern=matches(PauseTypedTap)),
    CallbackQueryHandler(open_end, pattern=matches(PauseOpenTap)),
    CallbackQueryHandler(resume, pattern=matches(ResumeTap)),
]
"""Any order will do."""
