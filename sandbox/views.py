"""What the page and the phones get to see of a chat, of people and of the bot."""

from __future__ import annotations

from time import monotonic
from typing import Any

from sandbox.methods.callbacks import SECONDS
from sandbox.methods.profile import commands_for, text_for
from sandbox.records import Chat, Entry, Person, Query
from sandbox.world import World

Json = dict[str, Any]


def person_view(world: World, person: Person) -> Json:
    """Return a person, and the chats they are in with the last message of each."""
    chats = [_summary(world, c) for c in world.chats.values() if person.id in c.members]
    zone = {"zone": person.zone} if person.zone else {}
    return {**person.user(), **zone, "chats": chats}


def _summary(world: World, chat: Chat) -> Json:
    last = next(reversed(chat.entries.values()), None)
    about = {**world.about(chat), "blocked": chat.blocked, "migrated_to": chat.migrated_to}
    return about | {"last": None if last is None else entry_view(world, last)}


def chat_view(world: World, chat: Chat, person: Person | None = None, last: int = 0) -> Json:
    """Return a chat as *person* (a private chat's own by default) sees it: its *last* messages, all by 0."""
    if person is None and chat.type == "private":
        person = world.people[chat.id]
    language = (person.language_code or "") if person else ""
    return {
        **world.about(chat),
        "members": chat.members,
        "version": chat.version,
        "number": world.changes.number,
        "started": chat.started,
        "blocked": chat.blocked,
        "migrated_to": chat.migrated_to,
        "keyboard": chat.keyboard,
        "pinned": chat.pinned,
        "doing": chat.doing[0] if chat.doing and chat.doing[1] > monotonic() else None,
        "messages": [entry_view(world, entry) for entry in [*chat.entries.values()][-last:]],
        "queries": [query_view(q) for q in chat.taps],
        "bot": bot_view(world, chat, language),
    }


def entry_view(world: World, entry: Entry) -> Json:
    """Return a message, `version` (number of its last change), and what only a phone shows."""
    return {
        "message": entry.message,
        "version": entry.version,
        "silent": entry.silent,
        "reaction": entry.reaction,
        "from_bot": entry.message["from"]["id"] == world.bot.id,
    }


def query_view(query: Query) -> Json:
    """Return a tap and what became of it; open: the bot can still answer."""
    known = {k: v for k, v in vars(query).items() if k not in ("at", "answer")}
    is_open = not query.answered and monotonic() - query.at < SECONDS
    return {**known, "open": is_open, **query.answer}


def bot_view(world: World, chat: Chat, language: str) -> Json:
    """Return the bot's face in *language*, with the commands of this chat."""
    bot, chat_id = world.bot, str(chat.id)
    return {
        **bot.user(),
        "first_name": text_for(bot.name, language) or bot.first_name,
        "description": text_for(bot.description, language),
        "short_description": text_for(bot.short_description, language),
        "commands": commands_for(world, chat.id, chat.type, language),
        "menu_button": bot.menu.get(chat_id) or bot.menu.get("") or {"type": "commands"},
    }
