"""Whatever no other handler took: what was typed, blocking and coming back, and the catch-all.

Photos, voices, stickers, edited messages and unasked words get one kind line, an album one for all of
it, and none of it is kept. What nobody meant for us gets none: a live location that moves on, a pinned
message, a timer that was set.
"""

from __future__ import annotations

from telegram import ChatMember, Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    MessageHandler,
    filters,
)

from actions import home, people, typed
from bot.context import Context, language_code_of, person_of
from bot.telegram_io import show
from domain.errors import Refused

TYPED = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND

UNMEANT = filters.StatusUpdate.ALL | (filters.UpdateType.EDITED_MESSAGE & filters.LOCATION)


async def words(update: Update, context: Context) -> None:
    """Give a typed message to what was asked for."""
    here = await context.run(typed.take, person_of(update), _text(update), language_code_of(update))
    await show(update, context, here)


async def membership(update: Update, context: Context) -> None:
    """Note that the person blocked us, or came back."""
    changed = update.my_chat_member
    assert changed is not None  # noqa: S101 - the handler lets nothing else through
    is_gone = changed.new_chat_member.status in (ChatMember.BANNED, ChatMember.LEFT)
    await context.run(people.blocked if is_gone else home.returned, person_of(update))


async def old_button(update: Update, context: Context) -> None:
    """Say that a button of ours no longer means anything."""
    raise Refused("stale")


async def silent(_update: Update, _context: Context) -> None:
    """Say nothing."""


async def edited(update: Update, context: Context) -> None:
    """Say that edits are not followed."""
    if context.courtesy.is_due(person_of(update), None):
        here = await context.run(home.edited, person_of(update), language_code_of(update))
        await show(update, context, here)


async def anything(update: Update, context: Context) -> None:
    """Answer what we have no use for: an album once."""
    album = update.message.media_group_id if update.message else None
    if context.courtesy.is_due(person_of(update), album):
        here = await context.run(home.stray, person_of(update), language_code_of(update))
        await show(update, context, here)


def _text(update: Update) -> str:
    text = update.message.text if update.message else None
    assert text is not None  # noqa: S101 - the filter lets nothing else through
    return text


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    MessageHandler(TYPED, words),
    ChatMemberHandler(membership, ChatMemberHandler.MY_CHAT_MEMBER),
    CallbackQueryHandler(old_button),
    MessageHandler(UNMEANT, silent),
    MessageHandler(filters.UpdateType.EDITED_MESSAGE, edited),
    MessageHandler(filters.TEXT | filters.ATTACHMENT, anything),
    MessageHandler(filters.ALL, silent),
]
"""Last of all modules: the first match wins, and these take everything."""
