"""The taps below a reminder: later, not today, and back."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from actions import snooze
from bot.context import Context, matches, person_of, tap_of
from bot.taps import (
    AskNowTap,
    DoneTap,
    HabitDoneTap,
    LaterMinutesTap,
    LaterTap,
    SkipDayTap,
    SnoozeTap,
)
from bot.telegram_io import show


async def put_off(update: Update, context: Context) -> None:
    """Ask again later."""
    tap = tap_of(update, SnoozeTap)
    here = await context.run(snooze.snooze, person_of(update), tap.occurrence_id, tap.by)
    await show(update, context, here)


async def ask_later(update: Update, context: Context) -> None:
    """Ask how much later."""
    tap = tap_of(update, LaterTap)
    await show(
        update, context, await context.run(snooze.ask_later, person_of(update), tap.occurrence_id)
    )


async def put_off_minutes(update: Update, context: Context) -> None:
    """Ask again in so many minutes."""
    tap = tap_of(update, LaterMinutesTap)
    here = await context.run(
        snooze.snooze_minutes, person_of(update), tap.occurrence_id, tap.minutes
    )
    await show(update, context, here)


async def done(update: Update, context: Context) -> None:
    """Take it as done."""
    tap = tap_of(update, DoneTap)
    await show(
        update, context, await context.run(snooze.done, person_of(update), tap.occurrence_id)
    )


async def habit_done(update: Update, context: Context) -> None:
    """Take how a habit went."""
    tap = tap_of(update, HabitDoneTap)
    here = await context.run(snooze.habit_done, person_of(update), tap.occurrence_id, tap.said)
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
    CallbackQueryHandler(ask_later, pattern=matches(LaterTap)),
    CallbackQueryHandler(put_off_minutes, pattern=matches(LaterMinutesTap)),
    CallbackQueryHandler(done, pattern=matches(DoneTap)),
    CallbackQueryHandler(habit_done, pattern=matches(HabitDoneTap)),
    CallbackQueryHandler(leave_out, pattern=matches(SkipDayTap)),
    CallbackQueryHandler(ask_now, pattern=matches(AskNowTap)),
]
"""Any order will do."""
