"""Finding a tip with the words that people have for it, and with nothing that says nothing."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType

import pytest

from content.check import faults
from content.library import Library
from content.places.folding import fold
from content.searching import search
from tests.content.conftest import Write


def found(shipped: Library, typed: str, tag: str = "en") -> list[str]:
    return [s.id for s in search(shipped.language(tag), shipped.snippets.values(), typed)]


@pytest.mark.parametrize(
    ("tag", "typed", "like"),
    [
        ("en", "celiac", "coeliac"),
        ("en", "Fibers", "fibre"),
        ("en", "diarrhea", "diarrhoea"),
        ("de", "Sprue", "zöliakie"),
        ("es", "celíacos", "celiaquia"),
        ("fr", "céliaque", "cœliaque"),
        ("pt", "celíaco", "celiaca"),
        ("ar", "الإسهال", "براز"),
    ],
)
def test_another_word_for_it_finds_the_same(
    shipped: Library, tag: str, typed: str, like: str
) -> None:
    assert found(shipped, typed, tag)
    assert found(shipped, typed, tag) == found(shipped, like, tag)


def test_loose_stools_are_found_by_their_short_name(shipped: Library) -> None:
    assert {"after_a_bug", "if_it_grumbles", "the_usual_ones"} <= set(found(shipped, "diarrhoea"))


@pytest.mark.parametrize("typed", ["a walk", "to walk", "<b>walk</b>", "l walk"])
def test_a_short_word_beside_another_says_nothing(shipped: Library, typed: str) -> None:
    assert found(shipped, typed) == found(shipped, "walk") != []


@pytest.mark.parametrize("typed", ["a", "<b>", "e y", "é"])
def test_a_letter_alone_finds_nothing(shipped: Library, typed: str) -> None:
    assert found(shipped, typed) == []


def test_a_short_word_alone_is_looked_for(shipped: Library) -> None:
    assert "start_at_the_morning" in found(shipped, "up")
    assert found(shipped, "نص", "ar")


def test_words_of_one_meaning_are_words(root: Path, write: Write) -> None:
    write("content/locales/en/synonyms.toml", 'fibre = ["dietary fiber"]\n')

    (fault,) = faults(root)

    assert fault.endswith("synonyms.toml:1: 'dietary fiber' must be one word")


def folded(shipped: Library, typed: str, tag: str) -> int:
    """Return how many texts a search folds."""
    count = 0

    def watch(frame: FrameType, event: str, _: object) -> None:
        nonlocal count
        count += event == "call" and frame.f_code is fold.__code__

    sys.setprofile(watch)
    try:
        found(shipped, typed, tag)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_a_search_folds_what_was_typed_and_no_text_of_ours_once_more(
    shipped: Library, tag: str
) -> None:
    found(shipped, "sleep", tag)

    assert folded(shipped, "stress", tag) == 1
