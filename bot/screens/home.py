"""How the menu looks, and what Telegram's own menu and profile say."""

from __future__ import annotations

from datetime import date

from actions.home import Cancelled, Edited, Home, Standing, Stray
from bot.screen import Block, Button, NoKeyboard, Para, Row, Screen, Title
from bot.screens import render
from bot.taps import (
    ConsiderTap,
    HelpTap,
    HistoryTap,
    HomeTap,
    LearnTap,
    LogTap,
    NoteTap,
    RoutinesTap,
    SettingsTap,
    StartCheckInTap,
    StartRoutineTap,
    WishesTap,
)
from content.language import Language
from domain.checkin import ROUTINE
from domain.consent import Purpose

COMMANDS = (
    "start",
    "checkin",
    "note",
    "history",
    "week",
    "warning",
    "learn",
    "reminders",
    "remind",
    "pause",
    "travel",
    "settings",
    "export",
    "import",
    "delete",
    "privacy",
    "about",
    "help",
    "cancel",
)
"""The commands in Telegram's menu, in its order."""

CHECK_IN = {
    Standing.NOT_YET: "home.buttons.check_in",
    Standing.OPEN: "home.buttons.go_on",
    Standing.FINISHED: "home.buttons.look",
}
"""What the first button says; where the diary is off, it turns it on."""


def commands(language: Language) -> list[tuple[str, str]]:
    """Return each command with what it does, for Telegram's menu."""
    return [(name, language(f"home.commands.{name}")) for name in COMMANDS]


def descriptions(language: Language) -> tuple[str, str]:
    """Return what Telegram shows before a person starts: 512 characters and 120 at most."""
    return language("home.description"), language("home.short_description")


@render.register
def home(view: Home, language: Language) -> Screen:
    """Where the day stands, and where to go."""
    check_in = CHECK_IN.get(view.check_in)
    diary: tuple[Row, ...]
    others: tuple[Row, ...] = ()
    if check_in:
        fresh = view.check_in is Standing.NOT_YET
        start = StartCheckInTap() if fresh else StartRoutineTap(ROUTINE)
        diary = (
            (Button(language(check_in), start),),
            (
                Button(language("home.buttons.note"), NoteTap()),
                Button(language("home.buttons.log"), LogTap()),
            ),
        )
        others = ((Button(language("home.buttons.others"), RoutinesTap()),),)
    else:
        diary = ((Button(language("home.buttons.diary"), ConsiderTap(Purpose.KEEP)),),)
    return Screen(
        (
            Title(language("home.today.title", day=language.day(view.today))),
            Para(language(f"home.today.{view.check_in}")),
            *_next(view, language),
        ),
        (
            *diary,
            *others,
            (Button(language("home.buttons.history"), HistoryTap()),),
            (
                Button(language("home.buttons.learn"), LearnTap()),
                Button(language("home.buttons.reminders"), WishesTap()),
            ),
            (
                Button(language("home.buttons.settings"), SettingsTap()),
                Button(language("home.buttons.help"), HelpTap()),
            ),
        ),
    )


@render.register
def cancelled(view: Cancelled, language: Language) -> Screen:
    """What is not asked for any more; our keyboard goes."""
    key = f"home.cancelled.{view.was or 'nothing'}"
    text = language(key if key in language else "home.cancelled.other")
    return Screen((Para(text),), keyboard=NoKeyboard())


@render.register
def stray(_view: Stray, language: Language) -> Screen:
    """One kind line, with the menu."""
    menu = Button(language("home.buttons.menu"), HomeTap())
    return Screen((Para(language("home.stray.text")),), ((menu,),))


@render.register
def edited(_view: Edited, language: Language) -> Screen:
    """How to change what was written; the days lead to its notes."""
    days = Button(language("home.buttons.history"), HistoryTap())
    menu = Button(language("home.buttons.menu"), HomeTap())
    return Screen((Para(language("home.stray.edited")),), ((days,), (menu,)))


def _next(view: Home, language: Language) -> tuple[Block, ...]:
    lines: list[Block] = []
    if view.paused_until == date.max:
        lines.append(Para(language("home.today.paused")))
    elif view.paused_until is not None and view.paused_until > view.today:
        until = language.day(view.paused_until)
        lines.append(Para(language("home.today.paused_until", day=until)))
    if view.next_at is not None:
        moment = language.dated_moment(view.next_at, view.zone)
        lines.append(Para(language("home.today.next", moment=moment)))
    elif not lines:
        lines.append(Para(language("home.today.no_next")))
    return tuple(lines)
