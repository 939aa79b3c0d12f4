"""/warning, and the warning list of the check-in."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from actions import warnings
from bot.context import Context, command, language_code_of, matches, person_of, tap_of
from bot.taps import (
    AnySignsTap,
    AnySignTap,
    HelpSignsTap,
    NoSignsTap,
    SignBackTap,
    SignsTap,
    SignTap,
)
from bot.telegram_io import show


async def look(update: Update, context: Context) -> None:
    """Show the list to anybody."""
    here = await context.run(warnings.look, person_of(update), language_code_of(update))
    await show(update, context, here)


async def look_from_help(update: Update, context: Context) -> None:
    """Show the list, and let the message with the button stay."""
    here = await context.run(warnings.look_from_help, person_of(update), language_code_of(update))
    await show(update, context, here)


async def choose(update: Update, context: Context) -> None:
    """Show the fixed text of a sign."""
    tap = tap_of(update, AnySignTap)
    here = await context.run(
        warnings.choose, person_of(update), tap.sign_id, language_code_of(update)
    )
    await show(update, context, here)


async def in_check_in(update: Update, context: Context) -> None:
    """Show the list that the check-in asks about."""
    tap = tap_of(update, SignsTap)
    here = await context.run(warnings.in_check_in, person_of(update), tap.check_in_id)
    await show(update, context, here)


async def choose_in_check_in(update: Update, context: Context) -> None:
    """Keep the sign, show its fixed text and go on."""
    tap = tap_of(update, SignTap)
    here = await context.run(
        warnings.choose_in_check_in, person_of(update), tap.check_in_id, tap.sign_id
    )
    await show(update, context, here)


async def none_in_check_in(update: Update, context: Context) -> None:
    """Answer that there was none, and go on."""
    tap = tap_of(update, NoSignsTap)
    here = await context.run(warnings.none_in_check_in, person_of(update), tap.check_in_id)
    await show(update, context, here)


async def take_back(update: Update, context: Context) -> None:
    """Take back a sign that was tapped by mistake."""
    tap = tap_of(update, SignBackTap)
    here = await context.run(
        warnings.take_back, person_of(update), tap.sign_id, language_code_of(update)
    )
    await show(update, context, here)


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    command("warning", look),
    CallbackQueryHandler(look, pattern=matches(AnySignsTap)),
    CallbackQueryHandler(look_from_help, pattern=matches(HelpSignsTap)),
    CallbackQueryHandler(choose, pattern=matches(AnySignTap)),
    CallbackQueryHandler(in_check_in, pattern=matches(SignsTap)),
    CallbackQueryHandler(choose_in_check_in, pattern=matches(SignTap)),
    CallbackQueryHandler(none_in_check_in, pattern=matches(NoSignsTap)),
    CallbackQueryHandler(take_back, pattern=matches(SignBackTap)),
]
"""Any order will do."""
