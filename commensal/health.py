"""How the bot is, for whoever asks: what is wrong by name, and nothing about anybody."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from actions import system, updates
from actions.work import Runner, Unavailable

ANSWER_WITHIN = 3.0
"""Seconds that the database has to answer in."""


class Health:
    """Each part's problem, or None where it is well. Parts say so themselves; the database is asked."""

    def __init__(self, run: Runner) -> None:
        self._run = run
        self.problems: dict[str, str | None] = {"telegram": "not greeted yet", "updates": None}

    def set(self, part: str, problem: str | None) -> None:
        """Say what is wrong with *part*, or that nothing is."""
        self.problems[part] = problem

    async def ready(self) -> Mapping[str, str | None]:
        """Return every part with its problem; ready means that there is none."""
        return {**self.problems, "database": await self._database(), "inbox": await self._inbox()}

    async def _database(self) -> str | None:
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                await self._run(system.ping)
        except (Unavailable, TimeoutError):
            return "cannot be reached"
        return None

    async def _inbox(self) -> str | None:
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                _, parked = await self._run(updates.waiting)
        except (Unavailable, TimeoutError):
            return "cannot be read"
        return f"{parked} updates could not be handled" if parked else None
