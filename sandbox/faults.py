"""Faults on purpose: what a test wants to go wrong, how often, and for which calls.

A fault is one of KINDS. `before` ones leave the world as it is; `after` ones happen when the method
has taken effect and nobody was told.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sandbox.refusal import Impossible, Refusal
from sandbox.spec import method_name

Json = dict[str, Any]

KINDS = {
    "retry_after": "429; the caller has to wait `seconds`",
    "status": "a 5xx (`status`, 502 by default), nothing happened",
    "status_after": "a 5xx, and the method took effect",
    "drop_before": "the connection ends, nothing happened",
    "drop_after": "the connection ends, and the method took effect",
    "delay": "the call waits `seconds` before it takes effect",
    "delay_after": "the call takes effect, the answer waits `seconds`",
    "revoked": "401, as with a token that was revoked",
    "migrated": "400, the group has become `to_chat_id`",
    "blocked": "403, as if the person had blocked the bot",
}


@dataclass
class Fault:
    """One thing that goes wrong. left: how many calls yet, None for all; method, chat_id: which."""

    id: int
    kind: str
    method: str | None = None
    chat_id: int | None = None
    left: int | None = 1
    seconds: float = 1
    status: int = 502
    to_chat_id: int = 0
    hits: int = 0

    def meets(self, method: str, chat_id: int | None) -> bool:
        """Say whether it is for this call."""
        here = self.chat_id is None or self.chat_id == chat_id
        return here and self.left != 0 and self.method in (None, method)

    def refusal(self) -> Refusal:
        """Return the answer that the caller gets."""
        match self.kind:
            case "retry_after":
                seconds = int(self.seconds)
                text = f"Too Many Requests: retry after {seconds}"
                return Refusal(429, text, retry_after=seconds)
            case "revoked":
                return Refusal(401, "Unauthorized")
            case "migrated":
                text = "Bad Request: group chat was upgraded to a supergroup chat"
                return Refusal(400, text, migrate_to_chat_id=self.to_chat_id)
            case "blocked":
                return Refusal(403, "Forbidden: bot was blocked by the user")
        words = {500: "Internal Server Error", 502: "Bad Gateway", 504: "Gateway Timeout"}
        return Refusal(self.status, words.get(self.status, "Service Unavailable"))

    def shown(self) -> Json:
        return dict(vars(self))


@dataclass
class Faults:
    """All faults that wait for their call, in the order in which they were asked for."""

    waiting: list[Fault] = field(default_factory=list)
    made: int = 0

    def add(self, wish: Json) -> Fault:
        """Take a wish: kind, and of method, chat_id, times, seconds, status, to_chat_id what is needed.

        times: null means every call until it is cleared. Errors: Impossible.
        """
        kind = wish.get("kind")
        if kind not in KINDS:
            raise Impossible(f"a fault is one of {', '.join(KINDS)}")
        self.made += 1
        fault = Fault(self.made, str(kind), left=wish.get("times", 1))
        if wish.get("method"):
            fault.method = method_name(wish["method"])
        for name in ("chat_id", "seconds", "status", "to_chat_id"):
            if wish.get(name) is not None:
                setattr(fault, name, wish[name])
        self.waiting.append(fault)
        return fault

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """Return the first fault for this call, and count it."""
        for fault in self.waiting:
            if fault.meets(method, chat_id):
                fault.hits += 1
                if fault.left is not None:
                    fault.left -= 1
                return fault
        return None

    def clear(self) -> None:
        self.waiting.clear()
