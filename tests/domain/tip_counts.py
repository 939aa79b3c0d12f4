"""Counting what people got: the rules of choosing written a second time, sharing no code with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from content.library import Library
from domain.snippets import Snippet
from tests.domain.tip_lives import Show
from tests.domain.tip_marks import is_left_out, is_their_caution

WRONG = (
    "repeats before all were shown", "back too soon", "too near, avoidably", "too early, avoidably",
    "left out for them", "not wanted", "fitted twice running", "fitted a supplement",
)  # fmt: skip
"""What must never be counted."""


def count(shows: Iterable[Show], library: Library) -> Counter[str]:
    """Count what one person got in a year, and what went wrong in it."""
    found: Counter[str] = Counter()
    past: list[str] = []
    this_round: set[str] = set()
    fitted = False
    for show in shows:
        name = show.snippet.id
        found["left out for them"] += is_left_out(show.snippet, show.marks, show.adult)
        if show.asked:
            found["opened by themselves"] += 1
        else:
            found["tips"] += 1
            found["cautions"] += is_their_caution(show.snippet, show.marks, show.adult)
            if show.pool <= this_round:
                this_round, found["rounds"] = set(), found["rounds"] + 1
            found["repeats before all were shown"] += name in this_round
            found["back too soon"] += name in soon(past, show.pool)
            left = [library.snippets[n] for n in show.pool - this_round - soon(past, show.pool)]
            found["too near, avoidably"] += is_too_near(show.snippet, left, past, library)
            found["too early, avoidably"] += is_too_early(show.snippet, left, past, library)
            found["not wanted"] += name not in show.pool
            fits = show.fits is not None
            found["that fitted"] += fits
            found["fitted twice running"] += fits and fitted
            found["fitted a supplement"] += fits and on_supplements(show.snippet)
            fitted = fits
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


def on_supplements(snippet: Snippet) -> bool:
    return "supplement" in snippet.disclaimers


def is_near(snippet: Snippet, past: list[str], library: Library) -> bool:
    """Say whether it repeats a topic of the last two, or is on supplements like one of the last three."""
    topics = {library.snippets[name].topic for name in past[-2:]}
    powder = any(on_supplements(library.snippets[name]) for name in past[-3:])
    return snippet.topic in topics or (powder and on_supplements(snippet))


def is_too_near(
    snippet: Snippet, left: Iterable[Snippet], past: list[str], library: Library
) -> bool:
    """Say whether it came near the last ones though another was left that does not."""
    return is_near(snippet, past, library) and not all(is_near(s, past, library) for s in left)


def is_too_early(
    snippet: Snippet, left: Iterable[Snippet], past: list[str], library: Library
) -> bool:
    """Say whether a supplement was among the first three though another tip would do."""
    others = (s for s in left if not on_supplements(s) and not is_near(s, past, library))
    return len(past) < 3 and on_supplements(snippet) and any(others)
