"""Keyboards: what Telegram lets a bot put under a message or in place of the phone's own."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from sandbox.records import Chat
from sandbox.refusal import bad

Json = dict[str, Any]

ACTIONS = {
    "callback_data", "url", "web_app", "login_url", "switch_inline_query", "pay", "callback_game",
    "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "copy_text",
}  # fmt: skip


def inline(values: Json) -> Json | None:
    """Return the inline keyboard to keep with a message, or None. Errors: 400."""
    markup: Json | None = values.get("reply_markup")
    if markup is None or "inline_keyboard" not in markup:
        return None
    rows = [row for row in markup["inline_keyboard"] if row]
    buttons = [button for row in rows for button in row]
    if len(buttons) > 100:
        raise bad("REPLY_MARKUP_TOO_LONG")
    for button in buttons:
        _check_button(button)
    return {"inline_keyboard": rows} if rows else None


def inline_only(values: Json) -> Json | None:
    """Return the inline keyboard of an edit. Errors: 400 for any other kind of keyboard."""
    if values.get("reply_markup") is not None and "inline_keyboard" not in values["reply_markup"]:
        raise bad("inline keyboard expected")
    return inline(values)


def take_over(chat: Chat, values: Json) -> None:
    """Show, or take away, the keyboard that a sent message brings with it."""
    markup: Json | None = values.get("reply_markup")
    if markup is None:
        return
    if "keyboard" in markup or "force_reply" in markup:
        chat.keyboard = markup
    elif markup.get("remove_keyboard"):
        chat.keyboard = None


def check_reply_keyboard(values: Json) -> None:
    """Refuse an empty reply keyboard. Errors: 400."""
    markup: Json | None = values.get("reply_markup")
    if markup is None or "keyboard" not in markup:
        return
    buttons = [button for row in markup["keyboard"] for button in row]
    if any(not button["text"].strip() for button in buttons):
        raise bad("keyboard button text must be non-empty")
    if not buttons:
        raise bad("reply keyboard must have at least one button")


def _check_button(button: Json) -> None:
    if not button["text"].strip():
        raise bad("inline keyboard button text must be non-empty")
    actions = ACTIONS & button.keys()
    if not actions:
        raise bad(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        raise bad("can't parse inline keyboard button: exactly one optional field must be used")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(data.encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not _is_address(url):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _is_address(url: str) -> bool:
    parts = urlsplit(url)
    if parts.scheme == "tg":
        return True
    return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in url
