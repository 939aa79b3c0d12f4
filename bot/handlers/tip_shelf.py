"""/learn: topics, titles, saved tips, and searching them."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from actions import tip_shelf
from bot.context import Context, command, matches, person_of, tap_of
from bot.handlers.entries import after_command
from bot.taps import (
    LearnTap,
    RandomTipTap,
    SavedTipsTap,
    SearchTipsTap,
    SupplementTopicsTap,
    TopicTitlesTap,
    UnreadTipTap,
)
from bot.telegram_io import show


async def learn(update: Update, context: Context) -> None:
    """Search for the words after the command; without any, show where reading begins."""
    words = after_command(update)
    if words:
        here = await context.run(tip_shelf.search, person_of(update), words)
    else:
        here = await context.run(tip_shelf.home, person_of(update))
    await show(update, context, here)


async def supplements(update: Update, context: Context) -> None:
    """Show the topics on supplements."""
    await show(update, context, await context.run(tip_shelf.supplements, person_of(update)))


async def titles(update: Update, context: Context) -> None:
    """Show a page of the titles on a topic."""
    tap = tap_of(update, TopicTitlesTap)
    here = await context.run(tip_shelf.titles, person_of(update), tap.topic, tap.page)
    await show(update, context, here)


async def saved(update: Update, context: Context) -> None:
    """Show a page of the saved tips."""
    page = tap_of(update, SavedTipsTap).page
    await show(update, context, await context.run(tip_shelf.saved, person_of(update), page))


async def ask_words(update: Update, context: Context) -> None:
    """Take the next message as words to search for."""
    await show(update, context, await context.run(tip_shelf.ask_words, person_of(update)))


async def any_one(update: Update, context: Context) -> None:
    """Show any tip."""
    await show(update, context, await context.run(tip_shelf.any_one, person_of(update)))


async def unread(update: Update, context: Context) -> None:
    """Show a tip that was not shown yet."""
    await show(update, context, await context.run(tip_shelf.unread, person_of(update)))


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    command("learn", learn),
    CallbackQueryHandler(learn, pattern=matches(LearnTap)),
    CallbackQueryHandler(supplements, pattern=matches(SupplementTopicsTap)),
    CallbackQueryHandler(titles, pattern=matches(TopicTitlesTap)),
    CallbackQueryHandler(saved, pattern=matches(SavedTipsTap)),
    CallbackQueryHandler(ask_words, pattern=matches(SearchTipsTap)),
    CallbackQueryHandler(any_one, pattern=matches(RandomTipTap)),
    CallbackQueryHandler(unread, pattern=matches(UnreadTipTap)),
]
"""Any order will do."""
