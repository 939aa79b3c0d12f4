"""/reminders, and the taps of the list and of a reminder's sheet.

Nearly every tap says all that its action asks for, so that one function takes them all.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import fields
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from actions import (
    quiet_hours,
    reminder_change,
    reminder_list,
    reminder_sheet,
    reminder_times,
    reminder_today,
)
from actions.work import Here
from bot import taps
from bot.context import Context, command, matches, person_of, tap_of
from bot.tap import Tap
from bot.telegram_io import show

Act = Callable[..., Awaitable[Here]]


async def listed(update: Update, context: Context) -> None:
    """Show all reminders."""
    await show(update, context, await context.run(reminder_list.show, person_of(update)))


async def set_time(update: Update, context: Context) -> None:
    """Have a time of day, or no longer."""
    tap = tap_of(update, taps.WishTimeTap)
    here = await context.run(
        reminder_times.set_time, person_of(update), tap.reminder_id, tap.at, tap.on == 1
    )
    await show(update, context, here)


async def set_weekday(update: Update, context: Context) -> None:
    """Have a day of the week, or no longer."""
    tap = tap_of(update, taps.WishDayTap)
    here = await context.run(
        reminder_times.set_weekday, person_of(update), tap.reminder_id, tap.day, tap.on == 1
    )
    await show(update, context, here)


async def set_silent(update: Update, context: Context) -> None:
    """Send it without a sound, or with one."""
    tap = tap_of(update, taps.WishSilentTap)
    here = await context.run(
        reminder_change.set_silent, person_of(update), tap.reminder_id, tap.on == 1
    )
    await show(update, context, here)


async def switch(update: Update, context: Context) -> None:
    """Switch it on or off."""
    tap = tap_of(update, taps.WishOnTap)
    here = await context.run(
        reminder_change.switch, person_of(update), tap.reminder_id, tap.on == 1
    )
    await show(update, context, here)


def on(kind: type[Tap], action: Act) -> BaseHandler[Update, Context, None]:
    """Return a handler of taps of this kind, which runs *action* with what a tap carries, in its order."""

    async def handle(update: Update, context: Context) -> None:
        tap = tap_of(update, kind)
        carried: list[Any] = [getattr(tap, field.name) for field in fields(tap)]  # type: ignore[arg-type]
        await show(update, context, await context.run(action, person_of(update), *carried))

    return CallbackQueryHandler(handle, pattern=matches(kind))


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    command("reminders", listed),
    CallbackQueryHandler(set_time, pattern=matches(taps.WishTimeTap)),
    CallbackQueryHandler(set_weekday, pattern=matches(taps.WishDayTap)),
    CallbackQueryHandler(set_silent, pattern=matches(taps.WishSilentTap)),
    CallbackQueryHandler(switch, pattern=matches(taps.WishOnTap)),
    on(taps.WishesTap, reminder_list.show),
    on(taps.WishesPageTap, reminder_list.show),
    on(taps.WishTap, reminder_sheet.show),
    on(taps.WishTimesTap, reminder_times.times),
    on(taps.WishDaysTap, reminder_times.days),
    on(taps.WishDaySetTap, reminder_times.set_weekdays),
    on(taps.WishNumbersTap, reminder_times.numbers),
    on(taps.WishNumberTap, reminder_times.set_number),
    on(taps.WishOnDayTap, reminder_times.set_day),
    on(taps.TypeWishDaysTap, reminder_times.ask_days),
    on(taps.WishWordsTap, reminder_change.ask_words),
    on(taps.WishSoundTap, reminder_change.sound),
    on(taps.WishNudgesTap, reminder_change.set_nudges),
    on(taps.WishPauseTap, reminder_change.pause),
    on(taps.WishPauseDaysTap, reminder_change.pause_days),
    on(taps.WishPauseOpenTap, reminder_change.pause_open),
    on(taps.WishPauseTypedTap, reminder_change.ask_pause),
    on(taps.WishResumeTap, reminder_change.resume),
    on(taps.WishSkipTap, reminder_today.leave_out),
    on(taps.WishDoneTap, reminder_today.done_today),
    on(taps.WishTodayTap, reminder_today.today_after_all),
    on(taps.WishTrialTap, reminder_today.trial),
    on(taps.WishUndoTap, reminder_change.undo),
    on(taps.WishRemoveTap, reminder_change.take_away),
    on(taps.WishRestoreTap, reminder_change.restore),
    on(taps.QuietHoursTap, quiet_hours.show),
    on(taps.SetQuietHoursTap, quiet_hours.set_hours),
    on(taps.TypeQuietHoursTap, quiet_hours.ask_hours),
    on(taps.SpreadTap, quiet_hours.set_spread),
]
"""Any order will do."""
