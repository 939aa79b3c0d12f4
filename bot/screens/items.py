"""How the choice of items and habits looks; each state stands in words on its button."""

from __future__ import annotations

from actions.items import AskLabel, HabitList, Item, ItemList, OwnRemoved
from bot.screen import Button, Para, Quiet, Row, Screen, Title
from bot.screens import render
from bot.screens.words import label
from bot.taps import (
    GoOnTap,
    HabitChoicesTap,
    HabitChoiceTap,
    HomeTap,
    ItemsTap,
    ItemTap,
    OwnAddTap,
    OwnRemoveTap,
    OwnRenameTap,
    OwnRestoreTap,
)
from content.language import Language
from domain.checkin import MOST_HABITS, MOST_OWN_ITEMS, Shape


@render.register
def item_list(view: ItemList, language: Language) -> Screen:
    """Every item with its state; the warning list has none, as it stays on."""
    ours = [i for i in view.items if i.label is None and i.question.shape is not Shape.WARNING]
    own = [i for i in view.items if i.label is not None]
    rows: list[Row] = [(_switch(item, language),) for item in [*ours, *own]]
    for item in own:
        number = int(item.question.id.removeprefix("own"))
        words = language("items.rename", label=label(item, language))
        rows.append((Button(words, OwnRenameTap(number)),))
        words = language("items.remove", label=label(item, language))
        rows.append((Button(words, OwnRemoveTap(number)),))
    if view.own_left:
        rows.append((Button(language("items.buttons.add"), OwnAddTap()),))
    rows.append((Button(language("items.buttons.habits"), HabitChoicesTap(0)),))
    rows.append((Button(language("home.buttons.menu"), HomeTap()),))
    return Screen(
        (
            Title(language("items.title")),
            Para(language("items.hint")),
            Quiet(language("items.own", most=MOST_OWN_ITEMS)),
        ),
        tuple(rows),
    )


@render.register
def ask_label(view: AskLabel, language: Language) -> Screen:
    """Ask for the name of an own item, or for another one."""
    if view.now is None:
        title, ask = language("items.add.title"), language("items.add.ask", most=view.most)
    else:
        title = language("items.name.title", label=view.now)
        ask = language("items.name.ask", most=view.most)
    return Screen(
        (Title(title), Para(ask)),
        ((Button(language("common.buttons.cancel"), ItemsTap()),),),
    )


@render.register
def own_removed(view: OwnRemoved, language: Language) -> Screen:
    """Say that it is away, and offer it back."""
    return Screen(
        (Para(language("items.removed.text", label=view.label)),),
        (
            (Button(language("entries.buttons.undo"), OwnRestoreTap(view.number)),),
            (Button(language("items.buttons.items"), ItemsTap()),),
        ),
    )


@render.register
def habit_list(view: HabitList, language: Language) -> Screen:
    """Every habit, chosen or not."""
    rows: list[Row] = []
    for habit, on in view.habits:
        name = language(f"habits.{habit}.name")
        words = language("items.habits.on" if on else "items.habits.off", name=name)
        rows.append((Button(words, HabitChoiceTap(view.check_in_id, habit, 0 if on else 1)),))
    if view.check_in_id:
        back = Button(language("items.buttons.day"), GoOnTap(view.check_in_id))
    else:
        back = Button(language("items.buttons.items"), ItemsTap())
    return Screen(
        (
            Title(language("items.habits.title")),
            Para(language("items.habits.hint", most=MOST_HABITS)),
        ),
        (*rows, (back,)),
    )


def _switch(item: Item, language: Language) -> Button:
    words = language("items.on" if item.on else "items.off", label=label(item, language))
    return Button(words, ItemTap(item.question.id, 0 if item.on else 1))
