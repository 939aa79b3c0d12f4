"""Tips are kind to read: nobody is scolded or frightened, and a habit comes with a small thing to try."""

from __future__ import annotations

import pytest

from content.library import Library
from domain.snippets import Snippet

MOST_WITHOUT = 4
"""Tips on habits that have nothing to try: what they are about is for a doctor or a dietitian."""


@pytest.mark.parametrize(
    "words", ["you must", "danger", "bad for you", "fault of", "you should have"]
)
def test_no_tip_scolds_or_frightens(shipped: Library, words: str) -> None:
    english = shipped.language("en")

    scolding = [n for n in shipped.snippets if words in english(f"snippets.{n}.body").lower()]

    assert scolding == []


def test_what_is_said_on_a_supplement_gives_nothing_to_try_but_asking(shipped: Library) -> None:
    english = shipped.language("en")
    tried = {
        n: english(f"snippets.{n}.try").lower()
        for n in with_a_try(shipped)
        if is_on_one(shipped, n)
    }

    assert {
        n: text for n, text in tried.items() if any(w in text for w in ("take ", "start "))
    } == {}


def test_nearly_every_tip_on_a_habit_offers_one_small_thing_to_try(shipped: Library) -> None:
    on_habits = [n for n in shipped.snippets if not is_on_one(shipped, n)]
    without = set(on_habits) - set(with_a_try(shipped))

    assert len(without) <= MOST_WITHOUT, sorted(without)


def is_on_one(shipped: Library, name: str) -> bool:
    """Say whether a tip is about a supplement."""
    snippet: Snippet = shipped.snippets[name]
    return snippet.supplement


def with_a_try(shipped: Library) -> list[str]:
    """Return the tips that offer something to try."""
    return [n for n in shipped.snippets if f"snippets.{n}.try" in shipped.language("en")]
