"""People whose year with tips is lived through, and what happens to them, all from one seed each.

They have an age, marks, topics, a pace, and change their mind about all of them; they log, read by
themselves, say "not for me", have days with a warning sign; and the library grows in the middle.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from content.library import Library
from domain.checkin import Answer, Question, Source
from domain.snippets import PACE_WEEKDAYS, UNDER_18, Pace, Snippet, allowed
from domain.tip_choice import Shown, Wishes, choose
from domain.tip_fits import fitting
from tests.domain.tip_marks import is_left_out

FIRST = date(2025, 1, 1)
DAYS = 365
PACES = (Pace.DAILY, Pace.DAILY, Pace.SOME_DAYS, Pace.WEEKLY, Pace.OFF)


@dataclass(frozen=True, slots=True)
class Show:
    """A tip that somebody got or opened. pool: what might have come, without what they declined."""

    day: int
    snippet: Snippet
    asked: bool
    pool: frozenset[str]
    adult: bool
    marks: frozenset[str]
    fits: str | None


@dataclass
class Life:
    """One person, as their seed makes them."""

    random: Random
    library: Library
    adult: bool = True
    marks: set[str] = field(default_factory=set)
    topics: set[str] | None = None
    pace: Pace = Pace.DAILY
    by_logs: bool = False
    declined: set[str] = field(default_factory=set)
    shown: list[Shown] = field(default_factory=list)

    def year(self) -> Iterator[Show]:
        """Live through a year; the library holds two thirds at first, then five sixths, then all."""
        everything = list(self.library.snippets.values())
        grown = sorted(everything, key=lambda s: Random(s.id).random())
        self.adult = self.random.random() < 0.85
        self.pace = self.random.choice(PACES)
        self.by_logs = self.random.random() < 0.5
        yesterday: Mapping[str, Answer] = {}
        for day in range(DAYS):
            there = grown[: len(grown) * (4 + min(2, day // 120)) // 6]
            self._changes(there)
            logged = self._logs()
            warned = self.random.random() < 0.03
            if not warned:
                yield from self._day(day, there, (logged, yesterday))
            yesterday = logged

    def _day(
        self, day: int, there: Sequence[Snippet], days: Sequence[Mapping[str, Answer]]
    ) -> Iterator[Show]:
        may = self._may(there)
        if self.random.random() < 0.04:
            for snippet in self.random.sample(may, min(len(may), self.random.randint(1, 4))):
                self.shown.append(Shown(snippet.id, asked=True))
                yield self._show(day, snippet, there, None, asked=True)
        if (FIRST + timedelta(days=day)).weekday() not in PACE_WEEKDAYS[self.pace]:
            return
        coming = [s for s in may if self._wants(s)]
        fits = fitting(self.library.questions.values(), days) if self.by_logs else {}
        lowered = {self.library.snippets[name].topic for name in self.declined}
        wishes = Wishes(self.declined, lowered, fits)
        chosen = choose(coming, self.shown, self.library.snippets, wishes)
        if chosen is None:
            assert not coming
            return
        self.shown.append(Shown(chosen.snippet.id, fitted=chosen.fits is not None))
        yield self._show(day, chosen.snippet, there, chosen.fits)
        if self.random.random() < 0.05:
            self.declined.add(chosen.snippet.id)

    def _wants(self, snippet: Snippet) -> bool:
        return self.topics is None or snippet.topic in self.topics

    def _show(
        self,
        day: int,
        snippet: Snippet,
        there: Sequence[Snippet],
        fits: str | None,
        asked: bool = False,
    ) -> Show:
        """Write down what came, with what might have come by rules of the tests' own."""
        ours = (s for s in there if self._wants(s) and not is_left_out(s, self.marks, self.adult))
        ids = {s.id for s in ours}
        pool = frozenset(ids - self.declined or ids)
        marks = frozenset(self.marks)
        return Show(day, snippet, asked, pool, self.adult, marks, fits)

    def _changes(self, there: Sequence[Snippet]) -> None:
        """Change their mind now and then: about a mark, their topics, the pace, their age, the logs."""
        change = self.random.random()
        if change < 0.004:
            self.marks ^= {self.random.choice(sorted(self.library.marks))}
        elif change < 0.010:
            topics = sorted({snippet.topic for snippet in there})
            number = self.random.randint(1, len(topics))
            chosen = set(self.random.sample(topics, number))
            self.topics = None if self.random.random() < 0.4 else chosen
        elif change < 0.013:
            self.pace = self.random.choice(PACES)
        elif change < 0.014:
            self.adult = True
        elif change < 0.016:
            self.by_logs = not self.by_logs
        elif change < 0.018 and self.declined:
            self.declined.discard(self.random.choice(sorted(self.declined)))

    def _may(self, there: Sequence[Snippet]) -> list[Snippet]:
        marks = {name: self.library.marks[name].leaves_out for name in self.marks}
        if not self.adult:
            marks[UNDER_18] = frozenset({"supplement"})
        return [snippet for snippet in there if allowed(snippet, marks)]

    def _logs(self) -> dict[str, Answer]:
        if self.random.random() < 0.3:
            return {}
        questions: list[Question] = [q for q in self.library.questions.values() if q.fits]
        return {q.id: Answer(self.random.choice(q.options), Source.TAPPED) for q in questions}
