"""How earlier days look: a page of them, and a day that holds nothing."""

from __future__ import annotations

from datetime import date, timedelta
from functools import reduce

from actions.history import Day, EmptyDay, Months, Page, Standing, Years
from bot.screen import Block, Button, Para, Quiet, Row, Screen, Title, grid
from bot.screens import render
from bot.screens.words import code_words, label, routine_name
from bot.taps import (
    DayTap,
    FillInTap,
    HistoryPageTap,
    HistoryTap,
    HistoryYearsTap,
    HistoryYearTap,
    HomeTap,
    NoteDayTap,
    WeekTap,
)
from content.language import Language

MOST_YEARS = 90
"""Telegram takes a hundred buttons."""


@render.register
def page(view: Page, language: Language) -> Screen:
    """Each day with its state in words, and a button for each."""
    lines = [_line(view, day, language) for day in view.days]
    buttons = [Button(_dated(view.today, day.day, language), DayTap(day.day)) for day in view.days]
    turn = []
    if view.older is not None:
        turn.append(Button(language("history.buttons.older"), HistoryPageTap(view.older)))
    if view.newer is not None:
        turn.append(Button(language("history.buttons.newer"), HistoryPageTap(view.newer)))
    rows: list[Row] = [*grid(buttons, 2), *([tuple(turn)] if turn else [])]
    if turn:
        rows.append((Button(language("history.buttons.jump"), HistoryYearsTap()),))
    rows.append((Button(language("summary.buttons.week"), WeekTap(view.today)),))
    rows.append((Button(language("home.buttons.menu"), HomeTap()),))
    empty = all(day.standing is Standing.NONE and not (day.notes or day.also) for day in view.days)
    blocks: list[Block] = [Title(language("history.title")), Para("\n".join(lines))]
    if empty and view.older is None:
        blocks.append(Para(language("history.nothing_at_all")))
    hint = "history.hint" if view.fillable else "history.hint_reading"
    return Screen((*blocks, Quiet(language(hint))), tuple(rows))


@render.register
def years(view: Years, language: Language) -> Screen:
    """A button for each year."""
    buttons = [Button(str(year), HistoryYearTap(year)) for year in view.years[-MOST_YEARS:]]
    back = (Button(language("history.buttons.days"), HistoryTap()),)
    return Screen((Para(language("history.jump.year")),), (*grid(buttons, 4), back))


@render.register
def months(view: Months, language: Language) -> Screen:
    """A button for each month of a year."""
    buttons = [Button(language.month(last), HistoryPageTap(last)) for last in view.lasts]
    back = (Button(language("history.buttons.days"), HistoryTap()),)
    ask = language("history.jump.month", year=str(view.year))
    return Screen((Para(ask),), (*grid(buttons, 3), back))


@render.register
def empty_day(view: EmptyDay, language: Language) -> Screen:
    """A day of which nothing is kept; kindly."""
    state = ("today" if view.today else "fillable") if view.fillable else "past"
    rows: list[Row] = []
    if view.fillable:
        words = "check_in" if view.today else "fill_in"
        rows.append((Button(language(f"history.buttons.{words}"), FillInTap(view.day)),))
        rows.append((Button(language("checkin.buttons.note"), NoteDayTap(view.day)),))
    rows.append((Button(language("history.buttons.days"), HistoryTap()),))
    return Screen(
        (Title(_called(view, language)), Para(language(f"history.empty.{state}"))), tuple(rows)
    )


def _called(view: EmptyDay, language: Language) -> str:
    return language.day(view.day) if view.fillable else language.dated(view.day)


def _line(view: Page, day: Day, language: Language) -> str:
    said = [
        language(
            "history.brief",
            label=label(item, language),
            answer=code_words(item.question, code, language),
        )
        for item, code in day.brief
    ]
    also = [routine_name(routine, language) for routine in day.also]
    if day.notes:
        said.append(language("history.notes", count=day.notes))
    state = language(f"history.state.{day.standing}")
    if also and day.standing is Standing.NONE:
        state = language.listed(also)
    else:
        said += also
    name = _name(view, day.day, language)
    if not said:
        return language("history.line", day=name, state=state)
    brief = reduce(lambda first, second: language("history.two", first=first, second=second), said)
    return language("history.line_brief", day=name, state=state, brief=brief)


def _name(view: Page, day: date, language: Language) -> str:
    if day == view.today:
        return language("history.today")
    if day == view.today - timedelta(days=1):
        return language("history.yesterday")
    return _dated(view.today, day, language)


def _dated(today: date, day: date, language: Language) -> str:
    """A day, with its year where that is another."""
    return language.day(day) if day.year == today.year else language.dated(day)
