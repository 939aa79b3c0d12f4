"""Reading warning signs, the texts that answer them, and disclaimers; which disclaimer goes where.

The safety texts are the ones that no language may lack. Nothing here recognises, scores or names
anything: a person selects a sign, and the fixed text of its tier follows.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from content.loading import Table, identity
from domain.redflags import Sign, Tier

TIERS = {tier.name.lower(): tier for tier in Tier}
"""The tiers by the name that files use."""

SAFETY_TEXTS = re.compile(r"(disclaimers|redflags|tiers)\..+|questions\.warning\..+")
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

NAMED: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (key, re.compile(pattern, re.IGNORECASE))
    for key, pattern in (
        (
            "medication_nsaid",
            r"\b(nsaids?|ibuprofen|aspirin|painkillers?|medicines?|medication|tablets?"
            r"|crohn\w*|colitis|ibd|inflammatory bowel)\b",
        ),
        (
            "diet_elimination",
            r"\b(coeliac|celiac|gluten|dairy|lactose|fodmap|eliminat\w+|(cut|cuts|cutting|leave"
            r"|leaving) (\w+ ){0,3}(out|foods?))\b",
        ),
        ("mental_health", r"\b(mood|anxi\w+|depress\w+|worries|panic)\b"),
        ("supplement", r"\b(supplements?|glutamine)\b"),
        ("athlete", r"\b(athletes?|treadmill|training study)\b"),
        ("lab_animal", r"\b(rats?|mice|mouse|animals?|in a dish|cell cultures?)\b"),
    )
)
"""What a text that names a thing must carry, whatever its topic."""


class FixedText(NamedTuple):
    """A text that is shown as it stands. version: raised whenever its sense changes."""

    id: str
    version: int


def sign(table: Table, stem: str) -> Sign:
    """Read a sign's structure; its label is left in the table."""
    name, version = identity(table, stem)
    tier = table.text("tier")
    if tier and tier not in TIERS:
        table.fault(f"unknown tier '{tier}'")
    return Sign(name, version, TIERS.get(tier, Tier.EMERGENCY), table.whole("order", 0, 9999))


def fixed(table: Table, stem: str) -> FixedText:
    """Read a fixed text's structure; its words are left in the table."""
    return FixedText(*identity(table, stem))


def required(topic: str, of_points: Collection[str], text: str) -> tuple[str, ...]:
    """Return the disclaimers that a snippet must carry, `general` first."""
    named = {key for key, pattern in NAMED if pattern.search(text)}
    others = {*REQUIRED.get(topic, ()), *of_points, *named} - {"general"}
    return ("general", *sorted(others))
