"""What a person is asked before they are in, and what comes next: from what they told, nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.consent import Purpose, is_decided, is_given

ADULT_AT = 18
"""Years from which a person is no longer a minor to us."""


class Age(StrEnum):
    """The bracket a person says they are in: under the minimum, up to 17, or an adult."""

    UNDER = "u"
    MINOR = "m"
    ADULT = "a"


class JoinStep(StrEnum):
    """What is open. DECLINED: they want neither thing, so there is nothing to join."""

    AGE = "age"
    KEEP = "keep"
    TIPS = "tips"
    PLACE = "place"
    REMINDER = "reminder"
    DECLINED = "declined"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is stored of a person that joining asks for. joined: they got to its end once."""

    age: Age | None = field(repr=False)
    decisions: Mapping[Purpose, tuple[bool, int]] = field(repr=False)
    zone: str | None
    joined: bool


def next_step(facts: Facts) -> JoinStep:
    """Return what to ask next. A consent whose text has changed is asked again, of members too."""
    if facts.age is None:
        return JoinStep.AGE
    for purpose, step in ((Purpose.KEEP, JoinStep.KEEP), (Purpose.TIPS, JoinStep.TIPS)):
        if not is_decided(facts.decisions.get(purpose), purpose):
            return step
    if facts.joined:
        return JoinStep.DONE
    keeps = is_given(facts.decisions.get(Purpose.KEEP), Purpose.KEEP)
    if not keeps and not is_given(facts.decisions.get(Purpose.TIPS), Purpose.TIPS):
        return JoinStep.DECLINED
    if facts.zone is None:
        return JoinStep.PLACE
    return JoinStep.REMINDER if keeps else JoinStep.DONE


def brackets(min_age: int) -> tuple[Age, ...]:
    """Return the brackets to choose from; with a minimum of 18 or more there is none for minors."""
    return tuple(Age) if min_age < ADULT_AT else (Age.UNDER, Age.ADULT)
