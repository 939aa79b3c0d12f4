"""How a reminder looks that comes by itself, and what its buttons answer.

Its first lines give nothing away where the person wants it so: they are what a locked phone shows.
"""

from __future__ import annotations

from dataclasses import replace

from actions.reminded import Announced, HabitAsked, OwnWords, Reminded
from actions.snooze import AskLater, DoneNow, LeftOut, Snoozed
from bot.screen import Block, Button, Para, Quiet, Row, Screen, Title, grid
from bot.screens import render
from bot.screens.proposals import offered
from bot.screens.words import routine_name
from bot.taps import (
    AskNowTap,
    DoneTap,
    HabitDoneTap,
    LaterMinutesTap,
    LaterTap,
    SkipDayTap,
    SnoozeTap,
)
from content.language import Language
from domain.checkin import HABIT_CODES, ROUTINE
from domain.reminders import Kind, Snooze

MINUTES = (5, 30, 120, 240)
"""What is offered for "another time"."""

PUT_OFF = (Kind.CHECK_IN, Kind.HABIT, Kind.OWN)
"""What can be put off: the rest asks for nothing."""


@render.register
def reminded(view: Reminded, language: Language) -> Screen:
    """The message of a reminder: its lead, then what it brings."""
    inner = render(view.view, language)
    words = _words(view)
    lead: list[Block] = [Title(_title(view, language))]
    if view.discreet and f"{words}.discreet" in language:
        lead.append(Quiet(language(f"{words}.discreet")))
    if view.nudge:
        lead.append(Quiet(language("reminders.nudge")))
    if view.planned_for is not None and view.zone is not None:
        moment = language.time(view.planned_for.astimezone(view.zone).time())
        lead.append(Quiet(language("reminders.late", time=moment)))
    if view.missed:
        lead.append(Quiet(language("reminders.missed", count=view.missed)))
    if view.trial:
        what = "check_in" if view.kind is Kind.CHECK_IN else "note"
        return replace(
            inner, blocks=(*lead, *inner.blocks, Quiet(language(f"wishes.trial.{what}")))
        )
    rows = (*inner.rows, *_answers(view, language))
    if view.kind in PUT_OFF:
        rows = (*rows, *_put_off(view.occurrence_id, language))
    blocks = (*lead, *inner.blocks)
    if view.offer is not None:
        line, choices = offered(view.offer, language)
        blocks, rows = (*blocks, line), (*rows, *choices)
    return replace(inner, blocks=blocks, rows=rows)


@render.register
def own_words(view: OwnWords, language: Language) -> Screen:
    """A person's own words; for a medicine, what we do not do."""
    blocks: list[Block] = [Para(language("reminders.own.text", text=view.text))]
    if view.medicine:
        blocks.append(Quiet(language("reminders.own.medicine")))
    return Screen(tuple(blocks))


@render.register
def habit_asked(view: HabitAsked, language: Language) -> Screen:
    """A habit, and how it can be tried."""
    key = f"habits.{view.habit_id}"
    if f"{key}.name" not in language:
        return Screen((Para(language("reminders.habit.gone")),))
    return Screen((Para(language(f"{key}.ask")), Quiet(language(f"{key}.hint"))))


@render.register
def announced(view: Announced, language: Language) -> Screen:
    """What the operator has to say, in the language nearest to the reader's."""
    text = view.texts.get(language.tag) or view.texts.get("en") or next(iter(view.texts.values()))
    return Screen((Para(text),))


@render.register
def snoozed(view: Snoozed, language: Language) -> Screen:
    """Put off, with a way back; the day is said where it is another one."""
    again = view.again_at.astimezone(view.zone).time()
    text = language("reminders.snoozed", time=language.time(again))
    if view.dated:
        moment = language.dated_moment(view.again_at, view.zone)
        text = language("reminders.snoozed_until", moment=moment)
    return Screen((Para(text),), _way_back(view.occurrence_id, language))


@render.register
def ask_later(view: AskLater, language: Language) -> Screen:
    """How much later?"""
    choices = [
        Button(language("reminders.later.minutes", count=n), LaterMinutesTap(view.occurrence_id, n))
        if n < 60
        else Button(
            language("reminders.later.hours", count=n // 60), LaterMinutesTap(view.occurrence_id, n)
        )
        for n in MINUTES
    ]
    return Screen(
        (Para(language("reminders.later.ask")),),
        (*grid(choices, 2), *_way_back(view.occurrence_id, language)),
    )


@render.register
def left_out(view: LeftOut, language: Language) -> Screen:
    """Left out for today, with a way back."""
    blocks = [Para(language("reminders.left_out"))]
    if view.next_at is not None:
        moment = language.dated_moment(view.next_at, view.zone)
        blocks.append(Para(language("reminders.next", moment=moment)))
    if view.check_in:
        blocks.append(Para(language("reminders.check_in_open")))
    return Screen(tuple(blocks), _way_back(view.occurrence_id, language))


@render.register
def done_now(view: DoneNow, language: Language) -> Screen:
    """Done, with a way back."""
    back = Button(language("reminders.buttons.undo"), AskNowTap(view.occurrence_id))
    return Screen((Para(language("reminders.done")),), ((back,),))


def _words(view: Reminded) -> str:
    """Return the key of the lead's words."""
    words = f"reminders.{view.kind}"
    if view.kind is Kind.CHECK_IN and not (view.evening and view.routine in (None, ROUTINE)):
        return f"{words}_by_day"
    return words


def _title(view: Reminded, language: Language) -> str:
    """Return the first line: what it is called, and nothing of what is in it."""
    if view.kind is Kind.CHECK_IN and view.routine not in (None, ROUTINE):
        return routine_name(view.routine or "", language)
    return language(f"{_words(view)}.title")


def _answers(view: Reminded, language: Language) -> tuple[Row, ...]:
    """Return what answers it at once: how the habit went, or that it is done."""
    if view.kind is Kind.HABIT and isinstance(view.view, HabitAsked):
        return _habit_answers(view.occurrence_id, language)
    if view.kind is not Kind.OWN:
        return ()
    return ((Button(language("reminders.buttons.done"), DoneTap(view.occurrence_id)),),)


def _habit_answers(occurrence_id: int, language: Language) -> tuple[Row, ...]:
    buttons = [
        Button(language(f"reminders.habit.buttons.{code}"), HabitDoneTap(occurrence_id, code))
        for code in HABIT_CODES[:2]
    ]
    return (tuple(buttons),)


def _put_off(occurrence_id: int, language: Language) -> tuple[Row, ...]:
    def button(by: Snooze) -> Button:
        return Button(
            language(f"reminders.buttons.{by.name.lower()}"), SnoozeTap(occurrence_id, by)
        )

    skip = Button(language("reminders.buttons.skip_day"), SkipDayTap(occurrence_id))
    other = Button(language("reminders.buttons.other"), LaterTap(occurrence_id))
    return (
        (button(Snooze.QUARTER), button(Snooze.HOUR)),
        (button(Snooze.TONIGHT), other),
        (skip,),
    )


def _way_back(occurrence_id: int, language: Language) -> tuple[Row, ...]:
    return ((Button(language("reminders.buttons.ask_now"), AskNowTap(occurrence_id)),),)
