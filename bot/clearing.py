"""Taking messages of ours back from a chat, as far as Telegram lets us.

It refuses a whole call for one message that may not go any more: such a call is made again in halves, the
newest first, so that one message that is too old keeps no other. Never says which ones stayed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from telegram import Update
from telegram.error import BadRequest

from bot.context import Context
from bot.telegram_io import until_sent

AT_ONCE = 100
"""How many messages one call of Telegram's can remove."""

MOST_CALLS = 50
"""Calls in all: what is still left then, stays."""


async def remove_messages(update: Update, context: Context, ids: Sequence[int]) -> None:
    """Take back messages of ours; those that Telegram will not give back stay."""
    chat = update.effective_chat
    assert chat is not None  # noqa: S101 - the inbox keeps private chats only
    newest = sorted(ids, reverse=True)
    waiting = [newest[start : start + AT_ONCE] for start in range(0, len(newest), AT_ONCE)]
    for _ in range(MOST_CALLS):
        if not waiting:
            return
        some = waiting.pop(0)
        try:
            await until_sent(partial(context.bot.delete_messages, chat.id, some))
        except BadRequest:
            half = len(some) // 2
            waiting[:0] = [part for part in (some[:half], some[half:]) if half]
