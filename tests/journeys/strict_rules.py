"""Telegram's rules for the parameters of the calls that our bot makes, as the Bot API documents them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

Json = dict[str, Any]
Check = Callable[[str], Any]

TAGS = {"b", "i", "u", "s", "code", "pre", "a", "blockquote", "tg-spoiler"}
CHAT = {"id": 4711, "type": "private", "first_name": "Anna"}
"""The one chat there is."""

KINDS = {"message", "edited_message", "callback_query", "my_chat_member"}


def refuse(why: str) -> Any:  # noqa: ANN401 - it never returns
    """Say no. Errors: ValueError."""
    raise ValueError(why)


def whole(text: str) -> int:
    return int(text) if re.fullmatch(r"-?\d+", text) else int(refuse(f"not an Integer: {text}"))


def truth(text: str) -> bool:
    return {"true": True, "false": False}[text]


def chat(text: str) -> int:
    return whole(text) if text == str(CHAT["id"]) else int(refuse("chat not found"))


def short(most: int) -> Check:
    return lambda text: text if len(text) <= most else refuse(f"longer than {most}")


def mode(text: str) -> str:
    return text if text == "HTML" else str(refuse(f"unsupported parse_mode {text}"))


def scope(text: str) -> Json:
    given: Json = json.loads(text)
    return given if given == {"type": "all_private_chats"} else {"": refuse("unknown scope")}


def kinds(text: str) -> list[str]:
    given: list[str] = json.loads(text)
    return given if set(given) <= KINDS else [str(refuse("unknown kinds of updates"))]


def commands(text: str) -> list[Json]:
    given: list[Json] = json.loads(text)
    for one in given:
        if one.keys() != {"command", "description"}:
            refuse("a BotCommand has command and description")
        if not re.fullmatch(r"[a-z0-9_]{1,32}", one["command"]):
            refuse("BOT_COMMAND_INVALID")
        if not 1 <= len(one["description"]) <= 256:
            refuse("BOT_COMMAND_DESCRIPTION_INVALID")
    return given


def markup(text: str) -> Json:
    """Check a keyboard of any kind."""
    given: Json = json.loads(text)
    for button in (b for row in given.get("inline_keyboard", []) for b in row):
        if not button.get("text"):
            refuse("text buttons are unallowed to be empty")
        if len(button.keys() - {"text"}) != 1 or not button.keys() <= {
            "text",
            "callback_data",
            "url",
        }:
            refuse(f"a button does exactly one thing: {sorted(button)}")
        if not 1 <= len(button.get("callback_data", "x").encode()) <= 64:
            refuse("BUTTON_DATA_INVALID")
    known = {
        "inline_keyboard",
        "keyboard",
        "resize_keyboard",
        "one_time_keyboard",
        "remove_keyboard",
    }
    return given if given.keys() <= known else {"": refuse(f"unknown fields: {sorted(given)}")}


SEND = {"chat_id": chat, "disable_notification": truth, "reply_markup": markup}
LANGUAGE = {"language_code": short(2)}
METHODS: dict[str, tuple[set[str], dict[str, Check]]] = {
    "getMe": (set(), {}),
    "getUpdates": (set(), {"offset": whole, "limit": whole, "timeout": whole, "allowed_updates": kinds}),
    "deleteWebhook": (set(), {"drop_pending_updates": truth}),
    "sendMessage": ({"chat_id", "text"}, SEND | {"text": str, "parse_mode": mode}),
    "editMessageText": (
        {"chat_id", "message_id", "text"},
        {"chat_id": chat, "message_id": whole, "text": str, "parse_mode": mode, "reply_markup": markup},
    ),
    "answerCallbackQuery": (
        {"callback_query_id"},
        {"callback_query_id": str, "text": short(200), "show_alert": truth},
    ),
    "getMyCommands": (set(), LANGUAGE | {"scope": scope}),
    "setMyCommands": ({"commands"}, LANGUAGE | {"scope": scope, "commands": commands}),
    "getMyDescription": (set(), LANGUAGE),
    "setMyDescription": (set(), LANGUAGE | {"description": short(512)}),
    "getMyShortDescription": (set(), LANGUAGE),
    "setMyShortDescription": (set(), LANGUAGE | {"short_description": short(120)}),
}  # fmt: skip
"""By method: the parameters it must have, and what each that it may have has to be."""


class Parsed(HTMLParser):
    """Telegram's HTML, read: the text that is shown."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()
        if self.open:
            refuse(f"can't parse entities: {self.open} not closed")
        if not self.text.strip():
            refuse("message text is empty")
        if len(self.text.encode("utf-16-le")) // 2 > 4096:
            refuse("message is too long")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            refuse(f"can't parse entities: <{tag}>")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            refuse(f"can't parse entities: </{tag}>")

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_entityref(self, name: str) -> None:
        self.text += {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}[name]
