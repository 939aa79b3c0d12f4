"""When each message may go out: the rule behind the limiter, without a clock or a task of its own.

Answers to people go before bulk, chats take turns, and a chat that Telegram told to wait holds up
nobody else. In any second at most `per_second` calls go out over all, evenly, as what leaves in two
bursts may arrive in one; in one chat at most its burst and then its steady rate. It keeps nothing of
a chat that has been quiet, and never sends.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from math import inf

from bot.budget import Bucket, Budget, Chat, Local
from domain.budget import SEVERAL, TOGETHER

GROUP = 3.0
"""Seconds for one message to a group: Telegram asks for 20 a minute."""

BURST = 3.0
"""Messages that a chat may get at once after a quiet time."""

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


class Pace:
    """Who may go now. *time* gives seconds that never go back; moments below are on it.

    per_second: calls over all, where no *budget* is given that says it. per_chat: messages a second
    to one private chat, beyond its burst.
    """

    def __init__(
        self,
        per_second: int,
        time: Callable[[], float],
        per_chat: float = 1.0,
        budget: Budget | None = None,
    ) -> None:
        self._time = time
        self._private = 1 / per_chat
        self._all: Budget = budget or Local(per_second)
        self._chats: dict[Chat, Bucket] = {}
        self._forget_from = FORGET_FROM
        self._answers_paused_until = 0.0
        self._refusals: deque[tuple[float, Lane, Chat]] = deque()
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
        pause = self._pause(turn.lane, turn.chat, self._time())
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
        """Let go whoever may; return the seconds until somebody else may.

        None if nobody waits, or if it is the budget alone that they wait for and it cannot say.
        """
        while turn := self._next(now := self._time()):
            self._all.spend(now)
            self._chat(turn.chat, now).spend(now, turn.cost)
            turn.done(None)
        return self._seconds_to_next(now)

    def wanted(self, lane: Lane, within: float, most: int) -> int:
        """Count the calls of *lane* that could go *within* seconds for all that their chats allow.

        Counts no further than *most*.
        """
        now, count = self._time(), 0
        if self._paused_until(lane) > now + within:
            return 0
        for chat, line in self._waiting[lane].items():
            if count >= most:
                break
            if self._pause(lane, chat, now) <= within:
                count += self._fitting(chat, line, now, within)
        return min(count, most)

    def refused(self, chat: Chat, seconds: float, lane: Lane = Lane.ANSWERS) -> bool:
        """Telegram told *chat* to wait, for a call of *lane*: pause it, and bulk to everybody if several
        are told together. Say whether bulk is.

        Answers to others are few and go on; they pause too if several of their own are told.
        """
        now = self._time()
        entry = self._chat(chat, now)
        entry.paused_until = max(entry.paused_until, now + seconds)
        self._refusals.append((now, lane, chat))
        while self._refusals[0][0] < now - TOGETHER.total_seconds():
            self._refusals.popleft()
        everything = len({told for _, _, told in self._refusals}) >= SEVERAL
        if len({told for _, of, told in self._refusals if of is Lane.ANSWERS}) >= SEVERAL:
            self._answers_paused_until = max(self._answers_paused_until, now + seconds)
        if everything:
            self._all.paused_until = max(self._all.paused_until, now + seconds)
            self._refusals.clear()
        self.turn_away()
        return everything

    def turn_away(self) -> None:
        """Refuse those in line whose pause is longer than they wait."""
        now = self._time()
        for lane, lines in self._waiting.items():
            for chat in list(lines):
                pause = self._pause(lane, chat, now)
                if pause > PATIENCE[lane]:
                    for turn in lines.pop(chat):
                        turn.done(pause)

    def _next(self, now: float) -> Turn | None:
        """Take the next turn out of line: answers first, then the chat that waited longest."""
        if now < self._all.ready_at(now):
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
        all_ready_at = self._all.ready_at(now)
        if all_ready_at == inf:
            return first - now if first > now else None
        return max(0.0, first - now, all_ready_at - now)

    def _ready_at(self, turn: Turn) -> float:
        chat = self._chats.get(turn.chat)
        own = chat.ready_at(turn.cost) if chat else 0.0
        return max(own, self._all.chat_paused_until(turn.chat), self._paused_until(turn.lane))

    def _paused_until(self, lane: Lane) -> float:
        """Until when all calls of *lane* are paused, whatever their chat."""
        return self._answers_paused_until if lane is Lane.ANSWERS else self._all.paused_until

    def _pause(self, lane: Lane, chat: Chat, now: float) -> float:
        """How many seconds of a pause lie ahead of *chat* in *lane*."""
        known = self._chats.get(chat)
        own = known.paused_until if known else 0.0
        return max(self._paused_until(lane), own, self._all.chat_paused_until(chat)) - now

    def _fitting(self, chat: Chat, line: deque[Turn], now: float, within: float) -> int:
        """Count how many of *line* its chat alone would let go *within* seconds."""
        known = self._chats.get(chat)
        bucket, count = replace(known or self._new(chat)), 0
        for turn in line:
            at = max(now, bucket.ready_at(turn.cost))
            if at > now + within:
                break
            bucket.spend(at, turn.cost)
            count += 1
        return count

    def _new(self, chat: Chat) -> Bucket:
        private = isinstance(chat, int) and chat > 0
        return Bucket(self._private if private else GROUP, BURST)

    def _chat(self, chat: Chat, now: float) -> Bucket:
        """Return what is known of *chat*, and forget the quiet ones now and then."""
        if chat not in self._chats:
            if len(self._chats) >= self._forget_from:
                self._chats = {c: k for c, k in self._chats.items() if not k.is_quiet(now)}
                self._forget_from = max(FORGET_FROM, 2 * len(self._chats))
            self._chats[chat] = self._new(chat)
        return self._chats[chat]
