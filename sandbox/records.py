"""What this Telegram keeps: people, messages, chats, taps, files, and its one bot. Plain data.

Messages are in the form in which the Bot API shows them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass
class Person:
    """Somebody with a phone."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    zone: str | None = None

    def user(self) -> Json:
        """Return them as a User of the Bot API."""
        names = ("first_name", "last_name", "username", "language_code")
        known = {n: getattr(self, n) for n in names if getattr(self, n)}
        return {"id": self.id, "is_bot": False, **known}


@dataclass
class Entry:
    """A message in a chat, and what Telegram keeps about it. version: number of its last change."""

    message: Json
    version: int = 0
    silent: bool = False
    reaction: str | None = None

    @property
    def id(self) -> int:
        return int(self.message["message_id"])


@dataclass
class Query:
    """A tap on a button, and how the bot answered it. at: seconds of the monotonic clock."""

    id: str
    person_id: int
    chat_id: int
    message_id: int
    data: str
    at: float
    answered: bool = False
    answer: Json = field(default_factory=dict)


@dataclass
class Chat:
    """A conversation with the bot. A private one has the id of its person."""

    id: int
    type: str
    title: str | None = None
    members: list[int] = field(default_factory=list)
    started: bool = False
    blocked: bool = False
    entries: dict[int, Entry] = field(default_factory=dict)
    keyboard: Json | None = None
    pinned: list[int] = field(default_factory=list)
    migrated_to: int | None = None
    version: int = 0
    taps: list[Query] = field(default_factory=list)
    busy_at: float = -1e9
    doing: tuple[str, float] | None = None


@dataclass
class StoredFile:
    """A file that somebody sent."""

    id: str
    path: str
    name: str
    mime: str
    content: bytes = field(repr=False)


@dataclass
class Bot:
    """The bot's account. Texts are kept by language, '' for everybody else; commands by scope too."""

    id: int = 4_242_424_242
    first_name: str = "Commensal"
    username: str = "commensal_sandbox_bot"
    name: dict[str, str] = field(default_factory=dict)
    description: dict[str, str] = field(default_factory=dict)
    short_description: dict[str, str] = field(default_factory=dict)
    commands: dict[str, list[Json]] = field(default_factory=dict)
    menu: dict[str, Json] = field(default_factory=dict)

    def user(self) -> Json:
        """Return it as a User of the Bot API."""
        user = {"id": self.id, "is_bot": True, "first_name": self.name.get("", self.first_name)}
        return user | {"username": self.username}
