"""The country whose numbers to call are shown, words that were misread, and the taps on their buttons."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from actions import distress, helplines
from bot.context import Context, language_code_of, matches, person_of, tap_of
from bot.taps import (
    CountriesTap,
    CountryByZoneTap,
    CountryFromHelpTap,
    CountryTap,
    MisreadTap,
    SetCountryTap,
    TypeCountryTap,
)
from bot.telegram_io import show


async def look(update: Update, context: Context) -> None:
    """Show the country and its numbers."""
    await show(update, context, await context.run(helplines.look, person_of(update)))


async def look_from_help(update: Update, context: Context) -> None:
    """Show the same, and let the message with the button stay."""
    code = language_code_of(update)
    await show(
        update, context, await context.run(helplines.look_from_help, person_of(update), code)
    )


async def page(update: Update, context: Context) -> None:
    """Show a page of the countries."""
    number, code = tap_of(update, CountriesTap).page, language_code_of(update)
    await show(update, context, await context.run(helplines.page, person_of(update), number, code))


async def choose(update: Update, context: Context) -> None:
    """Change the country, or show no number."""
    country, code = tap_of(update, SetCountryTap).country, language_code_of(update)
    here = await context.run(helplines.choose, person_of(update), country, code)
    await show(update, context, here)


async def by_zone(update: Update, context: Context) -> None:
    """Go by the time zone again."""
    await show(update, context, await context.run(helplines.by_zone, person_of(update)))


async def ask(update: Update, context: Context) -> None:
    """Ask for a country's name."""
    await show(update, context, await context.run(helplines.ask, person_of(update)))


async def misread(update: Update, context: Context) -> None:
    """Forget that words of distress were said."""
    at, code = tap_of(update, MisreadTap).at, language_code_of(update)
    await show(update, context, await context.run(distress.misread, person_of(update), at, code))


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CallbackQueryHandler(look, pattern=matches(CountryTap)),
    CallbackQueryHandler(page, pattern=matches(CountriesTap)),
    CallbackQueryHandler(look_from_help, pattern=matches(CountryFromHelpTap)),
    CallbackQueryHandler(choose, pattern=matches(SetCountryTap)),
    CallbackQueryHandler(by_zone, pattern=matches(CountryByZoneTap)),
    CallbackQueryHandler(ask, pattern=matches(TypeCountryTap)),
    CallbackQueryHandler(misread, pattern=matches(MisreadTap)),
]
"""Any order will do."""
