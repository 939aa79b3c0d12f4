"""How a proposal looks: one line and its buttons, on a card or below a reminder; and what a tap answers."""

from __future__ import annotations

from actions.proposals import Changed, Left, Offer, Proposing
from bot.screen import Block, Button, Para, Quiet, Row, Screen
from bot.screens import render
from bot.tap import Tap
from bot.taps import (
    HomeTap,
    LeaveTimeTap,
    ProposedDaysTap,
    ProposedTimeTap,
    ProposingTap,
    SettingsTap,
    StartRoutineTap,
    WishUndoTap,
)
from content.language import Language
from domain.proposals import OtherTime

EVERY_DAY = 7


def offered(offer: Offer, language: Language) -> tuple[Block, tuple[Row, ...]]:
    """Return the line and the buttons of a proposal."""
    at = language.time(offer.at)
    if isinstance(offer.change, OtherTime):
        line = language("proposals.time", time=at)
        words = language("proposals.buttons.time", time=language.time(offer.change.at))
        take: Tap = ProposedTimeTap(offer.reminder_id, offer.change.at)
    else:
        line = language("proposals.fewer")
        words = language("proposals.buttons.pause")
        if offer.change.weekdays:
            days = _days(offer.change.weekdays, language)
            words = language("proposals.buttons.days", days=days)
        take = ProposedDaysTap(offer.reminder_id, _mask(offer.change.weekdays))
    rows = (
        (Button(words, take),),
        (Button(language("proposals.buttons.leave", time=at), LeaveTimeTap(offer.reminder_id)),),
        (Button(language("proposals.buttons.never"), ProposingTap(0)),),
    )
    return Quiet(line), rows


@render.register
def changed(view: Changed, language: Language) -> Screen:
    """When it comes from now on, with a way back."""
    at = language.time(view.at)
    text = language("proposals.paused")
    if len(view.weekdays) == EVERY_DAY:
        text = language("proposals.daily", time=at)
    elif view.weekdays:
        text = language("proposals.on_days", time=at, days=_days(view.weekdays, language))
    blocks: list[Block] = [Para(text)]
    if view.next_at is not None:
        moment = language.dated_moment(view.next_at, view.zone)
        blocks.append(Para(language("proposals.next", moment=moment)))
    rows: list[Row] = []
    if view.undo:
        undo = WishUndoTap(view.reminder_id)
        rows.append((Button(language("proposals.buttons.undo"), undo),))
    return Screen(tuple(blocks), (*rows, *_onward(view.routine, language)))


@render.register
def left(view: Left, language: Language) -> Screen:
    """It stays as it is."""
    text = language("proposals.left", time=language.time(view.at))
    return Screen((Para(text),), _onward(view.routine, language))


@render.register
def proposing(view: Proposing, language: Language) -> Screen:
    """Whether other times are proposed, with a way back."""
    back = language(f"proposals.buttons.{'turn_off' if view.on else 'turn_on'}")
    return Screen(
        (Para(language(f"proposals.{'on' if view.on else 'off'}")),),
        (
            (Button(back, ProposingTap(0 if view.on else 1)),),
            (Button(language("settings.buttons.back"), SettingsTap()),),
            (Button(language("home.buttons.menu"), HomeTap()),),
        ),
    )


def _onward(routine: str, language: Language) -> tuple[Row, ...]:
    return (
        (Button(language("proposals.buttons.check_in"), StartRoutineTap(routine)),),
        (Button(language("home.buttons.menu"), HomeTap()),),
    )


def _days(weekdays: frozenset[int], language: Language) -> str:
    return language.listed([language.weekday(day) for day in sorted(weekdays)])


def _mask(weekdays: frozenset[int]) -> int:
    return sum(1 << day for day in weekdays)
