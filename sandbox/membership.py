"""Who may talk with whom: blocking the bot, groups with it, and a group that becomes a supergroup."""

from __future__ import annotations

from typing import Any

from sandbox.records import Chat, Person
from sandbox.refusal import Impossible
from sandbox.updates import Updates
from sandbox.world import FIRST_GROUP, World

Json = dict[str, Any]


class Membership:
    """Changes of who is where, each told to the bot."""

    def __init__(self, world: World, updates: Updates) -> None:
        self.world, self.updates = world, updates

    def block(self, person_id: int) -> None:
        """Block the bot."""
        self._member(person_id, blocked=True)

    def unblock(self, person_id: int) -> None:
        """Let the bot write again."""
        self._member(person_id, blocked=False)

    def group(self, title: str, members: list[int], kind: str = "group") -> Chat:
        """Make a group of *members* with the bot in it; the first one added it."""
        if kind not in ("group", "supergroup") or not members or not title.strip():
            raise Impossible("a group needs a title, members, and is a group or a supergroup")
        first = self.world.person(members[0])
        number = self.world.next_id("group", FIRST_GROUP)
        chat_id = -number if kind == "group" else -1_000_000_000_000 - number
        chat = Chat(
            chat_id, kind, title.strip(), [self.world.person(m).id for m in members], started=True
        )
        self.world.chats[chat_id] = chat
        self._tell_member(first, chat, "left", "member")
        entry = self.world.put(chat, first.user(), {"new_chat_members": [self.world.bot.user()]})
        self.updates.add("message", entry.message, chat.id)
        return chat

    def migrate(self, chat_id: int) -> Chat:
        """Turn a group into a supergroup with an id of its own."""
        old = self.world.chat(chat_id)
        if old.type != "group" or old.migrated_to is not None:
            raise Impossible("only a group can become a supergroup, once", 409)
        new = Chat(
            -1_000_000_000_000 + old.id, "supergroup", old.title, list(old.members), started=True
        )
        self.world.chats[new.id] = new
        old.migrated_to = new.id
        sender = self.world.people[old.members[0]].user()
        left = self.world.put(old, sender, {"migrate_to_chat_id": new.id})
        came = self.world.put(new, sender, {"migrate_from_chat_id": old.id})
        self.updates.add("message", left.message, old.id)
        self.updates.add("message", came.message, new.id)
        return new

    def _member(self, person_id: int, *, blocked: bool) -> None:
        person, chat = self.world.person(person_id), self.world.chat(person_id)
        if chat.blocked == blocked:
            return
        chat.blocked = blocked
        states = ("member", "kicked") if blocked else ("kicked", "member")
        self.world.changed(chat)
        self._tell_member(person, chat, *states)

    def _tell_member(self, person: Person, chat: Chat, old: str, new: str) -> None:
        bot = self.world.bot.user()
        update = {
            "chat": self.world.about(chat),
            "from": person.user(),
            "date": self.world.date(),
            "old_chat_member": _membership(bot, old),
            "new_chat_member": _membership(bot, new),
        }
        self.updates.add("my_chat_member", update, chat.id)


def _membership(user: Json, status: str) -> Json:
    member = {"user": user, "status": status}
    return member | ({"until_date": 0} if status == "kicked" else {})
