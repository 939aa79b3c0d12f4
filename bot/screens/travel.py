"""How it looks that somebody is elsewhere: the one question, and what holds from now on."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from actions.travel import Arrived, Placed
from bot.screen import Block, Button, Para, Quiet, Row, Screen, Title
from bot.screens import render
from bot.screens.words import clock
from bot.taps import (
    EndHomeTimesTap,
    KeepHomeTimesTap,
    MoveTimesTap,
    PlaceTap,
    SettingsTap,
    StayTap,
    TravelBackTap,
)
from content.language import Language


@render.register
def arrived(view: Arrived, language: Language) -> Screen:
    """Where the person is, and the three things that reminders can do."""
    city, home = language.city(view.zone), language.city(view.home)
    at, here = language.time(view.at), clock(view.next_at, view.zone, language)
    keep = "keep" if view.keeping else "keep_home"
    return Screen(
        (
            Title(there(view.zone, view.now, language)),
            Para(language("travel.arrived.ask", home=home)),
            Para(language("travel.arrived.move", time=at, city=city)),
            Para(language("travel.arrived.keep", time=at, home=home, here=here, city=city)),
            Quiet(language("travel.arrived.how", city=city)),
        ),
        (
            (Button(language("travel.buttons.move", time=at), MoveTimesTap(view.zone.key)),),
            (
                Button(
                    language(f"travel.buttons.{keep}", time=here), KeepHomeTimesTap(view.zone.key)
                ),
            ),
            (Button(language("travel.buttons.stay"), StayTap()),),
        ),
    )


@render.register
def placed(view: Placed, language: Language) -> Screen:
    """What holds, when we write next, and a way back."""
    blocks: list[Block] = [Para(there(view.zone, view.now, language))]
    if view.unchanged:
        blocks.append(Para(language("travel.placed.unchanged")))
    if view.by is not None:
        blocks.append(Para(going_by(view.by, language)))
    elif not view.unchanged:
        blocks.append(Para(language("travel.placed.moved")))
    if view.next_at is not None:
        moment = language.dated_moment(view.next_at, view.zone)
        blocks.append(Para(language("travel.placed.next", moment=moment)))
    rows: list[Row] = []
    if view.before is not None:
        rows.append((Button(language("travel.buttons.undo"), TravelBackTap(*view.before)),))
    if view.by is not None:
        rows.append(end_row(view.zone, language))
    rows.append((Button(language("travel.buttons.wrong"), PlaceTap()),))
    rows.append((Button(language("settings.buttons.back"), SettingsTap()),))
    return Screen(tuple(blocks), tuple(rows))


def there(zone: ZoneInfo, now: datetime, language: Language) -> str:
    """Return what time it is in *zone*, to see that it is right."""
    return language("travel.there", city=language.city(zone), time=clock(now, zone, language))


def going_by(by: ZoneInfo, language: Language) -> str:
    """Return whose clock reminders go by, where it is not the one of where the person is."""
    return language("travel.going_by", city=language.city(by))


def end_row(zone: ZoneInfo, language: Language) -> Row:
    """Return the button that lets reminders go by the clock of where the person is again."""
    return (Button(language("travel.buttons.end", city=language.city(zone)), EndHomeTimesTap()),)
