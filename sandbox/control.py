"""The control API under /sandbox/: the hands and eyes of whoever drives the people.

The page, `sandbox.phone` and tests use it. It belongs to one machine: a page of another origin is turned away.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from inspect import signature
from time import monotonic
from typing import Any

from aiohttp import BodyPartReader, web

from sandbox.api import Api
from sandbox.membership import Membership
from sandbox.people import People
from sandbox.records import StoredFile
from sandbox.refusal import Impossible, Refusal
from sandbox.things import content_of, keep_upload
from sandbox.updates import chat_of
from sandbox.views import chat_view, entry_view, person_view, query_view
from sandbox.world import World

Json = dict[str, Any]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

LONGEST_WAIT = 60


@web.middleware
async def only_ours(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn other origins away, and say in JSON what cannot be done."""
    if request.path.startswith("/sandbox") and _is_foreign(request):
        return web.json_response({"error": "not from another origin"}, status=403)
    try:
        return await handler(request)
    except Impossible as impossible:
        return web.json_response({"error": str(impossible)}, status=impossible.status)
    except Refusal as refusal:
        return web.json_response({"error": refusal.description}, status=400)


def _is_foreign(request: web.Request) -> bool:
    """Say whether a page of somebody else's asks, also one whose name was bent to this machine."""
    origin = request.headers.get("Origin")
    if origin is None and "Sec-Fetch-Mode" not in request.headers:
        return False  # no browser
    host = request.url.host or ""
    is_here = host == "localhost" or host.replace(".", "").isdigit() or ":" in host
    return not is_here or (origin is not None and origin.split("://")[-1] != request.host)


class Control:
    """What can be asked about the world and done in it."""

    def __init__(self, world: World, people: People, membership: Membership, api: Api) -> None:
        self.world, self.people, self.membership, self.api = world, people, membership, api

    def routes(self) -> list[web.RouteDef]:
        chat, person = "/sandbox/chats/{id:-?[0-9]+}", "/sandbox/people/{id:[0-9]+}"
        return [
            web.get("/sandbox/people", self.list_people),
            web.post("/sandbox/people", self.create),
            web.patch(person, self.change),
            web.post(person + "/{act:say|start|edit|tap|block|unblock|clear}", self.act),
            web.post(person + "/send/{kind:[a-z_]+}", self.send),
            web.post("/sandbox/groups", self.group),
            web.post("/sandbox/groups/{id:-[0-9]+}/migrate", self.migrate),
            web.get(chat, self.chat),
            web.post(chat + "/settle", self.settle),
        ]

    async def list_people(self, request: web.Request) -> web.Response:
        people = [person_view(self.world, p) for p in self.world.people.values()]
        groups = [
            {**self.world.about(c), "members": c.members, "migrated_to": c.migrated_to}
            for c in self.world.chats.values()
            if c.type != "private"
        ]
        return web.json_response({"people": people, "groups": groups})

    async def create(self, request: web.Request) -> web.Response:
        person = self.people.create(await body_of(request))
        return web.json_response(person_view(self.world, person))

    async def change(self, request: web.Request) -> web.Response:
        """Change a person's name, username, language or zone, as one does in settings."""
        person = self.world.person(int(request.match_info["id"]))
        wish = await body_of(request)
        for name in ("first_name", "last_name", "username", "language_code", "zone"):
            if name in wish:
                setattr(
                    person,
                    name,
                    wish[name] or (person.first_name if name == "first_name" else None),
                )
        self.world.changes.tell("people", person_id=person.id)
        return web.json_response(person_view(self.world, person))

    async def act(self, request: web.Request) -> web.Response:
        """Do one act of a person; the body names the act's own arguments."""
        person_id, wish = int(request.match_info["id"]), await body_of(request)
        act = request.match_info["act"]
        hands = self.membership if act in ("block", "unblock") else self.people
        function = getattr(hands, act)
        try:
            signature(function).bind(person_id, **wish)
        except TypeError:
            raise Impossible(f"{act} does not take these arguments") from None
        done = function(person_id, **wish)
        if act == "tap":
            return web.json_response(query_view(done))
        return web.json_response(entry_view(self.world, done) if done is not None else {})

    async def send(self, request: web.Request) -> web.Response:
        """Send a thing that is no text; a file comes as the multipart part `file`."""
        person = self.world.person(int(request.match_info["id"]))
        wish, upload = await self._wish_and_file(request)
        content = content_of(self.world, person, request.match_info["kind"], wish, upload)
        chat_id = int(wish["chat_id"]) if wish.get("chat_id") else None
        reply_to = int(wish["reply_to"]) if wish.get("reply_to") else None
        entry = self.people.post(person.id, content, chat_id, reply_to)
        return web.json_response(entry_view(self.world, entry))

    async def _wish_and_file(self, request: web.Request) -> tuple[Json, StoredFile | None]:
        if not request.content_type.startswith("multipart/"):
            return await body_of(request), None
        wish: Json = {}
        upload = None
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or part.name is None:
                continue
            if part.filename is None:
                wish[part.name] = await part.text()
            else:
                mime, content = part.headers.get("Content-Type"), bytes(await part.read())
                upload = keep_upload(self.world, part.filename, mime, content)
        return wish, upload

    async def group(self, request: web.Request) -> web.Response:
        wish = await body_of(request)
        members = [int(m) for m in wish.get("members", [])]
        chat = self.membership.group(str(wish.get("title", "")), members, wish.get("type", "group"))
        return web.json_response(chat_view(self.world, chat))

    async def migrate(self, request: web.Request) -> web.Response:
        chat = self.membership.migrate(int(request.match_info["id"]))
        return web.json_response(chat_view(self.world, chat))

    async def chat(self, request: web.Request) -> web.Response:
        """Show a chat; with `after` wait up to `wait` seconds for a version above it."""
        chat = self.world.chat(int(request.match_info["id"]))
        if "after" in request.query:
            after = int(request.query["after"])
            seconds = min(float(request.query.get("wait", "10")), LONGEST_WAIT)
            await self.world.changes.until(lambda: chat.version > after, seconds)
        viewer = request.query.get("as")
        person = self.world.person(int(viewer)) if viewer else None
        last = int(request.query.get("last", "0"))
        return web.json_response(chat_view(self.world, chat, person, last))

    async def settle(self, request: web.Request) -> web.Response:
        """Wait until nothing about a chat is under way: every update confirmed, every tap answered
        or too old, and nothing happened for `quiet` seconds. `settled` is false after `timeout`."""
        chat, wish = self.world.chat(int(request.match_info["id"])), await body_of(request)
        quiet = float(wish.get("quiet", 0.15))
        deadline = monotonic() + min(float(wish.get("timeout", 10)), LONGEST_WAIT)
        while not (settled := self._is_settled(chat.id, quiet)) and monotonic() < deadline:
            await self.world.changes.until(lambda: False, 0.02)
        return web.json_response({"settled": settled, **chat_view(self.world, chat)})

    def _is_settled(self, chat_id: int, quiet: float) -> bool:
        chat = self.world.chats[chat_id]
        if any(query_view(query)["open"] for query in chat.taps):
            return False
        updates = self.api.updates
        if any(chat_of(update) == chat_id for update in updates.waiting):
            return False
        return monotonic() - chat.busy_at >= quiet


async def body_of(request: web.Request) -> Json:
    """Return the JSON object of a request, {} for none. Errors: Impossible."""
    raw = await request.read()
    if not raw:
        return {}
    try:
        body = json.loads(raw)
    except ValueError:
        raise Impossible("the body must be JSON") from None
    if not isinstance(body, dict):
        raise Impossible("the body must be a JSON object")
    return body
