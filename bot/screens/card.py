"""How a day's card looks, with its answers in words, and putting one right. Unknown is a dash."""

from __future__ import annotations

from actions.cards import Card, Line, Part
from actions.checkins import FixList
from actions.habits import HabitSheet, following
from bot.screen import Block, Button, Para, Quiet, Row, Screen, Title
from bot.screens import render
from bot.screens.proposals import offered
from bot.screens.words import (
    about_day,
    answer_words,
    clock,
    code_words,
    label,
    mark,
    routine_name,
    short,
    written,
)
from bot.taps import (
    CloseTap,
    EntriesTap,
    FillInTap,
    FixTap,
    GoOnTap,
    HabitChoicesTap,
    HabitsTap,
    HabitTap,
    HistoryTap,
    LogTap,
    NoteDayTap,
    ShowTap,
    SignTap,
)
from content.language import Language
from content.wording import utf16_length
from domain.checkin import ROUTINE

MOST_LOGS = 2
"""Later logs of an item on its line: the newest; the others are in the list."""

MOST_ON_CARD = 3800
"""UTF-16 units that a card fills at most, of Telegram's 4096."""

MOST_OF_NOTE = 600
"""UTF-16 units of a note on the card; the list shows it whole."""


@render.register
def card(view: Card, language: Language) -> Screen:
    """The day: an answer a line, signs, habits, notes; and what can still be done about it."""
    blocks: list[Block] = [Title(_day(view, language))]
    lines = [_line(view, line, language) for line in view.lines]
    if lines or not any(part.lines for part in view.parts):
        blocks.append(Para("\n".join(lines) or language("checkin.card.empty")))
    blocks += [_part(view, part, language) for part in view.parts if part.lines]
    if view.signs:
        signs = language.listed([language(f"redflags.{sign}.label") for sign in view.signs])
        blocks.append(Para(language("checkin.card.quiet", signs=signs)))
    if view.habits:
        blocks.append(Para("\n".join(_habits(view, language))))
    blocks += _notes(view, language, sum(utf16_length(block.text) for block in blocks))
    if view.open:
        blocks.append(Quiet(language("checkin.card.open")))
    if view.thanks:
        thanks = "thanks" if view.routine == ROUTINE else "thanks_other"
        blocks.append(Quiet(language(f"checkin.card.{thanks}")))
    if view.closed:
        blocks.append(
            Quiet(language("checkin.card.closed" if view.today else "checkin.card.closed_past"))
        )
    rows = _card_rows(view, language)
    if view.offer is not None:
        line, choices = offered(view.offer, language)
        return Screen((*blocks, line), (*choices, *rows))
    return Screen(tuple(blocks), rows)


@render.register
def fix_list(view: FixList, language: Language) -> Screen:
    """One button for each answer of the day."""
    rows: list[Row] = []
    for line in view.lines:
        said = answer_words(line.item.question, line.answer, language)
        words = language("checkin.line", label=label(line.item, language), answer=said)
        tap = ShowTap(line.check_in_id or view.check_in_id, line.item.question.id)
        rows.append((Button(words, tap),))
    back = Button(language("common.buttons.back"), GoOnTap(view.check_in_id))
    return Screen(
        (Title(language("checkin.fix.title")), Quiet(language("checkin.fix.hint"))),
        (*rows, (back,)),
    )


@render.register
def habit_sheet(view: HabitSheet, language: Language) -> Screen:
    """The habits of the day, each a button that goes round its answers."""
    blocks: list[Block] = [about_day(view.day, language)] if view.past else []
    blocks += [
        Title(language("checkin.habits.title")),
        Quiet(language("checkin.habits.hint")),
    ]
    rows: list[Row] = []
    for habit, code in view.states:
        name = language(f"habits.{habit}.name")
        said = language(f"common.habit.{code}") if code else language("common.unknown")
        words = language("checkin.habits.button", name=name, answer=said)
        blocks.append(
            Para(f"{language(f'habits.{habit}.ask')}\n{language(f'habits.{habit}.hint')}")
        )
        rows.append((Button(words, HabitTap(view.check_in_id, habit, following(code))),))
    choose = Button(language("checkin.buttons.choose"), HabitChoicesTap(view.check_in_id))
    back = Button(language("checkin.buttons.to_day"), GoOnTap(view.check_in_id))
    return Screen(tuple(blocks), (*rows, (choose,), (back,)))


def _day(view: Card, language: Language) -> str:
    if view.today:
        return language("checkin.today", day=language.day(view.day))
    return language.day(view.day) if view.editable else language.dated(view.day)


def _line(view: Card, line: Line, language: Language) -> str:
    question = line.item.question
    named = label(line.item, language)
    said = answer_words(question, line.answer, language)
    how = mark(line.answer, language)
    text = (
        language("checkin.line_mark", label=named, answer=said, mark=how)
        if how
        else language("checkin.line", label=named, answer=said)
    )
    later = [
        language(
            "checkin.later",
            code=code_words(question, log.code, language),
            time=clock(log.at, log.zone, language),
        )
        for log in line.logs[-MOST_LOGS:]
    ]
    if not later:
        return text
    return language("checkin.later_line", line=text, later=language.listed(later))


def _part(view: Card, part: Part, language: Language) -> Para:
    """What another check-in of the day was told, below its name."""
    lines = [_line(view, line, language) for line in part.lines]
    return Para("\n".join([routine_name(part.routine, language), *lines]))


def _habits(view: Card, language: Language) -> list[str]:
    return [
        language(
            "checkin.card.habit",
            name=language(f"habits.{habit}.name"),
            answer=language(f"common.habit.{code}"),
        )
        for habit, code in view.habits
    ]


def _notes(view: Card, language: Language, used: int) -> list[Block]:
    """The newest notes that still fit, oldest of them first, and how many more there are."""
    shown: list[Block] = []
    for note in reversed(view.notes):
        words = short(note.text, MOST_OF_NOTE)
        time = written(note.at, note.zone, note.written, language)
        text = language("checkin.card.note", time=time, text=words)
        used += utf16_length(text) + 2
        if used > MOST_ON_CARD:
            break
        shown.insert(0, Para(text))
    more = len(view.notes) - len(shown)
    if more:
        shown.append(Quiet(language("checkin.card.more_notes", count=more)))
    return shown


def _card_rows(view: Card, language: Language) -> tuple[Row, ...]:
    if view.closed:
        if view.check_in_id is None:
            return ()
        return ((Button(language("checkin.buttons.again"), GoOnTap(view.check_in_id)),),)
    rows: list[Row] = []
    if view.check_in_id is not None and view.editable:
        rows += _check_in_rows(view, view.check_in_id, language)
    elif view.editable:
        rows.append((Button(language("checkin.buttons.note"), NoteDayTap(view.day)),))
    if view.fillable:
        words = "history.buttons.check_in" if view.today else "history.buttons.fill_in"
        rows.insert(0, (Button(language(words), FillInTap(view.day)),))
    last = [Button(language("checkin.buttons.history"), HistoryTap())]
    if view.notes or any(line.logs for line in view.lines):
        last.insert(0, Button(language("checkin.buttons.entries"), EntriesTap(view.day)))
    rows.append(tuple(last))
    if view.check_in_id is not None and view.editable and not view.open:
        rows.append((Button(language("common.buttons.done"), CloseTap(view.check_in_id)),))
    return tuple(rows)


def _check_in_rows(view: Card, check_in_id: int, language: Language) -> list[Row]:
    def button(name: str) -> str:
        return language(f"checkin.buttons.{name}")

    rows: list[Row] = []
    if view.urgent is not None:
        rows.append((Button(button("advice"), SignTap(check_in_id, view.urgent)),))
    if view.open:
        rows.append((Button(button("go_on"), GoOnTap(check_in_id)),))
    for part in view.parts:
        if part.open and part.check_in_id != check_in_id:
            name = routine_name(part.routine, language)
            words = language("checkin.go_on_with", name=name)
            rows.append((Button(words, GoOnTap(part.check_in_id)),))
    rows.append(
        (
            Button(button("fix"), FixTap(check_in_id)),
            Button(button("note"), NoteDayTap(view.day)),
        )
    )
    habits = Button(button("habits"), HabitsTap(check_in_id))
    log = Button(button("log"), LogTap())
    rows.append((habits, log) if view.today else (habits,))
    return rows
