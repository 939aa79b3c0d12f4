"""The taps with which the topics of tips are chosen."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from actions import tip_topics
from bot.context import Context, matches, person_of, tap_of
from bot.taps import ChooseTopicTap, TopicChoicesTap
from bot.telegram_io import show


async def choices(update: Update, context: Context) -> None:
    """Show the topics to choose from."""
    await show(update, context, await context.run(tip_topics.choices, person_of(update)))


async def choose(update: Update, context: Context) -> None:
    """Want a topic, or not."""
    tap = tap_of(update, ChooseTopicTap)
    here = await context.run(tip_topics.choose, person_of(update), tap.topic, bool(tap.wanted))
    await show(update, context, here)


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CallbackQueryHandler(choices, pattern=matches(TopicChoicesTap)),
    CallbackQueryHandler(choose, pattern=matches(ChooseTopicTap)),
]
"""Any order will do."""
