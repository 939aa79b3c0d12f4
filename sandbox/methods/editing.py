"""Changing and removing messages that are there."""

from __future__ import annotations

from typing import Any

from sandbox import markup
from sandbox.methods.messages import text_content
from sandbox.methods.registry import Call, method
from sandbox.records import Chat, Entry
from sandbox.refusal import bad

Json = dict[str, Any]

TWO_DAYS = 48 * 3600
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
CONTENT = (
    "text",
    "entities",
    "link_preview_options",
    "caption",
    "caption_entities",
    "reply_markup",
)
MEDIA = ("photo", "document", "video", "audio", "voice", "animation")


def _target(call: Call) -> tuple[Chat, Entry]:
    if call.values.get("inline_message_id"):
        raise bad("the sandbox knows no inline messages")
    if "chat_id" not in call.values:
        raise bad("chat_id is empty")
    if "message_id" not in call.values:
        raise bad("message identifier is not specified")
    chat = call.chat()
    entry = call.entry(chat, "message to edit not found")
    if entry.message["from"]["id"] != call.world.bot.id:
        raise bad("message can't be edited")
    return chat, entry


def _apply(call: Call, chat: Chat, entry: Entry, replaced: tuple[str, ...], content: Json) -> Json:
    """Replace the fields *replaced* and the keyboard by *content*. Errors: 400 if it is the same."""
    keyboard = markup.inline_only(call.values)
    content = content | ({"reply_markup": keyboard} if keyboard else {})
    replaced = (*replaced, "reply_markup")
    kept = {k: v for k, v in entry.message.items() if k not in replaced}
    changed = {k: v for k, v in kept.items() if k != "edit_date"} | content
    if changed == {k: v for k, v in entry.message.items() if k != "edit_date"}:
        raise bad(NOT_MODIFIED)
    # A fresh object: updates that carry the old state keep it.
    entry.message = {**kept, "edit_date": call.world.date(), **content}
    call.world.changed(chat, entry, "edited")
    return entry.message


@method("editMessageText")
def edit_message_text(call: Call) -> Json:
    chat, entry = _target(call)
    if "text" not in entry.message:
        raise bad("there is no text in the message to edit")
    content = text_content(call, "MESSAGE_TOO_LONG")
    return _apply(call, chat, entry, ("text", "entities", "link_preview_options"), content)


@method("editMessageCaption")
def edit_message_caption(call: Call) -> Json:
    chat, entry = _target(call)
    if not any(kind in entry.message for kind in MEDIA):
        raise bad("there is no caption in the message to edit")
    return _apply(call, chat, entry, ("caption", "caption_entities"), call.caption())


@method("editMessageReplyMarkup")
def edit_message_reply_markup(call: Call) -> Json:
    chat, entry = _target(call)
    return _apply(call, chat, entry, (), {})


def _may_delete(call: Call, chat: Chat, entry: Entry) -> bool:
    own = entry.message["from"]["id"] == call.world.bot.id
    if not own and chat.type != "private":
        return False
    return bool(call.world.date() - entry.message["date"] < TWO_DAYS)


def _delete(call: Call, chat: Chat, entry: Entry) -> None:
    del chat.entries[entry.id]
    if entry.id in chat.pinned:
        chat.pinned.remove(entry.id)
    call.world.changed(chat, entry, "deleted")


@method("deleteMessage")
def delete_message(call: Call) -> bool:
    chat = call.chat()
    entry = call.entry(chat, "message to delete not found")
    if not _may_delete(call, chat, entry):
        raise bad("message can't be deleted for everyone")
    _delete(call, chat, entry)
    return True


@method("deleteMessages")
def delete_messages(call: Call) -> bool:
    """Messages that are not there are passed over; one that may not go refuses the call."""
    chat = call.chat()
    ids = call.values["message_ids"]
    if not 1 <= len(ids) <= 100:
        raise bad("there must be from 1 to 100 message identifiers")
    entries = [chat.entries[i] for i in dict.fromkeys(ids) if i in chat.entries]
    if not all(_may_delete(call, chat, entry) for entry in entries):
        raise bad("message can't be deleted for everyone")
    for entry in entries:
        _delete(call, chat, entry)
    return True
