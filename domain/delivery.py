"""The life of one message that has to be sent, from due to done.

The promise: sent once; if a process or the network dies in the middle of a send, it
may come a second time, silently; none is lost unless it would be later than its grace.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class State(StrEnum):
    """What is known of an occurrence. due, claimed and unknown may still be sent."""

    DUE = "due"
    CLAIMED = "claimed"
    SENT = "sent"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    SKIPPED = "skipped"
    FAILED = "failed"


class Reason(StrEnum):
    """Why an occurrence was skipped or failed."""

    PAUSED = "paused"
    ANSWERED = "answered"
    BY_PERSON = "by_person"
    QUIET = "quiet"
    BLOCKED = "blocked"
    CHAT_NOT_FOUND = "chat_not_found"
    REFUSED = "refused"
    NO_OUTCOME = "no_outcome"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"


class Outcome(StrEnum):
    """How one send ended, as far as anybody can know."""

    SENT = "sent"
    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"
    GONE = "gone"
    NOT_FOUND = "not_found"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a message goes to. Never printed: the chat's number is who they are."""

    person_id: int
    chat_id: int

    def __repr__(self) -> str:
        return f"Recipient(person_id={self.person_id})"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a send. retry_in: how long Telegram asks to wait; message_id: once sent."""

    outcome: Outcome
    message_id: int | None = None
    retry_in: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """What to write of an attempt. attempts counts sends that may have arrived."""

    state: State
    reason: Reason | None
    attempts: int
    message_id: int | None = None
    retry_in: timedelta | None = None


MOST_ATTEMPTS = 2
"""Sends that may have arrived: the first, and one silent retry."""

LEAST_WAIT, MOST_WAIT = timedelta(seconds=5), timedelta(minutes=5)
"""Between two tries of a message that was not sent."""

DOUBT = timedelta(minutes=1)
"""How long we wait, at least, before a message is sent again of which nobody knows if it came."""

_FAILED = {
    Outcome.GONE: Reason.BLOCKED,
    Outcome.NOT_FOUND: Reason.CHAT_NOT_FOUND,
    Outcome.REFUSED: Reason.REFUSED,
}


def backoff(outcome: Outcome, late: timedelta, left: timedelta) -> timedelta:
    """Return how long to wait before the next try of a message that is *late*, with *left* to go.

    As long as it has waited already, so that the waits double; never past its end, if that is
    not at hand.
    """
    least = DOUBT if outcome is Outcome.UNKNOWN else LEAST_WAIT
    return max(LEAST_WAIT, min(max(least, late), MOST_WAIT, left))


def settlement(receipt: Receipt, before: int, backoff: timedelta) -> Settlement:
    """Decide what a *receipt* makes of an occurrence of which *before* sends (0 or 1) may have arrived.

    Not sent leaves it at that and waits *backoff*, or as long as Telegram asks. An unknown
    outcome waits for its one silent retry; after that it stays unknown, for good.
    """
    attempt = before + 1
    match receipt.outcome:
        case Outcome.SENT:
            return Settlement(State.SENT, None, attempt, receipt.message_id)
        case Outcome.NOT_SENT:
            return Settlement(State.DUE, None, before, None, receipt.retry_in or backoff)
        case Outcome.UNKNOWN:
            reason = Reason.NO_OUTCOME if attempt >= MOST_ATTEMPTS else None
            return Settlement(State.UNKNOWN, reason, attempt, None, backoff)
        case _:
            return Settlement(State.FAILED, _FAILED[receipt.outcome], attempt)
