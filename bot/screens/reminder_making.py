"""How a reminder is made: what it is for, its words, and what a line may have meant."""

from __future__ import annotations

from actions.reminder_alike import Alike
from actions.reminder_making import ThrownAway, Unsure
from actions.reminder_sheet import AskWords, Draft, HabitsToAsk, NewWish
from actions.reminders import Standing
from bot.screen import Block, Button, Para, Quiet, Row, Screen, Title, grid
from bot.screens import render
from bot.screens.reminder_words import when
from bot.screens.schedules import in_words, question
from bot.tap import Tap
from bot.taps import (
    NewWishTap,
    TipsTap,
    WishChoiceTap,
    WishDropTap,
    WishesTap,
    WishHabitTap,
    WishKindTap,
    WishRoutineTap,
    WishTap,
)
from content.language import Language
from domain.reminders import Kind


@render.register
def new_wish(view: NewWish, language: Language) -> Screen:
    """What is it for? With times that are known already, what shall come then?"""
    id_ = view.draft_id
    kinds = [_button(kind, WishKindTap(id_, kind), language) for kind in ("own", "medicine")]
    routines = [
        Button(language(f"routines.{routine}.name"), WishRoutineTap(id_, routine))
        for routine in view.routines
    ]
    rest = [_button(kind, WishKindTap(id_, kind), language) for kind in ("habit", "summary")]
    blocks: list[Block] = [Title(language("making.title"))]
    below: list[Row] = []
    if view.told is None:
        blocks += [Para(language("making.ask")), Quiet(language("making.examples"))]
        rest.append(_button("tips", TipsTap(), language))
        below.append((Button(language("wishes.buttons.all"), WishesTap()),))
    else:
        blocks += [
            Para(when(view.told, view.zone, language)),
            Para(language("making.what_for")),
        ]
        below.append((Button(language("wishes.buttons.throw_away"), WishDropTap(id_)),))
    return Screen(tuple(blocks), (*grid(kinds, 1), *grid(routines, 1), *grid(rest, 2), *below))


def meant(draft: Draft, language: Language) -> tuple[list[Block], tuple[Row, ...]]:
    """Return what a draft in own words may be instead, and a button for each."""
    if not draft.alike:
        return [], ()
    buttons = [_meant(draft.told.id, kind, language) for kind in draft.alike]
    return [Para(language("making.own_words"))], grid(buttons, 1)


def _meant(draft_id: int, kind: Alike, language: Language) -> Button:
    match kind.kind:
        case Kind.CHECK_IN:
            return Button(language(f"routines.{kind.id}.name"), WishRoutineTap(draft_id, kind.id))
        case Kind.HABIT:
            return Button(language(f"habits.{kind.id}.name"), WishHabitTap(draft_id, kind.id))
        case other:
            return _button(other, WishKindTap(draft_id, other), language)


@render.register
def ask_words(view: AskWords, language: Language) -> Screen:
    """Which words? Those that are there are shown."""
    told = view.told
    key = "medicine" if told.medicine else "words"
    blocks: list[Block] = [Para(language(f"making.{key}", most=view.most))]
    if told.text is not None:
        blocks.insert(0, Para(language("making.change_words", text=told.text)))
    if told.standing is Standing.DRAFT and told.text is None:
        back = Button(language("making.buttons.stop"), WishDropTap(told.id))
    else:
        back = Button(language("common.buttons.cancel"), WishTap(told.id))
    return Screen(tuple(blocks), ((back,),))


@render.register
def habits(view: HabitsToAsk, language: Language) -> Screen:
    """Which habit?"""
    each = [
        Button(language(f"habits.{habit}.name"), WishHabitTap(view.draft_id, habit))
        for habit in view.habits
    ]
    back: Tap = WishTap(view.draft_id) if view.draft_id else NewWishTap()
    return Screen(
        (Para(language("making.habits")),),
        (*grid(each, 1), (Button(language("common.buttons.back"), back),)),
    )


@render.register
def unsure(view: Unsure, language: Language) -> Screen:
    """What was not clear, with what it may mean; never a guess."""
    blocks: list[Block] = [Para(question(view.why, language))]
    if view.text and view.choices:
        blocks.append(Para(language("making.about", text=view.text)))
    meanings = [in_words(choice, language, view.zone) for choice in view.choices]
    if meanings:
        lines = (
            language("wishes.entry.title", number=n, name=meaning)
            for n, meaning in enumerate(meanings, start=1)
        )
        blocks.append(Para("\n".join(lines)))
    choices = [
        Button(
            language("making.buttons.meaning", number=n + 1),
            WishChoiceTap(view.draft_id, n),
        )
        for n, _ in enumerate(meanings)
    ]
    if view.clock is not None:
        moment = language.dated_moment(view.clock, view.zone)
        blocks.append(Quiet(language("schedules.by_clock", moment=moment)))
    blocks.append(Quiet(language("making.again")))
    return Screen(
        tuple(blocks),
        (
            *grid(choices, 1),
            (_button("by_buttons", NewWishTap(), language),),
            (Button(language("wishes.buttons.all"), WishesTap()),),
        ),
    )


@render.register
def thrown_away(_view: ThrownAway, language: Language) -> Screen:
    """Nothing was saved."""
    return Screen(
        (Para(language("wishes.thrown_away")),),
        (
            (Button(language("wishes.buttons.new"), NewWishTap()),),
            (Button(language("wishes.buttons.all"), WishesTap()),),
        ),
    )


def _button(key: str, tap: Tap, language: Language) -> Button:
    return Button(language(f"making.buttons.{key}"), tap)
