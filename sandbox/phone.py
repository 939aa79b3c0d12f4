"""Hands and eyes of people, for tests, drills and screenshots: an async client of the control API.

    async with Telegram(server.url) as tg:
        anna = await tg.person("Anna", language="en")
        await anna.start()
        await anna.tap("I agree")
        await anna.wait_for("How was your day?")

Waits follow the server's changes and are bounded; what they raise shows the chat, which is test data.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TypeVar

import aiohttp

from sandbox.asking import Asking, Json
from sandbox.transcript import Bubble, transcript

T = TypeVar("T")
Wanted = str | Callable[[Bubble], bool]


class NotSeen(AssertionError):  # noqa: N818 - it says what was not seen
    """What a person waited for did not come; the text shows the chat."""


class Telegram(Asking):
    """The sandbox at *url*. within: seconds that a wait may take unless it says otherwise."""

    async def person(
        self,
        name: str,
        language: str | None = None,
        *,
        username: str | None = None,
        person_id: int | None = None,
    ) -> Phone:
        """Make a person and return their phone."""
        wish = {"name": name, "language_code": language, "username": username, "id": person_id}
        return Phone(self, (await self.ask("POST", "people", wish))["id"], name)

    async def phone(self, person_id: int) -> Phone:
        """Return the phone of somebody who is there already."""
        people = (await self.ask("GET", "people"))["people"]
        name = next(p["first_name"] for p in people if p["id"] == person_id)
        return Phone(self, person_id, name)

    async def group(self, title: str, *members: Phone, kind: str = "group") -> int:
        """Make a group with the bot in it and return its id."""
        wish = {"title": title, "members": [m.id for m in members], "type": kind}
        return int((await self.ask("POST", "groups", wish))["id"])

    async def migrate(self, group: int) -> int:
        """Turn a group into a supergroup and return its new id."""
        return int((await self.ask("POST", f"groups/{group}/migrate"))["id"])


class Phone:
    """One person's phone. id: the person's, and that of their chat with the bot."""

    def __init__(self, telegram: Telegram, person_id: int, name: str) -> None:
        self.telegram, self.id, self.name = telegram, person_id, name
        self.seen = 0
        """The number of the last change before this person's last act; waits look after it."""

    async def say(
        self, text: str, *, chat: int | None = None, reply_to: int | None = None
    ) -> Bubble:
        """Send a text, in *chat* if that is not the one with the bot."""
        return await self._act("say", text=text, chat_id=chat, reply_to=reply_to)

    async def start(self, payload: str = "") -> Bubble:
        """Tap START, or follow a link with *payload*."""
        return await self._act("start", payload=payload)

    async def edit(self, message: Bubble, text: str) -> Bubble:
        """Change one's own text."""
        return await self._act("edit", message_id=message.id, text=text)

    async def block(self) -> None:
        await self._act("block")

    async def unblock(self) -> None:
        await self._act("unblock")

    async def tap(self, label: str, message: Bubble | None = None) -> str:
        """Tap the button *label*, on *message* or on the newest one that has it, once it is there.

        A button of a reply keyboard says its label (or shares a place in Berlin, where it asks
        for one). Returns the query's id, "" for a reply keyboard.
        """
        found = await self._find(label, message)
        if found is None:
            await self._tap_keyboard(label)
            return ""
        return await self.tap_data(found.buttons[label], found)

    async def tap_data(self, data: str, message: Bubble | int) -> str:
        """Tap with any *data*, also one that no button carries any more; return the query's id."""
        message_id = message if isinstance(message, int) else message.id
        await self._mark()
        wish = {"message_id": message_id, "data": data}
        return str((await self.telegram.ask("POST", f"people/{self.id}/tap", wish))["id"])

    async def answer(self, query_id: str, within: float | None = None) -> Json:
        """Wait until the bot has answered a tap; return `text` and `show_alert`."""

        def answered(chat: Json) -> Json | None:
            return next((q for q in chat["queries"] if q["id"] == query_id and q["answered"]), None)

        return await self._until(answered, f"an answer to tap {query_id}", within)

    async def share_location(self, latitude: float = 52.52, longitude: float = 13.405) -> Bubble:
        """Share a place (Berlin); degrees."""
        return await self.send("location", latitude=latitude, longitude=longitude)

    async def send(self, kind: str, **about: object) -> Bubble:
        """Send a location, contact or sticker; *about* as in sandbox.things."""
        await self._mark()
        return Bubble(await self.telegram.ask("POST", f"people/{self.id}/send/{kind}", about))

    async def send_file(
        self, kind: str, name: str, content: bytes, *, caption: str = "", mime: str | None = None
    ) -> Bubble:
        """Send a document, photo, voice, audio, video, animation or sticker."""
        await self._mark()
        form = aiohttp.FormData(quote_fields=False)
        form.add_field("caption", caption)
        form.add_field(
            "file", content, filename=name, content_type=mime or "application/octet-stream"
        )
        path = f"people/{self.id}/send/{kind}"
        return Bubble(await self.telegram.ask("POST", path, data=form))

    async def wait_for(
        self, wanted: Wanted, *, ever: bool = False, within: float | None = None
    ) -> Bubble:
        """Wait for a message of the bot that contains a text (or satisfies a function).

        It has to be sent or edited after this person's last act, unless *ever*. The newest wins.
        """

        def seen(chat: Json) -> Bubble | None:
            for bubble in reversed(_bubbles(chat)):
                if bubble.from_bot and (ever or bubble.version > self.seen) and _is(bubble, wanted):
                    return bubble
            return None

        return await self._until(seen, f"a message with {wanted!r}", within)

    async def settle(self, quiet: float = 0.15, within: float | None = None) -> list[Bubble]:
        """Wait until the bot is done: all confirmed and answered, and *quiet* seconds without a
        change. Returns the chat's messages. Errors: NotSeen."""
        wish = {"quiet": quiet, "timeout": within or self.telegram.within}
        chat = await self.telegram.ask("POST", f"chats/{self.id}/settle", wish)
        if not chat["settled"]:
            raise NotSeen(f"{self.name}: the bot is not done\n{transcript(chat)}")
        return _bubbles(chat)

    async def chat(
        self, after: int | None = None, wait: float = 0, chat: int | None = None
    ) -> Json:
        """Return the chat as the control API shows it; *after*: wait for a version above it."""
        query = {} if after is None else {"after": str(after), "wait": str(wait)}
        return await self.telegram.ask("GET", f"chats/{chat or self.id}", params=query)

    async def messages(self, chat: int | None = None) -> list[Bubble]:
        """Return all messages, oldest first."""
        return _bubbles(await self.chat(chat=chat))

    async def last(self) -> Bubble:
        """Return the newest message of the bot. Errors: NotSeen if there is none."""
        chat = await self.chat()
        own = [bubble for bubble in _bubbles(chat) if bubble.from_bot]
        if not own:
            raise NotSeen(f"{self.name}: the bot has said nothing\n{transcript(chat)}")
        return own[-1]

    async def show(self) -> str:
        """Return the chat as text, for a look at it."""
        return transcript(await self.chat())

    async def _act(self, act: str, **wish: object) -> Bubble:
        await self._mark()
        given = {k: v for k, v in wish.items() if v is not None}
        return Bubble(await self.telegram.ask("POST", f"people/{self.id}/{act}", given))

    async def _mark(self) -> None:
        chat = await self.telegram.ask("GET", f"chats/{self.id}", params={"last": "1"})
        self.seen = chat["number"]

    async def _find(self, label: str, message: Bubble | None) -> Bubble | None:
        """Return the message whose button to tap, None for a reply keyboard's. Errors: NotSeen."""

        def found(chat: Json) -> tuple[Bubble | None] | None:
            for bubble in reversed(_bubbles(chat)):
                if message is not None and bubble.id != message.id:
                    continue
                if label in bubble.buttons:
                    return (bubble,)
            rows = (chat["keyboard"] or {}).get("keyboard", [])
            return (None,) if any(b["text"] == label for row in rows for b in row) else None

        return (await self._until(found, f"a button {label!r}", None))[0]

    async def _tap_keyboard(self, label: str) -> None:
        rows = (await self.chat())["keyboard"]["keyboard"]
        button = next(b for row in rows for b in row if b["text"] == label)
        if button.get("request_location"):
            await self.share_location()
        elif button.get("request_contact"):
            await self.send("contact")
        else:
            await self.say(label)

    async def _until(self, look: Callable[[Json], T | None], what: str, within: float | None) -> T:
        deadline = monotonic() + (within or self.telegram.within)
        chat = await self.chat()
        while (found := look(chat)) is None:
            left = deadline - monotonic()
            if left <= 0:
                raise NotSeen(f"{self.name} waited for {what}\n{transcript(chat)}")
            chat = await self.chat(after=chat["version"], wait=left)
        return found


def _bubbles(chat: Json) -> list[Bubble]:
    return [Bubble(view) for view in chat["messages"]]


def _is(bubble: Bubble, wanted: Wanted) -> bool:
    return wanted in bubble.text if isinstance(wanted, str) else wanted(bubble)
