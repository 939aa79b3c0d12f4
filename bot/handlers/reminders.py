"""The taps below a reminder: later, not today, and back."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from actions import snooze
from bot.context import Context, matches, person_of, tap_of
from bot.taps import AskNowTap, SkipDayTap, SnoozeTap
from bot.telegram_io import show


async def put_off(update: Update, context: Context) -> None:
    """Ask again later."""
    tap = tap_of(update, SnoozeTap)
    here = await context.run(snooze.snooze, person_of(update), tap.occurrence_id, tap.by)
    await show(update, context, here)


async def leave_out(update: Update, context: Context) -> None:
    """Ask nothing more today."""
    tap = tap_of(update, SkipDayTap)
    here = await context.run(snooze.leave_out, person_of(update), tap.occurrence_id)
    await show(update, context, here)


async def ask_now(update: Update, context: Context) -> None:
    """Ask now after all."""
    tap = tap_of(update, AskNowTap)
    here = await context.run(snooze.ask_now, person_of(update), tap.occurrence_id)
    await show(update, context, here)


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CallbackQueryHandler(put_off, pattern=matches(SnoozeTap)),
    CallbackQueryHandler(leave_out, pattern=matches(SkipDayTap)),
    CallbackQueryHandler(ask_now, pattern=matches(AskNowTap)),
]
"""Any order will do."""
