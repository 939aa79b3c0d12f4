"""How the bot is, for whoever asks: what is wrong by part, and nothing about anybody."""

from __future__ import annotations

from collections.abc import Mapping

from actions import system, updates
from actions.counting import Count, count_nothing
from actions.work import Runner
from commensal.heartbeat import Rounds
from domain.errors import Unavailable
from web.health import Probe


class Wellbeing:
    """What the parts say of themselves, and what the database answers. "" means that all is well."""

    def __init__(self, run: Runner, count: Count = count_nothing) -> None:
        self._run, self._count, self.rounds = run, count, Rounds()
        self.problems = {"telegram": "not greeted yet"}
        self.problems |= dict.fromkeys(("updates", "turns", "dispatcher", "presence"), "")

    def set(self, part: str, problem: str) -> None:
        """Say what is wrong with *part*, or that nothing is."""
        self.problems[part] = problem

    def made_round(self) -> None:
        """Say that the dispatcher just made a round: all is well with it."""
        self.set("dispatcher", "")
        self.rounds.made()

    def failed(self, part: str, error: Exception) -> None:
        """Say that the task of *part* ended with an error, and count it."""
        self._count("errors", "task")
        self.set(part, f"failed ({type(error).__name__}), started again")

    def probes(self) -> Mapping[str, Probe]:
        """Return a probe for every part."""

        def said(part: str) -> Probe:
            async def probe() -> str:
                return self.problems[part]

            return probe

        parts = {part: said(part) for part in self.problems}
        return {**parts, "database": self._database, "inbox": self._inbox}

    async def _database(self) -> str:
        try:
            await self._run(system.ping)
        except Unavailable:
            return "the database cannot be reached or written"
        return ""

    async def _inbox(self) -> str:
        try:
            _, parked = await self._run(updates.waiting)
        except Unavailable:
            return "the database cannot be reached or written"
        return "some updates could not be handled; the log says which" if parked else ""
