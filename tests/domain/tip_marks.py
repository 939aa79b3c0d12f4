"""Which tips are left out for whom, written a second time, sharing no code with the rule."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from pathlib import Path

from content.library import PACKAGE
from domain.snippets import Snippet

AT_LEAST = {
    "pregnancy": {"supplement"},
    "kidney": {"supplement"},
    "liver": {"supplement"},
    "seizures": {"supplement"},
    "mania": {"supplement"},
    "cancer_treatment": {"supplement"},
    "eating_disorder": {"diet_elimination", "nutrient_dense_diet"},
}
"""What each mark must leave out, whatever its file says: disclaimers, and topics."""


def _said(path: Path) -> set[str]:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return {*table["leaves_out"], *table.get("leaves_out_topics", ())}


LEAVES_OUT = {
    path.stem: _said(path) | AT_LEAST.get(path.stem, set())
    for path in sorted((PACKAGE / "marks").glob("*.toml"))
}


def is_left_out(snippet: Snippet, marks: Collection[str], adult: bool) -> bool:
    """Say whether a tip should stay away from somebody with these marks: their own caution may come."""
    for mark in [*marks, *([] if adult else ["under_18"])]:
        away = {"supplement"} if mark == "under_18" else LEAVES_OUT[mark]
        if mark not in snippet.caution_for and away & {*snippet.disclaimers, snippet.topic}:
            return True
    return False


def is_their_caution(snippet: Snippet, marks: Collection[str], adult: bool) -> bool:
    """Say whether a tip comes to somebody although it would be left out, as it is the caution for them."""
    own = {*marks, *([] if adult else ["under_18"])}
    return bool(snippet.caution_for & own) and not is_left_out(snippet, marks, adult)
