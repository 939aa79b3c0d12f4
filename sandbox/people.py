"""What people can do with their phones: talk, tap, send things, open links.

Each act changes the world as Telegram would show it and queues the update that the bot gets. What a
real phone could not do is refused with `Impossible`.
"""

from __future__ import annotations

from time import monotonic
from typing import Any

from sandbox.entities import tidy, units
from sandbox.membership import Membership
from sandbox.records import Chat, Entry, Person, Query
from sandbox.refusal import Impossible
from sandbox.updates import Updates
from sandbox.world import FIRST_PERSON, World

Json = dict[str, Any]


class People:
    """The hands of everybody."""

    def __init__(self, world: World, updates: Updates, membership: Membership) -> None:
        self.world, self.updates, self.membership = world, updates, membership

    def create(self, wish: Json) -> Person:
        """Add a person: name (needed), last_name, username, language_code, zone, id."""
        name = str(wish.get("name", "")).strip()
        if not name or units(name) > 64:
            raise Impossible("a person needs a name of 1 to 64 characters")
        person_id = int(wish.get("id") or self.world.next_id("person", FIRST_PERSON))
        while wish.get("id") is None and person_id in self.world.people:
            person_id = self.world.next_id("person", FIRST_PERSON)
        if person_id in self.world.people or not 0 < person_id < 2**52:
            raise Impossible("that id is taken, or none for a person", 409)
        known = {
            k: wish[k] for k in ("last_name", "username", "language_code", "zone") if wish.get(k)
        }
        person = Person(person_id, name, **known)
        self.world.people[person_id] = person
        self.world.chats[person_id] = Chat(person_id, "private", members=[person_id])
        self.world.changes.tell("people", person_id=person_id)
        return person

    def say(
        self, person_id: int, text: str, chat_id: int | None = None, reply_to: int | None = None
    ) -> Entry:
        """Send a text; commands in it become entities."""
        text, entities = tidy(text, [])
        if not text or units(text) > 4096:
            raise Impossible("a text has 1 to 4096 characters")
        content: Json = {"text": text} | ({"entities": entities} if entities else {})
        return self.post(person_id, content, chat_id, reply_to)

    def start(self, person_id: int, payload: str = "") -> Entry:
        """Tap START, or open a link with *payload* (`t.me/bot?start=payload`)."""
        if payload and not (
            len(payload) <= 64 and payload.replace("-", "_").replace("_", "a").isalnum()
        ):
            raise Impossible("a link's payload has at most 64 of A-Z a-z 0-9 _ -")
        if self.world.chat(person_id).blocked:
            self.membership.unblock(person_id)
        return self.say(person_id, f"/start {payload}".strip())

    def post(
        self, person_id: int, content: Json, chat_id: int | None = None, reply_to: int | None = None
    ) -> Entry:
        """Send anything: *content* is the message's own part in the form of the Bot API."""
        person, chat = self._where(person_id, chat_id)
        if reply_to is not None:
            replied = self._entry(chat, reply_to).message
            content = {
                "reply_to_message": {k: v for k, v in replied.items() if k != "reply_to_message"},
                **content,
            }
        if chat.type == "private":
            chat.started = True
        if chat.keyboard is not None and chat.keyboard.get("one_time_keyboard"):
            chat.keyboard = None
        entry = self.world.put(chat, person.user(), content)
        if chat.type == "private" or self._is_for_bot(entry.message):
            self.updates.add("message", entry.message, chat.id)
        return entry

    def edit(self, person_id: int, message_id: int, text: str, chat_id: int | None = None) -> Entry:
        """Change one's own text."""
        _, chat = self._where(person_id, chat_id)
        entry = self._entry(chat, message_id)
        if entry.message["from"]["id"] != person_id or "text" not in entry.message:
            raise Impossible("only one's own text can be edited")
        text, entities = tidy(text, [])
        if not text or units(text) > 4096:
            raise Impossible("a text has 1 to 4096 characters")
        kept = {k: v for k, v in entry.message.items() if k not in ("text", "entities")}
        entry.message = {**kept, "edit_date": self.world.date(), "text": text}
        if entities:
            entry.message["entities"] = entities
        self.world.changed(chat, entry, "edited")
        if chat.type == "private" or self._is_for_bot(entry.message):
            self.updates.add("edited_message", entry.message, chat.id)
        return entry

    def tap(self, person_id: int, message_id: int, data: str, chat_id: int | None = None) -> Query:
        """Tap a button that carries *data*. It need not be there any more: phones can be behind."""
        person, chat = self._where(person_id, chat_id)
        if not 1 <= len(data.encode()) <= 64:
            raise Impossible("a button carries 1 to 64 bytes")
        entry = chat.entries.get(message_id)
        query_id = str(self.world.next_id("query", 5_000_000_001))
        query = Query(query_id, person_id, chat.id, message_id, data, monotonic())
        about = self.world.about(chat)
        gone = {"chat": about, "message_id": message_id, "date": 0}
        content = {
            "id": query_id,
            "from": person.user(),
            "message": gone if entry is None else entry.message,
            "chat_instance": str(chat.id),
            "data": data,
        }
        self.world.tapped(query)
        self.updates.add("callback_query", content, chat.id)
        return query

    def clear(self, person_id: int) -> None:
        """Empty one's chat, as a phone's "clear history" does; the bot is not told."""
        chat = self.world.chat(person_id)
        chat.entries.clear()
        chat.pinned.clear()
        chat.keyboard = None
        self.world.changed(chat)

    def _where(self, person_id: int, chat_id: int | None) -> tuple[Person, Chat]:
        person, chat = self.world.person(person_id), self.world.chat(chat_id or person_id)
        if person_id not in chat.members:
            raise Impossible("this person is not in that chat", 409)
        if chat.type == "private" and chat.blocked:
            raise Impossible("this person has blocked the bot", 409)
        if chat.migrated_to is not None:
            raise Impossible("that group has become a supergroup", 409)
        return person, chat

    def _entry(self, chat: Chat, message_id: int) -> Entry:
        if message_id not in chat.entries:
            raise Impossible("no such message", 404)
        return chat.entries[message_id]

    def _is_for_bot(self, message: Json) -> bool:
        """Say whether a bot in a group (privacy mode on) gets to see *message*."""
        text = str(message.get("text", message.get("caption", "")))
        replied = message.get("reply_to_message", {}).get("from", {}).get("id")
        mentioned = f"@{self.world.bot.username}" in text
        return text.startswith("/") or mentioned or bool(replied == self.world.bot.id)
