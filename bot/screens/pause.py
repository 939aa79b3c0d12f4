"""How silence looks: until when, and how to end it. Never a word of guilt."""

from __future__ import annotations

from actions.pause import OFFERED, AskDay, Pause
from bot.screen import Block, Button, Para, Row, Screen, Title
from bot.screens import render
from bot.taps import HomeTap, PauseDaysTap, PauseOpenTap, PauseTap, PauseTypedTap, ResumeTap
from content.language import Language
from domain.pause import OPEN_END


@render.register
def pause(view: Pause, language: Language) -> Screen:
    """Whether we are silent, and what can be chosen."""
    blocks: list[Block] = [Title(language("pause.title")), Para(_state(view, language))]
    if view.next_at is not None:
        moment = language.dated_moment(view.next_at, view.zone)
        blocks.append(Para(language("pause.next", moment=moment)))
    rows: list[Row] = []
    if view.until is None:
        blocks.append(Para(language("pause.ask")))
    else:
        blocks.append(Para(language("pause.change")))
        rows.append((Button(language("pause.buttons.resume"), ResumeTap()),))
    return Screen(tuple(blocks), (*rows, *_choices(language)))


@render.register
def ask_day(view: AskDay, language: Language) -> Screen:
    """Which day should we write again?"""
    example = view.example.isoformat()
    back = Button(language("common.buttons.cancel"), PauseTap())
    return Screen((Para(language("pause.typed", example=example)),), ((back,),))


def _state(view: Pause, language: Language) -> str:
    if view.until is None:
        return language("pause.off")
    if view.until == OPEN_END:
        return language("pause.open")
    return language("pause.until", day=language.day(view.until))


def _choices(language: Language) -> tuple[Row, ...]:
    days = [Button(language("pause.buttons.days", count=n), PauseDaysTap(n)) for n in OFFERED]
    return (
        tuple(days),
        (
            Button(language("pause.buttons.typed"), PauseTypedTap()),
            Button(language("pause.buttons.open"), PauseOpenTap()),
        ),
        (Button(language("common.buttons.menu"), HomeTap()),),
    )
