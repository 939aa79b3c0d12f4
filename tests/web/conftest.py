"""A server on a real port of loopback, and a client for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import pytest_asyncio
from starlette.types import ASGIApp

from web.serve import listen, serve

Serve = Callable[[ASGIApp], Awaitable[str]]


@pytest_asyncio.fixture
async def served() -> AsyncIterator[Serve]:
    """Serve an application; returns its address."""
    stop = asyncio.Event()
    running: list[asyncio.Task[None]] = []

    async def start(app: ASGIApp) -> str:
        opened = listen("127.0.0.1", 0)
        port = opened.getsockname()[1]
        running.append(asyncio.create_task(serve(app, opened, stop)))
        return f"http://127.0.0.1:{port}"

    yield start
    stop.set()
    await asyncio.gather(*running)


@pytest_asyncio.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
        yield session
