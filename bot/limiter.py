"""How fast we talk to Telegram: python-telegram-bot's rate limiter, with two lanes.

Every call to a chat waits here for its turn; bot/pace.py says whose it is, and bot/leases.py brings
what several processes that send with one token may send together. Calls that are no
message to a chat (getMe, answerCallbackQuery …) pass at once. It never sends anything a second
time: a RetryAfter pauses what it is about and goes on to the caller.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import Any

from telegram._utils.types import JSONDict
from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.budget import Chat, Shared
from bot.leases import Leases, Share
from bot.pace import Lane, Pace, Turn
from bot.request import NotSent, asked_wait

Begin = Callable[[], Awaitable[bool]]
"""Asked right before a call is made, when it is its turn: False calls it off."""

BULK = {"lane": Lane.BULK.value}
"""Pass as `rate_limit_args` with what nobody is waiting for; everything else is an answer."""

MESSAGE, EDIT, GESTURE = 1.0, 0.5, 0.0
"""What a call costs its chat. Edits answer taps, and a check-in is a tap a second or faster."""

Result = bool | JSONDict | list[JSONDict]


class Limiter(BaseRateLimiter[dict[str, Any]]):
    """At most *per_second* calls to chats in any second, *per_chat* to one private chat.

    *time* and *later* are the loop's own. *share*: how the budget is reached that other processes
    send from too; without one this process is alone.
    """

    def __init__(
        self,
        per_second: int = 30,
        per_chat: float = 1.0,
        time: Callable[[], float] | None = None,
        later: Callable[[float, Callable[[], None]], asyncio.TimerHandle] | None = None,
        share: Share | None = None,
    ) -> None:
        time = time or (lambda: asyncio.get_running_loop().time())
        budget = Shared(per_second, share.name) if share else None
        self._pace = Pace(per_second, time, per_chat, budget)
        self._leases: Leases | None = None
        if share and budget:
            self._leases = Leases(share, self._pace, budget, time, self._look)
        self._later = later or (lambda s, act: asyncio.get_running_loop().call_later(s, act))
        self._timer: asyncio.TimerHandle | None = None
        self._waiting: set[asyncio.Future[float | None]] = set()

    @property
    def waiting(self) -> dict[Lane, int]:
        """How many calls wait, by lane."""
        return self._pace.waiting

    async def initialize(self) -> None:
        """There is nothing to open."""

    async def shutdown(self) -> None:
        """Give back what still waits: it raises NotSent."""
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_exception(NotSent("not sent: stopping"))
        if self._leases:
            await self._leases.close()
        if self._timer:
            self._timer.cancel()

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,  # noqa: ANN401 - python-telegram-bot's own signature
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: dict[str, Any] | None,
    ) -> Result:
        """Make the call when it is its turn, once.

        Of rate_limit_args, "lane" says which one, and "begin" is asked when it is the call's turn, right
        before it is made; False calls it off. Errors: RetryAfter, from Telegram or without asking it while a pause is on; NotSent on
        shutdown and where it was called off; whatever the call raises. A cancelled call gives its place up.
        """
        chat = _chat(endpoint, data)
        if chat is None:
            return await callback(*args, **kwargs)
        asked = rate_limit_args or {}
        begin: Begin | None = asked.get("begin")
        lane = Lane(asked.get("lane", Lane.ANSWERS))
        await self._turn(lane, chat, _cost(endpoint))
        if begin is not None and not await begin():
            raise NotSent("called off")
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as error:
            seconds = asked_wait(error).total_seconds()
            everything = self._pace.refused(chat, seconds, lane)
            if self._leases:
                self._leases.tell(chat, seconds, everything=everything)
            self._look()
            raise

    async def _turn(self, lane: Lane, chat: Chat, cost: float) -> None:
        """Wait until it is this call's turn. Errors: RetryAfter where a pause is too long."""
        told: asyncio.Future[float | None] = asyncio.get_running_loop().create_future()

        def tell(wait: float | None) -> None:
            if not told.done():
                told.set_result(wait)

        turn = Turn(lane, chat, cost, tell)
        self._pace.ask(turn)
        self._waiting.add(told)
        self._look()
        try:
            wait = await told
        finally:
            self._waiting.discard(told)
            self._pace.withdraw(turn)
        if wait is not None:
            raise RetryAfter(timedelta(seconds=wait))

    def _look(self) -> None:
        """Let go whoever may, and look again when the next one may."""
        if self._timer:
            self._timer.cancel()
        waits = [self._leases.look() if self._leases else None, self._pace.release()]
        known = [wait for wait in waits if wait is not None]
        self._timer = self._later(min(known), self._look) if known else None


def _chat(endpoint: str, data: dict[str, Any]) -> Chat | None:
    """Return the chat that a call says something to, if it does."""
    chat = None if endpoint.lower().startswith("get") else data.get("chat_id")
    if isinstance(chat, str) and chat.lstrip("-").isdecimal():
        return int(chat)
    return chat if isinstance(chat, int | str) else None


def _cost(endpoint: str) -> float:
    name = endpoint.lower()
    if name == "sendchataction":
        return GESTURE
    if name.startswith(("send", "forward", "copy")):
        return MESSAGE
    return EDIT if name.startswith(("edit", "stop")) else GESTURE
