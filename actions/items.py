"""Which items a person is asked about: ours switched on or off, and up to five of their own.

Switching an item off or removing an own one erases nothing: what was answered stays. The warning
list is always asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from actions import awaiting, people, routines
from actions.work import Here, Work
from content.language import Typed
from domain.checkin import (
    HABIT_PREFIX,
    MOST_HABITS,
    MOST_OWN_ITEMS,
    MOST_OWN_LABEL,
    ROUTINE,
    Question,
    Shape,
    in_order,
    own_question,
)
from domain.errors import Refused
from domain.wording import is_visible, one_line
from storage import items as store
from storage.people import Known, tell
from storage.tables import OwnItem, new_id


@dataclass(frozen=True, slots=True)
class Item:
    """A question as a person has it. label: what they called it, if it is their own.

    on: it is asked. removed: an own item that they took away; its answers stay.
    """

    question: Question
    on: bool = field(repr=False)
    label: Typed | None = field(default=None, repr=False)
    removed: bool = False


@dataclass(frozen=True, slots=True)
class ItemList:
    """All items with their state. own_left: how many own ones can still be added."""

    items: tuple[Item, ...]
    own_left: int


@dataclass(frozen=True, slots=True)
class AskLabel:
    """The next typed message is the name of an own item. now: what it is called, where it has one."""

    most: int
    now: Typed | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class OwnRemoved:
    """An own item was taken away; it can be had back."""

    number: int
    label: Typed = field(repr=False)


@dataclass(frozen=True, slots=True)
class HabitList:
    """All habits, and which are chosen. check_in_id: the day to go back to, 0 for none."""

    habits: tuple[tuple[str, bool], ...] = field(repr=False)
    check_in_id: int


async def all_items(work: Work, person: Known) -> list[Item]:
    """Return every item of any routine in the order asked, also those switched off or removed."""
    switched = _switched(person)
    found: dict[str, Item] = {}
    for question_id, question in work.library.questions.items():
        on = question.shape is Shape.WARNING or switched.get(question_id, question.on_by_default)
        found[question_id] = Item(question, on)
    for own in await store.own(work.session, person):
        question, removed = own_question(own.row.number), own.row.removed_at is not None
        on = not removed and switched.get(question.id, True)
        found[question.id] = Item(question, on, Typed(own.label), removed)
    return [found[question.id] for question in in_order(item.question for item in found.values())]


def is_asked_in(work: Work, item: Item, routine: str) -> bool:
    """Say whether *routine* asks for an item, where it is switched on. Own items are the evening's."""
    if item.label is not None:
        return routine == ROUTINE
    known = work.library.routines.get(routine)
    return known is not None and item.question.id in known.questions


def is_daily(work: Work, item: Item) -> bool:
    """Say whether an item is of a day: all but those that only a routine of a week asks."""
    asking = [r for r in work.library.routines.values() if is_asked_in(work, item, r.id)]
    return any(routine.days == 1 for routine in asking) or not asking


def habits_on(work: Work, person: Known) -> list[str]:
    """Return the habits that a person chose, in the order shown."""
    switched = _switched(person)
    return [habit for habit in work.library.habits if switched.get(HABIT_PREFIX + habit, False)]


async def look(work: Work, who: int) -> Here:
    """Show all items with their state."""
    person = await _chooser(work, who)
    return Here(people.language_of(work, person), (await _list(work, person),))


async def switch(work: Work, who: int, item_id: str, on: bool) -> Here:
    """Switch an item on or off. Errors: Refused for the warning list and for what is no item."""
    person = await _chooser(work, who)
    found = {item.question.id: item for item in await all_items(work, person) if not item.removed}
    if item_id not in found:
        raise Refused("stale")
    if found[item_id].question.shape is Shape.WARNING:
        raise Refused("warning_stays")
    person = _switch(person, item_id, on)
    return Here(people.language_of(work, person), (await _list(work, person),))


async def ask_label(work: Work, who: int) -> Here:
    """Take the next typed message as the name of a new own item. Errors: Refused when there are five."""
    person = await _chooser(work, who)
    await _room(work, person)
    await awaiting.expect(work, person, "own_item")
    return Here(people.language_of(work, person), (AskLabel(MOST_OWN_LABEL),))


async def ask_name(work: Work, who: int, number: int) -> Here:
    """Take the next typed message as another name of an own item. Errors: Refused where it is gone."""
    person = await _chooser(work, who)
    own = await _own(work, person, number)
    if own.row.removed_at is not None:
        raise Refused("stale")
    await awaiting.expect(work, person, "own_name", str(number))
    return Here(people.language_of(work, person), (AskLabel(MOST_OWN_LABEL, Typed(own.label)),))


async def take_name(work: Work, person: Known, subject: str, text: str) -> Here:
    """Call an own item *text* from now on; its answers are shown under it. Errors: Refused."""
    await people.keeping(work, person)
    renamed = await _own(work, person, int(subject))
    label = _label(text, [o for o in await store.own(work.session, person) if o.row != renamed.row])
    row = renamed.row
    row.sealed_label = person.seal("own_item", "sealed_label", row.id, label)
    await work.session.flush()
    await awaiting.clear(work, person)
    return Here(people.language_of(work, person), (await _list(work, person),))


async def take_label(work: Work, person: Known, subject: str, text: str) -> Here:
    """Add an own item called *text*. Errors: Refused for a bad name, or when there are five."""
    await people.keeping(work, person)
    own = await _room(work, person)
    label = _label(text, own)
    row = OwnItem(id=new_id(), person_id=person.id, created_at=work.now)
    row.number = max((o.row.number for o in own), default=0) + 1
    row.sealed_label = person.seal("own_item", "sealed_label", row.id, label)
    work.session.add(row)
    await work.session.flush()
    await awaiting.clear(work, person)
    return Here(people.language_of(work, person), (await _list(work, person),))


async def remove(work: Work, who: int, number: int) -> Here:
    """Take an own item away; what was answered stays."""
    person = await _chooser(work, who)
    own = await _own(work, person, number)
    own.row.removed_at = own.row.removed_at or work.now
    view = OwnRemoved(number, Typed(own.label))
    return Here(people.language_of(work, person), (view,))


async def restore(work: Work, who: int, number: int) -> Here:
    """Take an own item's removal back. Errors: Refused when there are five others by now."""
    person = await _chooser(work, who)
    own = await _own(work, person, number)
    if own.row.removed_at is not None:
        await _room(work, person)
        own.row.removed_at = None
        await work.session.flush()
    return Here(people.language_of(work, person), (await _list(work, person),))


async def look_habits(work: Work, who: int, check_in_id: int) -> Here:
    """Show all habits to choose from. *check_in_id*: where to go back to, 0 for nowhere."""
    person = await _chooser(work, who)
    view = habit_list(work, person, check_in_id)
    return Here(people.language_of(work, person), (view,))


async def choose_habit(work: Work, who: int, check_in_id: int, habit_id: str, on: bool) -> Here:
    """Choose a habit, or no longer. Errors: Refused above three."""
    person = await _chooser(work, who)
    if habit_id not in work.library.habits:
        raise Refused("stale")
    chosen = habits_on(work, person)
    if on and habit_id not in chosen and len(chosen) >= MOST_HABITS:
        raise Refused("habits_full", most=MOST_HABITS)
    person = _switch(person, HABIT_PREFIX + habit_id, on)
    view = habit_list(work, person, check_in_id)
    return Here(people.language_of(work, person), (view,))


def habit_list(work: Work, person: Known, check_in_id: int) -> HabitList:
    """Return all habits, and which are chosen."""
    chosen = habits_on(work, person)
    return HabitList(tuple((h, h in chosen) for h in work.library.habits), check_in_id)


async def _chooser(work: Work, who: int) -> Known:
    person = await people.keeper(work, who)
    await awaiting.clear(work, person)
    return person


async def _list(work: Work, person: Known) -> ItemList:
    used = await routines.used(work, person)
    items = [
        item
        for item in await all_items(work, person)
        if not item.removed and any(is_asked_in(work, item, routine) for routine in used)
    ]
    own = sum(item.label is not None for item in items)
    return ItemList(tuple(items), max(0, MOST_OWN_ITEMS - own))


def _switched(person: Known) -> Mapping[str, bool]:
    """Return what a person switched against its default, by item. It is sealed: it says what ails them."""
    switched: Mapping[str, bool] = person.profile.get("switches", {})
    return switched


def _switch(person: Known, item_id: str, on: bool) -> Known:
    return tell(person, switches={**_switched(person), item_id: on})


def _label(text: str, others: Iterable[store.Own]) -> str:
    """Return the name that *text* is, unlike those of *others*. Errors: Refused."""
    label = one_line(text)
    if not is_visible(label):
        raise Refused("label_empty")
    if len(label) > MOST_OWN_LABEL:
        raise Refused("label_too_long", most=MOST_OWN_LABEL)
    if any(o.label == label and o.row.removed_at is None for o in others):
        raise Refused("label_taken")
    return label


async def _own(work: Work, person: Known, number: int) -> store.Own:
    for own in await store.own(work.session, person):
        if own.row.number == number:
            return own
    raise Refused("stale")


async def _room(work: Work, person: Known) -> list[store.Own]:
    own = await store.own(work.session, person)
    if sum(o.row.removed_at is None for o in own) >= MOST_OWN_ITEMS:
        raise Refused("own_items_full", most=MOST_OWN_ITEMS)
    return own
