"""Answering a tap on a button: once, and soon."""

from __future__ import annotations

from time import monotonic

from sandbox.methods.registry import Call, method
from sandbox.refusal import bad

SECONDS = 15.0
"""How long a query can be answered. Telegram names no number; about this is seen."""


@method("answerCallbackQuery")
def answer_callback_query(call: Call) -> bool:
    world, values = call.world, call.values
    query = world.queries.get(values["callback_query_id"])
    if query is None or query.answered or monotonic() - query.at > SECONDS:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    if len(values.get("text", "")) > 200:
        raise bad("MESSAGE_TOO_LONG")
    if values.get("url"):
        raise bad("URL_INVALID")
    query.answered = True
    query.answer = {"text": values.get("text", ""), "show_alert": bool(values.get("show_alert"))}
    chat = world.chats[query.chat_id]
    world.changed(chat)
    world.changes.tell(
        "answer",
        chat_id=chat.id,
        message_id=query.message_id,
        query_id=query.id,
        person_id=query.person_id,
        **query.answer,
    )
    return True
