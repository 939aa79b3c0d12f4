"""Which tip comes next by itself.

Two things always hold. None comes again within a round, and a round lasts until every tip that the
person may get was shown. None comes again before half of the others were shown, which also holds
where a round ends, and where tips come, go, or are no longer wanted.

The rest is a matter of order: a topic of the last two tips, and a supplement after a supplement, wait
while others are left. So that the end of a round is not all of one kind, the topic with most left
comes first, and a supplement once those are a quarter of what is left. What fits what was logged comes
earlier, a topic of what was "not for me" later.

Pure: what was shown comes in as values, oldest first. Nothing is remembered but that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from domain.snippets import Snippet

TOPICS_APART = 2
"""How many of the last tips a topic keeps away from."""

SUPPLEMENTS_APART = 3
"""How many tips lie between two on supplements, and before the first of them."""

LOWERED = 3
"""A topic of what was "not for me" counts as if this part of what it has left were left."""


class Shown(NamedTuple):
    """One time that a tip was shown. asked: the person opened it. fitted: it came because it fitted."""

    snippet_id: str
    asked: bool = False
    fitted: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """The tip that comes next. fits: the question whose answer brought it forward, None: it would have
    come now anyway."""

    snippet: Snippet
    fits: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person made of tips, and what they logged.

    declined: tips that were not for them. lowered: the topics of those. fits: by topic, the question
    whose answer makes it fit.
    """

    declined: Collection[str] = field(default=(), repr=False)
    lowered: Collection[str] = field(default=(), repr=False)
    fits: Mapping[str, str] = field(default_factory=dict, repr=False)


def choose(
    allowed: Iterable[Snippet],
    shown: Sequence[Shown],
    library: Mapping[str, Snippet],
    wishes: Wishes = Wishes(),
) -> Chosen | None:
    """Return the tip to send next, or None where there is none at all.

    *allowed*: what may come by itself. *shown*: all that was, oldest first. *library*: by id, to know
    what those were about. A tip that was declined comes only where nothing else is left.
    """
    among = list(allowed)
    among = [s for s in among if s.id not in wishes.declined] or among
    if not among:
        return None
    left = _left_of_round(among, shown)
    recent = _latest(shown, {snippet.id for snippet in among})[: len(among) // 2]
    ready = [snippet for snippet in left if snippet.id not in recent]
    order = _Order(left, shown, library, wishes)
    best = min(ready, key=order.rank)
    in_turn = min(ready, key=_Order(left, shown, library, replace(wishes, fits={})).rank)
    return Chosen(best, None if best == in_turn else order.reason(best))


def longest_unseen(among: Iterable[Snippet], shown: Sequence[Shown]) -> Snippet | None:
    """Return which of *among* was not seen for the longest time; one never seen first."""
    last = {show.snippet_id: n for n, show in enumerate(shown)}
    return min(among, key=lambda s: (last.get(s.id, -1), s.id), default=None)


def _left_of_round(among: Sequence[Snippet], shown: Sequence[Shown]) -> list[Snippet]:
    """Return what was not shown yet in this round; all, where a new one begins.

    That a tip came by itself again tells that a round had ended before it, whichever tips there were
    then. So what comes and goes later moves no end of a round that was.
    """
    seen: set[str] = set()
    for show in shown:
        if show.snippet_id in seen and not show.asked:
            seen.clear()
        seen.add(show.snippet_id)
    return [snippet for snippet in among if snippet.id not in seen] or list(among)


def _latest(shown: Sequence[Shown], ids: Collection[str]) -> list[str]:
    """Return the different tips among *ids* that were shown, the latest first."""
    latest = dict.fromkeys(show.snippet_id for show in reversed(shown))
    return [snippet_id for snippet_id in latest if snippet_id in ids]


class _Order:
    """In which order what is left of a round comes."""

    def __init__(
        self,
        left: Sequence[Snippet],
        shown: Sequence[Shown],
        library: Mapping[str, Snippet],
        wishes: Wishes,
    ) -> None:
        known = [library[show.snippet_id] for show in shown if show.snippet_id in library]
        self._before = [snippet.topic for snippet in reversed(known[-TOPICS_APART:])]
        self._early = len(known) < SUPPLEMENTS_APART
        self._after_supplement = any(s.supplement for s in known[-SUPPLEMENTS_APART:])
        self._last = {show.snippet_id: n for n, show in enumerate(shown)}
        self._topics = Counter(snippet.topic for snippet in left)
        supplements = sum(snippet.supplement for snippet in left)
        self._due = supplements * (SUPPLEMENTS_APART + 1) >= len(left)
        self._lowered = frozenset(wishes.lowered)
        by_itself = [show for show in shown if not show.asked]
        rests = bool(by_itself) and by_itself[-1].fitted
        self._fits = {} if rests else wishes.fits

    def reason(self, snippet: Snippet) -> str | None:
        """Return the question whose answer lets this tip come first, if one does."""
        if snippet.supplement or snippet.topic in self._lowered:
            return None
        return self._fits.get(snippet.topic)

    def rank(self, snippet: Snippet) -> tuple[int, bool, bool, int, int, str]:
        """Return what a tip is compared by: the least comes first."""
        left = self._topics[snippet.topic]
        return (
            self._nearness(snippet),
            self.reason(snippet) is None,
            not (snippet.supplement and self._due),
            -(left // LOWERED if snippet.topic in self._lowered else left),
            self._last.get(snippet.id, -1),
            snippet.id,
        )

    def _nearness(self, snippet: Snippet) -> int:
        """Return how much it comes too near to what it should keep away from: 0 where not at all."""
        near = 0
        if snippet.topic in self._before:
            near = 8 if self._before[0] == snippet.topic else 2
        if snippet.supplement:
            near += 4 if self._after_supplement else 1 if self._early else 0
        return near
