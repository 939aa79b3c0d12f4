"""Telegram's pace: about 30 messages a second over all chats, one a second in a chat with short bursts.

Off by default. `count` only counts what would have been too much, `refuse` answers it with a 429.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from math import ceil
from time import monotonic

from sandbox.refusal import Refusal

PACED = ("send", "copy", "forward", "editmessage")


@dataclass
class Limits:
    """The pace. mode: off, count or refuse. Rates are messages a second; burst is per chat."""

    mode: str = "off"
    overall: int = 30
    per_chat: float = 1.0
    burst: int = 4
    violations: int = 0
    _recent: deque[float] = field(default_factory=deque)
    _chats: dict[int, tuple[float, float]] = field(default_factory=dict)

    def note(self, method: str, chat_id: int | None) -> None:
        """Take a call into account. Errors: 429 when it is too much and the mode is refuse."""
        if self.mode == "off" or not method.lower().startswith(PACED) or "Action" in method:
            return
        now = monotonic()
        wait = max(self._wait_overall(now), self._wait_chat(now, chat_id))
        if wait > 0:
            self.violations += 1
            if self.mode == "refuse":
                seconds = ceil(wait)
                text = f"Too Many Requests: retry after {seconds}"
                raise Refusal(429, text, retry_after=seconds)
        self._recent.append(now)
        if chat_id is not None:
            left, at = self._left(now, chat_id)
            self._chats[chat_id] = (max(0.0, left - 1), at)

    def _wait_overall(self, now: float) -> float:
        while self._recent and self._recent[0] <= now - 1:
            self._recent.popleft()
        return self._recent[0] + 1 - now if len(self._recent) >= self.overall else 0

    def _wait_chat(self, now: float, chat_id: int | None) -> float:
        if chat_id is None:
            return 0
        left, _ = self._left(now, chat_id)
        return (1 - left) / self.per_chat if left < 1 else 0

    def _left(self, now: float, chat_id: int) -> tuple[float, float]:
        left, at = self._chats.get(chat_id, (float(self.burst), now))
        return min(self.burst, left + (now - at) * self.per_chat), now
