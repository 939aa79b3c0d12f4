"""Marks are content: each leaves something out, and a tip's caution names marks that there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.check import faults
from content.library import Library
from domain.snippets import MINORS_LEAVE_OUT, UNDER_18, allowed

LIVER = "marks/liver.toml"
CAUTION = "snippets/liver_or_kidneys.md"
NO_SUPPLEMENTS = {"pregnancy", "kidney", "liver", "seizures", "mania", "cancer_treatment"}


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (CAUTION, '"liver"]', '"livver"]', "unknown mark in caution_for 'livver'"),
        (CAUTION, '"liver"]', "3]", "'caution_for' must be a list of texts"),
        (LIVER, '["supplement"]', '["suplement"]', "unknown disclaimer 'suplement'"),
        (LIVER, '["supplement"]', "[]", "'leaves_out' needs at least one disclaimer"),
        (LIVER, '["supplement"]', '["general"]', "'leaves_out' has no words for 'general'"),
        (LIVER, "order = 30", 'order = 30\nleaves_out_topics = ["slep"]', "unknown topic 'slep'"),
        (LIVER, "order = 30", "order = -1", "'order' must be from 0"),
        (LIVER, 'id = "liver"', 'id = "lever"', "is not the file's name"),
        (LIVER, '"Liver disease"', f'"{"Liver disease " * 4}"', "40 at most"),
        (LIVER, 'label = "Liver disease"', "", "missing 'text.label'"),
    ],
)
def test_a_slip_is_refused_with_its_file_named(
    root: Path, file: str, old: str, new: str, says: str
) -> None:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    found = faults(root)

    assert any(line.startswith(f"content/{file}:") and says in line for line in found), found


def test_nobody_can_set_the_mark_that_follows_from_the_age(root: Path) -> None:
    text = (root / LIVER).read_text(encoding="utf-8").replace('"liver"', f'"{UNDER_18}"')
    (root / f"marks/{UNDER_18}.toml").write_text(text, encoding="utf-8")

    assert any("is no mark to set" in line for line in faults(root))


def test_the_marks_are_in_their_order_and_leave_out_what_they_should(shipped: Library) -> None:
    marks = shipped.marks

    assert list(marks) == sorted(marks, key=lambda key: marks[key].order)
    assert {key for key in marks if "supplement" in marks[key].leaves_out} == NO_SUPPLEMENTS
    assert marks["eating_disorder"].leaves_out == {"diet_elimination", "nutrient_dense_diet"}


@pytest.mark.parametrize("mark", sorted(NO_SUPPLEMENTS))
def test_each_mark_against_supplements_leaves_out_all_of_them_but_its_caution(
    shipped: Library, mark: str
) -> None:
    marks = {mark: shipped.marks[mark].leaves_out}
    left = [s for s in shipped.snippets.values() if s.supplement and allowed(s, marks)]

    assert left
    assert all(mark in s.caution_for for s in left)
    assert all(s.topic in ("who_should_not", "side_effects") for s in left)


def test_who_is_not_known_to_be_of_age_gets_the_caution_alone(shipped: Library) -> None:
    marks = {UNDER_18: MINORS_LEAVE_OUT}
    left = [s.id for s in shipped.snippets.values() if s.supplement and allowed(s, marks)]

    assert left == ["not_for_everybody"]


def test_an_eating_disorder_leaves_out_all_on_food_but_the_kind_word_on_diaries(
    shipped: Library,
) -> None:
    marks = {"eating_disorder": shipped.marks["eating_disorder"].leaves_out}
    left = [s for s in shipped.snippets.values() if allowed(s, marks)]

    assert not [s.id for s in left if s.topic == "nutrient_dense_diet"]
    assert [s.id for s in left if "diet_elimination" in s.disclaimers] == ["diary_grows_heavy"]
    assert len(left) > len(shipped.snippets) // 2
