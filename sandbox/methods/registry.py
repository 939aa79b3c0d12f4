"""What a method gets, and the list of all methods."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from sandbox.entities import parse_html, tidy, units
from sandbox.records import Chat, Entry
from sandbox.refusal import Refusal, bad, forbidden
from sandbox.spec import Upload
from sandbox.updates import Updates
from sandbox.webhook import Webhook
from sandbox.world import World

Json = dict[str, Any]

MOST_TEXT = 4096
MOST_CAPTION = 1024


@dataclass
class Call:
    """One call: where it happens, and its parameters, read as their types."""

    world: World
    updates: Updates
    webhook: Webhook
    name: str
    values: Json
    uploads: dict[str, Upload] = field(default_factory=dict)

    def chat(self, *, to_write: bool = True, parameter: str = "chat_id") -> Chat:
        """Return the chat that is meant. Errors: 400 unknown, 403 where the bot may not write."""
        world, given = self.world, self.values[parameter]
        chat_id = given if isinstance(given, int) else self._number(given)
        chat = world.chats.get(chat_id)
        if chat is None or (chat.type == "private" and not (chat.started or chat.blocked)):
            if chat_id in world.people and to_write:
                raise forbidden("bot can't initiate conversation with a user")
            raise bad("chat not found")
        if to_write:
            self._check_may_write(chat)
        chat.busy_at = monotonic()
        return chat

    def _number(self, given: str) -> int:
        try:
            return int(given)
        except ValueError:
            raise bad("chat not found") from None

    def _check_may_write(self, chat: Chat) -> None:
        if chat.migrated_to is not None:
            raise Refusal(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=chat.migrated_to,
            )
        if chat.blocked:
            if chat.type == "private":
                raise forbidden("bot was blocked by the user")
            raise forbidden(f"bot was kicked from the {chat.type} chat")

    def entry(self, chat: Chat, missing: str, parameter: str = "message_id") -> Entry:
        """Return the message that is meant. Errors: 400 saying *missing*."""
        entry = chat.entries.get(self.values.get(parameter, 0))
        if entry is None:
            raise bad(missing)
        return entry

    def text(self, name: str = "text") -> tuple[str, list[Json]]:
        """Return the text or caption and its entities. Errors: 400 if it cannot be read."""
        raw = self.values.get(name, "").replace("\r", "")
        mode = self.values.get("parse_mode", "").lower()
        given = self.values.get("entities" if name == "text" else "caption_entities")
        if mode == "html":
            return parse_html(raw)
        if mode in ("markdown", "markdownv2"):
            raise bad("the sandbox reads HTML only, not Markdown")
        if mode:
            raise bad("unsupported parse_mode")
        return tidy(raw, given or [])

    def caption(self) -> Json:
        """Return the caption's part of a message. Errors: 400, also above 1024 units."""
        caption, entities = self.text("caption")
        if units(caption) > MOST_CAPTION:
            raise bad("message caption is too long")
        content: Json = {"caption": caption} if caption else {}
        return content | ({"caption_entities": entities} if entities else {})


Method = Callable[[Call], object]

METHODS: dict[str, Method] = {}
"""Every method there is, by its name in the Bot API."""


def method(name: str) -> Callable[[Method], Method]:
    """List a function as the method *name*."""

    def register(function: Method) -> Method:
        METHODS[name] = function
        return function

    return register
