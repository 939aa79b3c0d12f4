"""How seven days look at a glance: counts in words, no comparison, no comment. Always one message."""

from __future__ import annotations

from datetime import timedelta

from actions.summary import DAYS, HabitDays, Mostly, Span, Week
from bot.screen import Block, Button, Para, Quiet, Row, Screen, Title
from bot.screens import render
from bot.screens.words import code_words, label
from bot.taps import HistoryPageTap, HomeTap, WeekTap
from content.language import Language
from content.wording import utf16_length

MOST_IN_SUMMARY = 3400
"""UTF-16 units that the lines fill at most, of Telegram's 4096; a reminder puts its own lines first."""

MOST_TIES = 2
"""Answers that are named where several were given on as many days; more say nothing."""


@render.register
def week(view: Week, language: Language) -> Screen:
    """What was told of the week, or kindly that it was little."""
    first, last = language.day(view.first), language.day(view.last)
    if view.last.year != view.today.year:
        first, last = language.dated(view.first), language.dated(view.last)
    blocks: list[Block] = [
        Title(language("summary.title")),
        Quiet(language("summary.between", first=first, last=last)),
    ]
    if view.is_thin:
        blocks.append(Para(language("summary.thin" if view.days else "summary.nothing")))
    else:
        blocks += _told(view, language)
    return Screen(tuple(blocks), _ways(view, language))


def _told(view: Week, language: Language) -> list[Block]:
    blocks: list[Block] = []
    if view.rate.counted:
        words = language("summary.rate", count=view.rate.counted, done=view.rate.done)
        blocks += [Para(words), Quiet(language("summary.rate_hint.text"))]
    sections = {
        "spans": [_span(span, language) for span in view.spans],
        "mostly": [_mostly(mostly, language) for mostly in view.mostly],
        "said": [
            language(
                "summary.line",
                label=label(item, language),
                value=code_words(item.question, code, language),
            )
            for item, code in view.said
        ],
        "habits": [_habit(habit, language) for habit in view.habits],
    }
    used, cut = 0, False
    for name, lines in sections.items():
        shown = []
        for line in lines:
            used += utf16_length(line) + 1
            if used > MOST_IN_SUMMARY:
                cut = True
                break
            shown.append(line)
        if shown:
            blocks += [Title(language(f"summary.{name}")), Para("\n".join(shown))]
    if cut:
        blocks.append(Para(language("summary.more")))
    if view.notes:
        blocks.append(Para(language("summary.notes", count=view.notes)))
    blocks.append(Quiet(language("summary.hint")))
    return blocks


def _span(span: Span, language: Language) -> str:
    value = span.low
    if span.low != span.high:
        value = language("summary.range", low=span.low, high=span.high)
    return _line(label(span.item, language), value, span.days, language)


def _mostly(mostly: Mostly, language: Language) -> str:
    words = [code_words(mostly.item.question, code, language) for code in mostly.codes]
    value = language.listed(words)
    if len(words) > MOST_TIES:
        value = language("summary.varied")
    return _line(label(mostly.item, language), value, mostly.days, language)


def _habit(habit: HabitDays, language: Language) -> str:
    days = language("summary.days", count=habit.days)
    how = "both" if habit.yes and habit.partly else "yes" if habit.yes else "partly"
    if not habit.yes and not habit.partly:
        how = "none"
    value = language(f"summary.habit.{how}", **_given(how, habit), days=days)
    return language("summary.line", label=language(f"habits.{habit.habit}.name"), value=value)


def _given(how: str, habit: HabitDays) -> dict[str, int]:
    counts = {"yes": habit.yes, "partly": habit.partly}
    return counts if how == "both" else {name: n for name, n in counts.items() if name == how}


def _line(named: str, value: str, days: int, language: Language) -> str:
    told = language("summary.days", count=days)
    return language("summary.line_days", label=named, value=value, days=told)


def _ways(view: Week, language: Language) -> tuple[Row, ...]:
    turn = []
    if view.older:
        before = WeekTap(view.first - timedelta(days=1))
        turn.append(Button(language("summary.buttons.older"), before))
    if view.last < view.today:
        after = min(view.last + DAYS, view.today)
        turn.append(Button(language("summary.buttons.newer"), WeekTap(after)))
    return (
        *((tuple(turn),) if turn else ()),
        (Button(language("summary.buttons.days"), HistoryPageTap(view.last)),),
        (Button(language("home.buttons.menu"), HomeTap()),),
    )
