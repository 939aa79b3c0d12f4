"""Notes and extra logs: timed entries beside the day's check-in."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from domain.checkin import Question

MOST_NOTE = 1000
"""The longest note, in characters."""


class EntryKind(StrEnum):
    """What an entry holds."""

    NOTE = "note"
    LOG = "log"


def day_value(question: Question, answered: str | None, logged: Sequence[str]) -> str | None:
    """Return a day's value of *question*: the check-in's answer, else the worst log, else None.

    Worst is the code furthest down the question's options, or furthest up where they run from the
    worst to the best.
    """
    if answered is not None:
        return answered
    known = [code for code in logged if code in question.options]
    worst = min if question.worst_first else max
    return worst(known, key=question.options.index, default=None)
