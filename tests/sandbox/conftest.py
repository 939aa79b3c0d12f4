"""A sandbox on a free port, people in it, and a real python-telegram-bot talking to it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest_asyncio
from telegram import Bot

from sandbox.phone import Phone, Telegram
from sandbox.server import Sandbox
from tests.sandbox.calls import TOKEN, Calls


@pytest_asyncio.fixture
async def server() -> AsyncIterator[Sandbox]:
    server = Sandbox(token=TOKEN)
    await server.start()
    yield server
    await server.stop()


@pytest_asyncio.fixture
async def tg(server: Sandbox) -> AsyncIterator[Telegram]:
    async with Telegram(server.url, within=30) as telegram:
        yield telegram


@pytest_asyncio.fixture
async def anna(tg: Telegram) -> Phone:
    """Anna, who has started the bot; nobody has fetched her /start yet."""
    anna = await tg.person("Anna", language="en")
    await anna.start()
    return anna


@pytest_asyncio.fixture
async def api(server: Sandbox) -> AsyncIterator[Calls]:
    async with aiohttp.ClientSession() as http:
        yield Calls(http, server.url)


@pytest_asyncio.fixture
async def bot(server: Sandbox) -> AsyncIterator[Bot]:
    bot = Bot(TOKEN, base_url=f"{server.url}/bot", base_file_url=f"{server.url}/file/bot")
    async with bot:
        yield bot
