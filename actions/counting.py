"""How a room counts what happened, knowing nothing of where the counts are shown."""

from __future__ import annotations

from collections.abc import Callable

Count = Callable[[str, str], None]
"""Counts one event: the counter's name, and a fixed word for what happened. Never about anybody."""


def count_nothing(_name: str, _word: str) -> None:
    """Do not count."""
