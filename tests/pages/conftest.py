"""A real Chromium in front of the sandbox's page, with the whole bot or with a bot of our own."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Protocol

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Request, async_playwright, expect

from commensal.trial import trial
from sandbox.phone import Telegram
from sandbox.server import Sandbox
from tests.journeys.conftest import settings_of
from tests.pages.visitor import Visitor
from tests.sandbox.calls import TOKEN, Calls

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

expect.set_options(timeout=10_000)


@pytest.fixture(scope="session")
def program() -> Path:
    """Chromium itself. Skips where there is none, but never in CI."""
    if not CHROMIUM.exists():
        assert not os.environ.get("CI"), f"page tests need {CHROMIUM}"
        pytest.skip(f"page tests need {CHROMIUM}: `make browser` installs it")
    return CHROMIUM


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium(program: Path) -> AsyncIterator[Browser]:
    """One browser for all pages."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        await browser.close()


class Visit(Protocol):
    """Open the page as somebody: a viewport and whatever else a browser can be told."""

    async def __call__(self, url: str, width: int = ..., **more: object) -> Visitor: ...


@pytest_asyncio.fixture(loop_scope="session")
async def visit(chromium: Browser) -> AsyncIterator[Visit]:
    """Open pages; afterwards none may have failed, complained, or asked anybody but the sandbox."""
    wrong: list[str] = []
    contexts = []

    async def opened(url: str, width: int = 390, **more: object) -> Visitor:
        about = {"viewport": {"width": width, "height": 844}, "timezone_id": "Europe/Berlin"}
        context = await chromium.new_context(**{**about, **more})  # type: ignore[arg-type]
        contexts.append(context)
        page = await context.new_page()
        ours = (f"{url.partition('/?')[0]}/", "blob:", "data:")

        def asked(request: Request) -> None:
            if not request.url.startswith(ours):
                wrong.append(request.url)

        page.on("request", asked)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        await page.goto(url)
        await page.locator("body[data-live=yes]").wait_for()
        return Visitor(page)

    yield opened
    for context in contexts:
        await context.close()
    assert wrong == []


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def tg(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Telegram]:
    """A sandbox with the bot in front of it, for all tests of a module."""
    folder = tmp_path_factory.mktemp("trial")
    async with trial(settings_of(folder)) as (url, _), Telegram(url, within=10) as telegram:
        yield telegram
        assert await telegram.refusals() == []


class Bare:
    """A sandbox without a bot. api: what a bot can call; tg: its people."""

    def __init__(self, api: Calls, tg: Telegram) -> None:
        self.api, self.tg, self.url = api, tg, tg.url


@pytest_asyncio.fixture(loop_scope="session")
async def bare() -> AsyncIterator[Bare]:
    """A sandbox whose bot is the test."""
    server = Sandbox(token=TOKEN)
    await server.start()
    async with aiohttp.ClientSession() as http, Telegram(server.url) as telegram:
        yield Bare(Calls(http, server.url), telegram)
    await server.stop()
