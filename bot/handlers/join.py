"""Joining: its buttons, and a shared location."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, MessageHandler, filters

from actions import consents, joining, zones
from bot.context import Context, language_code_of, matches, person_of, tap_of
from bot.taps import AgeTap, ConsentTap, NoTimeTap, OtherTimeTap, PlaceTap, TimeTap, ZoneTap
from bot.telegram_io import show


async def tell_age(update: Update, context: Context) -> None:
    """Take the age bracket."""
    here = await context.run(
        joining.tell_age, person_of(update), tap_of(update, AgeTap).age, language_code_of(update)
    )
    await show(update, context, here)


async def consent(update: Update, context: Context) -> None:
    """Take a yes or a no to one consent."""
    tap = tap_of(update, ConsentTap)
    here = await context.run(
        consents.decide, person_of(update), tap.purpose, tap.version, bool(tap.given)
    )
    await show(update, context, here)


async def ask_place(update: Update, context: Context) -> None:
    """Ask where the person is."""
    await show(update, context, await context.run(zones.ask, person_of(update)))


async def choose_zone(update: Update, context: Context) -> None:
    """Set the zone of the chosen place."""
    zone = tap_of(update, ZoneTap).zone
    await show(update, context, await context.run(zones.choose, person_of(update), zone))


async def located(update: Update, context: Context) -> None:
    """Take a shared location, where one was asked for."""
    here = await context.run(
        zones.take_location, person_of(update), *_coordinates(update), language_code_of(update)
    )
    await show(update, context, here)


async def choose_time(update: Update, context: Context) -> None:
    """Set the reminder."""
    at = tap_of(update, TimeTap).at
    await show(update, context, await context.run(joining.choose_time, person_of(update), at))


async def no_time(update: Update, context: Context) -> None:
    """Set no reminder."""
    await show(update, context, await context.run(joining.choose_time, person_of(update), None))


async def other_time(update: Update, context: Context) -> None:
    """Ask for a typed time."""
    await show(update, context, await context.run(joining.ask_other_time, person_of(update)))


def _coordinates(update: Update) -> tuple[float, float]:
    location = update.message.location if update.message else None
    assert location is not None  # noqa: S101 - the filter lets nothing else through
    return location.latitude, location.longitude


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CallbackQueryHandler(tell_age, pattern=matches(AgeTap)),
    CallbackQueryHandler(consent, pattern=matches(ConsentTap)),
    CallbackQueryHandler(ask_place, pattern=matches(PlaceTap)),
    CallbackQueryHandler(choose_zone, pattern=matches(ZoneTap)),
    CallbackQueryHandler(choose_time, pattern=matches(TimeTap)),
    CallbackQueryHandler(no_time, pattern=matches(NoTimeTap)),
    CallbackQueryHandler(other_time, pattern=matches(OtherTimeTap)),
    MessageHandler(filters.UpdateType.MESSAGE & filters.LOCATION, located),
]
