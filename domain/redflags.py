"""Warning signs: which kind of help each one points to. Nothing is scored or named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class Tier(IntEnum):
    """How soon help is wanted; lower is sooner."""

    EMERGENCY = 1
    DISTRESS = 2
    TODAY = 3
    SOON = 4


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign on the warning list. A person selects it; a fixed text of its tier follows.

    signed_off: which clinician agreed with its tier and when, or None where nobody has yet.
    """

    id: str
    version: int
    tier: Tier
    order: int
    signed_off: str | None = None


def most_urgent(signs: Iterable[Sign]) -> Sign | None:
    """Return the sign among *signs* that wants help soonest, or None for none."""
    return min(signs, key=lambda sign: (sign.tier, sign.order), default=None)
