"""Writes reminders_en_made.tsv: times, days and things to do in many spellings and orders.

It knows nothing of the grammar: each spelling stands beside what a person means by it. Run it as
`python -m tests.corpus.make` after a change here.
"""

from __future__ import annotations

import random
from pathlib import Path

FILE = Path(__file__).parent / "reminders_en_made.tsv"

HEAD = "# Made by tests/corpus/make.py; see reminders_en.tsv for how to read it.\n"

DAYS = {
    "week:1234567": ("every day", "each day", "daily", "everyday", "Every Day"),
    "week:12345": ("every weekday", "on weekdays", "weekdays", "Mon-Fri", "monday to friday"),
    "week:67": ("every weekend", "weekends", "on weekends", "sat and sun"),
    "week:1": ("every monday", "on mondays", "every Mon"),
    "week:24": (
        "tue and thu",
        "every tuesday and thursday",
        "Tue, Thu",
        "on tuesdays and thursdays",
    ),
    "week:135": ("mon wed fri", "every mon, wed and fri", "MON WED FRI"),
    "month:1": ("on the 1st of every month", "monthly on the 1st", "every month on the first"),
    "month:28": ("on the 28th of each month", "monthly on the 28th"),
    "on:2025-11-27": ("tomorrow", "Tomorrow", "on 27 November", "2025-11-27", "27 Nov", "Nov 27th"),
    "on:2025-11-28": ("the day after tomorrow", "in 2 days", "28 Nov 2025", "on november 28"),
    "on:2026-01-15": ("15 Jan", "on the 15th of January", "January 15, 2026", "15.01.2026"),
}
"""What is meant, and how it is said. None of these days is today."""

TIMES = {
    "06:00": ("at 6", "6am", "6:00", "at 6 a.m.", "06:00"),
    "08:30": ("at 8:30", "8:30am", "8.30", "at 8:30 am", "08:30"),
    "12:00": ("at noon", "12pm", "at 12", "12:00"),
    "17:45": ("at 17:45", "5:45pm", "17.45", "17h45"),
    "21:00": ("at 21", "9pm", "21:00", "at 9 PM", "21h"),
    "07:00 19:00": ("at 7 and 19", "7am and 7pm", "7:00, 19:00", "at 7:00 & 19:00"),
    "09:00 13:00 17:00": ("at 9, 13 and 17", "9am, 1pm and 5pm", "9:00 13:00 17:00"),
}

THINGS = (
    "", "", "stretch", "drink water", "call mum", "Take the bins out", "write a line",
    "walk the dog", "breathe", "wash up", "Vitamin D", "go to bed", "B12", "feed the cat 🐈",
)  # fmt: skip

UNCLEAR = (
    "around {hour}", "at {hour}ish", "at {hour}-{next}", "at {hour} or {next}", "between {hour} and {next}",
    "at {bad}:00", "at {hour}:75", "{hour}", "at half past {hour}", "before {hour}", "at -{hour}",
)  # fmt: skip
"""No time that could be meant for sure."""


def orders(days: str, times: str, thing: str) -> list[tuple[str, ...]]:
    """Return the orders in which people say a day, a time and a thing."""
    found: list[tuple[str, ...]] = [
        (days, times, thing),
        (thing, days, times),
        (f"{days},", f"{times}:", thing),
    ]
    if times.startswith("at "):
        found.append((thing, times, days))
        found.append(("remind me to" if thing else "", thing, days, times))
    return found


def line(parts: tuple[str, ...]) -> str:
    return " ".join(filter(None, parts)).rstrip(":")


def leaves_open(parts: tuple[str, ...], times: str) -> bool:
    """Say whether an hour alone stands before what it could count or be a part of.

    "at 6 January 15" may be the sixth; "at 9 and 17 push-ups" may be seventeen of them.
    """
    said = [part for part in parts if part]
    after = said[said.index(times) + 1 :] if times in said else []
    if not after or not times[-1].isdigit() or ":" in times:
        return False
    hours = times.replace(",", "").split()
    several = len([hour for hour in hours if hour.isdigit()]) > 1
    return hours[-1].isdigit() and (
        after[0][0].isdigit() or (several and after[0] in THINGS) or after[0].startswith("January")
    )


def understood(rng: random.Random) -> str:
    meant, said = rng.choice(list(DAYS.items()))
    at, spellings = rng.choice(list(TIMES.items()))
    thing, times = rng.choice(THINGS), rng.choice(spellings)
    parts = rng.choice(orders(rng.choice(said), times, thing))
    about = f" | {thing}" if thing else ""
    expected = "ask" if leaves_open(parts, times) else f"{meant} {at}{about}"
    return f"{expected}\t{line(parts)}"


def unclear(rng: random.Random) -> str:
    hour = rng.randrange(1, 22)
    times = rng.choice(UNCLEAR).format(hour=hour, next=hour + 1, bad=rng.randrange(24, 99))
    days = rng.choice(rng.choice(list(DAYS.values())))
    return f"ask\t{line(rng.choice(orders(days, times, rng.choice(THINGS))))}"


def main() -> None:
    rng = random.Random(20251126)
    rows = dict.fromkeys([understood(rng) for _ in range(340)] + [unclear(rng) for _ in range(120)])
    FILE.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
