"""A message as a phone shows it, and a chat as plain text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

THINGS = (
    "photo", "document", "location", "contact", "sticker", "voice", "audio", "video", "animation",
)  # fmt: skip


@dataclass(frozen=True)
class Bubble:
    """One message. view: as the control API shows it."""

    view: Json = field(repr=False)

    @property
    def message(self) -> Json:
        """The Message of the Bot API; {} for an act that makes none."""
        return dict(self.view.get("message", {}))

    @property
    def id(self) -> int:
        return int(self.message["message_id"])

    @property
    def version(self) -> int:
        """The number of its last change, growing over all chats."""
        return int(self.view["version"])

    @property
    def text(self) -> str:
        """The text, or the caption."""
        return str(self.message.get("text", self.message.get("caption", "")))

    @property
    def from_bot(self) -> bool:
        return bool(self.view["from_bot"])

    @property
    def silent(self) -> bool:
        return bool(self.view["silent"])

    @property
    def edited(self) -> bool:
        return "edit_date" in self.message

    @property
    def rows(self) -> list[list[str]]:
        """The labels of the inline keyboard, row by row."""
        rows = self.message.get("reply_markup", {}).get("inline_keyboard", [])
        return [[button["text"] for button in row] for row in rows]

    @property
    def buttons(self) -> dict[str, str]:
        """What each button with callback data carries, by its label."""
        rows = self.message.get("reply_markup", {}).get("inline_keyboard", [])
        return {b["text"]: b["callback_data"] for row in rows for b in row if "callback_data" in b}


def transcript(chat: Json) -> str:
    """Return *chat* as text, newest last: who, what, and the buttons below."""
    lines = []
    for view in chat["messages"][-30:]:
        bubble = Bubble(view)
        marks = [t for t in THINGS if t in bubble.message]
        marks += [m for m in ("silent", "edited") if getattr(bubble, m)]
        noted = f" ({', '.join(marks)})" if marks else ""
        who = "bot" if bubble.from_bot else bubble.message["from"]["first_name"]
        lines.append(f"#{bubble.id} {who}{noted}: {bubble.text}")
        lines += ["    " + " ".join(f"[{label}]" for label in row) for row in bubble.rows]
    keyboard = (chat.get("keyboard") or {}).get("keyboard", [])
    lines += ["keyboard: " + " ".join(f"[{b['text']}]" for b in row) for row in keyboard]
    lines += [f"tap {q['id']} waits for an answer" for q in chat["queries"] if q["open"]]
    if chat["blocked"]:
        lines.append("(the bot is blocked)")
    return "\n".join(lines) or "(nothing was said)"
