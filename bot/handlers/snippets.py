"""/learn, and the buttons below a tip."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from actions import snippets
from bot.context import Context, command, matches, person_of, tap_of
from bot.taps import CautionsTap, LearnTap, NextTipTap, SourcesTap, TipTap, TopicTap, WhyTap
from bot.telegram_io import show


async def topics(update: Update, context: Context) -> None:
    """Show what there are tips on."""
    await show(update, context, await context.run(snippets.topics, person_of(update)))


async def on_topic(update: Update, context: Context) -> None:
    """Show a tip on a topic."""
    topic = tap_of(update, TopicTap).topic
    await show(update, context, await context.run(snippets.on_topic, person_of(update), topic))


async def tip(update: Update, context: Context) -> None:
    """Show this tip."""
    snippet_id = tap_of(update, TipTap).snippet_id
    await show(update, context, await context.run(snippets.tip, person_of(update), snippet_id))


async def another(update: Update, context: Context) -> None:
    """Show the one after it."""
    snippet_id = tap_of(update, NextTipTap).snippet_id
    await show(update, context, await context.run(snippets.another, person_of(update), snippet_id))


async def cautions(update: Update, context: Context) -> None:
    """Show its disclaimers, whole."""
    snippet_id = tap_of(update, CautionsTap).snippet_id
    await show(update, context, await context.run(snippets.cautions, person_of(update), snippet_id))


async def sources(update: Update, context: Context) -> None:
    """Show what it rests on."""
    snippet_id = tap_of(update, SourcesTap).snippet_id
    await show(update, context, await context.run(snippets.sources, person_of(update), snippet_id))


async def why(update: Update, context: Context) -> None:
    """Say how it was chosen."""
    snippet_id = tap_of(update, WhyTap).snippet_id
    await show(update, context, await context.run(snippets.why, person_of(update), snippet_id))


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    command("learn", topics),
    CallbackQueryHandler(topics, pattern=matches(LearnTap)),
    CallbackQueryHandler(on_topic, pattern=matches(TopicTap)),
    CallbackQueryHandler(tip, pattern=matches(TipTap)),
    CallbackQueryHandler(another, pattern=matches(NextTipTap)),
    CallbackQueryHandler(cautions, pattern=matches(CautionsTap)),
    CallbackQueryHandler(sources, pattern=matches(SourcesTap)),
    CallbackQueryHandler(why, pattern=matches(WhyTap)),
]
"""Any order will do."""
