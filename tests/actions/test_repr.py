"""What says something of a person's health or choices is in no `repr`: not in a log, and not in an error."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, fields, is_dataclass
from datetime import UTC, datetime

import pytest

import actions
import domain
import storage
from actions.left_out import LeftOut
from domain.opinions import Opinion

TELLING: Mapping[str, str] = {
    "actions.age.AgeNow": "age",
    "actions.cards.Card": "habits signs urgent",
    "actions.cards.Line": "answer",
    "actions.cards.Logged": "code",
    "actions.cards.Step": "answer",
    "actions.consents.Consents": "given",
    "actions.consents.Noted": "given",
    "actions.habits.HabitSheet": "states",
    "actions.helplines.Help": "country lines",
    "actions.history.Day": "brief",
    "actions.imports.Added": "marks",
    "actions.imports.Found": "marks",
    "actions.items.HabitList": "habits",
    "actions.items.Item": "on label",
    "actions.left_out.LeftOut": "chosen leaves_out of_age",
    "actions.reminded.HabitAsked": "habit_id",
    "actions.reminded.OwnWords": "text medicine",
    "actions.reminders.Told": "habit text medicine",
    "actions.settings.Tips": "topics by_logs",
    "actions.sheets.Sheet": "answers elsewhere",
    "actions.snippets.Closed": "why",
    "actions.snippets.NoTipToday": "reason",
    "actions.snippets.Tip": "opinion",
    "actions.snippets.Why": "asked fits",
    "actions.summary.HabitDays": "yes partly",
    "actions.summary.Week": "said",
    "actions.tip_opinions.Tried": "followed done new",
    "actions.tip_topics.TopicChoices": "topics",
    "actions.warnings.RedFlag": "tier sign_id",
    "actions.warnings.SignList": "chosen undo",
    "domain.joining.Facts": "age decisions",
    "domain.opinions.Opinion": "saved helpful tried",
    "domain.tip_choice.Chosen": "fits",
    "domain.tip_choice.Wishes": "declined lowered fits",
    "domain.wishes.Wished": "habit text medicine",
    "storage.entries.Said": "value",
    "storage.people.Known": "box profile",
    "storage.warnings.Chosen": "sign_id",
}
"""Values, each with its fields that tell."""

KINDS = re.compile(r"\b(Answer|Opinion|Typed)\b")
"""Types of what is telling wherever it stands."""


def values() -> Iterator[tuple[str, Field[object]]]:
    """Yield every field of every view and value, each with the name of what holds it."""
    for room in (actions, domain, storage):
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            if ".migrations" in module.name:
                continue
            for one in vars(importlib.import_module(module.name)).values():
                if isinstance(one, type) and is_dataclass(one) and one.__module__ == module.name:
                    yield from ((f"{module.name}.{one.__name__}", field) for field in fields(one))


@pytest.mark.parametrize("name", TELLING)
def test_what_tells_of_somebody_is_not_shown(name: str) -> None:
    shown = {field.name: field.repr for holder, field in values() if holder == name}

    assert {key: shown[key] for key in TELLING[name].split()} == dict.fromkeys(
        TELLING[name].split(), False
    )


def test_an_answer_an_opinion_and_what_was_typed_are_never_shown() -> None:
    telling = [(name, field) for name, field in values() if KINDS.search(str(field.type))]

    assert len(telling) > 10
    assert [f"{name}.{field.name}" for name, field in telling if field.repr] == []


def test_a_mark_and_an_opinion_stay_out_of_what_holds_them() -> None:
    @dataclass
    class Holder:
        views: tuple[object, ...]

    left_out = LeftOut(("kidney", "liver"), frozenset({"liver"}), ("supplement",), of_age=True)
    opinion = Opinion(saved=datetime(2025, 3, 3, tzinfo=UTC), helpful=False)

    assert repr(left_out) == "LeftOut(marks=('kidney', 'liver'))"
    assert repr(Holder((opinion,))).endswith("(views=(Opinion(),))")
