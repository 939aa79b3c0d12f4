"""Sending: text, a place, copies; and what every sent message has in common."""

from __future__ import annotations

from typing import Any

from sandbox import markup
from sandbox.entities import units
from sandbox.methods.registry import MOST_TEXT, Call, method
from sandbox.records import Chat, Entry
from sandbox.refusal import bad

Json = dict[str, Any]

COPIED = (
    "text", "entities", "link_preview_options", "caption", "caption_entities", "photo", "document",
    "location", "contact", "sticker", "voice", "audio", "video", "video_note", "animation", "venue",
)  # fmt: skip
"""The fields that are a message's content."""


def send(call: Call, chat: Chat, content: Json) -> Json:
    """Put the bot's message into *chat*, with reply, keyboard and silence as the call asks."""
    values, world = call.values, call.world
    keyboard = markup.inline(values)
    markup.check_reply_keyboard(values)
    content = {**_reply(call, chat), **content}
    if values.get("protect_content"):
        content["has_protected_content"] = True
    if keyboard:
        content["reply_markup"] = keyboard
    markup.take_over(chat, values)
    silent = bool(values.get("disable_notification"))
    entry = world.put(chat, world.bot.user(), content, silent=silent)
    note_sent(call, chat, entry)
    return entry.message


def note_sent(call: Call, chat: Chat, entry: Entry) -> None:
    """Write a sent message down, so that tests can count the lost and the doubled."""
    message = entry.message
    text = message.get("text", message.get("caption", ""))
    note = {"method": call.name, "chat_id": chat.id, "message_id": entry.id, "text": text}
    call.world.sent.append({**note, "silent": entry.silent, "date": message["date"]})


def _reply(call: Call, chat: Chat) -> Json:
    reply = call.values.get("reply_parameters")
    if reply is None:
        return {}
    entry = chat.entries.get(reply["message_id"])
    if entry is None:
        if reply.get("allow_sending_without_reply"):
            return {}
        raise bad("message to be replied not found")
    return {"reply_to_message": {k: v for k, v in entry.message.items() if k != "reply_to_message"}}


@method("sendMessage")
def send_message(call: Call) -> Json:
    chat = call.chat()
    return send(call, chat, text_content(call, "message is too long"))


def text_content(call: Call, too_long: str) -> Json:
    """Return the text's part of a message. Errors: 400 if it is empty, *too_long*, or unreadable."""
    text, entities = call.text()
    if not text:
        raise bad("message text is empty")
    if units(text) > MOST_TEXT:
        raise bad(too_long)
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    preview = call.values.get("link_preview_options")
    return content | ({"link_preview_options": preview} if preview else {})


@method("sendLocation")
def send_location(call: Call) -> Json:
    chat = call.chat()
    latitude, longitude = call.values["latitude"], call.values["longitude"]
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise bad("can't parse location: latitude or longitude is out of range")
    return send(call, chat, {"location": {"latitude": latitude, "longitude": longitude}})


@method("copyMessage")
def copy_message(call: Call) -> Json:
    chat = call.chat()
    source = call.chat(to_write=False, parameter="from_chat_id")
    original = call.entry(source, "message to copy not found").message
    content = {k: original[k] for k in COPIED if k in original}
    if "caption" in call.values:
        content = {k: v for k, v in content.items() if not k.startswith("caption")}
        content |= call.caption()
    return {"message_id": send(call, chat, content)["message_id"]}


@method("forwardMessage")
def forward_message(call: Call) -> Json:
    chat = call.chat()
    source = call.chat(to_write=False, parameter="from_chat_id")
    original = call.entry(source, "message to forward not found").message
    if original.get("has_protected_content"):
        raise bad("message can't be forwarded")
    origin = {"type": "user", "date": original["date"], "sender_user": original["from"]}
    content = {k: original[k] for k in COPIED if k in original}
    return send(call, chat, {"forward_origin": origin, **content})
