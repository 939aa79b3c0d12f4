"""/import, the file that is sent, and the taps on what it would add."""

from __future__ import annotations

from telegram import Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    MessageHandler,
    filters,
)

from actions import imports
from bot.context import Context, command, matches, person_of, tap_of
from bot.taps import ConfirmImportTap, DropImportTap, UndoImportTap
from bot.telegram_io import fetch, show


async def ask(update: Update, context: Context) -> None:
    """Ask for the file."""
    await show(update, context, await context.run(imports.ask, person_of(update)))


async def take_file(update: Update, context: Context) -> None:
    """Fetch a file that was asked for, and show what it would add."""
    assert update.message is not None  # noqa: S101 - what the filter lets through
    document = update.message.document
    assert document is not None  # noqa: S101 - what the filter lets through
    await context.ask(imports.expect_file, person_of(update), document.file_size or 0)
    content = await fetch(document)
    here = await context.run(imports.look, person_of(update), content)
    await show(update, context, here)


async def confirm(update: Update, context: Context) -> None:
    """Add it; a second tap changes nothing."""
    tap = tap_of(update, ConfirmImportTap)
    await show(update, context, await context.run(imports.confirm, person_of(update), tap.batch_id))


async def drop(update: Update, context: Context) -> None:
    """Forget the file."""
    tap = tap_of(update, DropImportTap)
    await show(update, context, await context.run(imports.drop, person_of(update), tap.batch_id))


async def take_back(update: Update, context: Context) -> None:
    """Remove what it added."""
    tap = tap_of(update, UndoImportTap)
    await show(
        update, context, await context.run(imports.take_back, person_of(update), tap.batch_id)
    )


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    command("import", ask),
    MessageHandler(filters.UpdateType.MESSAGE & filters.Document.ALL, take_file),
    CallbackQueryHandler(confirm, pattern=matches(ConfirmImportTap)),
    CallbackQueryHandler(drop, pattern=matches(DropImportTap)),
    CallbackQueryHandler(take_back, pattern=matches(UndoImportTap)),
]
