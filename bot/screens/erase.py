"""How leaving looks: what goes, what stays, and that it is done; and the question to the silent."""

from __future__ import annotations

from actions.erase import Ask, AskAgain, Erased, Kept, NobodyHere
from actions.retention import StillThere
from bot.screen import Button, Para, Quiet, Row, Screen, Title
from bot.screens import render
from bot.taps import (
    DeleteAskTap,
    DeleteConfirmTap,
    DeleteKeepTap,
    DeleteRemoveTap,
    ExportTap,
    HomeTap,
)
from content.language import Language


@render.register
def ask(view: Ask, language: Language) -> Screen:
    """What goes, what stays, and the two ways to say yes."""
    return Screen(
        (
            Title(language("erase.title")),
            Para(language("erase.goes")),
            Para(language("erase.stays")),
            Quiet(language("erase.first")),
        ),
        _choices(view.asked, language),
    )


@render.register
def ask_again(view: AskAgain, language: Language) -> Screen:
    """The same, after an answer that came too late."""
    return Screen(
        (
            Title(language("erase.title")),
            Para(language("erase.late")),
            Para(language("erase.goes")),
            Para(language("erase.stays")),
        ),
        _choices(view.asked, language),
    )


@render.register
def kept(_: Kept, language: Language) -> Screen:
    """Nothing was erased."""
    menu = Button(language("home.buttons.menu"), HomeTap())
    return Screen((Para(language("erase.kept")),), ((menu,),))


@render.register
def erased(view: Erased, language: Language) -> Screen:
    """Goodbye. A new message where the others are removed."""
    chat = "erase.removed" if view.messages else "erase.chat"
    return Screen(
        (Title(language("erase.done")), Para(language("erase.gone")), Para(language(chat))),
        keep=view.messages,
    )


@render.register
def nobody(_: NobodyHere, language: Language) -> Screen:
    """There is nothing to erase."""
    return Screen((Para(language("erase.nobody")),))


@render.register
def still_there(view: StillThere, language: Language) -> Screen:
    """The question to somebody silent. Says nothing about what was kept: lock screens."""
    what = "erase.silent.last" if view.last else "erase.silent.first"
    return Screen(
        (Title(language("erase.silent.title")), Para(language(what, count=view.days))),
        (
            (Button(language("erase.buttons.stay"), HomeTap()),),
            (Button(language("erase.buttons.export"), ExportTap()),),
            (Button(language("erase.buttons.leave"), DeleteAskTap()),),
        ),
    )


def _choices(asked: int, language: Language) -> tuple[Row, ...]:
    return (
        (Button(language("erase.buttons.export"), ExportTap()),),
        (Button(language("erase.buttons.all"), DeleteConfirmTap(asked)),),
        (Button(language("erase.buttons.all_and_chat"), DeleteRemoveTap(asked)),),
        (Button(language("erase.buttons.keep"), DeleteKeepTap()),),
    )
