"""How an import looks: asking for the file, what it would add, and that it has."""

from __future__ import annotations

from actions.imports import Added, AskFile, Dropped, Found, TakenBack
from bot.screen import Block, Button, Para, Quiet, Row, Screen, Title
from bot.screens import render
from bot.taps import ConfirmImportTap, DropImportTap, HomeTap, MarksTap, UndoImportTap
from content.language import Language, Typed

MOST_NAMED = 5
"""How many unknown ids are named; the rest are counted."""


@render.register
def ask(view: AskFile, language: Language) -> Screen:
    """Send the file."""
    return Screen(
        (
            Title(language("imports.title")),
            Para(language("imports.ask")),
            Quiet(language("imports.limits", most=view.most)),
        )
    )


@render.register
def found(view: Found, language: Language) -> Screen:
    """What the file would add, and what stays out."""
    notices: list[Block] = [Quiet(text) for text in _notices(view, language)]
    if view.marks:
        notices.append(Para(language("imports.marks")))
    menu = Button(language("home.buttons.menu"), HomeTap())
    if view.batch_id is None:
        title = Title(language("imports.nothing_new"))
        return Screen((title, *notices), (*_set_marks(view, language), (menu,)))
    adds = _counts(view, language)
    return Screen(
        (
            Title(language("imports.found")),
            Para(language("imports.adds", what=adds)),
            *notices,
            Para(language("imports.sure")),
        ),
        (
            (Button(language("imports.buttons.confirm"), ConfirmImportTap(view.batch_id)),),
            (Button(language("imports.buttons.drop"), DropImportTap(view.batch_id)),),
            *_set_marks(view, language),
        ),
    )


@render.register
def added(view: Added, language: Language) -> Screen:
    """It is in, and can be taken back."""
    marks = (Para(language("imports.marks")),) if view.marks else ()
    return Screen(
        (
            Title(language("imports.done")),
            Para(language("imports.added", what=_counts(view, language))),
            *marks,
            Quiet(language("imports.undo_hint")),
        ),
        (
            *_set_marks(view, language),
            (Button(language("imports.buttons.undo"), UndoImportTap(view.batch_id)),),
            (Button(language("home.buttons.menu"), HomeTap()),),
        ),
    )


@render.register
def taken_back(_: TakenBack, language: Language) -> Screen:
    """It is out again."""
    menu = Button(language("home.buttons.menu"), HomeTap())
    return Screen((Para(language("imports.taken_back")),), ((menu,),))


@render.register
def dropped(_: Dropped, language: Language) -> Screen:
    """It never came in."""
    menu = Button(language("home.buttons.menu"), HomeTap())
    return Screen((Para(language("imports.dropped")),), ((menu,),))


def _set_marks(view: Found | Added, language: Language) -> tuple[Row, ...]:
    """Return the button to what does not fit, where the file said so and nothing here does."""
    return ((Button(language("left_out.buttons.open"), MarksTap()),),) if view.marks else ()


def _counts(view: Found | Added, language: Language) -> str:
    counts = {
        "days": view.days,
        "entries": view.entries,
        "warnings": view.warnings,
        "own_items": view.own_items,
        "reminders": view.reminders,
        "opinions": view.opinions,
    }
    parts = [language(f"imports.{name}", count=n) for name, n in counts.items() if n]
    return language.listed(parts) if parts else language("imports.none")


def _notices(view: Found, language: Language) -> list[str]:
    notices = []
    if view.kept_days:
        notices.append(language("imports.kept_days", count=view.kept_days))
    if view.kept_entries:
        notices.append(language("imports.kept_entries", count=view.kept_entries))
    if view.unknown:
        named = language.listed(view.unknown[:MOST_NAMED])
        count = len(view.unknown)
        notices.append(language("imports.unknown", count=count, names=Typed(named)))
    if view.hidden:
        notices.append(language("imports.hidden", count=view.hidden))
    if view.left_out:
        notices.append(language("imports.left_out", count=view.left_out))
    return notices
