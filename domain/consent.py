"""What a person can agree to, each thing by itself, and which version of its text is in force."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Purpose(StrEnum):
    """One purpose, one consent: none is bundled with another."""

    KEEP = "keep"
    TIPS = "tips"
    MARKS = "marks"
    FIT = "fit"


JOINING = (Purpose.KEEP, Purpose.TIPS)
"""What joining asks for. The others are asked only of somebody who opens the thing itself."""

CURRENT: Mapping[Purpose, int] = {
    Purpose.KEEP: 1,
    Purpose.TIPS: 2,
    Purpose.MARKS: 1,
    Purpose.FIT: 1,
}
"""The version of each text. A changed text is a new version, and is asked again before more is kept."""


def is_given(decision: tuple[bool, int] | None, purpose: Purpose) -> bool:
    """Say whether the latest *decision* (given, version) covers the text now in force."""
    return decision is not None and decision[0] and decision[1] == CURRENT[purpose]


def is_decided(decision: tuple[bool, int] | None, purpose: Purpose) -> bool:
    """Say whether the person has answered the text now in force, either way."""
    return decision is not None and decision[1] == CURRENT[purpose]
