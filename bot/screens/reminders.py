"""How a reminder looks that comes by itself, and what its buttons answer.

Its first lines give nothing away where the person wants it so: they are what a locked phone shows.
"""

from __future__ import annotations

from dataclasses import replace

from actions.deliveries import Reminded
from actions.snooze import LeftOut, Snoozed
from bot.screen import Block, Button, Para, Quiet, Row, Screen, Title
from bot.screens import render
from bot.taps import AskNowTap, SkipDayTap, SnoozeTap
from content.language import Language
from domain.reminders import Kind, Snooze


@render.register
def reminded(view: Reminded, language: Language) -> Screen:
    """The message of a reminder: its lead, then what it brings."""
    inner = render(view.view, language)
    words = f"reminders.{view.kind}"
    if view.kind is Kind.CHECK_IN and not view.evening:
        words += "_by_day"
    lead: list[Block] = [Title(language(f"{words}.title"))]
    if view.discreet:
        lead.append(Quiet(language(f"{words}.discreet")))
    if view.missed:
        lead.append(Quiet(language("reminders.missed", count=view.missed)))
    rows = _put_off(view.occurrence_id, language) if view.kind is Kind.CHECK_IN else ()
    return replace(inner, blocks=(*lead, *inner.blocks), rows=(*inner.rows, *rows))


@render.register
def snoozed(view: Snoozed, language: Language) -> Screen:
    """Put off, with a way back."""
    again = view.again_at.astimezone(view.zone).time()
    text = language("reminders.snoozed", time=language.time(again))
    return Screen((Para(text),), _way_back(view.occurrence_id, language))


@render.register
def left_out(view: LeftOut, language: Language) -> Screen:
    """Left out for today, with a way back."""
    blocks = [Para(language("reminders.left_out"))]
    if view.next_at is not None:
        moment = language.dated_moment(view.next_at, view.zone)
        blocks.append(Para(language("reminders.next", moment=moment)))
    return Screen(tuple(blocks), _way_back(view.occurrence_id, language))


def _put_off(occurrence_id: int, language: Language) -> tuple[Row, ...]:
    def button(by: Snooze) -> Button:
        return Button(
            language(f"reminders.buttons.{by.name.lower()}"), SnoozeTap(occurrence_id, by)
        )

    skip = Button(language("reminders.buttons.skip_day"), SkipDayTap(occurrence_id))
    return (
        (button(Snooze.QUARTER), button(Snooze.HOUR)),
        (button(Snooze.TONIGHT), skip),
    )


def _way_back(occurrence_id: int, language: Language) -> tuple[Row, ...]:
    return ((Button(language("reminders.buttons.ask_now"), AskNowTap(occurrence_id)),),)
