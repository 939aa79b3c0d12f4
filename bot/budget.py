"""What this process may send over all chats: a budget of its own, or its part of a shared one.

A shared budget holds permits that were given to us (domain/budget), on the clock of this process.
While none can be had, as the database is away, it goes on at a modest pace of its own. Nothing here
waits, asks a database or sends.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from math import inf
from typing import Protocol

from domain.budget import LATE, STEADY, Slice

Chat = int | str

HAIR = 1e-6
"""Seconds that a sum of fractions may be off by."""

MODEST = 0.25
"""Of the overall rate, what a process sends by itself while it cannot ask for its part."""

DRIFT = 1e-4
"""Seconds a second by which two clocks may part."""


class Budget(Protocol):
    """What may go over all. paused_until: Telegram told several of our chats to wait, and bulk waits
    for all of them until then; whoever is told, sets it."""

    paused_until: float

    def ready_at(self, now: float) -> float:
        """Return the moment from which one call may go; infinity where nobody knows it yet."""

    def spend(self, now: float) -> None:
        """Let one call go that may."""

    def chat_paused_until(self, chat: Chat) -> float:
        """Return until when another process was told that this chat waits."""


@dataclass(slots=True)
class Bucket:
    """A burst, then one every *seconds_each*. *spent_until*: when all that went is paid off."""

    seconds_each: float
    burst: float
    spent_until: float = 0.0
    paused_until: float = 0.0

    def ready_at(self, cost: float) -> float:
        unpaid = self.spent_until - (self.burst - cost) * self.seconds_each
        return max(unpaid - HAIR, self.paused_until)

    def spend(self, now: float, cost: float) -> None:
        self.spent_until = max(self.spent_until, now) + cost * self.seconds_each

    def is_quiet(self, now: float) -> bool:
        return max(self.spent_until, self.paused_until) <= now


class Local:
    """A budget for one process alone: a tenth of the rate at once after a quiet time, the rest evenly."""

    def __init__(self, per_second: float) -> None:
        self.paused_until = 0.0
        self._bucket = Bucket(1 / (per_second * STEADY), max(1.0, per_second * (1 - STEADY)))

    def ready_at(self, _now: float) -> float:
        return self._bucket.ready_at(1.0)

    def spend(self, now: float) -> None:
        self._bucket.spend(now, 1.0)

    def chat_paused_until(self, _chat: Chat) -> float:
        return 0.0


@dataclass(slots=True)
class Apart:
    """How far another clock is from ours, in seconds: narrowed down by every time it was asked."""

    low: float = -inf
    high: float = inf
    learnt_at: float = 0.0

    def learn(self, theirs: float, asked: float, answered: float) -> None:
        """Their clock showed *theirs* at some moment between *asked* and *answered* of ours."""
        low, high = theirs - answered, theirs - asked
        parted = (answered - self.learnt_at) * DRIFT
        self.low, self.high = max(low, self.low - parted), min(high, self.high + parted)
        if self.low > self.high:  # one of the two was set
            self.low, self.high = low, high
        self.learnt_at = answered

    def here(self, theirs: datetime) -> float:
        """Return their moment on our clock."""
        return theirs.timestamp() - (self.low + self.high) / 2


@dataclass(slots=True)
class Shared:
    """Our part of the budget that all senders of a token share.

    name: what a chat is called among processes. away: it cannot be asked. known: which count of
    pauses we know. more_at: before then asking is in vain, for answers and for bulk.
    """

    per_second: float
    name: Callable[[Chat], bytes | None]
    paused_until: float = 0.0
    away: bool = False
    known: int | None = None
    more_at: tuple[float, float] = (0.0, 0.0)
    _starts: deque[float] = field(default_factory=deque)
    _pauses: dict[bytes, float] = field(default_factory=dict, repr=False)
    _apart: Apart = field(default_factory=Apart)
    _modest: Local = field(init=False)

    def __post_init__(self) -> None:
        self._modest = Local(self.per_second * MODEST)

    def ready_at(self, now: float) -> float:
        self._drop_lapsed(now)
        if self._starts:
            return self._starts[0]
        return self._modest.ready_at(now) if self.away else inf

    def spend(self, now: float) -> None:
        if self._starts:
            self._starts.popleft()
        else:
            self._modest.spend(now)

    def held(self, now: float) -> int:
        """How many permits are in hand."""
        self._drop_lapsed(now)
        return len(self._starts)

    def chat_paused_until(self, chat: Chat) -> float:
        if not self._pauses:
            return 0.0
        name = self.name(chat)
        return 0.0 if name is None else self._pauses.get(name, 0.0)

    def take(self, given: Slice, asked: float, answered: float) -> None:
        """Take what was given; it was asked for and answered at these moments of ours."""
        self.away = False
        self._apart.learn(given.now.timestamp(), asked, answered)
        here = self._apart.here
        self._starts = deque(sorted([*self._starts, *map(here, given.starts)]))
        self.paused_until = max(self.paused_until, here(given.paused_until))
        self.more_at = here(given.answers_at), here(given.bulk_at)
        self.known = given.known
        if given.pauses is not None:
            self._pauses = {name: here(until) for name, until in given.pauses.items()}

    def _drop_lapsed(self, now: float) -> None:
        while self._starts and self._starts[0] + LATE.total_seconds() < now:
            self._starts.popleft()
