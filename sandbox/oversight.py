"""The control API's part about the bot rather than the people: what it called, sent and was refused;
faults on purpose; the pace."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from sandbox.api import Api
from sandbox.control import body_of
from sandbox.refusal import Impossible
from sandbox.world import World

Json = dict[str, Any]


class Oversight:
    """What can be asked about the bot, and what can be made to go wrong for it."""

    def __init__(self, world: World, api: Api) -> None:
        self.world, self.api = world, api

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/sandbox/sent", self.sent),
            web.get("/sandbox/calls", self.calls),
            web.get("/sandbox/refusals", self.refusals),
            web.delete("/sandbox/refusals", self.forget_refusals),
            web.get("/sandbox/faults", self.faults),
            web.post("/sandbox/faults", self.add_fault),
            web.delete("/sandbox/faults", self.clear_faults),
            web.get("/sandbox/limits", self.limits),
            web.post("/sandbox/limits", self.set_limits),
        ]

    async def sent(self, request: web.Request) -> web.Response:
        return web.json_response({"sent": list(self.world.sent)})

    async def calls(self, request: web.Request) -> web.Response:
        return web.json_response({"calls": dict(self.world.calls)})

    async def refusals(self, request: web.Request) -> web.Response:
        refusals = list(self.world.refusals)
        return web.json_response({"count": len(refusals), "refusals": refusals})

    async def forget_refusals(self, request: web.Request) -> web.Response:
        self.world.refusals.clear()
        return web.json_response({})

    async def faults(self, request: web.Request) -> web.Response:
        return web.json_response({"faults": [f.shown() for f in self.api.faults.waiting]})

    async def add_fault(self, request: web.Request) -> web.Response:
        return web.json_response(self.api.faults.add(await body_of(request)).shown())

    async def clear_faults(self, request: web.Request) -> web.Response:
        self.api.faults.clear()
        return web.json_response({})

    async def limits(self, request: web.Request) -> web.Response:
        limits = self.api.limits
        return web.json_response({"mode": limits.mode, "violations": limits.violations})

    async def set_limits(self, request: web.Request) -> web.Response:
        """Set `mode` (off, count, refuse) and the rates; counting begins anew."""
        wish, limits = await body_of(request), self.api.limits
        if wish.get("mode", "off") not in ("off", "count", "refuse"):
            raise Impossible("the mode is off, count or refuse")
        for name in ("mode", "overall", "per_chat", "burst"):
            setattr(limits, name, wish.get(name, getattr(limits, name)))
        limits.violations = 0
        return await self.limits(request)
