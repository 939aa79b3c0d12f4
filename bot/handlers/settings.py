"""/settings and the taps on its buttons."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from actions import consents, reminder_list, settings
from bot.context import Context, command, matches, person_of, tap_of
from bot.taps import (
    ChangeConsentTap,
    CheckInTimeTap,
    ConsentsTap,
    ConsiderTap,
    DayStartsTap,
    DiscreetTap,
    LanguagesTap,
    LanguageTap,
    NoCheckInTimeTap,
    PaceTap,
    PlainTap,
    SetCheckInTimeTap,
    SetDayStartsTap,
    SettingsTap,
    TipsTap,
    TipTimeTap,
    TypeCheckInTimeTap,
)
from bot.telegram_io import show


async def overview(update: Update, context: Context) -> None:
    """Show the settings."""
    await show(update, context, await context.run(settings.overview, person_of(update)))


async def languages(update: Update, context: Context) -> None:
    """Show the languages."""
    await show(update, context, await context.run(settings.languages, person_of(update)))


async def set_language(update: Update, context: Context) -> None:
    """Change the language."""
    tag = tap_of(update, LanguageTap).tag
    await show(update, context, await context.run(settings.set_language, person_of(update), tag))


async def day_starts(update: Update, context: Context) -> None:
    """Show when the day ends."""
    await show(update, context, await context.run(settings.day_starts, person_of(update)))


async def set_day_starts(update: Update, context: Context) -> None:
    """Change when the day ends."""
    at = tap_of(update, SetDayStartsTap).at
    await show(update, context, await context.run(settings.set_day_starts, person_of(update), at))


async def check_in_time(update: Update, context: Context) -> None:
    """Show the reminder of the evening check-in: of earlier buttons too, which once changed it."""
    await show(update, context, await context.run(reminder_list.of_evening, person_of(update)))


async def tips(update: Update, context: Context) -> None:
    """Show how often tips come."""
    await show(update, context, await context.run(settings.tips, person_of(update)))


async def set_tip_pace(update: Update, context: Context) -> None:
    """Change how often tips come."""
    pace = tap_of(update, PaceTap).pace
    await show(update, context, await context.run(settings.set_tip_pace, person_of(update), pace))


async def set_tip_time(update: Update, context: Context) -> None:
    """Change when tips come."""
    at = tap_of(update, TipTimeTap).at
    await show(update, context, await context.run(settings.set_tip_time, person_of(update), at))


async def set_discreet(update: Update, context: Context) -> None:
    """Change what a lock screen shows."""
    on = bool(tap_of(update, DiscreetTap).on)
    await show(update, context, await context.run(settings.set_discreet, person_of(update), on))


async def set_plain(update: Update, context: Context) -> None:
    """Change whether symbols are used."""
    plain = bool(tap_of(update, PlainTap).on)
    await show(update, context, await context.run(settings.set_plain, person_of(update), plain))


async def agreed(update: Update, context: Context) -> None:
    """Show what the person agreed to."""
    await show(update, context, await context.run(consents.overview, person_of(update)))


async def consider(update: Update, context: Context) -> None:
    """Show a consent's words, or what taking it back means."""
    purpose = tap_of(update, ConsiderTap).purpose
    await show(update, context, await context.run(consents.consider, person_of(update), purpose))


async def change_consent(update: Update, context: Context) -> None:
    """Give or take back a consent."""
    tap = tap_of(update, ChangeConsentTap)
    here = await context.run(
        settings.change_consent, person_of(update), tap.purpose, tap.version, bool(tap.given)
    )
    await show(update, context, here)


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    command("settings", overview),
    CallbackQueryHandler(overview, pattern=matches(SettingsTap)),
    CallbackQueryHandler(languages, pattern=matches(LanguagesTap)),
    CallbackQueryHandler(set_language, pattern=matches(LanguageTap)),
    CallbackQueryHandler(day_starts, pattern=matches(DayStartsTap)),
    CallbackQueryHandler(set_day_starts, pattern=matches(SetDayStartsTap)),
    CallbackQueryHandler(check_in_time, pattern=matches(CheckInTimeTap)),
    CallbackQueryHandler(check_in_time, pattern=matches(SetCheckInTimeTap)),
    CallbackQueryHandler(check_in_time, pattern=matches(NoCheckInTimeTap)),
    CallbackQueryHandler(check_in_time, pattern=matches(TypeCheckInTimeTap)),
    CallbackQueryHandler(tips, pattern=matches(TipsTap)),
    CallbackQueryHandler(set_tip_pace, pattern=matches(PaceTap)),
    CallbackQueryHandler(set_tip_time, pattern=matches(TipTimeTap)),
    CallbackQueryHandler(set_discreet, pattern=matches(DiscreetTap)),
    CallbackQueryHandler(set_plain, pattern=matches(PlainTap)),
    CallbackQueryHandler(agreed, pattern=matches(ConsentsTap)),
    CallbackQueryHandler(consider, pattern=matches(ConsiderTap)),
    CallbackQueryHandler(change_consent, pattern=matches(ChangeConsentTap)),
]
