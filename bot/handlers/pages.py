"""/privacy, /developer_info, /about and /help: for anybody, before any consent too."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from actions import pages
from bot.context import Context, command, language_code_of, matches, person_of
from bot.taps import AboutTap, HelpTap, PrivacyMoreTap, PrivacyTap
from bot.telegram_io import show


async def privacy(update: Update, context: Context) -> None:
    """Show the privacy policy."""
    here = await context.run(pages.privacy, person_of(update), language_code_of(update))
    await show(update, context, here)


async def privacy_rest(update: Update, context: Context) -> None:
    """Show the rest of the privacy policy."""
    here = await context.run(pages.privacy_rest, person_of(update), language_code_of(update))
    await show(update, context, here)


async def developer(update: Update, context: Context) -> None:
    """Show who runs this bot."""
    here = await context.run(pages.developer, person_of(update), language_code_of(update))
    await show(update, context, here)


async def about(update: Update, context: Context) -> None:
    """Show what this is, and what is checked."""
    here = await context.run(pages.about, person_of(update), language_code_of(update))
    await show(update, context, here)


async def guide(update: Update, context: Context) -> None:
    """Show what there is."""
    here = await context.run(pages.guide, person_of(update), language_code_of(update))
    await show(update, context, here)


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    command("privacy", privacy),
    command("developer_info", developer),
    command("about", about),
    command("help", guide),
    CallbackQueryHandler(about, pattern=matches(AboutTap)),
    CallbackQueryHandler(privacy, pattern=matches(PrivacyTap)),
    CallbackQueryHandler(privacy_rest, pattern=matches(PrivacyMoreTap)),
    CallbackQueryHandler(guide, pattern=matches(HelpTap)),
]
