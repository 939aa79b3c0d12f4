"""How quiet hours look: what they are, what they mean, and the minutes of leeway at rush hours."""

from __future__ import annotations

from datetime import time

from actions.quiet_hours import SPREADS, QuietHours, TypeQuietHours
from bot.screen import Block, Button, Para, Quiet, Screen, Title
from bot.screens import render
from bot.tap import Tap
from bot.taps import QuietHoursTap, SetQuietHoursTap, SpreadTap, TypeQuietHoursTap, WishesTap
from content.language import Language

HOURS = ((time(22), time(7)), (time(23), time(7)), (time(21), time(8)))
"""Those that have a button."""


@render.register
def quiet_hours(view: QuietHours, language: Language) -> Screen:
    """How it is set, and what can be chosen."""
    now, leeway = language("quiet_hours.off"), language("quiet_hours.spread_0")
    if view.hours is not None:
        now = language("quiet_hours.now", **_named(view.hours, language))
    if view.spread:
        leeway = language("quiet_hours.spread", count=view.spread)
    blocks: tuple[Block, ...] = (
        Title(language("quiet_hours.title")),
        Para(now),
        Quiet(language("quiet_hours.what")),
        Title(language("quiet_hours.spread_title")),
        Para(leeway),
    )
    hours = [
        _choice(
            language("quiet_hours.buttons.hours", **_named(each, language)),
            SetQuietHoursTap(*each),
            language,
            chosen=each == view.hours,
        )
        for each in HOURS
    ]
    never = SetQuietHoursTap(time.min, time.min)
    off = _choice(language("quiet_hours.buttons.off"), never, language, chosen=view.hours is None)
    other = Button(language("quiet_hours.buttons.typed"), TypeQuietHoursTap())
    spreads = [
        _choice(_leeway(n, language), SpreadTap(n), language, chosen=n == view.spread)
        for n in SPREADS
    ]
    back = Button(language("quiet_hours.buttons.back"), WishesTap())
    return Screen(blocks, tuple((b,) for b in (*hours, other, off, *spreads, back)))


@render.register
def type_quiet_hours(_view: TypeQuietHours, language: Language) -> Screen:
    """From when to when?"""
    back = Button(language("common.buttons.cancel"), QuietHoursTap())
    return Screen((Para(language("quiet_hours.typed")),), ((back,),))


def _named(hours: tuple[time, time], language: Language) -> dict[str, str]:
    return {"first": language.time(hours[0]), "last": language.time(hours[1])}


def _leeway(minutes: int, language: Language) -> str:
    if minutes:
        return language("quiet_hours.buttons.spread", count=minutes)
    return language("quiet_hours.buttons.spread_0")


def _choice(label: str, tap: Tap, language: Language, *, chosen: bool) -> Button:
    text = language("quiet_hours.buttons.chosen", choice=label) if chosen else label
    return Button(text, tap)
