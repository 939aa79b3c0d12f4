"""What does not fit a person: their marks, which only ever take tips away, and how their screen looks.

A mark is kept with what they told of themselves, sealed, and only while they agree. Nothing here
shows one to anybody else, counts it or chooses by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from actions.work import Work
from domain.joining import Age
from domain.snippets import MINORS_LEAVE_OUT, UNDER_18
from storage import people
from storage.people import Known


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What can be marked, and what is. marks: all, in their order. leaves_out: disclaimers and topics
    of the tips that stay away because of the chosen ones. of_age: known to be; else supplements stay
    away anyway."""

    marks: tuple[str, ...]
    chosen: frozenset[str] = field(repr=False)
    leaves_out: tuple[str, ...] = field(repr=False)
    of_age: bool = field(repr=False)


def marks_of(person: Known) -> frozenset[str]:
    """Return the ids of the marks that a person chose."""
    return frozenset(person.profile.get("marks", ()))


def leaving_out(work: Work, person: Known) -> Mapping[str, frozenset[str]]:
    """Return what each mark of a person leaves out, for `domain.snippets.allowed`.

    Who is not known to be of age has one that nobody sets. One that the library no longer knows
    leaves out what any mark does.
    """
    known = work.library.marks
    everything = frozenset[str]().union(*(mark.leaves_out for mark in known.values()))
    chosen = {
        key: known[key].leaves_out if key in known else everything for key in marks_of(person)
    }
    return chosen if _is_of_age(person) else {**chosen, UNDER_18: MINORS_LEAVE_OUT}


def keep(person: Known, marks: frozenset[str]) -> Known:
    """Keep these marks of a person in place of the former; none leaves no trace of there being any."""
    if marks:
        return people.tell(person, marks=sorted(marks))
    return people.untell(person, "marks")


def view(work: Work, person: Known) -> LeftOut:
    """Return what a person's screen shows."""
    chosen = marks_of(person)
    keys = {key for mark in chosen for key in leaving_out(work, person)[mark]}
    return LeftOut(tuple(work.library.marks), chosen, tuple(sorted(keys)), _is_of_age(person))


def _is_of_age(person: Known) -> bool:
    return person.profile.get("age") == Age.ADULT
