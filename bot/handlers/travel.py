"""/travel, and the answers to where reminders are at home now."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from actions import travel, zones
from bot.context import Context, command, matches, person_of, tap_of
from bot.taps import EndHomeTimesTap, KeepHomeTimesTap, MoveTimesTap, StayTap, TravelBackTap
from bot.telegram_io import show


async def ask(update: Update, context: Context) -> None:
    """Ask where the person is."""
    await show(update, context, await context.run(zones.ask, person_of(update)))


async def move(update: Update, context: Context) -> None:
    """Let reminders move along."""
    zone = tap_of(update, MoveTimesTap).zone
    await show(update, context, await context.run(travel.move, person_of(update), zone))


async def keep_home(update: Update, context: Context) -> None:
    """Let reminders keep their times."""
    zone = tap_of(update, KeepHomeTimesTap).zone
    await show(update, context, await context.run(travel.keep_home, person_of(update), zone))


async def stay(update: Update, context: Context) -> None:
    """Change nothing."""
    await show(update, context, await context.run(travel.stay, person_of(update)))


async def end_home(update: Update, context: Context) -> None:
    """Let reminders go by the person's own clock again."""
    await show(update, context, await context.run(travel.end_home, person_of(update)))


async def take_back(update: Update, context: Context) -> None:
    """Have it as it was."""
    tap = tap_of(update, TravelBackTap)
    here = await context.run(travel.take_back, person_of(update), tap.zone, tap.by)
    await show(update, context, here)


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    command("travel", ask),
    CallbackQueryHandler(move, pattern=matches(MoveTimesTap)),
    CallbackQueryHandler(keep_home, pattern=matches(KeepHomeTimesTap)),
    CallbackQueryHandler(stay, pattern=matches(StayTap)),
    CallbackQueryHandler(end_home, pattern=matches(EndHomeTimesTap)),
    CallbackQueryHandler(take_back, pattern=matches(TravelBackTap)),
]
