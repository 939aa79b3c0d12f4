"""The clock over HTTP: what time it is in here, when the next reminder is due, and a jump ahead.

A jump is made by whoever started the sandbox, as the bot has to come along. While one runs its target is shown,
and a second one is turned away.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web

from sandbox.control import body_of
from sandbox.refusal import Impossible
from sandbox.world import World

Json = dict[str, Any]
Jump = Callable[[datetime], Awaitable[None]]
NextDue = Callable[[], Awaitable[datetime | None]]

FARTHEST = timedelta(days=400)


class Time:
    """The clock as the page sees it."""

    def __init__(self, world: World, jump: Jump | None, next_due: NextDue | None) -> None:
        self.world, self.jump, self.next_due = world, jump, next_due
        self.target: datetime | None = None

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/sandbox/clock", self.show), web.post("/sandbox/clock", self.move)]

    async def view(self) -> Json:
        """Return now, whether it can be moved, the next due moment and a running jump's target."""
        due = await self.next_due() if self.next_due else None
        return {
            "now": self.world.clock().isoformat(),
            "can_jump": self.jump is not None,
            "next_due": due.isoformat() if due else None,
            "jumping_to": self.target.isoformat() if self.target else None,
        }

    async def show(self, request: web.Request) -> web.Response:
        return web.json_response(await self.view())

    async def move(self, request: web.Request) -> web.Response:
        """Jump `to` a moment (ISO 8601 with offset), ahead by `seconds`, or to `"next_due"`."""
        target = await self._target(await body_of(request))
        if self.jump is None:
            raise Impossible("this clock cannot be moved", 409)
        if self.target is not None:
            raise Impossible("the clock is being moved", 409)
        self.target = target
        self.world.changes.tell("clock", **await self.view())
        try:
            await self.jump(target)
        finally:
            self.target = None
            self.world.changes.tell("clock", **await self.view())
        return web.json_response(await self.view())

    async def _target(self, wish: Json) -> datetime:
        now = self.world.clock()
        if wish.get("to") == "next_due":
            due = await self.next_due() if self.next_due else None
            if due is None:
                raise Impossible("nothing is due", 409)
            return max(due, now)
        try:
            if "seconds" in wish:
                target = now + timedelta(seconds=float(wish["seconds"]))
            else:
                target = datetime.fromisoformat(str(wish.get("to"))).astimezone(UTC)
        except (ValueError, OverflowError):
            raise Impossible("say `to` (a moment) or `seconds`") from None
        if not now - timedelta(seconds=1) <= target <= now + FARTHEST:
            raise Impossible("the clock goes forward only, and at most 400 days at once")
        return max(target, now)
