"""What codes are called in an export: a question's words, an answer's, and what kind of scale it is."""

from __future__ import annotations

from collections.abc import Mapping

from content.language import Language
from content.library import Library
from domain.checkin import HABIT_CODES, HABIT_PREFIX, Answer, Shape, counted, is_left_open
from domain.merging import Asked


class Labels:
    """The words of one language, by question and code. What is no longer asked has none."""

    def __init__(self, library: Library, language: Language) -> None:
        self._library = library
        self.language = language

    def question(self, question: str, own: Mapping[str, str]) -> str:
        """Return what *question* asks. own: the person's own items, by id."""
        habit = question.removeprefix(HABIT_PREFIX)
        if habit != question and habit in self._library.habits:
            return self.language(f"habits.{habit}.ask")
        if question in self._library.questions:
            return self.language(f"questions.{question}.ask")
        return own.get(question, "")

    def holding(self, answers: Mapping[str, Answer]) -> frozenset[str]:
        """Return whose answers hold: the others' questions fell away when something was put right."""
        return frozenset(counted(list(self._library.questions.values()), answers))

    def answer(self, question: str, answer: Answer) -> str:
        """Return what an answer is called, or why it says nothing."""
        if answer.code is None:
            why = "common.unknown" if is_left_open(answer) else "common.skipped"
            return self.language(why)
        return self.code(question, answer.code)

    def code(self, question: str, code: str) -> str:
        """Return what *code* is called; one without words of its own stands for itself."""
        if question.startswith(HABIT_PREFIX) and code in HABIT_CODES:
            return self.language(f"common.habit.{code}")
        key = f"questions.{question}.options.{code}"
        return self.language(key) if key in self.language else code

    def scale(self, question: str, own: Mapping[str, str]) -> str:
        """Return what kind of scale a question has. All are local; none has a code of others."""
        if question in own:
            return self.language("export.scale.numbers", first="0", last="10")
        known = self._library.questions.get(question)
        if known is None or known.shape is Shape.WARNING:
            return ""
        if known.shape is Shape.SCALE:
            first, last = known.options[0], known.options[-1]
            return self.language("export.scale.numbers", first=first, last=last)
        return self.language("export.scale.steps", count=len(known.options))

    def sign(self, sign: str) -> str:
        """Return what a warning sign is called."""
        return self.language(f"redflags.{sign}.label") if sign in self._library.signs else ""

    def mark(self, mark: str) -> str:
        """Return what a mark is called."""
        return self.language(f"marks.{mark}.label") if mark in self._library.marks else ""


def asked(library: Library) -> Asked:
    """Return what this bot asks, for judging a file."""
    codes = {q.id: frozenset(q.options) for q in library.questions.values()}
    habits = {f"{HABIT_PREFIX}{habit}": frozenset(HABIT_CODES) for habit in library.habits}
    return Asked(
        codes | habits,
        frozenset(library.routines),
        frozenset(library.signs),
        frozenset(library.snippets),
    )
