"""A tip and the buttons below it."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from actions import snippets, tip_opinions
from bot.context import Context, matches, person_of, tap_of
from bot.taps import (
    CautionsTap,
    FollowTipTap,
    HelpfulTipTap,
    NextTipTap,
    NotForMeTap,
    SaveTipTap,
    SourcesTap,
    TipHabitDoneTap,
    TipMoreTap,
    TipTap,
    TopicTap,
    TriedTipTap,
    WhyTap,
)
from bot.telegram_io import show


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


async def more(update: Update, context: Context) -> None:
    """Show what else there is about it."""
    snippet_id = tap_of(update, TipMoreTap).snippet_id
    await show(update, context, await context.run(snippets.more, person_of(update), snippet_id))


async def sources(update: Update, context: Context) -> None:
    """Show what it rests on."""
    snippet_id = tap_of(update, SourcesTap).snippet_id
    await show(update, context, await context.run(snippets.sources, person_of(update), snippet_id))


async def why(update: Update, context: Context) -> None:
    """Say how it was chosen."""
    snippet_id = tap_of(update, WhyTap).snippet_id
    await show(update, context, await context.run(snippets.why, person_of(update), snippet_id))


async def save(update: Update, context: Context) -> None:
    """Save it, or no longer."""
    tap, who = tap_of(update, SaveTipTap), person_of(update)
    here = await context.run(tip_opinions.save, who, tap.snippet_id, tap.on == 1)
    await show(update, context, here)


async def helpful(update: Update, context: Context) -> None:
    """It is helpful, or that is taken back."""
    tap, who = tap_of(update, HelpfulTipTap), person_of(update)
    here = await context.run(tip_opinions.helpful, who, tap.snippet_id, tap.on == 1)
    await show(update, context, here)


async def not_for_me(update: Update, context: Context) -> None:
    """It is not for them, or that is taken back."""
    tap, who = tap_of(update, NotForMeTap), person_of(update)
    here = await context.run(tip_opinions.not_for_me, who, tap.snippet_id, tap.on == 1)
    await show(update, context, here)


async def tried(update: Update, context: Context) -> None:
    """It was tried today, or was not."""
    tap, who = tap_of(update, TriedTipTap), person_of(update)
    here = await context.run(tip_opinions.tried, who, tap.snippet_id, tap.on == 1)
    await show(update, context, here)


async def follow(update: Update, context: Context) -> None:
    """Keep an eye on the habit that goes with it, or no longer."""
    tap, who = tap_of(update, FollowTipTap), person_of(update)
    here = await context.run(tip_opinions.follow, who, tap.snippet_id, tap.on == 1)
    await show(update, context, here)


async def habit_done(update: Update, context: Context) -> None:
    """Note that habit as done today, or take that back."""
    tap, who = tap_of(update, TipHabitDoneTap), person_of(update)
    here = await context.run(tip_opinions.habit_done, who, tap.snippet_id, tap.on == 1)
    await show(update, context, here)


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CallbackQueryHandler(on_topic, pattern=matches(TopicTap)),
    CallbackQueryHandler(tip, pattern=matches(TipTap)),
    CallbackQueryHandler(another, pattern=matches(NextTipTap)),
    CallbackQueryHandler(cautions, pattern=matches(CautionsTap)),
    CallbackQueryHandler(more, pattern=matches(TipMoreTap)),
    CallbackQueryHandler(sources, pattern=matches(SourcesTap)),
    CallbackQueryHandler(why, pattern=matches(WhyTap)),
    CallbackQueryHandler(save, pattern=matches(SaveTipTap)),
    CallbackQueryHandler(helpful, pattern=matches(HelpfulTipTap)),
    CallbackQueryHandler(not_for_me, pattern=matches(NotForMeTap)),
    CallbackQueryHandler(tried, pattern=matches(TriedTipTap)),
    CallbackQueryHandler(follow, pattern=matches(FollowTipTap)),
    CallbackQueryHandler(habit_done, pattern=matches(TipHabitDoneTap)),
]
"""Any order will do."""
