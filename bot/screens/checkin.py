"""How a question of the check-in looks, a calm day's summary, and stopping.

One message, edited in place. Its first line gives nothing away; an answer that stands already is
said in words.
"""

from __future__ import annotations

from actions.cards import Step
from actions.checkins import CalmOffer, Stopped
from actions.routines import Choice
from bot.screen import Block, Button, Para, Quiet, Row, Screen, Title
from bot.screens import render
from bot.screens.words import (
    about,
    about_day,
    answer_words,
    label,
    laid_out,
    option_words,
    routine_name,
    scale,
)
from bot.taps import (
    AnswerTap,
    CalmConfirmTap,
    CalmTap,
    GoOnTap,
    HomeTap,
    ShowTap,
    SignsTap,
    SkipTap,
    StartRoutineTap,
    StopTap,
)
from content.language import Language
from domain.checkin import ROUTINE, Shape


@render.register
def step(view: Step, language: Language) -> Screen:
    """One question: progress, the question, its options, and the ways on."""
    question = view.item.question
    blocks: list[Block] = about(view.day, language, view.days) if view.late else []
    blocks += [Quiet(_progress(view, language)), Title(_ask(view, language))]
    if question.shape is Shape.SCALE:
        low, high = scale(view.item, language)
        blocks.append(Para(language("checkin.scale", low=low, high=high)))
    if f"questions.{question.id}.hint" in language:
        blocks.append(Quiet(language(f"questions.{question.id}.hint")))
    if view.answer is not None:
        said = answer_words(question, view.answer, language)
        blocks.append(Para(language("checkin.now", answer=said)))
    options = _options(view, language)
    return Screen(tuple(blocks), (*laid_out(question, options, language), *_ways(view, language)))


@render.register
def calm(view: CalmOffer, language: Language) -> Screen:
    """What a calm day would set and leave, before it does."""
    blocks: list[Block] = [about_day(view.day, language)] if view.past else []
    blocks.append(Title(language("checkin.calm.title")))
    if view.sets:
        said = [
            language("checkin.line", label=label(item, language), answer=code)
            for item, code in view.sets
        ]
        blocks += [Para(language("checkin.calm.sets")), Para("\n".join(said))]
    else:
        blocks.append(Para(language("checkin.calm.nothing")))
    if view.leaves:
        named = language.listed([label(item, language) for item in view.leaves])
        blocks.append(Para(language("checkin.calm.leaves", items=named)))
    blocks.append(Quiet(language("checkin.calm.after")))
    return Screen(
        tuple(blocks),
        (
            (Button(language("checkin.buttons.calm_yes"), CalmConfirmTap(view.check_in_id)),),
            (Button(language("common.buttons.back"), GoOnTap(view.check_in_id)),),
        ),
    )


@render.register
def stopped(view: Stopped, language: Language) -> Screen:
    """What is kept, and how to go on."""
    kept = language("checkin.stopped.kept", count=view.kept)
    day = (about_day(view.day, language),) if view.past else ()
    by_command = not view.past and view.routine == ROUTINE
    how = "how" if by_command else "how_past" if view.past else "how_other"
    return Screen(
        (
            *day,
            Title(language("checkin.stopped.title")),
            Para(kept if view.kept else language("checkin.stopped.nothing")),
            Quiet(language(f"checkin.stopped.{how}")),
        ),
        (
            (
                Button(language("checkin.buttons.go_on"), GoOnTap(view.check_in_id)),
                Button(language("home.buttons.menu"), HomeTap()),
            ),
        ),
    )


@render.register
def choice(view: Choice, language: Language) -> Screen:
    """Which check-in to do, each with how it stands today."""
    rows: list[Row] = []
    for state in view.routines:
        stands = "done" if state.done else "begun" if state.begun else "not_yet"
        name = routine_name(state.routine, language)
        words = language(f"checkin.choice.{stands}", name=name)
        rows.append((Button(words, StartRoutineTap(state.routine)),))
    rows.append((Button(language("home.buttons.menu"), HomeTap()),))
    title = language("checkin.today", day=language.day(view.day))
    return Screen((Title(title), Para(language("checkin.choice.ask"))), tuple(rows))


def _progress(view: Step, language: Language) -> str:
    if view.finished:
        return language("checkin.fixing")
    if view.routine != ROUTINE:
        name = routine_name(view.routine, language)
        return language("checkin.progress_of", name=name, place=view.place, total=view.total)
    return language("checkin.progress", place=view.place, total=view.total)


def _ask(view: Step, language: Language) -> str:
    if view.item.label is not None:
        return language("checkin.own.ask", label=view.item.label)
    return language(f"questions.{view.item.question.id}.ask")


def _options(view: Step, language: Language) -> list[Button]:
    question = view.item.question
    buttons = []
    for code in question.options:
        words = option_words(view.item, code, language)
        if view.answer is not None and view.answer.code == code:
            words = language("checkin.chosen", answer=words)
        tap = AnswerTap(view.check_in_id, question.id, code)
        opens_list = question.shape is Shape.WARNING and code != "no"
        buttons.append(Button(words, SignsTap(view.check_in_id) if opens_list else tap))
    return buttons


def _ways(view: Step, language: Language) -> tuple[Row, ...]:
    """The buttons below the options: a calm day, back, skip, stop; in a fix, back to the day."""
    skip = Button(language("common.buttons.skip"), SkipTap(view.check_in_id, view.item.question.id))
    if view.finished:
        return ((skip, Button(language("checkin.buttons.to_day"), GoOnTap(view.check_in_id))),)
    last = [skip, Button(language("common.buttons.stop"), StopTap(view.check_in_id))]
    if view.back_to is not None:
        back = ShowTap(view.check_in_id, view.back_to)
        last.insert(0, Button(language("common.buttons.back"), back))
    if not view.calm:
        return (tuple(last),)
    return ((Button(language("checkin.buttons.calm"), CalmTap(view.check_in_id)),), tuple(last))
