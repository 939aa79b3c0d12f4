"""Several processes that send with one token, and the budget they share, on a time of the test's own.

The loop's time jumps to what is due next, so that a minute of sending takes no minute, and what a
test counts does not hang on how busy the machine is.
"""

from __future__ import annotations

import asyncio
import random
import selectors
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.leases import Share
from bot.limiter import BULK, Limiter
from domain.budget import Ask, Budget, Slice, give
from domain.errors import Unavailable

EPOCH = datetime(2025, 3, 3, 19, 0, tzinfo=UTC)


class _Jump(selectors.SelectSelector):
    """Waits for nothing: the time that would pass, has."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 1000.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        assert timeout is not None, "everything waits for something that never comes"
        self.now += max(0.0, timeout)
        return super().select(0)


class JumpingLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._jump = _Jump()
        super().__init__(self._jump)

    def time(self) -> float:
        return self._jump.now


def play(story: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run *story* on a loop whose time jumps."""
    with asyncio.Runner(loop_factory=JumpingLoop) as runner:
        runner.run(story())


@dataclass
class Table:
    """The shared budget, as a database would hold it: its own clock, a little slow, and at times away."""

    per_second: int = 30
    slow: float = 0.005
    ahead: float = 0.0
    away: bool = False
    frozen: bool = False
    asks: int = 0
    budget: Budget | None = None
    chats: dict[bytes, datetime] = field(default_factory=dict)
    pauses: int = 0

    def now(self) -> datetime:
        return EPOCH + timedelta(seconds=asyncio.get_running_loop().time() + self.ahead)

    async def _answer(self) -> None:
        self.asks += 1
        if self.frozen:
            await asyncio.Event().wait()
        await asyncio.sleep(random.uniform(0, self.slow))
        if self.away:
            raise Unavailable("away")

    async def take(self, ask: Ask) -> Slice:
        await self._answer()
        now = self.now()
        self.budget, given = give(self.budget or Budget.fresh(now), now, ask, self.per_second)
        await asyncio.sleep(random.uniform(0, self.slow))
        told = None if ask.known == self.pauses else dict(self.chats)
        return Slice(given.now, given.starts, given.paused_until, given.answers_at, given.bulk_at,
                     self.pauses, told)  # fmt: skip

    async def pause(self, chat: int, seconds: float, everything: bool) -> None:
        await self._answer()
        self.pauses += 1
        self.chats[str(chat).encode()] = self.now() + timedelta(seconds=seconds)
        if everything:
            budget = self.budget or Budget.fresh(self.now())
            self.budget = budget.moved_to(self.now()).paused(seconds)


@dataclass
class Telegram:
    """Notes who sent to which chat, and when; answers what it is told to."""

    sent: list[tuple[float, int, int]] = field(default_factory=list)
    refuses: Callable[[int], Exception | None] = lambda _chat: None

    def moments(self, chats: Callable[[int], bool] = lambda _chat: True) -> list[float]:
        return [at for at, _, chat in self.sent if chats(chat)]

    def fullest_second(self) -> int:
        moments = sorted(self.moments())
        return max((sum(m <= x < m + 1 for x in moments[i : i + 2000]) for i, m in enumerate(moments)), default=0)  # fmt: skip


class Sender:
    """One process: a limiter of its own, on the shared budget."""

    def __init__(self, number: int, share: Share, telegram: Telegram, per_second: int = 30) -> None:
        self.number = number
        self.telegram = telegram
        self.limiter = Limiter(per_second, share=share)

    async def send(self, chat: int, *, bulk: bool = False) -> float:
        """Send through the limiter; return the moment at which it went."""
        result = await self.limiter.process_request(
            self._call, (chat,), {}, "sendMessage", {"chat_id": chat}, BULK if bulk else None
        )
        assert isinstance(result, dict)
        return float(result["at"])

    async def saturate(self, chats: range, at_once: int = 8) -> None:
        """Send to all *chats* as the dispatcher does, so many in flight."""
        left = iter(chats)

        async def one() -> None:
            for chat in left:
                await self.send(chat, bulk=True)

        await asyncio.gather(*(one() for _ in range(at_once)))

    async def _call(self, chat: int) -> dict[str, Any]:
        if error := self.telegram.refuses(chat):
            raise error
        at = asyncio.get_running_loop().time()
        self.telegram.sent.append((at, self.number, chat))
        return {"at": at}


def senders(count: int, table: Table, telegram: Telegram) -> list[Sender]:
    share = Share(table.take, table.pause, lambda chat: str(chat).encode())
    return [Sender(n, share, telegram, table.per_second) for n in range(count)]
