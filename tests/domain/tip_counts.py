"""Counting what people got: the rules of choosing written a second time, sharing no code with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from content.library import Library
from tests.domain.tip_lives import Show

NOT_FOR_SUPPLEMENTS = {
    "pregnancy", "kidney", "liver", "seizures", "mania", "cancer_treatment",
}  # fmt: skip

WRONG = (
    "repeats before all were shown", "back too soon", "too near, avoidably",
    "supplements to the excluded", "not wanted",
)  # fmt: skip
"""What must never be counted."""


def count(shows: Iterable[Show], library: Library) -> Counter[str]:
    """Count what one person got in a year, and what went wrong in it."""
    found: Counter[str] = Counter()
    past: list[str] = []
    this_round: set[str] = set()
    for show in shows:
        name = show.snippet.id
        if show.asked:
            found["opened by themselves"] += 1
        else:
            found["tips"] += 1
            found["that fitted"] += show.fits is not None
            if show.pool <= this_round:
                this_round, found["rounds"] = set(), found["rounds"] + 1
            found["repeats before all were shown"] += name in this_round
            found["back too soon"] += name in soon(past, show.pool)
            found["too near, avoidably"] += is_too_near(show, past, this_round, library)
            found["supplements to the excluded"] += is_excluded(show)
            found["not wanted"] += name not in show.pool
        this_round.add(name)
        past.append(name)
    return found


def soon(past: list[str], pool: frozenset[str]) -> set[str]:
    """Return what was among the last tips: half as many different ones as there are."""
    last: list[str] = []
    for name in past[::-1]:
        if len(last) == len(pool) // 2:
            break
        if name in pool and name not in last:
            last.append(name)
    return set(last)


def is_too_near(show: Show, past: list[str], this_round: set[str], library: Library) -> bool:
    """Say whether it repeats a topic of the last two, or a supplement of the last three, though another
    was left that does neither."""
    topics = {library.snippets[name].topic for name in past[-2:]}
    powder = any("supplement" in library.snippets[name].disclaimers for name in past[-3:])

    def near(name: str) -> bool:
        snippet = library.snippets[name]
        return snippet.topic in topics or (powder and "supplement" in snippet.disclaimers)

    left = show.pool - this_round - soon(past, show.pool)
    return near(show.snippet.id) and not all(near(name) for name in left)


def is_excluded(show: Show) -> bool:
    """Say whether a text on a supplement came to somebody who should not get one: its caution may."""
    if "supplement" not in show.snippet.disclaimers:
        return False
    marks = (show.marks & NOT_FOR_SUPPLEMENTS) | (set() if show.adult else {"under_18"})
    return not marks <= show.snippet.caution_for
