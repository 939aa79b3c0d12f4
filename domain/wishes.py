"""What a reminder is, apart from how it is sent: the same wish twice is known by this. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.recurrence import Schedule
from domain.reminders import Kind

MOST = 50
"""Reminders that a person can have."""

MOST_WORDS = 200
"""Characters of the words of one."""


@dataclass(frozen=True, slots=True)
class Wished:
    """What, and when. routine, habit and text: by its kind."""

    kind: Kind
    schedule: Schedule
    routine: str | None = None
    habit: str | None = field(default=None, repr=False)
    text: str = field(default="", repr=False)
    medicine: bool = field(default=False, repr=False)


@dataclass(frozen=True, slots=True)
class Reminding:
    """A wish with how it is sent."""

    wished: Wished
    silent: bool = False
    nudges: int = 0
    active: bool = True
