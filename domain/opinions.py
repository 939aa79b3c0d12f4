"""What a person makes of a tip: saved it, found it helpful or not for them, tried it.

Each part is by itself, is theirs to take back, and says nothing about how they are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Opinion:
    """saved: since when. helpful: True, or False for "not for me". tried: the day. None: not said."""

    saved: datetime | None = field(default=None, repr=False)
    helpful: bool | None = field(default=None, repr=False)
    tried: date | None = field(default=None, repr=False)


NOTHING = Opinion()
"""Of a tip that nothing was said about."""
