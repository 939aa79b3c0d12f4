"""The words of an item and of its answers, as every screen of the diary says them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from actions.items import Item
from bot.screen import Block, Button, Quiet, Row, Title, grid
from content.language import Language, Typed
from domain.checkin import Answer, Question, Shape, Source, is_left_open


def label(item: Item, language: Language) -> str:
    """Return the short name of an item."""
    if item.label is not None:
        return language("checkin.own.short", label=item.label)
    return language(f"questions.{item.question.id}.short")


def code_words(question: Question, code: str, language: Language) -> str:
    """Return what an option is called; a code that the question no longer has stands for itself."""
    if question.shape is Shape.SCALE or code not in question.options:
        return code
    if question.shape is Shape.WARNING:
        return language(f"checkin.warning.{code}")
    return language(f"questions.{question.id}.options.{code}")


def answer_words(question: Question, answer: Answer | None, language: Language) -> str:
    """Return an answer in words: what was chosen, that it was skipped, or that it was not answered."""
    if answer is None or is_left_open(answer):
        return language("common.unknown")
    if answer.code is None:
        return language("common.skipped")
    return code_words(question, answer.code, language)


def option_words(item: Item, code: str, language: Language) -> str:
    """Return what an option's button says; in plain text the ends of a scale say what they mean."""
    question = item.question
    if question.shape is not Shape.SCALE:
        return language(f"questions.{question.id}.options.{code}")
    if not language.plain:
        return code
    ends = dict(
        zip((question.options[0], question.options[-1]), scale(item, language), strict=True)
    )
    return language("checkin.end", code=code, end=ends[code]) if code in ends else code


def scale(item: Item, language: Language) -> tuple[str, str]:
    """Return what the two ends of an item's scale mean."""
    words = "checkin.own" if item.label is not None else f"questions.{item.question.id}"
    return language(f"{words}.low"), language(f"{words}.high")


def laid_out(question: Question, buttons: Sequence[Button], language: Language) -> tuple[Row, ...]:
    """Lay a question's options out; in plain text the ends of a scale have a row of their own."""
    if not language.plain or question.shape is not Shape.SCALE:
        return grid(buttons, columns(question.columns, language))
    return (buttons[0],), *grid(buttons[1:-1], 3), (buttons[-1],)


def columns(usual: int, language: Language) -> int:
    """Return how many short buttons a row takes; in plain text their state is a word that needs room."""
    return min(usual, 2) if language.plain else usual


def mark(answer: Answer | None, language: Language) -> str | None:
    """Return how an answer came about, where that is worth saying."""
    if answer is None or answer.code is None:
        return None
    match answer.source:
        case Source.PRESET:
            return language("common.preset")
        case Source.LATE:
            return language("checkin.late")
        case _:
            return None


def about(day: date, language: Language, days: int = 1) -> list[Block]:
    """Return the first lines of a screen about *day*, which is over: its questions say "today".

    days: how many its questions look back on; those of a week say "this week".
    """
    hint = "checkin.about_hint" if days == 1 else "checkin.about_week_hint"
    return [about_day(day, language), Quiet(language(hint))]


def about_day(day: date, language: Language) -> Title:
    """Return the first line of a screen about *day*, which is over."""
    return Title(language("checkin.about", day=language.day(day)))


def routine_name(routine: str, language: Language) -> str:
    """Return what a routine is called; one that there is no more stands for itself."""
    key = f"routines.{routine}.name"
    return language(key) if key in language else routine


def clock(at: datetime, zone: ZoneInfo, language: Language) -> str:
    """Return a moment's wall-clock time in *zone*."""
    return language.time(at.astimezone(zone).time())


def written(at: datetime, zone: ZoneInfo, on: date | None, language: Language) -> str:
    """Return when an entry was written: its time, or its day where that is another one (*on*)."""
    if on is None:
        return clock(at, zone, language)
    return language("checkin.written", day=language.day(on))


def short(text: str, most: int) -> Typed:
    """Return what a person typed on one line, cut to *most* UTF-16 units."""
    line = " ".join(text.split())
    if len(line.encode("utf-16-le")) // 2 <= most:
        return Typed(line)
    while len(line.encode("utf-16-le")) // 2 > most - 1:
        line = line[: min(len(line) - 1, most - 1)]
    return Typed(line.rstrip() + "…")
