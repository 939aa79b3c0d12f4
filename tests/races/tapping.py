"""A crowd that taps a whole evening at moments that nobody chose, and what became of its taps.

What was kept is asked of the bot itself, by each person's export.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from typing import Any, NamedTuple

from bot.tap import read, write
from bot.taps import AnswerTap, LogValueTap
from sandbox.phone import Phone
from tests.journeys.walks import exported, join

ANSWERS = {
    "pain_worst": "3", "bloating": "2", "bm_count": "2", "stool_form": "4",
    "stress": "7", "sleep_hours": "7-8", "sleep_quality": "good", "warning": "no",
}  # fmt: skip
LOGGED = ("pain_worst", "stress")
TAPS = len(ANSWERS) + len(LOGGED)


class Tap(NamedTuple):
    """One tap to come: whose, on which message, and what the button carries."""

    phone: Phone
    message_id: int
    data: str


async def crowd(phones: list[Phone]) -> list[Tap]:
    """Let everybody join and begin their check-in; return every tap that is to come."""
    await asyncio.gather(*(join(phone) for phone in phones))
    begun = await asyncio.gather(*(_begin(phone) for phone in phones))
    return [tap for phone, where in zip(phones, begun, strict=True) for tap in _taps(phone, *where)]


async def tap_all(taps: list[Tap], chance: random.Random, over: float) -> None:
    """Send every tap at a moment of its own in the next *over* seconds."""

    async def one(tap: Tap, after: float) -> None:
        await asyncio.sleep(after)
        await tap.phone.tap_data(tap.data, tap.message_id)

    await asyncio.gather(*(one(tap, chance.uniform(0, over)) for tap in taps))


async def lost_and_doubled(phones: list[Phone]) -> tuple[int, int]:
    """Return how many taps had no effect, and how many had it again."""
    lost: Counter[str] = Counter()
    doubled: Counter[str] = Counter()
    for diary in await asyncio.gather(*(exported(phone) for phone in phones)):
        day: dict[str, Any]
        (day,) = diary["check_ins"]
        answers = Counter((a["question"], a["code"]) for a in day["answers"])
        logs = Counter(e["question"] for e in diary["entries"])
        wanted = Counter(dict.fromkeys(ANSWERS.items(), 1))
        lost["answers"] += (wanted - answers).total()
        doubled["answers"] += (answers - wanted).total()
        lost["logs"] += (Counter(LOGGED) - logs).total()
        doubled["logs"] += (logs - Counter(LOGGED)).total()
    return lost.total(), doubled.total()


async def _begin(phone: Phone) -> tuple[int, int]:
    """Open the check-in; return its id, and the id of the message that shows it."""
    await phone.tap("Do one now")
    bubble = await phone.wait_for("1 of")
    tap = next(t for t in map(read, bubble.buttons.values()) if isinstance(t, AnswerTap))
    return tap.check_in_id, bubble.id


def _taps(phone: Phone, check_in_id: int, message_id: int) -> list[Tap]:
    answers = [AnswerTap(check_in_id, question, code) for question, code in ANSWERS.items()]
    logs = [LogValueTap(phone.id * 1000 + n, question, "5") for n, question in enumerate(LOGGED)]
    return [Tap(phone, message_id, write(tap)) for tap in (*answers, *logs)]
