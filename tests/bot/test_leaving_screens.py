"""How export, import and delete look: what they promise, and which taps they offer."""

from __future__ import annotations

from datetime import date

import pytest

from actions.erase import Ask, AskAgain, Erased, Kept, NobodyHere
from actions.export import Files, NothingKept
from actions.imports import Added, AskFile, Dropped, Found, TakenBack
from actions.retention import StillThere
from bot.screen import MOST_TEXT, Button, Screen, html, plain
from bot.screens import render
from bot.tap import Tap, write
from bot.taps import (
    ConfirmImportTap,
    DeleteAskTap,
    DeleteConfirmTap,
    DeleteKeepTap,
    DeleteRemoveTap,
    DropImportTap,
    ExportTap,
    HomeTap,
    UndoImportTap,
)
from content.library import Library
from content.wording import utf16_length

FOUND = Found(2**62, 12, 3, 1, 0, 0, 2, 1, ("alpha", "beta"), 4)
NOTHING_NEW = Found(None, 0, 0, 0, 0, 0, 2, 1, (), 0)
ADDED = Added(2**62, 12, 3, 1, 0)
VIEWS = [
    Files(date(2025, 3, 3), 1, 2, b"{}", b""), NothingKept(), AskFile(10), FOUND, NOTHING_NEW,
    ADDED, Added(7, 0, 0, 0, 0), TakenBack(), Dropped(), Ask(1_900_000_000),
    AskAgain(1_900_000_000), Erased(messages=False), Erased(messages=True), Kept(), NobodyHere(),
    StillThere(last=False, days=30), StillThere(last=True, days=30),
]  # fmt: skip


def draw(library: Library, view: object) -> Screen:
    return render(view, library.language("en"))


def taps(screen: Screen) -> list[Tap]:
    return [button.tap for row in screen.rows for button in row if isinstance(button, Button)]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: type(view).__name__)
def test_every_view_fits_a_message_and_its_taps_fit_their_buttons(
    library: Library, view: object
) -> None:
    screen = draw(library, view)

    assert html(screen)
    assert utf16_length(plain(screen)) <= MOST_TEXT
    assert all(write(tap) for tap in taps(screen))


def test_an_export_is_two_documents_named_by_the_day(library: Library) -> None:
    screen = draw(library, Files(date(2025, 3, 3), 12, 1, b"{}", b"a,b"))

    assert [(d.name, d.content) for d in screen.documents] == [
        ("commensal-2025-03-03.json", b"{}"),
        ("commensal-2025-03-03.csv", b"a,b"),
    ]
    assert "12 days, one note or log" in plain(screen)


def test_an_import_says_what_it_adds_and_what_stays_before_it_is_confirmed(
    library: Library,
) -> None:
    screen = draw(library, FOUND)
    text = plain(screen)

    assert "12 days, 3 notes and logs and one warning sign" in text
    assert "2 days you already have stay as they are" in text
    assert "alpha and beta" in text
    assert taps(screen) == [ConfirmImportTap(2**62), DropImportTap(2**62)]


def test_a_file_without_anything_new_offers_nothing_to_confirm(library: Library) -> None:
    assert taps(draw(library, NOTHING_NEW)) == [HomeTap()]


def test_what_came_in_can_be_taken_back(library: Library) -> None:
    assert UndoImportTap(2**62) in taps(draw(library, ADDED))


@pytest.mark.parametrize("view", [Ask(17), AskAgain(17)])
def test_deleting_is_offered_after_the_export_in_both_ways_and_can_be_left(
    library: Library, view: object
) -> None:
    screen = draw(library, view)

    assert taps(screen) == [
        ExportTap(), DeleteConfirmTap(17), DeleteRemoveTap(17), DeleteKeepTap(),
    ]  # fmt: skip
    text = plain(screen)
    assert "my copies of your messages" in text
    assert "this chat, as Telegram keeps it" in text
    assert "backup" in text


def test_the_goodbye_is_a_new_message_where_the_others_are_removed(library: Library) -> None:
    assert [draw(library, Erased(messages=m)).keep for m in (False, True)] == [False, True]


@pytest.mark.parametrize("last", [False, True])
def test_the_question_to_the_silent_offers_to_stay_to_export_and_to_leave(
    library: Library, last: bool
) -> None:
    screen = draw(library, StillThere(last=last, days=30))

    assert taps(screen) == [HomeTap(), ExportTap(), DeleteAskTap()]
