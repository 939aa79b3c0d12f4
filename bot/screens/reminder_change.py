"""How a reminder's sound and its rest are chosen."""

from __future__ import annotations

from actions.pause import OFFERED
from actions.reminder_change import PauseOne, PauseOneTyped, SoundSheet
from actions.reminders import PUT_OFF
from bot.screen import Block, Button, Para, Quiet, Row, Screen, Title
from bot.screens import render
from bot.screens.reminder_words import how_sent, name
from bot.tap import Tap
from bot.taps import (
    WishNudgesTap,
    WishPauseDaysTap,
    WishPauseOpenTap,
    WishPauseTap,
    WishPauseTypedTap,
    WishSilentTap,
    WishTap,
)
from content.language import Language
from domain.reminders import MOST_NUDGES


@render.register
def sound(view: SoundSheet, language: Language) -> Screen:
    """With a sound or without, and how often it is asked again."""
    told = view.told
    blocks: list[Block] = [
        Title(language("wishes.sound.title")),
        Para(f"{name(told, language)}\n{how_sent(told, language)}"),
    ]
    loud = _choice("loud", WishSilentTap(told.id, 0), language, chosen=not told.silent)
    silent = _choice("silent", WishSilentTap(told.id, 1), language, chosen=told.silent)
    rows: list[Row] = [(loud,), (silent,)]
    if told.kind in PUT_OFF:
        blocks.append(Quiet(language("wishes.sound.quiet_hours")))
        for count in range(MOST_NUDGES + 1):
            tap = WishNudgesTap(told.id, count)
            chosen = count == told.nudges
            rows.append((_choice(f"nudges_{count}", tap, language, chosen=chosen),))
    back = Button(language("wishes.buttons.back"), WishTap(told.id))
    return Screen(tuple(blocks), (*rows, (back,)))


@render.register
def pause_one(view: PauseOne, language: Language) -> Screen:
    """For how long?"""
    id_ = view.told.id
    days = [
        Button(language("pause.buttons.days", count=n), WishPauseDaysTap(id_, n)) for n in OFFERED
    ]
    return Screen(
        (Title(name(view.told, language)), Para(language("wishes.pause.ask"))),
        (
            tuple(days),
            (
                Button(language("pause.buttons.typed"), WishPauseTypedTap(id_)),
                Button(language("pause.buttons.open"), WishPauseOpenTap(id_)),
            ),
            (Button(language("wishes.buttons.back"), WishTap(id_)),),
        ),
    )


@render.register
def pause_one_typed(view: PauseOneTyped, language: Language) -> Screen:
    """From which day on may it come again?"""
    ask = language("wishes.pause.typed", example=view.example.isoformat())
    back = Button(language("common.buttons.cancel"), WishPauseTap(view.told.id))
    return Screen((Title(name(view.told, language)), Para(ask)), ((back,),))


def _choice(key: str, tap: Tap, language: Language, *, chosen: bool) -> Button:
    label = language(f"wishes.sound.buttons.{key}")
    return Button(language("wishes.sound.buttons.chosen", choice=label) if chosen else label, tap)
