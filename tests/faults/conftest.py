"""What every test of faults can use."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest_asyncio

from actions.work import Runner
from tests.conftest import Clock
from tests.faults.town import Town
from tests.faults.town import town as a_town


@pytest_asyncio.fixture
async def town(run: Runner, clock: Clock, tmp_path: Path) -> AsyncIterator[Town]:
    """A town on Monday, 3 March 2025, at 20:00 in Berlin, before anybody has moved in."""
    clock.now = datetime(2025, 3, 3, 19, 0, tzinfo=UTC)
    async with a_town(run, tmp_path) as town:
        yield town
