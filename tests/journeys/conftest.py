"""The whole bot in front of the sandbox, as `commensal sandbox` runs it, and people with phones."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest_asyncio

from commensal.settings import Settings
from commensal.trial import trial
from sandbox.clock import SandboxClock
from sandbox.phone import Phone, Telegram

BERLIN = ZoneInfo("Europe/Berlin")
NOON = time(12, 0)


def settings_of(folder: Path, **more: str) -> Settings:
    """Return the settings of a trial in *folder*, on a free port. Its clock shows noon
    in Berlin, so that a story reads the same at whatever hour it is told."""
    now = datetime.now(BERLIN)
    noon = datetime.combine(now.date(), NOON, BERLIN)
    clock = SandboxClock(folder / "sandbox" / "clock.json")
    if clock.offset == timedelta():
        clock.move_to(noon if noon > now else noon + timedelta(days=1))
    environ = {
        "COMMENSAL_DATA_DIR": str(folder),
        "COMMENSAL_SANDBOX_PORT": "0",
        "COMMENSAL_MESSAGES_PER_CHAT": "100",  # tests type faster than people do
        **{f"COMMENSAL_{name}": value for name, value in more.items()},
    }
    return Settings.read(environ, for_sandbox=True)


@pytest_asyncio.fixture
async def tg(tmp_path: Path) -> AsyncIterator[Telegram]:
    """A sandbox with the bot in front of it. Nothing that Telegram would refuse is let pass."""
    async with trial(settings_of(tmp_path)) as (url, _), Telegram(url, within=45) as telegram:
        yield telegram
        assert await telegram.refusals() == []


@pytest_asyncio.fixture
async def anna(tg: Telegram) -> Phone:
    return await tg.person("Anna", language="en")
