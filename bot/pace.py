"""When each message may go out: the rule behind the limiter, without a clock or a task of its own.

Answers to people go before bulk, chats take turns, and a chat that Telegram told to wait holds up
nobody else. In any second at most `per_second` calls go out over all, evenly, as what leaves in two
bursts may arrive in one; in one chat at most its burst and then its steady rate. It keeps nothing of
a chat that has been quiet, and never sends.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

Chat = int | str

AT_ONCE = 0.1
"""Of the overall rate, what may go at once after a quiet time; the rest goes out evenly."""

GROUP = 3.0
"""Seconds for one message to a group: Telegram asks for 20 a minute."""

BURST = 3.0
"""Messages that a chat may get at once after a quiet time."""

HAIR = 1e-6
"""Seconds that a sum of fractions may be off by."""

SEVERAL, TOGETHER = 3, 5.0
"""So many chats told to wait within so many seconds mean that all of us are."""

FORGET_FROM = 1024
"""Chats known before the first look for quiet ones."""


class Lane(StrEnum):
    """Whose turn comes first."""

    ANSWERS = "answers"
    BULK = "bulk"


PATIENCE = {Lane.ANSWERS: 10.0, Lane.BULK: 0.0}
"""Seconds of a pause that a call sits out. Beyond that its caller is told how long to wait: bulk at
once, as it comes back by itself and must not fill the sends in flight with chats that are paused."""


@dataclass(eq=False, slots=True)
class Turn:
    """A call that waits. cost: messages it counts as in its chat. *done* is called once: with None
    when it may go, or with the seconds after which it may be asked for again."""

    lane: Lane
    chat: Chat
    cost: float
    done: Callable[[float | None], None]


@dataclass(slots=True)
class _Bucket:
    """A burst, then one every *seconds_each*. *spent_until*: when all that went is paid off."""

    seconds_each: float
    burst: float = BURST
    spent_until: float = 0.0
    paused_until: float = 0.0

    def ready_at(self, cost: float) -> float:
        unpaid = self.spent_until - (self.burst - cost) * self.seconds_each
        return max(unpaid - HAIR, self.paused_until)

    def spend(self, now: float, cost: float) -> None:
        self.spent_until = max(self.spent_until, now) + cost * self.seconds_each

    def is_quiet(self, now: float) -> bool:
        return max(self.spent_until, self.paused_until) <= now


class Pace:
    """Who may go now. *time* gives seconds that never go back; moments below are on it.

    per_second: calls over all. per_chat: messages a second to one private chat, beyond its burst.
    """

    def __init__(self, per_second: int, time: Callable[[], float], per_chat: float = 1.0) -> None:
        self._time = time
        self._private = 1 / per_chat
        steady, burst = per_second * (1 - AT_ONCE), max(1.0, per_second * AT_ONCE)
        self._all = _Bucket(1 / steady, burst)
        self._chats: dict[Chat, _Bucket] = {}
        self._forget_from = FORGET_FROM
        self._refusals: deque[tuple[float, Chat]] = deque()
        self._waiting: dict[Lane, dict[Chat, deque[Turn]]] = {lane: {} for lane in Lane}

    @property
    def waiting(self) -> dict[Lane, int]:
        """How many calls wait, by lane."""
        return {lane: sum(map(len, turns.values())) for lane, turns in self._waiting.items()}

    @property
    def known(self) -> int:
        """How many chats are remembered."""
        return len(self._chats)

    def ask(self, turn: Turn) -> None:
        """Put *turn* in line, or refuse it because of a pause. release() lets it go."""
        pause = self._pause(turn.chat, self._time())
        if pause > PATIENCE[turn.lane]:
            turn.done(pause)
        else:
            self._waiting[turn.lane].setdefault(turn.chat, deque()).append(turn)

    def withdraw(self, turn: Turn) -> None:
        """Take *turn* out of line, if it is there."""
        line = self._waiting[turn.lane].get(turn.chat)
        if line and turn in line:
            line.remove(turn)
            if not line:
                del self._waiting[turn.lane][turn.chat]

    def release(self) -> float | None:
        """Let go whoever may; return the seconds until somebody else may, None if nobody waits."""
        while turn := self._next(now := self._time()):
            self._all.spend(now, 1.0)
            self._chat(turn.chat, now).spend(now, turn.cost)
            turn.done(None)
        return self._seconds_to_next(now)

    def refused(self, chat: Chat, seconds: float) -> None:
        """Telegram told *chat* to wait: pause it, or everything if several are told together."""
        now = self._time()
        entry = self._chat(chat, now)
        entry.paused_until = max(entry.paused_until, now + seconds)
        self._refusals.append((now, chat))
        while self._refusals[0][0] < now - TOGETHER:
            self._refusals.popleft()
        if len({told for _, told in self._refusals}) >= SEVERAL:
            self._all.paused_until = max(self._all.paused_until, now + seconds)
            self._refusals.clear()
        self._turn_away(now)

    def _turn_away(self, now: float) -> None:
        """Refuse those in line whose pause is longer than they wait."""
        for lane, lines in self._waiting.items():
            for chat in list(lines):
                pause = self._pause(chat, now)
                if pause > PATIENCE[lane]:
                    for turn in lines.pop(chat):
                        turn.done(pause)

    def _next(self, now: float) -> Turn | None:
        """Take the next turn out of line: answers first, then the chat that waited longest."""
        if now < self._all.ready_at(1.0):
            return None
        for lines in self._waiting.values():
            for chat, line in lines.items():
                if self._ready_at(line[0]) <= now:
                    turn = line.popleft()
                    del lines[chat]
                    if line:
                        lines[chat] = line
                    return turn
        return None

    def _seconds_to_next(self, now: float) -> float | None:
        if not any(self._waiting.values()):
            return None
        first = min(
            self._ready_at(line[0]) for lines in self._waiting.values() for line in lines.values()
        )
        return max(0.0, first - now, self._all.ready_at(1.0) - now)

    def _ready_at(self, turn: Turn) -> float:
        chat = self._chats.get(turn.chat)
        return chat.ready_at(turn.cost) if chat else 0.0

    def _pause(self, chat: Chat, now: float) -> float:
        """How many seconds of a pause lie ahead of *chat*."""
        known = self._chats.get(chat)
        return max(self._all.paused_until, known.paused_until if known else 0.0) - now

    def _chat(self, chat: Chat, now: float) -> _Bucket:
        """Return what is known of *chat*, and forget the quiet ones now and then."""
        if chat not in self._chats:
            if len(self._chats) >= self._forget_from:
                self._chats = {c: k for c, k in self._chats.items() if not k.is_quiet(now)}
                self._forget_from = max(FORGET_FROM, 2 * len(self._chats))
            private = isinstance(chat, int) and chat > 0
            self._chats[chat] = _Bucket(self._private if private else GROUP)
        return self._chats[chat]
