"""All that this Telegram knows: its people, chats, messages, files and its one bot.

What it is made of is in records.py. Nothing here speaks HTTP or decides what may be done.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any

from sandbox.changes import Changes
from sandbox.records import Bot, Chat, Entry, Person, Query, StoredFile
from sandbox.refusal import Impossible

Json = dict[str, Any]

FIRST_PERSON = 700_000_001
FIRST_GROUP = 4_000_000_001
FIRST_UPDATE = 100_000_001
MOST_BYTES = 200_000_000
"""Of all files together."""
MOST_QUERIES = 50_000


@dataclass
class World:
    """The whole of it. clock: the time by which messages are dated."""

    clock: Callable[[], datetime]
    bot: Bot = field(default_factory=Bot)
    people: dict[int, Person] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    changes: Changes = field(default_factory=Changes)
    next_ids: Counter[str] = field(default_factory=Counter)
    sent: deque[Json] = field(default_factory=lambda: deque(maxlen=100_000))
    refusals: deque[Json] = field(default_factory=lambda: deque(maxlen=10_000))
    calls: Counter[str] = field(default_factory=Counter)

    def next_id(self, of: str, first: int = 1) -> int:
        """Return the next number of its kind."""
        self.next_ids[of] += 1
        return first + self.next_ids[of] - 1

    def date(self) -> int:
        """Return now as Telegram writes it: seconds since 1970."""
        return int(self.clock().timestamp())

    def tapped(self, query: Query) -> None:
        """Keep a tap; old ones make room (an answer to them is refused as too late anyway)."""
        self.queries[query.id] = query
        if len(self.queries) > MOST_QUERIES:
            del self.queries[next(iter(self.queries))]
        chat = self.chats[query.chat_id]
        chat.taps = [*chat.taps[-49:], query]
        self.changed(chat)

    def store_file(self, name: str, mime: str, content: bytes) -> StoredFile:
        """Keep a file; the oldest make room."""
        number = self.next_id("file")
        suffix = Path(name).suffix[:10] if Path(name).suffix[1:].isalnum() else ""
        file = StoredFile(f"file{number}", f"files/file_{number}{suffix}", name, mime, content)
        self.files[file.id] = file
        while sum(len(f.content) for f in self.files.values()) > MOST_BYTES and len(self.files) > 1:
            del self.files[next(iter(self.files))]
        return file

    def person(self, person_id: int) -> Person:
        """Return a person. Errors: Impossible if there is none."""
        if person_id not in self.people:
            raise Impossible("no such person", 404)
        return self.people[person_id]

    def chat(self, chat_id: int) -> Chat:
        """Return a chat. Errors: Impossible if there is none."""
        if chat_id not in self.chats:
            raise Impossible("no such chat", 404)
        return self.chats[chat_id]

    def about(self, chat: Chat) -> Json:
        """Return the Chat that a message carries."""
        if chat.type != "private":
            return {"id": chat.id, "type": chat.type, "title": chat.title}
        person = self.people[chat.id]
        names = ("first_name", "last_name", "username")
        known = {n: getattr(person, n) for n in names if getattr(person, n)}
        return {"id": chat.id, "type": "private", **known}

    def put(self, chat: Chat, sender: Json, content: Json, *, silent: bool = False) -> Entry:
        """Add a message to *chat* and tell about it."""
        message = {
            "message_id": self.next_id("message"),
            "from": sender,
            "chat": self.about(chat),
            "date": self.date(),
            **content,
        }
        entry = Entry(message, silent=silent)
        chat.entries[entry.id] = entry
        if sender["is_bot"]:
            chat.doing = None
        self.changed(chat, entry)
        return entry

    def doing(self, chat: Chat, action: str) -> None:
        """Show for five seconds what the bot is doing."""
        chat.doing = (action, monotonic() + 5)
        self.changes.tell("doing", chat_id=chat.id, action=action)

    def changed(self, chat: Chat, entry: Entry | None = None, kind: str = "message") -> None:
        """Number a change of *chat*, and of *entry* in it, and tell about it."""
        chat.busy_at = monotonic()
        number = self.changes.number + 1
        chat.version = number
        if entry is not None:
            entry.version = number
        about = {} if entry is None else {"message_id": entry.id}
        self.changes.tell(kind if entry is not None else "chat", chat_id=chat.id, **about)
