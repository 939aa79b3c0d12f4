"""An update as plain JSON, before anybody parses it: who sent it, where, and its bytes."""

from __future__ import annotations

from typing import Any

import orjson


def canonical(raw: dict[str, Any]) -> bytes:
    """The same update gives the same bytes, however it came."""
    return orjson.dumps(raw, option=orjson.OPT_SORT_KEYS)


def sender(raw: dict[str, Any]) -> int:
    """Return the Telegram id of who sent it, 0 where it tells none."""
    return int(_body(raw).get("from", {}).get("id", 0))


def chat_type(raw: dict[str, Any]) -> str | None:
    """Return the kind of chat that it comes from, where it tells."""
    body = _body(raw)
    chat = body.get("chat") or body.get("message", {}).get("chat") or {}
    kind = chat.get("type")
    return kind if isinstance(kind, str) else None


def _body(raw: dict[str, Any]) -> dict[str, Any]:
    return next((v for k, v in raw.items() if k != "update_id" and isinstance(v, dict)), {})
