"""How steadily a diary is kept: the days with an entry, out of the days that count.

Pure. A day counts where there is an entry, or where somebody was asked and did not answer. A day that was
paused or left out, or that we failed to ask about, counts for nothing and against nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from domain.delivery import Reason, State

LEAST_DAYS = 3
"""Days with an entry below which there is little to sum up."""

_BY_PERSON = frozenset({Reason.BY_PERSON, Reason.PAUSED, Reason.WITHDRAWN})
"""Why nothing more was sent, or answered, because the person wished it so."""


class Message(NamedTuple):
    """What became of a message that asked for a day's check-in. nudge: it only asked once more."""

    state: State
    reason: Reason | None = None
    nudge: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A day as it went. done: there is an entry. messages: what was to ask for it, in order."""

    day: date
    done: bool
    messages: Sequence[Message] = ()


@dataclass(frozen=True, slots=True)
class Rate:
    """done: days with an entry. counted: days that count, never fewer."""

    done: int
    counted: int


def rate(days: Iterable[Day], today: date) -> Rate:
    """Return how many of *days* (each once) have an entry, out of those that count."""
    done = left = 0
    for day in days:
        done += day.done
        left += not day.done and day.day < today and was_asked(day.messages)
    return Rate(done, done + left)


def was_asked(messages: Sequence[Message]) -> bool:
    """Say whether somebody was asked, and wished to be: the last of *messages* came, and none was left out.

    A nudge is no asking of its own. What may or may not have come is not held against anybody.
    """
    if any(message.reason in _BY_PERSON for message in messages):
        return False
    asking = [message for message in messages if not message.nudge]
    return bool(asking) and asking[-1].state is State.SENT
