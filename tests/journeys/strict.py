"""A second Bot API, small and strict, that shares nothing with the sandbox: it counts what it would refuse.

It knows the calls a bot of this kind needs, one private chat, and Telegram's rules for each parameter
as the Bot API documents them. For long polling only.
"""

from __future__ import annotations

import asyncio
import re
from typing import Any

from aiohttp import web

from tests.journeys.strict_rules import CHAT, METHODS, Json, Parsed, refuse

BOT = {"id": 77, "is_bot": True, "first_name": "Strict", "username": "strict_bot",
       "can_join_groups": True, "can_read_all_group_messages": False,
       "supports_inline_queries": False}  # fmt: skip
ANNA = {"id": 4711, "is_bot": False, "first_name": "Anna", "language_code": "en"}


class StrictApi:
    """The server. refused: what Telegram would have refused. messages: what the bot shows, by id."""

    def __init__(self, token: str) -> None:
        self._token = token
        self._updates: list[Json] = []
        self._number = 1000
        self._more = asyncio.Condition()
        self._open_taps: set[str] = set()
        self._set: Json = {}
        self._server: web.AppRunner | None = None
        self.messages: dict[int, Json] = {}
        self.refused: list[str] = []
        self.calls: list[str] = []
        self.url = ""

    async def start(self) -> None:
        app = web.Application()
        app.add_routes([web.route("*", "/bot{token}/{method}", self._call)])
        self._server = web.AppRunner(app, access_log=None, shutdown_timeout=1, handle_signals=False)
        await self._server.setup()
        await web.TCPSite(self._server, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._server.addresses[0][1]}"

    async def stop(self) -> None:
        if self._server:
            await self._server.cleanup()

    async def say(self, **about: Any) -> None:  # noqa: ANN401 - fields of a Message
        """Let Anna send a message."""
        self._number += 1
        if about.get("text", "").startswith("/"):
            length = len(about["text"].split()[0])
            about["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        message = {"message_id": self._number, "date": 1_700_000_000, "chat": CHAT, "from": ANNA}
        await self._push(message=message | about)

    async def tap(self, label: str) -> None:
        """Let Anna tap a button, once one is there."""
        async with asyncio.timeout(15), self._more:
            while (found := self._button(label)) is None:
                await self._more.wait()
        message, data = found
        tap = str(self._number)
        self._open_taps.add(tap)
        query = {"id": tap, "from": ANNA, "chat_instance": "1", "data": data, "message": message}
        await self._push(callback_query=query)

    async def shows(self, words: str) -> None:
        """Wait until a message shows *words*."""
        async with asyncio.timeout(15), self._more:
            await self._more.wait_for(
                lambda: any(words in m["text"] for m in self.messages.values())
            )

    def _button(self, label: str) -> tuple[Json, str] | None:
        for message in reversed(self.messages.values()):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if button["text"] == label:
                        return message, button["callback_data"]
        return None

    async def _push(self, **update: Json) -> None:
        async with self._more:
            self._number += 1
            self._updates.append({"update_id": self._number, **update})
            self._more.notify_all()

    async def _call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        self.calls.append(method)
        try:
            if request.match_info["token"] != self._token:
                refuse("unauthorised")
            given = self._checked(method, {k: str(v) for k, v in (await request.post()).items()})
            result = await getattr(self, f"_{method}", self._remember)(given, method)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            self.refused.append(f"{method}: {error!r}")
            said = {"ok": False, "error_code": 400, "description": f"Bad Request: {error}"}
            return web.json_response(said, status=400)
        return web.json_response({"ok": True, "result": result})

    def _checked(self, method: str, given: dict[str, str]) -> Json:
        needs, may = METHODS[method]
        if missing := needs - given.keys():
            refuse(f"missing {missing}")
        if unknown := given.keys() - may.keys():
            refuse(f"unknown {unknown}")
        return {name: may[name](text) for name, text in given.items()}

    async def _getMe(self, _: Json, __: str) -> Json:  # noqa: N802
        return BOT

    async def _deleteWebhook(self, _: Json, __: str) -> bool:  # noqa: N802
        return True

    async def _getUpdates(self, given: Json, _: str) -> list[Json]:  # noqa: N802
        async with self._more:
            if "offset" in given:
                self._updates = [u for u in self._updates if u["update_id"] >= given["offset"]]
            try:
                async with asyncio.timeout(min(given.get("timeout", 0), 1)):
                    await self._more.wait_for(lambda: self._updates)
            except TimeoutError:
                return []
            return self._updates[: given.get("limit", 100)]

    async def _sendMessage(self, given: Json, _: str) -> Json:  # noqa: N802
        self._number += 1
        return await self._show(self._number, given)

    async def _editMessageText(self, given: Json, _: str) -> Json:  # noqa: N802
        before = self.messages[given["message_id"]]
        after = await self._show(given["message_id"], given)
        if (before["text"], before.get("reply_markup")) == (
            after["text"],
            after.get("reply_markup"),
        ):
            refuse("message is not modified")
        return after

    async def _show(self, number: int, given: Json) -> Json:
        shown = {"text": Parsed(given["text"]).text if "parse_mode" in given else given["text"]}
        inline = given.get("reply_markup", {})
        if "inline_keyboard" in inline:
            shown["reply_markup"] = inline
        async with self._more:
            head = {"message_id": number, "date": 1_700_000_000, "chat": CHAT, "from": BOT}
            self.messages[number] = head | shown
            self._more.notify_all()
        return self.messages[number]

    async def _answerCallbackQuery(self, given: Json, _: str) -> bool:  # noqa: N802
        self._open_taps.remove(given["callback_query_id"])
        return True

    async def _remember(self, given: Json, method: str) -> Any:  # noqa: ANN401 - as it was given
        """Answer the calls about the bot's face."""
        name = re.sub("^[gs]et", "", method)
        if method.startswith("set"):
            self._set[name] = given
            return True
        field = {"MyCommands": "commands", "MyDescription": "description"}.get(
            name, "short_description"
        )
        value = self._set.get(name, {}).get(field, [] if field == "commands" else "")
        return value if field == "commands" else {field: value}
