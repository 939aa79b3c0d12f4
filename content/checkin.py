"""Reading what a check-in is made of: questions, routines and habits.

Only their structure; their English words go through `words`. Which of them a person gets is not
decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from content.loading import Faults, Table, identity, known
from content.safety import REQUIRED
from domain.checkin import ROUTINE, Condition, Fit, Habit, Question, Routine, Shape
from domain.snippets import Snippet

WARNING_CODES = ("no", "seen")
"""What the warning list is answered with: nothing on it, or its signs were looked at."""

MOST_DAYS = 7
"""The longest time that a routine looks back on, in days."""

ONLY_IF = ("only_if", "question")

_CODE = re.compile(r"[a-z0-9_+<>-]{1,12}")


@dataclass(frozen=True, slots=True)
class Placed:
    """A question with the routines that ask it, and the file to name in a fault."""

    question: Question
    routines: tuple[str, ...]
    file: str


def question(table: Table, stem: str) -> Placed:
    """Read a question's structure; its words are left in the table."""
    name, version = identity(table, stem)
    shape = _shape(table)
    options = table.texts("options")
    for code in options:
        if not _CODE.fullmatch(code):
            table.fault(f"option code '{code}' must be 1 to 12 of a-z, 0-9 and _+<>-", "options")
    if len(options) < 2:
        table.fault("'options' needs at least two codes", "options")
    if shape is Shape.WARNING and options != WARNING_CODES:
        table.fault("the options of a warning list are 'no' and 'seen'", "options")
    calm = table.text("calm", default="") or None
    if calm is not None and calm not in options:
        table.fault(f"calm '{calm}' is not one of its options", "calm")
    found = Question(
        id=name,
        version=version,
        shape=shape,
        options=options,
        on_by_default=table.flag("on_by_default"),
        order=table.whole("order", 0, 9999),
        columns=table.whole("columns", 1, 8),
        only_if=_condition(table),
        calm=calm,
        worst_first=table.flag("worst_first", required=False),
        fits=_fits(table, options),
    )
    routines = table.texts("routines")
    if not routines:
        table.fault("'routines' needs at least one routine", "routines")
    return Placed(found, routines, table.file)


def habit(table: Table, stem: str) -> Habit:
    """Read a habit's structure; its words are left in the table."""
    name, version = identity(table, stem)
    return Habit(name, version, table.whole("order", 0, 9999), table.texts("topics"))


def routine(table: Table, stem: str) -> Routine:
    """Read a routine's structure. Its questions say themselves that they belong to it."""
    name, _ = identity(table, stem)
    return Routine(
        name, (), table.whole("grace_minutes", 1, 1440), table.whole("days", 1, MOST_DAYS)
    )


def fill(
    routines: Mapping[str, tuple[Routine, Table]], placed: Mapping[str, Placed], faults: Faults
) -> dict[str, Routine]:
    """Return the routines with their questions in order; report what does not fit together.

    ROUTINE comes first, as it is what everybody is asked.
    """
    for item in placed.values():
        for name in sorted(set(item.routines) - routines.keys()):
            faults.add(item.file, f"unknown routine '{name}'", ("routines",))
        _check_condition(item, placed, faults)
    filled = {}
    for name, (empty, table) in routines.items():
        own = sorted(
            (item.question for item in placed.values() if name in item.routines),
            key=lambda q: (q.order, q.id),
        )
        filled[name] = replace(empty, questions=tuple(q.id for q in own))
        if not any(q.shape is Shape.WARNING for q in own):
            table.fault("has no question of shape 'warning'")
    return dict(sorted(filled.items(), key=lambda named: named[0] != ROUTINE))


def check_topics(
    habits: Mapping[str, tuple[Habit, Table]], snippets: Mapping[str, Snippet]
) -> None:
    """Report a habit with a topic that no snippet is about."""
    topics = {snippet.topic for snippet in snippets.values()}
    for found, table in habits.values():
        known(table, "topic", found.topics, topics)


def check_words(question: Question, keys: Iterable[str], table: Table) -> None:
    """Report words that a question of its shape lacks, or should not have."""
    scale = question.shape is Shape.SCALE
    fields = {key.split(".", 2)[2] for key in keys}
    given = {field for field in fields if field in ("low", "high") or field.startswith("options.")}
    asked = {"low", "high"} if scale else {f"options.{code}" for code in question.options}
    for field in sorted(asked - given):
        table.fault(f"missing 'text.{field}'", "text", *field.split(".")[:-1])
    for field in sorted(given - asked):
        table.fault(f"unknown key 'text.{field}'", "text", *field.split("."))
    if question.fits and "fits" not in fields:
        table.fault("missing 'text.fits': it tells a person what made a tip fit")
    if "fits" in fields and not question.fits:
        table.fault("has a 'text.fits', but no [[fits]]")


def _fits(table: Table, options: Iterable[str]) -> tuple[Fit, ...]:
    """Read which answers make tips on a topic fit. No answer leads to a text on supplements."""
    found = []
    for within in table.tables("fits"):
        topic, codes = within.text("topic"), within.texts("codes")
        if known(within, "topic", [topic], REQUIRED) and "supplement" in REQUIRED[topic]:
            within.fault(f"topic '{topic}' is on supplements: no answer leads there")
        if known(within, "option", codes, options) and not codes:
            within.fault("'codes' needs at least one code")
        found.append(Fit(topic, frozenset(codes)))
        within.close()
    return tuple(found)


def _shape(table: Table) -> Shape:
    found = table.text("shape")
    if found in set(Shape):
        return Shape(found)
    if found:
        table.fault(f"unknown shape '{found}'", "shape")
    return Shape.CHOICE


def _condition(table: Table) -> Condition | None:
    within = table.table("only_if", required=False)
    if within is None:
        return None
    condition = Condition(within.text("question"), frozenset(within.texts("unless")))
    within.close()
    return condition


def _check_condition(item: Placed, placed: Mapping[str, Placed], faults: Faults) -> None:
    condition = item.question.only_if
    if condition is None:
        return
    other = placed.get(condition.question)
    if other is None:
        faults.add(item.file, f"only_if names an unknown question '{condition.question}'", ONLY_IF)
        return
    for code in sorted(condition.unless - set(other.question.options)):
        what = f"only_if names an unknown option '{code}' of '{condition.question}'"
        faults.add(item.file, what, (*ONLY_IF, "unless"))
    before = other.question.order < item.question.order
    if not before or not set(item.routines) <= set(other.routines):
        what = f"only_if names '{condition.question}', which is not asked before it"
        faults.add(item.file, what, ONLY_IF)
