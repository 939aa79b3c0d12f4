"""The Bot API over HTTP: read a call, let a fault happen, check it, do it, answer.

Everything refused is counted with its description, faults on purpose apart.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any

from aiohttp import BodyPartReader, web

from sandbox.faults import Fault, Faults
from sandbox.limits import Limits
from sandbox.methods import METHODS, Call
from sandbox.refusal import Refusal, bad
from sandbox.spec import Upload, check_call, method_name
from sandbox.updates import Updates
from sandbox.webhook import Webhook
from sandbox.world import World

Json = dict[str, Any]


class Api:
    """The door of the Bot API. token: the one that is let in, None for any."""

    def __init__(self, world: World, updates: Updates, webhook: Webhook, token: str | None) -> None:
        self.world, self.updates, self.webhook, self.token = world, updates, webhook, token
        self.faults, self.limits = Faults(), Limits()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/bot{token}/{method}", self.call),
            web.get("/file/bot{token}/{path:.+}", self.file),
        ]

    async def call(self, request: web.Request) -> web.StreamResponse:
        """Answer one call."""
        try:
            self._check_token(request)
            name = method_name(request.match_info["method"])
            given, uploads = await read_parameters(request)
        except Refusal as refusal:
            return self._refuse(request.match_info["method"], None, refusal)
        chat_id = _chat_id(given)
        self.world.calls[name] += 1
        fault = self.faults.take(name, chat_id)
        try:
            if fault is not None and (answer := await _before(fault, request)) is not None:
                return answer
            self.limits.note(name, chat_id)
            result = await self._run(name, given, uploads)
        except Refusal as refusal:
            if request.transport is None or request.transport.is_closing():
                return web.Response(status=refusal.code)  # nobody is there to be refused
            return self._refuse(name, chat_id, refusal)
        if fault is not None and (answer := await _after(fault, request)) is not None:
            return answer
        return web.json_response({"ok": True, "result": result})

    async def _run(self, name: str, given: Json, uploads: dict[str, Upload]) -> object:
        if name != "getUpdates" and name not in METHODS:
            raise bad(f"the sandbox does not know {name} yet")
        values = check_call(name, given, uploads)
        if name == "getUpdates":
            return await self.updates.poll(values)
        call = Call(self.world, self.updates, self.webhook, name, values, uploads)
        return METHODS[name](call)

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Hand out a file that getFile named."""
        try:
            self._check_token(request)
        except Refusal as refusal:
            return web.json_response(refusal.body(), status=refusal.code)
        path = request.match_info["path"]
        for stored in self.world.files.values():
            if stored.path == path:
                return web.Response(body=stored.content, content_type="application/octet-stream")
        return web.json_response(Refusal(404, "Not Found").body(), status=404)

    def _check_token(self, request: web.Request) -> None:
        if self.token is not None and request.match_info["token"] != self.token:
            raise Refusal(401, "Unauthorized")

    def _refuse(self, name: str, chat_id: int | None, refusal: Refusal) -> web.Response:
        note = {"method": name, "chat_id": chat_id, "code": refusal.code}
        self.world.refusals.append({**note, "description": refusal.description})
        headers = {}
        if "retry_after" in refusal.parameters:
            headers["Retry-After"] = str(refusal.parameters["retry_after"])
        return web.json_response(refusal.body(), status=refusal.code, headers=headers)


async def read_parameters(request: web.Request) -> tuple[Json, dict[str, Upload]]:
    """Return what came by query, form, JSON or multipart, and the files. Errors: 400."""
    given: Json = dict(request.query)
    uploads: dict[str, Upload] = {}
    kind = request.content_type
    if request.method not in ("GET", "POST"):
        raise Refusal(405, "Method Not Allowed")
    if request.method == "GET" or not request.can_read_body:
        return given, uploads
    if kind == "application/json":
        try:
            body = json.loads(await request.read())
        except ValueError:
            raise bad("can't parse request body as JSON") from None
        if not isinstance(body, dict):
            raise bad("the request body must be a JSON object")
        return given | body, uploads
    if kind.startswith("multipart/"):
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or part.name is None:
                continue
            if part.filename is None:
                given[part.name] = await part.text()
            else:
                mime = part.headers.get("Content-Type", "application/octet-stream")
                content = bytes(await part.read())
                uploads[part.name] = Upload(part.filename, content, mime)
        return given, uploads
    return given | {name: str(value) for name, value in (await request.post()).items()}, uploads


def _chat_id(given: Json) -> int | None:
    try:
        return int(given["chat_id"])
    except (KeyError, TypeError, ValueError):
        return None


async def _before(fault: Fault, request: web.Request) -> web.StreamResponse | None:
    """Let a fault happen before the method; None lets the call go on."""
    match fault.kind:
        case "delay":
            await asyncio.sleep(fault.seconds)
            return None
        case "status_after" | "drop_after" | "delay_after":
            return None
        case "drop_before":
            return _drop(request)
    refusal = fault.refusal()
    return web.json_response(refusal.body(), status=refusal.code)


async def _after(fault: Fault, request: web.Request) -> web.StreamResponse | None:
    """Let a fault happen after the method; None lets the answer go out."""
    match fault.kind:
        case "delay_after":
            await asyncio.sleep(fault.seconds)
        case "status_after":
            refusal = fault.refusal()
            return web.json_response(refusal.body(), status=refusal.code)
        case "drop_after":
            return _drop(request)
    return None


def _drop(request: web.Request) -> web.Response:
    """End the connection without a word."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
