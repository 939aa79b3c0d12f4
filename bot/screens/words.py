"""The words of an item and of its answers, as every screen of the diary says them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from actions.items import Item
from bot.screen import Block, Quiet, Title
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
