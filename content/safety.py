"""Reading warning signs, the texts that answer them, and disclaimers; which disclaimer goes where.

The safety texts are the ones that no language may lack. Nothing here recognises, scores or names
anything: a person selects a sign, and the fixed text of its tier follows.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from content.loading import Table, identity, known
from domain.redflags import Sign, Tier
from domain.snippets import UNDER_18, Mark

TIERS = {tier.name.lower(): tier for tier in Tier}
"""The tiers by the name that files use."""

SAFETY_TEXTS = re.compile(
    r"(disclaimers|redflags|tiers)\..+|questions\.warning\..+|helplines\.(shown|noticed)\..+"
)
"""The texts that every language must have itself: English is no stand-in for them."""

REQUIRED: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        (
            "glutamine_basics",
            "glutamine_evidence",
            "forms_d_l",
            "powder_vs_pill",
            "timing",
            "duration",
        ),
        frozenset({"supplement"}),
    ),
    **dict.fromkeys(
        ("starting", "side_effects", "who_should_not"),
        frozenset({"supplement", "special_populations"}),
    ),
    "nsaids": frozenset({"medication_nsaid"}),
    "trigger_foods": frozenset({"diet_elimination"}),
    "stress": frozenset({"mental_health"}),
    **dict.fromkeys(
        (
            "causes",
            "gut_permeability",
            "nutrient_dense_diet",
            "long_term_habits",
            "sleep",
            "underlying_conditions",
        ),
        frozenset[str](),
    ),
}
"""What each topic asks for beyond `general`, which goes with all. A topic not here is unknown."""

CAUTIONS = frozenset({"who_should_not", "side_effects", "underlying_conditions"})
"""The topics of tips that a mark lets pass as its caution."""


class FixedText(NamedTuple):
    """A text that is shown as it stands. version: raised whenever its sense changes."""

    id: str
    version: int


def sign(table: Table, stem: str) -> Sign:
    """Read a sign's structure; its label is left in the table."""
    name, version = identity(table, stem)
    tier = table.text("tier")
    if tier and tier not in TIERS:
        table.fault(f"unknown tier '{tier}'", "tier")
    order = table.whole("order", 0, 9999)
    signed_off = table.text("signed_off", default="") or None
    return Sign(name, version, TIERS.get(tier, Tier.EMERGENCY), order, signed_off)


def mark(table: Table, stem: str) -> Mark:
    """Read a mark's structure; its label is left in the table."""
    name, version = identity(table, stem)
    leaves_out = table.texts("leaves_out")
    topics = table.texts("leaves_out_topics", required=False)
    known(table, "topic", topics, REQUIRED, "leaves_out_topics")
    if name == UNDER_18:
        table.fault(f"'{UNDER_18}' follows from the age, and is no mark to set")
    if not leaves_out:
        table.fault("'leaves_out' needs at least one disclaimer")
    return Mark(name, version, table.whole("order", 0, 9999), frozenset((*leaves_out, *topics)))


def fixed(table: Table, stem: str) -> FixedText:
    """Read a fixed text's structure; its words are left in the table."""
    return FixedText(*identity(table, stem))


def may_be_caution(topic: str, disclaimers: Collection[str]) -> bool:
    """Say whether a tip can be the caution of a mark: no text on a supplement is, but where it cautions."""
    return topic in CAUTIONS or (topic == "trigger_foods" and "supplement" not in disclaimers)


def required(topic: str, of_points: Collection[str], named: Collection[str]) -> tuple[str, ...]:
    """Return the disclaimers that a snippet must carry, `general` first. named: by its words."""
    others = {*REQUIRED.get(topic, ()), *of_points, *named} - {"general"}
    return ("general", *sorted(others))
