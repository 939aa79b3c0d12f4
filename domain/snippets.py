"""What a tip is, and how often tips come. Which one comes next is in `tip_choice`.

Pure: nothing here knows words. A snippet cannot be made without the disclaimers that its topic
and its points ask for; the library that loads it sees to that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Pace(StrEnum):
    """How often tips come; off is a choice like the others."""

    DAILY = "daily"
    SOME_DAYS = "some_days"
    WEEKLY = "weekly"
    OFF = "off"


PACE_WEEKDAYS: Mapping[Pace, frozenset[int]] = {
    Pace.DAILY: frozenset(range(7)),
    Pace.SOME_DAYS: frozenset({0, 2, 4}),
    Pace.WEEKLY: frozenset({5}),
    Pace.OFF: frozenset(),
}
"""The local weekdays (0 = Monday) on which a pace sends."""


UNDER_18 = "under_18"
"""The mark of everybody who is not known to be of age. Nobody sets it: the age bracket does."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """One short text on one idea. Its words are in the locales, under its id.

    section: the article's section it rests on, by key. points: the article's points, at least one.
    references: addresses of what the points name; empty means that no study is cited. disclaimers:
    keys of all that must be shown with it, `general` first. supplement: it is about a supplement.
    caution_for: ids of the marks that it is the caution for, so that they do not leave it out.
    signed_off: who reviewed it and when, or None where nobody has yet.
    """

    id: str
    version: int
    topic: str
    section: str
    points: tuple[str, ...]
    references: tuple[str, ...]
    evidence: str
    disclaimers: tuple[str, ...]
    supplement: bool
    caution_for: frozenset[str] = frozenset()
    signed_off: str | None = None
