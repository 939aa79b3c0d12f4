"""What a diary from a file would add to the one that is here.

Nothing that is here is ever changed: a day that has its check-in stays as it is, a note that is
here already is not added again. Pure; the same file twice adds nothing the second time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.checkin import HABIT_PREFIX
from domain.entries import EntryKind
from domain.portable import OWN, Day, Diary, Opined, Own, Reply, Seen, Timed
from domain.recurrence import AtMoment, OnDay, Pattern
from domain.wishes import MOST, Reminding, Wished

OWN_CODES = frozenset(str(n) for n in range(11))
"""What an own item can be answered with."""

MOST_A_DAY = 100
"""Notes and logs of a day that an import fills up to; a day's screens have to stay readable."""

NEW = "+"
"""Before the id of an own item that has none here yet."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What this bot asks: codes by question (habits too), routines, warning signs and tips, by id."""

    codes: Mapping[str, frozenset[str]]
    routines: frozenset[str]
    signs: frozenset[str]
    snippets: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Here:
    """What is here already. entries: without their zones, which old files do not have. warnings: day and
    sign; own: ids by label as `same_label` writes it. opinions: the tips that something was said of."""

    check_ins: frozenset[tuple[date, str]] = frozenset()
    entries: Counter[Timed] = field(default_factory=Counter, repr=False)
    warnings: frozenset[tuple[date, str]] = field(default=frozenset(), repr=False)
    own: Mapping[str, str] = field(default_factory=dict, repr=False)
    reminders: frozenset[Wished] = field(default=frozenset(), repr=False)
    opinions: frozenset[str] = field(default=frozenset(), repr=False)


@dataclass(frozen=True, slots=True)
class Additions:
    """What is new, in the ids of here. An own item that is new has the file's id after a NEW.

    kept: check-ins and entries that are here and stay. unknown: ids that nobody here asks, with
    what hangs on them left out. left_out: rows with a code we do not know, or of days to come,
    or beyond what a day can hold. says_marks: the file says what does not fit, which is not added.
    """

    check_ins: tuple[Day, ...] = field(default=(), repr=False)
    entries: tuple[Timed, ...] = field(default=(), repr=False)
    warnings: tuple[Seen, ...] = field(default=(), repr=False)
    own_items: tuple[Own, ...] = field(default=(), repr=False)
    reminders: tuple[Reminding, ...] = field(default=(), repr=False)
    opinions: tuple[Opined, ...] = field(default=(), repr=False)
    kept_days: int = 0
    kept_entries: int = 0
    unknown: tuple[str, ...] = ()
    left_out: int = 0
    says_marks: bool = field(default=False, repr=False)

    @property
    def something(self) -> bool:
        """Whether there is anything to add at all."""
        diary = self.check_ins or self.entries or self.warnings or self.own_items
        return bool(diary or self.reminders or self.opinions)


def same_label(label: str) -> str:
    """Return *label* as it is compared: an own item is known again by its words."""
    return " ".join(label.split()).casefold()


def additions(diary: Diary, here: Here, asked: Asked, today: date) -> Additions:
    """Return what *diary* adds to what is *here*, as of *today* at the person's."""
    merging = _Merging(diary, here, asked, today)
    check_ins = tuple(filter(None, map(merging.day, diary.check_ins)))
    entries = merging.new_entries(filter(None, map(merging.entry, diary.entries)))
    warnings = {
        (seen.day, seen.sign): seen
        for seen in reversed(diary.warnings)
        if merging.fits(seen.sign, seen.sign in asked.signs, seen.day)
        and (seen.day, seen.sign) not in here.warnings
    }
    return Additions(
        check_ins=check_ins,
        entries=tuple(entries),
        warnings=tuple(reversed(warnings.values())),
        own_items=tuple(merging.own_new.values()),
        reminders=tuple(merging.reminders(diary.reminders)),
        opinions=tuple(filter(merging.is_new_opinion, diary.opinions)),
        kept_days=merging.kept_days,
        kept_entries=merging.kept_entries,
        unknown=tuple(sorted(merging.unknown)),
        left_out=merging.left_out,
    )


class _Merging:
    """One pass over a file, with what it has to report."""

    def __init__(self, diary: Diary, here: Here, asked: Asked, today: date) -> None:
        self._here, self._asked, self._today = here, asked, today
        self.kept_days = self.kept_entries = self.left_out = 0
        self.unknown: set[str] = set()
        self.own_new: dict[str, Own] = {}
        self._ids: dict[str, str] = {}
        for own in diary.own_items:
            label = same_label(own.label)
            new = own._replace(question=f"{NEW}{own.question}")
            there = here.own.get(label)
            self._ids[own.question] = there or self.own_new.setdefault(label, new).question

    def fits(self, name: str, known: bool, day: date) -> bool:
        """Say whether a row can be taken; if not, remember why."""
        if not known:
            self.unknown.add(name)
        elif day > self._today:
            self.left_out += 1
        return known and day <= self._today

    def day(self, day: Day) -> Day | None:
        if not self.fits(day.routine, day.routine in self._asked.routines, day.day):
            return None
        if (day.day, day.routine) in self._here.check_ins:
            self.kept_days += 1
            return None
        answers: dict[str, Reply] = {}
        for reply in day.answers:
            question = self._question(reply.question, reply.code)
            if question is not None:
                answers.setdefault(question, reply._replace(question=question))
        return day._replace(answers=tuple(answers.values()))

    def entry(self, entry: Timed) -> Timed | None:
        question = entry.question
        if entry.kind is EntryKind.LOG and question is not None:
            question = self._question(question, entry.content)
            if question is None:
                return None
        if not self.fits("", True, entry.day):
            return None
        return entry._replace(question=question)

    def new_entries(self, rows: Iterable[Timed]) -> list[Timed]:
        """Return the rows that are not here yet; of equal ones, as many as the file has more."""
        left = Counter(self._here.entries)
        of_day = Counter(entry.day for entry in left.elements())
        found = []
        for row in rows:
            same = row._replace(zone=None)
            if left[same] > 0:
                left[same] -= 1
                self.kept_entries += 1
            elif of_day[row.day] >= MOST_A_DAY:
                self.left_out += 1
            else:
                of_day[row.day] += 1
                found.append(row)
        return found

    def reminders(self, rows: Iterable[Reminding]) -> list[Reminding]:
        """Return the reminders that are not here yet, each once, up to the most that there can be."""
        there, found = set(self._here.reminders), list[Reminding]()
        for row in rows:
            wished = row.wished
            if wished in there or not self._is_known(wished):
                continue
            if _is_over(wished.schedule.pattern, self._today) or len(there) >= MOST:
                self.left_out += 1
                continue
            there.add(wished)
            found.append(row)
        return found

    def is_new_opinion(self, row: Opined) -> bool:
        """Say whether it is of a tip that we have, and that nothing was said of here."""
        day = row.opinion.tried or self._today
        known = row.snippet in self._asked.snippets
        return self.fits(row.snippet, known, day) and row.snippet not in self._here.opinions

    def _is_known(self, wished: Wished) -> bool:
        """Say whether what it reminds of is asked here; if not, remember that."""
        habit = f"{HABIT_PREFIX}{wished.habit}"
        if wished.habit is not None and habit not in self._asked.codes:
            self.unknown.add(habit)
            return False
        if wished.routine is not None and wished.routine not in self._asked.routines:
            self.unknown.add(wished.routine)
            return False
        return True

    def _question(self, question: str, code: str | None) -> str | None:
        """Return the id that *question* has here, or None where it or its code is not known."""
        if OWN.fullmatch(question):
            known, codes = self._ids.get(question), OWN_CODES
        else:
            known = question if question in self._asked.codes else None
            codes = self._asked.codes.get(question, frozenset())
        if known is None:
            self.unknown.add(question)
        elif code is not None and code not in codes:
            self.left_out += 1
            return None
        return known


def _is_over(pattern: Pattern, today: date) -> bool:
    """Say whether a single day or moment is past."""
    match pattern:
        case OnDay(day):
            return day < today
        case AtMoment(due_at):
            return due_at.date() < today
        case _:
            return False
