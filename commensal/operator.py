"""Telling the operator what is wrong, where they look: the log, and a chat where one is named."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import structlog
from telegram.error import TelegramError
from telegram.ext import ExtBot

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Operator:
    """Logs every event; the chat is told each one once, until it is over."""

    def __init__(self, bot: ExtBot[Any], chat: int | None) -> None:
        self._bot = bot
        self._chat = chat
        self._told: set[str] = set()

    async def tell(self, event: str) -> None:
        """Report *event*: fixed words of ours, never what a person said."""
        log.error("operator", about=event)
        if self._chat is None or event in self._told:
            return
        self._told.add(event)
        with suppress(TelegramError):
            await self._bot.send_message(self._chat, f"Commensal: {event}. See the log.")

    def over(self, event: str) -> None:
        """Say that *event* is over; the next time it is told again."""
        self._told.discard(event)
