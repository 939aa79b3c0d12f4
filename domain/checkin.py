"""What a check-in asks next, and what a day's answers mean.

Pure: questions and answers come in as values. Unknown is never zero: a question
without an answer is absent, a skipped one is there with no code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Shape(StrEnum):
    """How a question is put: a row of numbers, a list of words, or the warning list."""

    SCALE = "scale"
    CHOICE = "choice"
    WARNING = "warning"


class Source(StrEnum):
    """How an answer came about."""

    TAPPED = "tapped"
    PRESET = "preset"
    LATE = "late"
    IMPORTED = "imported"


class Condition(NamedTuple):
    """A question is asked only if *question* was answered with none of *unless*.

    Where that question was skipped or is switched off, nothing is known, so it is asked.
    """

    question: str
    unless: frozenset[str]


@dataclass(frozen=True, slots=True)
class Question:
    """One item of a check-in. Its words are in the locales, under its id.

    id: 1 to 24 characters of a-z, 0-9 and underscore. options: codes in the order shown, 1 to 12
    characters each; codes are stored for good, so a changed scale is a new id. calm: the code that
    a calm day presets, or None where a calm day leaves it unknown.
    """

    id: str
    version: int
    shape: Shape
    options: tuple[str, ...]
    on_by_default: bool
    order: int
    columns: int
    only_if: Condition | None = None
    calm: str | None = None


@dataclass(frozen=True, slots=True)
class Habit:
    """A habit that a day's closing card asks after: yes, partly, not today or doesn't apply."""

    id: str
    version: int
    order: int
    topics: tuple[str, ...]


HABIT_CODES = ("yes", "partly", "not_today", "not_applicable")
"""What a habit can be answered with, in the order in which taps go round."""


@dataclass(frozen=True, slots=True)
class Routine:
    """A check-in that is done once a day: its questions in order, and its reminder's grace."""

    id: str
    questions: tuple[str, ...]
    grace_minutes: int


class Answer(NamedTuple):
    """code: the chosen option's, or None where the question was skipped."""

    code: str | None
    source: Source


def next_question(questions: Sequence[Question], answers: Mapping[str, Answer]) -> Question | None:
    """Return the first of *questions* that is asked and has no answer; None when all have one."""
    return next((q for q in asked(questions, answers) if q.id not in answers), None)


def asked(questions: Iterable[Question], answers: Mapping[str, Answer]) -> list[Question]:
    """Return those of *questions* that these *answers* leave in, in their order."""
    return [q for q in questions if q.only_if is None or _holds(q.only_if, answers)]


def question_before(
    questions: Sequence[Question], answers: Mapping[str, Answer], current: str | None
) -> Question | None:
    """Return the question to go back to from *current* (None: the closing card), if there is one."""
    line = asked(questions, answers)
    ids = [q.id for q in line]
    place = len(line) if current is None or current not in ids else ids.index(current)
    return line[place - 1] if place else None


def calm_answers(questions: Iterable[Question], answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return what a calm day adds: its presets, for questions that have no answer yet."""
    return {
        q.id: Answer(q.calm, Source.PRESET)
        for q in questions
        if q.calm is not None and q.id not in answers
    }


def _holds(condition: Condition, answers: Mapping[str, Answer]) -> bool:
    answer = answers.get(condition.question)
    return answer is None or answer.code is None or answer.code not in condition.unless
