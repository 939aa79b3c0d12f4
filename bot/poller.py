"""Fetch updates by long polling, and acknowledge them only once they are stored.

An update is fetched as plain JSON and parsed later, in its turn, so that one that cannot be
parsed holds up nothing. Never drops pending updates.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.request import asked_wait
from domain.errors import Unavailable

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of update we ask Telegram for."""

LONG_POLL = 25
"""Seconds that Telegram may hold a request while nothing comes."""

SHORTEST, LONGEST = 0.5, 15.0
"""Seconds between tries after a failure: doubled each time."""


class PollingBot(ExtBot[Any]):
    """A bot that can fetch updates as they come, unparsed."""

    async def raw_updates(self, offset: int | None) -> list[dict[str, Any]]:
        """Return the updates from *offset* on, waiting for one. Errors: TelegramError."""
        data = {"timeout": LONG_POLL, "offset": offset, "allowed_updates": list(ALLOWED_UPDATES)}
        result = await self._post("getUpdates", data, read_timeout=LONG_POLL + 10)
        return list(result)


class Poller:
    """Polls until cancelled. *receive* stores; *problem* is told what is wrong, "" when it is mended."""

    def __init__(
        self,
        bot: PollingBot,
        receive: Callable[[Sequence[dict[str, Any]]], Awaitable[None]],
        problem: Callable[[str], None],
        tell_operator: Callable[[str], Awaitable[None]],
    ) -> None:
        self._bot = bot
        self._receive = receive
        self._problem = problem
        self._tell_operator = tell_operator

    async def run(self) -> None:
        """Fetch, store, acknowledge by the next fetch; wait longer after each failure."""
        offset: int | None = None
        pause = SHORTEST
        while True:
            try:
                updates = await self._bot.raw_updates(offset)
                if updates:
                    await self._receive(updates)
                    offset = max(update["update_id"] for update in updates) + 1
                self._problem("")
                pause = SHORTEST
            except (TelegramError, Unavailable) as error:
                self._problem(_name(error))
                if isinstance(error, Conflict | InvalidToken):
                    await self._tell_operator(_name(error))
                log.warning("polling_failed", reason=_name(error), again_in=pause)
                if isinstance(error, RetryAfter):
                    await asyncio.sleep(asked_wait(error).total_seconds())
                else:
                    await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST)


def _name(error: Exception) -> str:
    match error:
        case Conflict():
            return "another process polls with this token"
        case InvalidToken():
            return "Telegram does not know this token"
        case Unavailable():
            return "the database cannot be reached"
        case _:
            return type(error).__name__
