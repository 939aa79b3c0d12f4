"""How a room counts and measures what happened, knowing nothing of where that is shown."""

from __future__ import annotations

from collections.abc import Callable

Count = Callable[[str, str], None]
"""Counts one event: the counter's name, and a fixed word for what happened. Never about anybody."""


def count_nothing(_name: str, _word: str) -> None:
    """Do not count."""


Measure = Callable[[str, float], None]
"""Notes one value, in seconds: the measure's name, and how long. Never about anybody."""


def measure_nothing(_name: str, _seconds: float) -> None:
    """Do not measure."""
