"""The tips that ship: how many there are, on what, how long, and what they rest on."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from content.library import PACKAGE, Library
from content.wording import SNIPPET_LENGTH

HABITS = (
    "trigger_foods",
    "nutrient_dense_diet",
    "stress",
    "sleep",
    "underlying_conditions",
    "long_term_habits",
)
"""The topics of everyday, long-term habits."""

TIPS = sorted((PACKAGE / "snippets").glob("*.md"))


@pytest.fixture(scope="module")
def points() -> dict[str, dict[str, Any]]:
    return tomllib.loads((PACKAGE / "points.toml").read_text(encoding="utf-8"))


def said(shipped: Library, name: str, what: str) -> str:
    text = shipped.languages["en"].texts.get(f"snippets.{name}.{what}", "")
    assert isinstance(text, str)
    return text


def test_there_are_ninety_tips_and_half_of_them_are_on_habits(shipped: Library) -> None:
    topics = Counter(snippet.topic for snippet in shipped.snippets.values())

    assert len(shipped.snippets) >= 90
    assert sum(topics[topic] for topic in HABITS) >= 45


def test_no_habit_is_left_behind_and_none_crowds_out_the_others(shipped: Library) -> None:
    topics = Counter(snippet.topic for snippet in shipped.snippets.values())

    assert all(6 <= topics[topic] <= 12 for topic in HABITS), topics
    assert max(topics.values()) <= len(shipped.snippets) / 6


def test_fewer_tips_name_a_supplement_than_do_not(shipped: Library) -> None:
    naming = [snippet for snippet in shipped.snippets.values() if snippet.supplement]

    assert len(naming) < len(shipped.snippets) / 3


def test_every_title_is_another_one_and_is_no_shout(shipped: Library) -> None:
    titles = [said(shipped, name, "title") for name in shipped.snippets]

    assert len({title.casefold().strip("?!. ") for title in titles}) == len(titles)
    assert not [title for title in titles if "!" in title or title.isupper() or len(title) > 60]


def test_no_two_tips_begin_alike_and_few_begin_with_a_question(shipped: Library) -> None:
    bodies = [said(shipped, name, "body") for name in shipped.snippets]
    openings = Counter(" ".join(body.casefold().split()[:4]) for body in bodies)
    questions = [body for body in bodies if "?" in body.split(". ")[0]]

    assert openings.most_common(1)[0][1] == 1
    assert len(questions) <= len(bodies) / 8


@pytest.mark.parametrize("path", TIPS, ids=lambda path: path.stem)
def test_a_tip_is_short_enough_to_be_read_and_long_enough_to_be_fair(
    shipped: Library, path: Path
) -> None:
    low, high = SNIPPET_LENGTH

    length = len(said(shipped, path.stem, "body")) + len(said(shipped, path.stem, "try"))

    assert low <= length <= high


@pytest.mark.parametrize("path", TIPS, ids=lambda path: path.stem)
def test_a_tip_rests_on_points_that_may_be_used_and_carries_their_cautions(
    shipped: Library, points: dict[str, dict[str, Any]], path: Path
) -> None:
    snippet = shipped.snippets[path.stem]
    used = [points[key] for key in snippet.points]

    assert used
    assert {point["use"] for point in used} <= {"publish", "rewrite"}
    assert {key for point in used for key in point["disclaimers"]} <= set(snippet.disclaimers)
    assert snippet.disclaimers[0] == "general"


@pytest.mark.parametrize("path", TIPS, ids=lambda path: path.stem)
def test_a_tip_of_a_topic_about_a_supplement_suggests_nothing_to_try_with_it(
    shipped: Library, path: Path
) -> None:
    snippet = shipped.snippets[path.stem]
    tried = said(shipped, path.stem, "try").casefold()

    assert not (snippet.supplement and ("glutamine" in tried or "powder" in tried))


@pytest.mark.parametrize("topic", HABITS)
def test_most_tips_on_a_habit_offer_something_small_to_try(shipped: Library, topic: str) -> None:
    found = [name for name, snippet in shipped.snippets.items() if snippet.topic == topic]
    offering = [name for name in found if said(shipped, name, "try")]

    assert len(offering) >= 0.8 * len(found)
