"""What a fault cost: how many messages were due, came, were lost, and came twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Tally:
    """due: messages that had to come. loud: of those that came twice, how many with a sound."""

    due: int
    sent: int
    lost: int = 0
    doubled: int = 0
    loud: int = 0


def tally(fault: str, due: Iterable[object], sent: Iterable[tuple[object, bool]]) -> Tally:
    """Count and print. due: what each message is known by, its chat say; sent: that, and whether it
    came silently, in the order in which they came."""
    wanted, came, loud = Counter(due), Counter[object](), 0
    for known_by, silent in sent:
        came[known_by] += 1
        loud += came[known_by] > wanted[known_by] and not silent
    lost, doubled = (wanted - came).total(), (came - wanted).total()
    counted = Tally(wanted.total(), came.total(), lost, doubled, loud)
    print(
        f"{fault}: {counted.due} due, {counted.sent} sent, "
        f"lost {counted.lost}, doubled {counted.doubled}"
    )
    return counted


def received(notes: Iterable[dict[str, Any]]) -> list[tuple[object, bool]]:
    """Return of what a sandbox wrote down as sent: the chat of each, and whether it was silent."""
    return [(note["chat_id"], bool(note["silent"])) for note in notes]
