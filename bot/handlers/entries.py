"""/note, /log and their buttons."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from actions import entries
from bot.context import Context, command, matches, person_of, tap_of
from bot.taps import (
    EntriesPageTap,
    EntriesTap,
    EntryRemoveTap,
    EntryRestoreTap,
    EntryTap,
    LogItemTap,
    LogTap,
    LogValueTap,
    NoteDayTap,
    NoteTap,
)
from bot.telegram_io import show


async def ask_note(update: Update, context: Context) -> None:
    """Take the words after the command as a note of today; without any, the next message."""
    words = after_command(update)
    if words:
        here = await context.run(entries.write_note, person_of(update), words)
    else:
        here = await context.run(entries.ask_note, person_of(update))
    await show(update, context, here)


async def ask_note_of(update: Update, context: Context) -> None:
    """Take the next message as a note of a day."""
    tap = tap_of(update, NoteDayTap)
    here = await context.run(entries.ask_note, person_of(update), tap.day)
    await show(update, context, here)


async def of_day(update: Update, context: Context) -> None:
    """List the notes and logs of a day."""
    tap = tap_of(update, EntriesTap)
    here = await context.run(entries.of_day, person_of(update), tap.day)
    await show(update, context, here)


async def page_of_day(update: Update, context: Context) -> None:
    """List a page of the notes and logs of a day."""
    tap = tap_of(update, EntriesPageTap)
    here = await context.run(entries.of_day, person_of(update), tap.day, tap.page)
    await show(update, context, here)


async def one(update: Update, context: Context) -> None:
    """Show one note or log."""
    tap = tap_of(update, EntryTap)
    here = await context.run(entries.one, person_of(update), tap.entry_id)
    await show(update, context, here)


async def remove(update: Update, context: Context) -> None:
    """Take a note or log away."""
    tap = tap_of(update, EntryRemoveTap)
    here = await context.run(entries.remove, person_of(update), tap.entry_id)
    await show(update, context, here)


async def restore(update: Update, context: Context) -> None:
    """Have it back."""
    tap = tap_of(update, EntryRestoreTap)
    here = await context.run(entries.restore, person_of(update), tap.entry_id)
    await show(update, context, here)


async def log_menu(update: Update, context: Context) -> None:
    """Show what can be logged."""
    here = await context.run(entries.log_menu, person_of(update))
    await show(update, context, here)


async def log_item(update: Update, context: Context) -> None:
    """Ask how an item is now."""
    tap = tap_of(update, LogItemTap)
    here = await context.run(entries.log_item, person_of(update), tap.question_id)
    await show(update, context, here)


async def log(update: Update, context: Context) -> None:
    """Keep it."""
    tap = tap_of(update, LogValueTap)
    here = await context.run(
        entries.log, person_of(update), tap.entry_id, tap.question_id, tap.value
    )
    await show(update, context, here)


def after_command(update: Update) -> str:
    """Return the words that follow the command in a message, or nothing."""
    text = (update.message.text if update.message else None) or ""
    words = text.split(maxsplit=1)
    return words[1] if text.startswith("/") and len(words) > 1 else ""


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    command("note", ask_note),
    command("log", log_menu),
    CallbackQueryHandler(ask_note, pattern=matches(NoteTap)),
    CallbackQueryHandler(ask_note_of, pattern=matches(NoteDayTap)),
    CallbackQueryHandler(of_day, pattern=matches(EntriesTap)),
    CallbackQueryHandler(page_of_day, pattern=matches(EntriesPageTap)),
    CallbackQueryHandler(one, pattern=matches(EntryTap)),
    CallbackQueryHandler(remove, pattern=matches(EntryRemoveTap)),
    CallbackQueryHandler(restore, pattern=matches(EntryRestoreTap)),
    CallbackQueryHandler(log_menu, pattern=matches(LogTap)),
    CallbackQueryHandler(log_item, pattern=matches(LogItemTap)),
    CallbackQueryHandler(log, pattern=matches(LogValueTap)),
]
"""Any order will do."""
