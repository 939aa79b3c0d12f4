"""/history and its buttons."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from actions import checkins, history
from bot.context import Context, command, matches, person_of, tap_of
from bot.taps import (
    DayTap,
    FillInTap,
    HistoryPageTap,
    HistoryTap,
    HistoryYearsTap,
    HistoryYearTap,
)
from bot.telegram_io import show


async def look(update: Update, context: Context) -> None:
    """Show the last days."""
    here = await context.run(history.look, person_of(update))
    await show(update, context, here)


async def turn(update: Update, context: Context) -> None:
    """Show a page of earlier days."""
    tap = tap_of(update, HistoryPageTap)
    here = await context.run(history.look, person_of(update), tap.last)
    await show(update, context, here)


async def years(update: Update, context: Context) -> None:
    """Show the years to choose from."""
    here = await context.run(history.years, person_of(update))
    await show(update, context, here)


async def months(update: Update, context: Context) -> None:
    """Show the months of a year."""
    tap = tap_of(update, HistoryYearTap)
    here = await context.run(history.months, person_of(update), tap.year)
    await show(update, context, here)


async def day(update: Update, context: Context) -> None:
    """Show a day."""
    tap = tap_of(update, DayTap)
    here = await context.run(history.day, person_of(update), tap.day)
    await show(update, context, here)


async def fill_in(update: Update, context: Context) -> None:
    """Open the check-in of a day."""
    tap = tap_of(update, FillInTap)
    here = await context.run(checkins.fill_in, person_of(update), tap.day)
    await show(update, context, here)


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    command("history", look),
    CallbackQueryHandler(look, pattern=matches(HistoryTap)),
    CallbackQueryHandler(turn, pattern=matches(HistoryPageTap)),
    CallbackQueryHandler(years, pattern=matches(HistoryYearsTap)),
    CallbackQueryHandler(months, pattern=matches(HistoryYearTap)),
    CallbackQueryHandler(day, pattern=matches(DayTap)),
    CallbackQueryHandler(fill_in, pattern=matches(FillInTap)),
]
"""Any order will do."""
