"""What several processes that send with one token may send together: the rule, without a clock.

A budget gives permits, each with the moment from which it holds. Permits lie evenly, so that what
two processes were given never goes out in the same instant; answers to people come before bulk,
whoever asks; what nobody asks for is nobody's share, and what is not used lapses. Moments are the
database's; nothing here says who sends.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

STEADY = 0.9
"""Of the allowed rate, what is given. The rest is room for LEAD and LATE: 0.9 x (1 + 0.04 + 0.07) < 1."""

LEAD = timedelta(seconds=0.04)
"""How much before its own place an answer may go: it need not wait where the last moments were quiet."""

LATE = timedelta(seconds=0.07)
"""How long a permit holds. A process that was busy for longer has lost it."""

AHEAD = timedelta(seconds=0.2)
"""How far ahead permits are given: what a process may hold, and what an answer elsewhere waits for."""

CLAIM = timedelta(seconds=0.3)
"""How long bulk keeps away where answers were left without a permit. They ask again before it is over."""

SEVERAL, TOGETHER = 3, timedelta(seconds=5)
"""So many chats told to wait within so long mean that all of us are: bulk waits. Answers to people are few,
and go on until as many of their own are told; a process finds that out by itself."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a process would send now, were it alone. known: which count of pauses it knows, if any."""

    answers: int
    bulk: int
    known: int | None = None


@dataclass(frozen=True, slots=True)
class Budget:
    """Where the budget stood at *at*. spent_until: the place of the next permit. paused_until: that of bulk."""

    at: datetime
    spent_until: datetime
    answers_until: datetime
    paused_until: datetime
    counted_from: datetime

    @classmethod
    def fresh(cls, now: datetime) -> Budget:
        """Return one of which nothing is spent."""
        return cls(now, now, now, now, now)

    def moved_to(self, now: datetime) -> Budget:
        """Return it at *now*. A clock that was set back takes all moments with it: what was a second
        ahead stays so."""
        back = max(self.at - now, timedelta())
        return Budget(
            now,
            self.spent_until - back,
            self.answers_until - back,
            self.paused_until - back,
            self.counted_from - back,
        )

    def paused(self, seconds: float) -> Budget:
        """Return it with all bulk paused for so long, and the count of those told begun anew."""
        until = max(self.paused_until, self.at + timedelta(seconds=seconds))
        return replace(self, paused_until=until, counted_from=self.at)


@dataclass(frozen=True, slots=True)
class Slice:
    """What a process was given at *now*. starts: from when each permit holds, earliest first.

    answers_at, bulk_at: before then asking for more is in vain. pauses: what chats were told, by
    keyed hash; None where nothing is new since *known*.
    """

    now: datetime
    starts: tuple[datetime, ...]
    paused_until: datetime
    answers_at: datetime
    bulk_at: datetime
    known: int = 0
    pauses: Mapping[bytes, datetime] | None = field(default=None, repr=False)


def give(budget: Budget, now: datetime, ask: Ask, per_second: float) -> tuple[Budget, Slice]:
    """Give what *ask* may have of a budget of *per_second*; return the budget after it.

    In any second at most *per_second* permits hold, however late in their time each is used.
    """
    budget = budget.moved_to(now)
    bulk = 0 if budget.paused_until > now else ask.bulk
    each = timedelta(seconds=1 / (per_second * STEADY))
    place, end = max(budget.spent_until, now), now + AHEAD
    starts: list[datetime] = []
    while len(starts) < ask.answers and place <= end:
        starts.append(max(now, place - LEAD))
        place += each
    claimed = budget.answers_until
    if len(starts) < ask.answers:
        claimed = max(claimed, now + CLAIM, place - AHEAD + CLAIM)
    elif claimed <= now:
        while len(starts) < ask.answers + bulk and place <= end:
            starts.append(place)
            place += each
    more_at = max(now, place - AHEAD)
    bulk_at = max(more_at, claimed, budget.paused_until)
    given = Slice(now, tuple(sorted(starts)), budget.paused_until, more_at, bulk_at)
    return replace(budget, spent_until=place, answers_until=claimed), given
