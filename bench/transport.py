"""Messages a second through the two clients, at a latency: ours on aiohttp, and the stock one on httpx.

Both are driven by the same Bot, on the same loop, without a limiter, with their connections open.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from time import perf_counter

from telegram import Bot
from telegram.request import BaseRequest, HTTPXRequest

from bench.echo import TOKEN, Far
from bench.report import Row, interleaved
from bot.request import AiohttpRequest

LATENCY = 0.05
"""Seconds until the far end answers: about what Telegram takes."""


async def compare(far: Far, repeats: int, seconds: float, at_once: int) -> list[Row]:
    """Send for *seconds*, with *at_once* messages under way, through each client in turn."""
    ours, theirs = await interleaved(
        repeats,
        partial(_rate, far, lambda: AiohttpRequest(connections=at_once), seconds, at_once),
        partial(_rate, far, lambda: _stock(at_once), seconds, at_once),
    )
    what = f"messages a second, {at_once} at once, {LATENCY * 1000:.0f} ms away"
    return [Row(what, "HTTPXRequest", ours, theirs)]


def _stock(at_once: int) -> HTTPXRequest:
    """The stock client, with as many connections. Patient, so that it loses no message to a wait."""
    no_proxy = {"trust_env": False}
    return HTTPXRequest(connection_pool_size=at_once, pool_timeout=30, httpx_kwargs=no_proxy)


async def _rate(far: Far, make: Callable[[], BaseRequest], seconds: float, at_once: int) -> float:
    """Return messages a second, until the last has its answer, with every connection used before."""
    await far.load(LATENCY)
    base_url = f"{far.url}/bot"
    async with Bot(TOKEN, base_url=base_url, request=make(), get_updates_request=make()) as bot:
        await asyncio.gather(*(bot.send_message(1, "warm") for _ in range(at_once)))
        sent = 0
        start = perf_counter()

        async def send() -> None:
            nonlocal sent
            while perf_counter() < start + seconds:
                await bot.send_message(1, "counted")
                sent += 1

        await asyncio.gather(*(send() for _ in range(at_once)))
        return sent / (perf_counter() - start)
