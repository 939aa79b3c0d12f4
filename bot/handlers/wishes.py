"""/reminders, and the taps of the list and of a reminder's sheet.

Nearly every tap says all that its action asks for, so that one function takes them all.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import fields
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from actions import quiet_hours, tending, timing, wish_list, wish_sheet, wish_today
from actions.work import Here
from bot import taps
from bot.context import Context, command, matches, person_of, tap_of
from bot.tap import Tap
from bot.telegram_io import show

Act = Callable[..., Awaitable[Here]]


async def listed(update: Update, context: Context) -> None:
    """Show all reminders."""
    await show(update, context, await context.run(wish_list.show, person_of(update)))


async def set_time(update: Update, context: Context) -> None:
    """Have a time of day, or no longer."""
    tap = tap_of(update, taps.WishTimeTap)
    here = await context.run(
        timing.set_time, person_of(update), tap.reminder_id, tap.at, tap.on == 1
    )
    await show(update, context, here)


async def set_weekday(update: Update, context: Context) -> None:
    """Have a day of the week, or no longer."""
    tap = tap_of(update, taps.WishDayTap)
    here = await context.run(
        timing.set_weekday, person_of(update), tap.reminder_id, tap.day, tap.on == 1
    )
    await show(update, context, here)


async def set_silent(update: Update, context: Context) -> None:
    """Send it without a sound, or with one."""
    tap = tap_of(update, taps.WishSilentTap)
    here = await context.run(tending.set_silent, person_of(update), tap.reminder_id, tap.on == 1)
    await show(update, context, here)


async def switch(update: Update, context: Context) -> None:
    """Switch it on or off."""
    tap = tap_of(update, taps.WishOnTap)
    here = await context.run(tending.switch, person_of(update), tap.reminder_id, tap.on == 1)
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
    on(taps.WishesTap, wish_list.show),
    on(taps.WishesPageTap, wish_list.show),
    on(taps.WishTap, wish_sheet.show),
    on(taps.WishTimesTap, timing.times),
    on(taps.WishDaysTap, timing.days),
    on(taps.WishDaySetTap, timing.set_weekdays),
    on(taps.WishNumbersTap, timing.numbers),
    on(taps.WishNumberTap, timing.set_number),
    on(taps.WishOnDayTap, timing.set_day),
    on(taps.TypeWishDaysTap, timing.ask_days),
    on(taps.WishWordsTap, tending.ask_words),
    on(taps.WishSoundTap, tending.sound),
    on(taps.WishNudgesTap, tending.set_nudges),
    on(taps.WishPauseTap, tending.pause),
    on(taps.WishPauseDaysTap, tending.pause_days),
    on(taps.WishPauseOpenTap, tending.pause_open),
    on(taps.WishPauseTypedTap, tending.ask_pause),
    on(taps.WishResumeTap, tending.resume),
    on(taps.WishSkipTap, wish_today.leave_out),
    on(taps.WishDoneTap, wish_today.done_today),
    on(taps.WishTodayTap, wish_today.today_after_all),
    on(taps.WishTrialTap, wish_today.trial),
    on(taps.WishUndoTap, tending.undo),
    on(taps.WishRemoveTap, tending.take_away),
    on(taps.WishRestoreTap, tending.restore),
    on(taps.QuietHoursTap, quiet_hours.show),
    on(taps.SetQuietHoursTap, quiet_hours.set_hours),
    on(taps.TypeQuietHoursTap, quiet_hours.ask_hours),
    on(taps.SpreadTap, quiet_hours.set_spread),
]
"""Any order will do."""
