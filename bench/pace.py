"""What the far end sees when many messages to as many chats are asked for at once.

Only the limiter differs: ours, or python-telegram-bot's AIORateLimiter at its defaults.
"""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from collections.abc import Sequence
from functools import partial
from typing import Any

from telegram.ext import AIORateLimiter, BaseRateLimiter, ExtBot

from bench.echo import TOKEN, Far
from bench.report import Row, interleaved
from bot.limiter import BULK, Limiter
from bot.request import AiohttpRequest


async def compare(far: Far, repeats: int, messages: int) -> list[Row]:
    """Ask for *messages* at once: of ours as reminders and as answers, and of the stock limiter."""
    took: dict[str, list[float]] = {"reminders": [], "answers": [], "stock": []}

    async def fullest(name: str) -> float:
        moments = await _arrivals(far, name, messages)
        took[name].append(moments[-1] - moments[0])
        return float(fullest_second(moments))

    full = dict(
        zip(took, await interleaved(repeats, *(partial(fullest, n) for n in took)), strict=True)
    )
    rows = []
    for what, figures in (("most messages in one second", full), ("seconds, first to last", took)):
        for lane in ("reminders", "answers"):
            name = f"{what}, {messages} {lane} asked for at once"
            rows.append(Row(name, "AIORateLimiter", figures[lane], figures["stock"]))
    return rows


async def _arrivals(far: Far, name: str, messages: int) -> list[float]:
    """Return when each message arrived, by the far end's clock."""
    await far.load(latency=0.0)
    limiter: BaseRateLimiter[Any] = AIORateLimiter() if name == "stock" else Limiter()
    bot = ExtBot(
        TOKEN,
        base_url=f"{far.url}/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
        rate_limiter=limiter,
    )
    lane = BULK if name == "reminders" else None
    async with bot:
        await asyncio.gather(
            *(bot.send_message(n, str(n), rate_limit_args=lane) for n in range(1, messages + 1))
        )
    return (await far.wait(messages)).moments


def fullest_second(moments: Sequence[float]) -> int:
    """Return how many of *moments* (seconds, in order) fell into one second, at the most."""
    return max(bisect_left(moments, start + 1.0) - n for n, start in enumerate(moments))
