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

MINORS_LEAVE_OUT = frozenset({"supplement"})
"""The disclaimers of what nobody gets who is not known to be of age."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What somebody can say does not fit them.

    leaves_out: disclaimers and topics of the tips that then stay away.
    """

    id: str
    version: int
    order: int
    leaves_out: frozenset[str]


@dataclass(frozen=True, slots=True)
class Snippet:
    """One short text on one idea. Its words are in the locales, under its id.

    section: the article's section it rests on, by key. points: the article's points, at least one.
    references: addresses of what the points name; empty means that no study is cited. disclaimers:
    keys of all that must be shown with it, `general` first. supplement: it is about a supplement.
    caution_for: ids of the marks that it is the caution for, so that they do not leave it out.
    signed_off: who reviewed it and when, or None where nobody has yet. suggests: it has a thing to try.
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
    suggests: bool = False

    @property
    def can_be_tried(self) -> bool:
        """Whether a person may say that they tried it: never where a supplement is what it is about."""
        return self.suggests and not self.supplement


def allowed(snippet: Snippet, marks: Mapping[str, frozenset[str]]) -> bool:
    """Say whether a person with these marks may get *snippet*: every mark only ever takes away.

    marks: what each leaves out, as keys of disclaimers and of topics. A mark lets pass what is its own
    caution; what another of the person's marks leaves out stays left out.
    """
    return all(
        mark in snippet.caution_for or leaves_out.isdisjoint((*snippet.disclaimers, snippet.topic))
        for mark, leaves_out in marks.items()
    )
