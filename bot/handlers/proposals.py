"""Answers to a proposal of another time, or of fewer messages."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from actions import proposals
from bot.context import Context, matches, person_of, tap_of
from bot.taps import LeaveTimeTap, ProposedDaysTap, ProposedTimeTap, ProposingTap
from bot.telegram_io import show


async def set_time(update: Update, context: Context) -> None:
    """Take the other time, or have the one before back."""
    tap = tap_of(update, ProposedTimeTap)
    here = await context.run(proposals.set_time, person_of(update), tap.reminder_id, tap.at)
    await show(update, context, here)


async def set_days(update: Update, context: Context) -> None:
    """Take fewer days, or have those before back."""
    tap = tap_of(update, ProposedDaysTap)
    here = await context.run(proposals.set_days, person_of(update), tap.reminder_id, tap.days)
    await show(update, context, here)


async def leave(update: Update, context: Context) -> None:
    """Leave it as it is."""
    reminder_id = tap_of(update, LeaveTimeTap).reminder_id
    await show(update, context, await context.run(proposals.leave, person_of(update), reminder_id))


async def set_proposing(update: Update, context: Context) -> None:
    """Propose other times, or do not."""
    on = bool(tap_of(update, ProposingTap).on)
    here = await context.run(proposals.set_proposing, person_of(update), on)
    await show(update, context, here)


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CallbackQueryHandler(set_time, pattern=matches(ProposedTimeTap)),
    CallbackQueryHandler(set_days, pattern=matches(ProposedDaysTap)),
    CallbackQueryHandler(leave, pattern=matches(LeaveTimeTap)),
    CallbackQueryHandler(set_proposing, pattern=matches(ProposingTap)),
]
