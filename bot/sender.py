"""The one sender of what comes due: through the bot's one limiter, behind answers to people.

What a send came to is told as a receipt, never as an error. Nothing here decides what is due.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import structlog
from telegram import Message
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import ExtBot

from actions.counting import Count, count_nothing
from bot.keyboards import markup
from bot.limiter import BULK, Begin
from bot.request import NotSent, asked_wait
from bot.screen import Screen, html
from domain.delivery import Outcome, Receipt, Recipient
from domain.errors import Unavailable

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Sender:
    """Sends what is due through the bot's one limiter, behind answers to people."""

    def __init__(
        self, bot: ExtBot[Any], problem: Callable[[str], None], count: Count = count_nothing
    ) -> None:
        self._bot = bot
        self._count = count
        self._problem = problem
        self._closing = False
        self._in_flight = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def close(self, within: float) -> None:
        """Start no more sends; wait, *within* seconds, for those in flight."""
        self._closing = True
        with suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), within)

    async def __call__(
        self, to: Recipient, screen: Screen, *, silent: bool, begin: Begin | None = None
    ) -> Receipt:
        """Send once; say what became of it. *begin*: see bot/limiter; what it raises counts as not sent."""
        if self._closing:
            return Receipt(Outcome.NOT_SENT)
        self._in_flight += 1
        self._idle.clear()
        try:
            receipt = await self._try(to, screen, silent, begin)
            if receipt.outcome is Outcome.SENT:
                self._problem("")
            self._count("deliveries", receipt.outcome.value)
            return receipt
        finally:
            self._in_flight -= 1
            if not self._in_flight:
                self._idle.set()

    async def _try(
        self, to: Recipient, screen: Screen, silent: bool, begin: Begin | None
    ) -> Receipt:
        try:
            message = await self._send(to.chat_id, screen, silent, begin)
            return Receipt(Outcome.SENT, message.message_id)
        except ChatMigrated as error:  # begun already, and surely not sent
            return await self._try(Recipient(to.person_id, error.new_chat_id), screen, silent, None)
        except Unavailable:  # it could not be noted that it begins, so it did not
            return Receipt(Outcome.NOT_SENT)
        except InvalidToken:
            self._problem("Telegram does not know this token")
            return Receipt(Outcome.NOT_SENT)
        except TelegramError as error:
            return _receipt(error)

    async def _send(
        self, chat_id: int, screen: Screen, silent: bool, begin: Begin | None
    ) -> Message:
        return await self._bot.send_message(
            chat_id,
            html(screen),
            parse_mode=ParseMode.HTML,
            reply_markup=markup(screen),
            disable_notification=silent,
            link_preview_options=None,
            rate_limit_args={**BULK, "begin": begin},
        )


def _receipt(error: TelegramError) -> Receipt:
    match error:
        case RetryAfter():
            return Receipt(Outcome.NOT_SENT, retry_in=asked_wait(error))
        case NotSent():
            return Receipt(Outcome.NOT_SENT)
        case Forbidden():
            return Receipt(Outcome.GONE)
        case BadRequest() if "chat not found" in error.message.lower():
            return Receipt(Outcome.NOT_FOUND)
        case NetworkError() if not isinstance(error, BadRequest):
            return Receipt(Outcome.UNKNOWN)
        case _:
            log.error("reminder_refused", reason=error.message)
            return Receipt(Outcome.REFUSED)
