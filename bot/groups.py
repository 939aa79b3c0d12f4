"""Groups: the bot says that it only talks in private, now and then, and keeps nothing.

A group never holds anybody up: its answer goes out beside everything else, behind answers to
people, at most once a minute a group, and not at all where too many wait.
"""

from __future__ import annotations

import asyncio
from typing import Any

import structlog
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.limiter import BULK
from content.library import Library

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

QUIET = 60.0
"""Seconds in which a group is answered once."""

MOST_WAITING = 20
"""Answers under way; above, a group is not answered."""


class Groups:
    """Answers groups. Remembers for a minute which it answered, by number, and nothing else."""

    def __init__(self, bot: ExtBot[Any], library: Library) -> None:
        self._bot = bot
        self._library = library
        self._quiet_until: dict[int, float] = {}
        self._under_way: set[asyncio.Task[None]] = set()

    def hear(self, raw: dict[str, Any]) -> None:
        """Answer a command, or being added, by and by; everything else is not for us."""
        message, member = raw.get("message", {}), raw.get("my_chat_member", {})
        added = member.get("new_chat_member", {}).get("status") in ("member", "administrator")
        if not (added or message.get("text", "").startswith("/")):
            return
        body = message or member
        chat_id, now = body["chat"]["id"], asyncio.get_running_loop().time()
        self._quiet_until = {c: until for c, until in self._quiet_until.items() if until > now}
        if chat_id in self._quiet_until or len(self._under_way) >= MOST_WAITING:
            return
        self._quiet_until[chat_id] = now + QUIET
        task = asyncio.create_task(self._answer(chat_id, body.get("from", {}).get("language_code")))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _answer(self, chat_id: int, language_code: str | None) -> None:
        text = self._library.language(language_code)("pages.group")
        try:
            await self._bot.send_message(chat_id, text, rate_limit_args=BULK)
        except TelegramError as error:
            log.info("group_not_answered", reason=type(error).__name__)
