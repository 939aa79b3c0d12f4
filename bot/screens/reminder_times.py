"""How the times and the days of a reminder are chosen: grids of short buttons, and what is chosen in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from actions.reminder_sheet import DaysSheet, TimesSheet
from actions.reminder_times import SETS, DayNumbers, TypeDays
from actions.reminders import Standing, Told
from bot.screen import Block, Button, Para, Quiet, Row, Screen, Title, grid
from bot.screens import render
from bot.screens.reminder_words import name, next_moments, notes, when
from bot.screens.schedules import listed_times
from bot.screens.words import columns
from bot.tap import Tap
from bot.taps import (
    TypeWishDaysTap,
    WishDaySetTap,
    WishDaysTap,
    WishDayTap,
    WishDropTap,
    WishNumbersTap,
    WishNumberTap,
    WishOnDayTap,
    WishTap,
    WishTimeTap,
)
from content.language import Language
from domain.recurrence import AtMoment, PatternKind, Weekdays

HOURS = tuple(time((hour + 6) % 24) for hour in range(24))
"""The times that have a button, from the morning on: six rows of four."""

NUMBERS = {
    PatternKind.EVERY_DAYS: (2, 3, 4, 5, 6, 7, 10, 14, 21, 28),
    PatternKind.MONTH_DAY: tuple(range(1, 32)),
    PatternKind.SINCE_LAST: (1, 2, 3, 4, 5, 7, 10, 14),
}
"""The numbers that have a button, by the kind of days."""

DAYS_AHEAD = 14
"""Days that have a button for a single one."""


@render.register
def times(view: TimesSheet, language: Language) -> Screen:
    """Every full hour, those that are chosen with a tick and in words."""
    told = view.told
    now = language("timing.times.none")
    if isinstance(told.days, AtMoment):
        now = when(told, view.zone, language)
    elif told.times:
        now = language("timing.times.now", times=listed_times(told.times, language))
    others = [at for at in told.times if at not in HOURS]
    buttons = [_time(told, at, language) for at in (*HOURS, *others)]
    blocks: list[Block] = [
        Title(language("timing.times.title")),
        Para(name(told, language)),
        Para(now),
        *_ahead(told, view.zone, language),
        *notes(told, view.in_quiet, language),
        Quiet(language("timing.times.ask")),
    ]
    done: tuple[Row, ...] = ()
    if told.schedule is not None or told.times:
        key = "next" if told.standing is Standing.DRAFT else "back"
        done = (_one(f"times.buttons.{key}", WishTap(told.id), language),)
    return Screen(
        tuple(blocks), (*grid(buttons, columns(4, language)), *done, *_never_mind(told, language))
    )


@render.register
def days(view: DaysSheet, language: Language) -> Screen:
    """The days of the week as toggles, common ones with one tap, and other kinds of days."""
    told = view.told
    chosen = told.days.days if isinstance(told.days, Weekdays) else frozenset[int]()
    week = [
        Button(
            _ticked(language.weekday(day), day in chosen, language),
            WishDayTap(told.id, day, 0 if day in chosen else 1),
        )
        for day in range(7)
    ]
    sets = [_button(f"days.buttons.{key}", WishDaySetTap(told.id, key), language) for key in SETS]
    kinds = [
        _button(f"days.buttons.{kind}", WishNumbersTap(told.id, kind), language)
        for kind in (*NUMBERS, PatternKind.ON_DAY)
    ]
    blocks: list[Block] = [
        Title(language("timing.days.title")),
        Para(f"{name(told, language)}\n{when(told, view.zone, language)}"),
        *_ahead(told, view.zone, language),
        Quiet(language("timing.days.ask")),
    ]
    done: tuple[Row, ...] = ()
    if told.days is not None:
        key = "next" if told.standing is Standing.DRAFT else "back"
        done = (_one(f"days.buttons.{key}", WishTap(told.id), language),)
    typed = _one("days.buttons.typed", TypeWishDaysTap(told.id), language)
    return Screen(
        tuple(blocks),
        (
            (sets[0],),
            tuple(sets[1:]),
            *grid(week, columns(4, language)),
            *grid(kinds[:-2], 2),
            (kinds[-1],),
            (kinds[-2],),
            typed,
            *done,
            *_never_mind(told, language),
        ),
    )


@render.register
def numbers(view: DayNumbers, language: Language) -> Screen:
    """The numbers of one kind of days, or the next days themselves."""
    told = view.told
    if view.kind is PatternKind.ON_DAY:
        ahead = [view.first + timedelta(days=n) for n in range(DAYS_AHEAD)]
        choices = [Button(language.day(day), WishOnDayTap(told.id, day)) for day in ahead]
        laid = grid(choices, 2)
    else:
        each = NUMBERS.get(view.kind, ())
        choices = [
            Button(_number(view.kind, n, language), WishNumberTap(told.id, view.kind, n))
            for n in each
        ]
        laid = grid(choices, 7 if view.kind is PatternKind.MONTH_DAY else 2)
    key = view.kind if view.kind in (*NUMBERS, PatternKind.ON_DAY) else PatternKind.ON_DAY
    return Screen(
        (
            Title(name(told, language)),
            Para(language(f"timing.numbers.{key}")),
            Quiet(language("timing.numbers.typed")),
        ),
        (
            *laid,
            _back(told, language),
        ),
    )


@render.register
def type_days(view: TypeDays, language: Language) -> Screen:
    """On which days?"""
    blocks = (Title(name(view.told, language)), Para(language("timing.typed.ask")))
    return Screen(blocks, (_back(view.told, language),))


def _ahead(told: Told, zone: ZoneInfo, language: Language) -> Iterable[Block]:
    """Yield the next moments of what comes already."""
    if told.next and told.standing not in (Standing.OFF, Standing.NOT_AGREED):
        yield Para(next_moments(told, zone, language))


def _never_mind(told: Told, language: Language) -> tuple[Row, ...]:
    """Return the way out of making one."""
    if told.standing is not Standing.DRAFT:
        return ()
    return ((Button(language("making.buttons.stop"), WishDropTap(told.id)),),)


def _number(kind: PatternKind, number: int, language: Language) -> str:
    if kind is PatternKind.MONTH_DAY:
        return str(number)
    return language("timing.numbers.days", count=number)


def _time(told: Told, at: time, language: Language) -> Button:
    on = at in told.times
    label = _ticked(language.time(at), on, language)
    return Button(label, WishTimeTap(told.id, at, 0 if on else 1))


def _ticked(label: str, on: bool, language: Language) -> str:
    return language("timing.tick", label=label) if on else label


def _button(key: str, tap: Tap, language: Language) -> Button:
    return Button(language(f"timing.{key}"), tap)


def _one(key: str, tap: Tap, language: Language) -> Row:
    return (_button(key, tap, language),)


def _back(told: Told, language: Language) -> Row:
    return (Button(language("common.buttons.back"), WishDaysTap(told.id)),)
