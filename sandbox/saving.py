"""Keep the chats over a restart: one JSON file and the files that people sent, in a folder.

Written a moment after the last change, to a new file that then takes the old one's place.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections import Counter
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sandbox.records import Bot, Chat, Entry, Person, StoredFile
from sandbox.updates import Updates
from sandbox.webhook import Webhook
from sandbox.world import World

Json = dict[str, Any]

WAIT = 0.5
"""Seconds from a change to its saving."""


class Saving:
    """The folder of a world."""

    def __init__(self, world: World, updates: Updates, webhook: Webhook, folder: Path) -> None:
        self.world, self.updates, self.webhook, self.folder = world, updates, webhook, folder
        self.file = folder / "sandbox.json"
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def load(self) -> None:
        """Take over what was saved, if anything. Errors: ValueError that names an unreadable file."""
        if not self.file.exists():
            return
        try:
            self._take(json.loads(self.file.read_text(encoding="utf-8")))
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{self.file} cannot be read; remove it to begin anew") from error

    def _take(self, saved: Json) -> None:
        world = self.world
        world.bot = Bot(**{**saved["bot"], "id": world.bot.id})
        world.people = {p["id"]: Person(**p) for p in saved["people"]}
        world.chats = {c["id"]: _chat(c) for c in saved["chats"]}
        world.next_ids = Counter(saved["next_ids"])
        world.changes.number = saved["number"]
        for about in saved["files"]:
            path = self.folder / "files" / about["id"]
            if path.exists():
                world.files[about["id"]] = StoredFile(**about, content=path.read_bytes())
        self.updates.waiting = saved["updates"]
        self.updates.allowed = saved["allowed"]
        self.updates.webhook_url = saved["webhook"]["url"]
        self.webhook.secret = saved["webhook"]["secret"]

    def start(self) -> None:
        """Save from now on."""
        self.world.changes.hooks.append(self._changed.set)
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Save a last time."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None
            self.world.changes.hooks.remove(self._changed.set)
            self.save()

    async def _run(self) -> None:
        while True:
            await self._changed.wait()
            await asyncio.sleep(WAIT)
            self._changed.clear()
            self.save()

    def save(self) -> None:
        """Write everything down; the file is always a whole one."""
        files = self.folder / "files"
        files.mkdir(parents=True, exist_ok=True)
        for stored in self.world.files.values():
            if not (files / stored.id).exists():
                (files / stored.id).write_bytes(stored.content)
        for path in files.iterdir():
            if path.name not in self.world.files:
                path.unlink()
        beside = self.file.with_suffix(".new")
        beside.write_text(json.dumps(self._state(), ensure_ascii=False), encoding="utf-8")
        os.replace(beside, self.file)  # noqa: PTH105 - atomic, over an existing file

    def _state(self) -> Json:
        world = self.world
        return {
            "bot": asdict(world.bot),
            "people": [asdict(p) for p in world.people.values()],
            "chats": [_saved_chat(c) for c in world.chats.values()],
            "next_ids": dict(world.next_ids),
            "number": world.changes.number,
            "files": [
                {"id": f.id, "path": f.path, "name": f.name, "mime": f.mime}
                for f in world.files.values()
            ],
            "updates": self.updates.waiting,
            "allowed": self.updates.allowed,
            "webhook": {"url": self.updates.webhook_url, "secret": self.webhook.secret},
        }


def _saved_chat(chat: Chat) -> Json:
    saved = asdict(chat)
    del saved["busy_at"], saved["doing"], saved["taps"]
    saved["entries"] = list(saved["entries"].values())
    return saved


def _chat(saved: Json) -> Chat:
    entries = {e["message"]["message_id"]: Entry(**e) for e in saved["entries"]}
    return Chat(**{**saved, "entries": entries})
