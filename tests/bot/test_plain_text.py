"""Plain text for screen readers: words in place of symbols, in every language."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import pytest

from actions.cards import Step
from actions.items import Item
from bot.screen import Button
from bot.screens import render
from bot.screens.words import laid_out
from bot.taps import HomeTap
from content.direction import END, FIRST, RIGHT
from content.language import PLAIN, Language
from content.library import Library
from domain.checkin import Answer, Question, Shape, Source

SHIPPED = Library.load()
LANGUAGES = list(SHIPPED.languages.values())

READ = frozenset(".,:;!?'\"’‘“”„«»‹›()-–—…/%&@¿¡،؛؟+\n\u00a0\u202f" + FIRST + END + RIGHT)
"""Punctuation that screen readers read, pause at or pass over, beside letters, digits and spaces."""

ADDRESSES = re.compile(r"https?://\S+|/[a-z_]+|[\w-]+\.(?:csv|json)|\{\w+\}")
"""Addresses, commands, names of files and placeholders: they are what they are."""


def unread(text: str) -> set[str]:
    """Return the characters of *text* that a screen reader would spell out as symbols, or swallow."""
    return {
        character
        for character in ADDRESSES.sub(" ", text)
        if unicodedata.category(character)
        not in ("Lu", "Ll", "Lo", "Lm", "Lt", "Mn", "Mc", "Nd", "Zs")
        and character not in READ
    }


def labels(language: Language, question: Question, code: str | None) -> list[tuple[str, ...]]:
    answer = None if code is None else Answer(code, Source.TAPPED)
    step = Step(
        1, date(2026, 11, 24), Item(question, True, None), 1, 8, answer, None, True, True, False
    )
    return [tuple(b.label for b in row) for row in render(step, language).rows]


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
def test_no_text_of_a_language_has_a_symbol_in_plain(language: Language) -> None:
    in_plain = language.in_plain()
    said = {}
    for key, text in language.texts.items():
        if key.endswith(PLAIN):
            continue
        chosen = in_plain.texts.get(f"{key}{PLAIN}", text)
        whole = chosen if isinstance(chosen, str) else " ".join(chosen.values())
        if found := unread(whole):
            said[key] = found
    assert said == {}


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
def test_every_plain_twin_is_the_languages_own_and_stands_for_a_text(language: Language) -> None:
    twins = [key for key in language.texts if key.endswith(PLAIN)]

    assert len(twins) >= 12
    assert [key for key in twins if key.removesuffix(PLAIN) not in language.texts] == []
    missing = SHIPPED.texts_missing(language.tag)
    assert [key for key in twins if key in missing] == []


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
def test_what_is_chosen_is_said_in_words_before_its_label(language: Language) -> None:
    question = SHIPPED.questions["sleep_quality"]
    code = next(iter(question.options))
    usual, in_plain = labels(language, question, code), labels(language.in_plain(), question, code)

    words = language(f"questions.{question.id}.options.{code}")
    assert f"✓ {words}" in usual[0]
    assert in_plain[0][0].endswith(words)
    assert len(in_plain[0][0]) > len(words)
    assert unread(in_plain[0][0]) == set()
    ahead = in_plain[0][0].removesuffix(words)
    for key, value in (("settings.buttons.chosen", "choice"), ("timing.chosen", "choice"),
                       ("timing.tick", "label"), ("warnings.chosen", "label")):  # fmt: skip
        assert language.in_plain()(key, **{value: words}) == f"{ahead}{words}"


def test_the_ends_of_a_scale_say_what_they_mean_on_their_buttons() -> None:
    question = next(q for q in SHIPPED.questions.values() if q.shape is Shape.SCALE)
    english = SHIPPED.language("en").in_plain()
    low, high = english(f"questions.{question.id}.low"), english(f"questions.{question.id}.high")

    rows = labels(english, question, None)
    assert rows[0] == (f"0: {low}",)
    assert rows[1] == ("1", "2", "3")
    assert rows[4] == (f"10: {high}",)


def test_a_scale_keeps_its_usual_rows_with_symbols_on() -> None:
    question = next(q for q in SHIPPED.questions.values() if q.shape is Shape.SCALE)
    language = SHIPPED.language("en")
    buttons = [Button(code, HomeTap()) for code in question.options]
    assert [len(row) for row in laid_out(question, buttons, language)] == [6, 5]


def test_a_symbol_is_found() -> None:
    assert unread("✓ Good · 3 = 4 → 🙂 • ▇") == set("✓·=→🙂•▇")
    assert unread("Chosen: “Good”, 7–8 h (5 %) /learn_more") == set()
