"""The bot's queue of updates: numbered, kept until confirmed, handed out by polling.

One caller polls at a time: a second one ends the first with a 409, as at Telegram. The webhook
(webhook.py) reads the same queue.
"""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import Any

from sandbox.refusal import Refusal, bad
from sandbox.spec import spec
from sandbox.world import FIRST_UPDATE, World

Json = dict[str, Any]

ASKED_FOR = {"chat_member", "message_reaction", "message_reaction_count"}
"""Sent only where allowed_updates names them."""

LONGEST_POLL = 50
"""Seconds; more is cut down to it."""


class Updates:
    """What the bot has not confirmed yet, oldest first."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.waiting: list[Json] = []
        self.allowed: list[str] = []
        self.webhook_url = ""
        self.poller: asyncio.Future[bool] | None = None

    def add(self, kind: str, content: Json, chat_id: int) -> Json | None:
        """Queue an update unless the bot did not ask for its kind; return it."""
        if kind not in self.allowed if self.allowed else kind in ASKED_FOR:
            return None
        update = {"update_id": self.world.next_id("update", FIRST_UPDATE), kind: content}
        self.waiting.append(update)
        self.world.changes.tell("update", update_id=update["update_id"], chat_id=chat_id)
        return update

    def allow(self, kinds: list[str] | None) -> None:
        """Take over a bot's wish; None leaves the last one."""
        if kinds is None:
            return
        known = spec()["types"]["Update"].keys() - {"update_id"}
        self.allowed = [kind for kind in kinds if kind in known]

    def confirm(self, offset: int) -> None:
        """Forget what lies before *offset*; a negative one keeps only the last of the queue."""
        if offset < 0:
            kept = self.waiting[offset:]
        else:
            kept = [u for u in self.waiting if u["update_id"] >= offset]
        done = self.waiting[: len(self.waiting) - len(kept)]
        self.waiting = kept
        for update in done:
            chat = self.world.chats.get(chat_of(update) or 0)
            if chat is not None:
                chat.busy_at = monotonic()
        if done:
            self.world.changes.tell("confirmed")

    async def poll(self, values: Json) -> list[Json]:
        """Answer getUpdates. Errors: 409 with a webhook set, or when another poll takes over."""
        if self.webhook_url:
            raise Refusal(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        limit = values.get("limit", 100)
        if not 1 <= limit <= 100:
            raise bad("limit must be between 1 and 100")
        self.end_poll()
        self.allow(values.get("allowed_updates"))
        if values.get("offset"):
            self.confirm(values["offset"])
        seconds = min(max(values.get("timeout", 0), 0), LONGEST_POLL)
        mine: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self.poller = mine
        try:
            await self.world.changes.until(lambda: bool(self.waiting) or mine.done(), seconds)
        finally:
            if self.poller is mine:
                self.poller = None
        if mine.done() and mine.result():
            raise Refusal(
                409,
                "Conflict: terminated by other getUpdates request; "
                "make sure that only one bot instance is running",
            )
        return self.waiting[:limit]

    def end_poll(self, *, conflict: bool = True) -> None:
        """End a poll that waits, with a 409 where another call is the reason."""
        if self.poller is not None and not self.poller.done():
            self.poller.set_result(conflict)
            self.world.changes.tell("poll")


def chat_of(update: Json) -> int | None:
    """Return the chat that an update is about."""
    for content in update.values():
        if isinstance(content, dict):
            chat = content.get("chat") or content.get("message", {}).get("chat", {})
            return int(chat["id"]) if "id" in chat else None
    return None
