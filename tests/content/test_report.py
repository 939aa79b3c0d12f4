"""Reading is measured by known formulas; the page in docs is what the content is now."""

from __future__ import annotations

from pathlib import Path

import pytest

from content import coverage, report
from content.library import Library
from content.readability import counts, grade, syllables

WORDS = {
    "en": {
        "microbes": 2,
        "evening": 2,
        "food": 1,
        "table": 2,
        "walked": 1,
        "wanted": 2,
        "create": 2,
    },
    "de": {"darm": 1, "ernährung": 3, "gewohnheit": 3, "tagebuch": 3, "bauer": 2, "viel": 1},
    "es": {"alimento": 4, "sueño": 2, "intestino": 4, "diario": 3, "bien": 1},
    "fr": {"table": 1, "aliment": 3, "nuit": 1, "sommeil": 2, "légume": 2},
    "pt": {"alimento": 4, "sono": 2, "intestino": 4, "água": 2, "mais": 1},
}


@pytest.mark.parametrize(
    ("tag", "word", "count"), [(t, w, n) for t, ws in WORDS.items() for w, n in ws.items()]
)
def test_syllables_are_about_right(tag: str, word: str, count: int) -> None:
    assert abs(syllables(word, tag) - count) <= (0 if tag in ("en", "de") else 1)


def test_the_grade_is_the_formulas() -> None:
    text = "The cat sat on the mat. It was glad."
    found = counts(text, "en")

    assert (found.sentences, found.words, found.syllables) == (2, 9, 9)
    assert grade(text, "en") == pytest.approx(0.39 * 4.5 + 11.8 - 15.59)


def test_the_vienna_formula_is_as_published() -> None:
    text = "Der Hund liegt da. Das Frühstück wartet."  # one word of seven letters or more
    found = counts(text, "de")

    assert (found.words, found.sentences, found.long_words, found.single) == (7, 2, 1, 5)
    wanted = 0.1672 * 3.5 + 12.97 / 7 - 3.27 * 5 / 7 - 0.875
    assert grade(text, "de") == pytest.approx(wanted)


@pytest.mark.parametrize("tag", ["es", "fr", "pt"])
def test_short_words_in_short_sentences_are_easier(tag: str) -> None:
    easy, hard = (
        grade("La vida va. Es mi casa.", tag),
        grade("Consideraciones epidemiológicas.", tag),
    )

    assert easy is not None
    assert hard is not None
    assert easy > hard


def test_no_formula_is_made_up_where_there_is_none() -> None:
    assert grade("نص قصير.", "ar") is None


def test_every_tip_is_easy_to_read_in_english(shipped: Library) -> None:
    english = shipped.language("en")
    grades = {name: grade(report.told(s, english), "en") for name, s in shipped.snippets.items()}

    assert not {name: value for name, value in grades.items() if value is None or value > 8}


def test_the_page_in_docs_is_what_the_content_is_now(shipped: Library) -> None:
    page = report.page(shipped)

    assert Path("docs/content-report.md").read_text(encoding="utf-8") == page, (
        "make it anew: commensal content report --output docs/content-report.md"
    )


def test_the_list_of_points_sums_up_which_are_used(shipped: Library) -> None:
    by_point = coverage.used(shipped)
    usable = [key for key, point in shipped.points.items() if point.use != "omit"]
    kept = sum(bool(by_point[key]) for key in usable)

    *_, last = coverage.lines(shipped)

    assert last == f"All: {kept} of {len(usable)} usable points used; 21 to leave out"
