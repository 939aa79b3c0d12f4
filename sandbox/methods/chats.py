"""What concerns a chat or the bot's session rather than one message."""

from __future__ import annotations

from typing import Any

from sandbox.methods.registry import Call, method
from sandbox.refusal import bad

Json = dict[str, Any]

DOINGS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip


@method("getMe")
def get_me(call: Call) -> Json:
    return {
        **call.world.bot.user(),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


@method("logOut")
def log_out(call: Call) -> bool:
    return True


@method("close")
def close(call: Call) -> bool:
    return True


@method("setWebhook")
def set_webhook(call: Call) -> bool:
    call.webhook.set(call.values)
    _drop_pending(call)
    return True


@method("deleteWebhook")
def delete_webhook(call: Call) -> bool:
    call.webhook.remove()
    _drop_pending(call)
    return True


def _drop_pending(call: Call) -> None:
    if call.values.get("drop_pending_updates"):
        call.updates.waiting.clear()


@method("getWebhookInfo")
def get_webhook_info(call: Call) -> Json:
    return call.webhook.info()


@method("getChat")
def get_chat(call: Call) -> Json:
    world = call.world
    chat = call.chat(to_write=False)
    full: Json = {**world.about(chat), "accent_color_id": 0, "max_reaction_count": 11}
    full["accepted_gift_types"] = dict.fromkeys(
        (
            "unlimited_gifts",
            "limited_gifts",
            "unique_gifts",
            "premium_subscription",
            "gifts_from_channels",
        ),
        False,
    )
    if chat.pinned:
        full["pinned_message"] = chat.entries[chat.pinned[-1]].message
    return full


@method("sendChatAction")
def send_chat_action(call: Call) -> bool:
    chat = call.chat()
    action = call.values["action"]
    if action not in DOINGS:
        raise bad("wrong parameter action in request")
    call.world.doing(chat, action)
    return True


@method("pinChatMessage")
def pin_chat_message(call: Call) -> bool:
    chat = call.chat()
    entry = call.entry(chat, "message to pin not found")
    if entry.id in chat.pinned:
        chat.pinned.remove(entry.id)
    chat.pinned.append(entry.id)
    call.world.changed(chat)
    return True


@method("unpinChatMessage")
def unpin_chat_message(call: Call) -> bool:
    chat = call.chat()
    message_id = call.values.get("message_id", chat.pinned[-1] if chat.pinned else None)
    if message_id not in chat.pinned:
        raise bad("message to unpin not found")
    chat.pinned.remove(message_id)
    call.world.changed(chat)
    return True


@method("unpinAllChatMessages")
def unpin_all_chat_messages(call: Call) -> bool:
    chat = call.chat()
    chat.pinned.clear()
    call.world.changed(chat)
    return True


@method("setMessageReaction")
def set_message_reaction(call: Call) -> bool:
    chat = call.chat()
    entry = call.entry(chat, "message to react not found")
    reactions = call.values.get("reaction", [])
    if len(reactions) > 1:
        raise bad("REACTIONS_TOO_MANY")
    if any(r["type"] != "emoji" for r in reactions):
        raise bad("REACTION_INVALID")
    entry.reaction = reactions[0]["emoji"] if reactions else None
    call.world.changed(chat, entry, "edited")
    return True


@method("leaveChat")
def leave_chat(call: Call) -> bool:
    chat = call.chat()
    if chat.type == "private":
        raise bad("chat member status can't be changed in private chats")
    chat.blocked = True
    call.world.changed(chat)
    return True
