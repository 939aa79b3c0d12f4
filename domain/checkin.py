"""What a check-in asks next, and what a day's answers mean.

Pure: questions and answers come in as values. Unknown is never zero: a question
without an answer is absent, a skipped one is there with no code. An answer whose question fell
away because another was put right is kept, and counts for nothing (`counted`).
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


class Fit(NamedTuple):
    """Answers with one of *codes* make tips on *topic* fit."""

    topic: str
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Question:
    """One item of a check-in. Its words are in the locales, under its id.

    id: 1 to 24 characters of a-z, 0-9 and underscore. options: codes in the order shown, 1 to 12
    characters each; codes are stored for good, so a changed scale is a new id. calm: the code that
    a calm day presets, or None where a calm day leaves it unknown. worst_first: the options run from
    the worst to the best. fits: which tips an answer makes fit, for who wants that.
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
    worst_first: bool = False
    fits: tuple[Fit, ...] = ()


@dataclass(frozen=True, slots=True)
class Habit:
    """A habit that a day's closing card asks after: yes, partly, not today or doesn't apply."""

    id: str
    version: int
    order: int
    topics: tuple[str, ...]


ROUTINE = "evening"
"""The routine that everybody has. The others are for who wants them."""

HABIT_CODES = ("yes", "partly", "not_today", "not_applicable")
"""What a habit can be answered with, in the order in which taps go round."""

HABIT_PREFIX = "habit:"
"""Before a habit's id where its answer or switch stands among those of questions."""

MOST_HABITS = 3
MOST_OWN_ITEMS = 5
MOST_OWN_LABEL = 40
"""The longest name of an own item, in characters."""

OWN_ORDER = 1_000_000
"""Where own items stand: after every question of ours."""


@dataclass(frozen=True, slots=True)
class Routine:
    """A check-in that is done once a day at most: its questions in order, and its reminder's grace.

    days: how many it looks back on, up to its own: 1, or 7 for a week.
    """

    id: str
    questions: tuple[str, ...]
    grace_minutes: int
    days: int = 1


class Answer(NamedTuple):
    """code: the chosen option's, or None: skipped, or left open by a calm day (`is_left_open`)."""

    code: str | None
    source: Source


def next_question(questions: Sequence[Question], answers: Mapping[str, Answer]) -> Question | None:
    """Return the first of *questions* that is asked and has no answer; None when all have one."""
    return next((q for q in asked(questions, answers) if q.id not in answers), None)


def asked(questions: Iterable[Question], answers: Mapping[str, Answer]) -> list[Question]:
    """Return those of *questions* that these *answers* leave in, in their order.

    The stored answer of a question that fell away counts for nothing further down the line.
    """
    kept, valid = [], dict(answers)
    for question in questions:
        if question.only_if is None or _holds(question.only_if, valid):
            kept.append(question)
        else:
            valid.pop(question.id, None)
    return kept


def counted(questions: Sequence[Question], answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return the *answers* that hold: all but those to questions that others made fall away.

    Such an answer is ignored, not erased: put the other answer right, and it holds again.
    *questions* in their order; an answer to a question that is not among them holds.
    """
    fallen = {q.id for q in questions} - {q.id for q in asked(questions, answers)}
    return {question_id: a for question_id, a in answers.items() if question_id not in fallen}


def follow_up(
    questions: Sequence[Question], answers: Mapping[str, Answer], changed: str
) -> Question | None:
    """Return what the answer to *changed* newly asks for: a question that hangs on it, unanswered."""
    open_now = (q for q in asked(questions, answers) if q.id not in answers)
    return next((q for q in open_now if q.only_if and q.only_if.question == changed), None)


def replaces(new: Answer, old: Answer | None) -> bool:
    """Say whether *new* changes anything: a second tap does not, nor does the same word said later.

    What a calm day preset becomes the person's own once they say it themselves.
    """
    if old is None or new.code != old.code:
        return True
    return old.source is Source.PRESET and new.source is not Source.PRESET


def question_before(
    questions: Sequence[Question], answers: Mapping[str, Answer], current: str | None
) -> Question | None:
    """Return the question to go back to from *current* (None: the closing card), if there is one."""
    line = asked(questions, answers)
    ids = [q.id for q in line]
    place = len(line) if current is None or current not in ids else ids.index(current)
    return line[place - 1] if place else None


def calm_answers(questions: Iterable[Question], answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return what a calm day adds, for questions that have no answer yet: its presets.

    A question that has none is left open: code None, preset. It is unknown, never zero, and not
    asked that evening. The warning list is never preset, so it is still asked.
    """
    return {
        q.id: Answer(q.calm, Source.PRESET)
        for q in questions
        if q.id not in answers and q.shape is not Shape.WARNING
    }


def told_elsewhere(
    own: Mapping[str, Answer], others: Iterable[Mapping[str, Answer]]
) -> dict[str, Answer]:
    """Return what the *others* of a day's check-ins say that one with the answers *own* need not ask.

    A skip is said too. What a calm day left open is not, on either side: anybody may still ask that.
    """
    said: dict[str, Answer] = {}
    for answers in others:
        for question_id, answer in answers.items():
            here = own.get(question_id)
            if not is_left_open(answer) and (here is None or is_left_open(here)):
                said.setdefault(question_id, answer)
    return said


def is_left_open(answer: Answer) -> bool:
    """Say whether nobody answered: a calm day passed over the question. A skip is a person's own."""
    return answer.code is None and answer.source is Source.PRESET


def own_question(number: int) -> Question:
    """Return the question of a person's own item: 0 to 10, asked after ours."""
    return Question(
        id=f"own{number}",
        version=1,
        shape=Shape.SCALE,
        options=tuple(str(n) for n in range(11)),
        on_by_default=True,
        order=OWN_ORDER + number,
        columns=6,
    )


def in_order(questions: Iterable[Question]) -> list[Question]:
    """Return *questions* as they are asked: by their order, the warning list last."""
    return sorted(questions, key=lambda q: (q.shape is Shape.WARNING, q.order, q.id))


def _holds(condition: Condition, answers: Mapping[str, Answer]) -> bool:
    answer = answers.get(condition.question)
    return answer is None or answer.code is None or answer.code not in condition.unless
