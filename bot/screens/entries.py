"""How notes and logs look."""

from __future__ import annotations

from actions.entries import AskNote, DayList, Logged, LogMenu, LogStep, One, Removed, TooLong
from actions.items import Item
from bot.screen import Block, Button, Para, Quiet, Row, Screen, Title, grid
from bot.screens import render
from bot.screens.words import (
    clock,
    code_words,
    label,
    laid_out,
    option_words,
    scale,
    short,
    written,
)
from bot.taps import (
    DayTap,
    EntriesPageTap,
    EntriesTap,
    EntryRemoveTap,
    EntryRestoreTap,
    EntryTap,
    HomeTap,
    LogItemTap,
    LogTap,
    LogValueTap,
    NoteDayTap,
)
from content.language import Language
from domain.checkin import Shape

MOST_ON_BUTTON = 30
"""UTF-16 units of a note on its button."""


@render.register
def ask_note(view: AskNote, language: Language) -> Screen:
    """Ask for a note; today a log is offered instead."""
    day = language.day(view.day)
    title = "entries.note.title" if view.today else "entries.note.title_day"
    rows: list[Row] = []
    if view.today:
        rows.append((Button(language("entries.buttons.log"), LogTap()),))
    rows.append((Button(language("common.buttons.cancel"), DayTap(view.day)),))
    return Screen(
        (Title(language(title, day=day)), Para(language("entries.note.ask", most=view.most))),
        tuple(rows),
    )


@render.register
def too_long(view: TooLong, language: Language) -> Screen:
    """Say that nothing of it was kept, and how to begin again."""
    again = Button(language("entries.buttons.again"), NoteDayTap(view.day))
    return Screen((Para(language("entries.note.too_long", most=view.most)),), ((again,),))


@render.register
def log_menu(view: LogMenu, language: Language) -> Screen:
    """The items that can be logged."""
    ours = [i for i in view.items if i.label is None]
    own = [i for i in view.items if i.label is not None]
    rows = [*grid(_items(ours, language), 2), *grid(_items(own, language), 1)]
    back = (Button(language("home.buttons.menu"), HomeTap()),)
    hint = "entries.log.hint" if view.items else "entries.log.nothing"
    return Screen((Title(language("entries.log.title")), Para(language(hint))), (*rows, back))


@render.register
def log_step(view: LogStep, language: Language) -> Screen:
    """How the item is now."""
    question = view.item.question
    blocks: list[Block] = [
        Title(label(view.item, language)),
        Para(language("entries.log.ask")),
    ]
    if question.shape is Shape.SCALE:
        low, high = scale(view.item, language)
        blocks.append(Quiet(language("checkin.scale", low=low, high=high)))
    buttons = [
        Button(
            option_words(view.item, code, language), LogValueTap(view.entry_id, question.id, code)
        )
        for code in question.options
    ]
    back = (Button(language("common.buttons.back"), LogTap()),)
    return Screen(tuple(blocks), (*laid_out(question, buttons, language), back))


@render.register
def logged(view: Logged, language: Language) -> Screen:
    """Say what is kept, with its time, and offer to take it away."""
    text = language(
        "entries.log.done",
        label=label(view.item, language),
        answer=code_words(view.item.question, view.code, language),
        time=clock(view.at, view.zone, language),
    )
    return Screen(
        (Para(text),),
        (
            (
                Button(language("entries.buttons.remove"), EntryRemoveTap(view.entry_id)),
                Button(language("entries.buttons.more"), LogTap()),
            ),
            (Button(language("entries.buttons.day"), DayTap(view.day)),),
        ),
    )


@render.register
def day_list(view: DayList, language: Language) -> Screen:
    """A button for each note and log."""
    hint = "entries.list.hint" if view.entries else "entries.list.empty"
    rows: list[Row] = [
        (Button(_line(one, MOST_ON_BUTTON, language), EntryTap(one.entry_id)),)
        for one in view.entries
    ]
    turn = []
    if view.older is not None:
        turn.append(Button(language("history.buttons.older"), EntriesPageTap(view.day, view.older)))
    if view.newer is not None:
        turn.append(Button(language("history.buttons.newer"), EntriesPageTap(view.day, view.newer)))
    rows += [tuple(turn)] if turn else []
    rows.append((Button(language("entries.buttons.day"), DayTap(view.day)),))
    title = language("entries.list.title", day=language.day(view.day))
    return Screen((Title(title), Quiet(language(hint))), tuple(rows))


@render.register
def one(view: One, language: Language) -> Screen:
    """A note or log, whole; with where it was made, if clocks there and here differ."""
    where: tuple[Block, ...] = ()
    if view.elsewhere:
        moment = language.dated_moment(view.at, view.zone)
        where = (Quiet(language("entries.list.where", moment=moment)),)
    if view.item is None:
        time = written(view.at, view.zone, view.written, language)
        text = language("entries.list.note", time=time, text=view.value)
    else:
        text = _line(view, MOST_ON_BUTTON, language)
    return Screen(
        (Title(language.day(view.day)), Para(text), *where),
        (
            (Button(language("entries.buttons.remove"), EntryRemoveTap(view.entry_id)),),
            (Button(language("entries.buttons.list"), EntriesTap(view.day)),),
        ),
    )


@render.register
def removed(view: Removed, language: Language) -> Screen:
    """Say that it is away, and offer it back."""
    return Screen(
        (Para(language(f"entries.removed.{view.kind}")),),
        (
            (Button(language("entries.buttons.undo"), EntryRestoreTap(view.entry_id)),),
            (Button(language("entries.buttons.day"), DayTap(view.day)),),
        ),
    )


def _items(items: list[Item], language: Language) -> list[Button]:
    return [Button(label(item, language), LogItemTap(item.question.id)) for item in items]


def _line(view: One, most: int, language: Language) -> str:
    time = written(view.at, view.zone, view.written, language)
    if view.item is None:
        return language("entries.list.note", time=time, text=short(view.value, most))
    answer = code_words(view.item.question, view.value, language)
    named = label(view.item, language)
    return language("entries.list.log", time=time, label=named, answer=answer)
