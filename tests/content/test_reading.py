"""Tips read easily: short words, short sentences, and nobody is frightened."""

from __future__ import annotations

import re

import pytest

from content.library import Library

HARDEST = 8.0
"""The school grade (Flesch-Kincaid) that no tip is above."""


def syllables(word: str) -> int:
    """Count the vowel groups of an English word, less a silent e at its end."""
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = word.endswith("e") and not word.endswith(("le", "ee")) and groups > 1
    return max(1, groups - silent)


def grade(text: str) -> float:
    """Return the Flesch-Kincaid grade of an English text."""
    sentences = [s for s in re.split(r"[.!?]+(?:\s|$)", text) if s.strip()]
    words = re.findall(r"[a-z']+", text.lower())
    return (
        0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    )


def test_the_measure_tells_plain_from_heavy() -> None:
    assert grade("The cat sat on the mat. It was warm.") < 2
    assert grade("Gastrointestinal permeability correlates with inflammatory dysregulation.") > 20


def test_every_tip_reads_at_grade_eight_or_below(shipped: Library) -> None:
    english = shipped.language("en")
    grades = {}
    for name in shipped.snippets:
        texts = [english(f"snippets.{name}.{part}") for part in ("body", "try")]
        grades[name] = grade(" ".join(texts))

    assert {name: g for name, g in grades.items() if g > HARDEST} == {}


@pytest.mark.parametrize("word", ["must", "danger", "bad for you", "fault of", "should have"])
def test_no_tip_scolds_or_frightens(shipped: Library, word: str) -> None:
    english = shipped.language("en")

    scolding = [n for n in shipped.snippets if word in english(f"snippets.{n}.body").lower()]

    assert scolding == []


def test_every_tip_offers_one_small_thing_to_try(shipped: Library) -> None:
    english = shipped.language("en")

    assert all(f"snippets.{name}.try" in english for name in shipped.snippets)
