"""Content that is wrong is refused at start, with the file and what is wrong named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.check import faults
from content.library import Library
from domain.checkin import Shape
from domain.errors import ContentError
from tests.content.conftest import Write
from tests.content.slips import NOTICE, PAIN, SIGN, SLIPS, STOOL, Slip


@pytest.mark.parametrize("slip", SLIPS, ids=lambda s: f"{s.file}-{s.says}")
def test_a_slip_is_refused_with_its_file_and_line_named(
    root: Path, whole: Path, slip: Slip
) -> None:
    folder = whole if slip.is_of_a_translation else root
    path = folder / slip.file
    text = path.read_text(encoding="utf-8")
    path.write_text(slip.planted_in(text), encoding="utf-8")

    found = faults(folder)

    begins = slip.begins(text)
    assert [line for line in found if line.startswith(begins) and slip.says in line], found
    assert {line.partition(":")[0] for line in found} == {begins.partition(":")[0]}


@pytest.mark.parametrize("name", ["wording.toml", "distress.toml", "tiers.toml"])
def test_a_file_that_keeps_people_safe_is_missed(whole: Path, name: str) -> None:
    (whole / "locales/fr" / name).unlink()

    found = faults(whole)

    assert any(line.startswith(f"content/locales/fr/{name}: missing safety") for line in found)


def test_what_we_ship_has_no_fault(whole: Path) -> None:
    assert faults(whole) == []


def test_all_faults_are_told_at_once(root: Path) -> None:
    first = [next(s for s in SLIPS if s.file == file) for file in (PAIN, STOOL, SIGN, NOTICE)]
    for slip in first:
        path = root / slip.file
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(slip.old, slip.new, 1), encoding="utf-8")

    with pytest.raises(ContentError) as refused:
        Library.load(root)

    assert [line.partition(":")[0] for line in refused.value.faults] == [
        "content/questions/pain_worst.toml",
        "content/questions/stool_form.toml",
        "content/redflags/fever.toml",
        "content/snippets/notice_first.md",
    ]


def said(library: Library) -> list[str]:
    """Say everything that the library's things can say."""
    english = library.language("en")
    keys = [f"tiers.{name}.text" for name in ("emergency", "today", "soon")]
    keys += [
        f"disclaimers.{name}.{part}" for name in library.disclaimers for part in ("short", "full")
    ]
    keys += [f"redflags.{name}.label" for name in library.signs]
    keys += [f"habits.{name}.{part}" for name in library.habits for part in ("name", "ask", "hint")]
    keys += [f"routines.{name}.name" for name in library.routines]
    for name, tip in library.snippets.items():
        keys += [f"snippets.{name}.title", f"snippets.{name}.body", f"topics.{tip.topic}"]
        keys += [f"evidence.{tip.evidence}"]
    for name, question in library.questions.items():
        keys += [f"questions.{name}.ask", f"questions.{name}.short"]
        scale = question.shape is Shape.SCALE
        codes = [] if scale else question.options
        keys += [f"questions.{name}.{end}" for end in ("low", "high") if scale]
        keys += [f"questions.{name}.options.{code}" for code in codes]
    return [english(key) for key in keys]


VALUES = [
    "3",
    "true",
    '"x"',
    '""',
    "[]",
    "{}",
    "[1]",
    '"{"',
    '"{a}"',
    '{ other = "x" }',
    "{ a = 1 }",
]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_a_damaged_file_is_refused_or_everything_can_still_be_said(
    root: Path, data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(sorted(p for p in root.rglob("*") if p.is_file())))
    sound = path.read_text(encoding="utf-8")
    lines = sound.splitlines()
    n = data.draw(st.integers(0, len(lines) - 1))
    key = lines[n].partition(" = ")[0]
    damaged = data.draw(st.sampled_from([None, lines[n][: len(lines[n]) // 2], *VALUES]))
    lines[n : n + 1] = [] if damaged is None else [f"{key} = {damaged}"]
    path.write_text("\n".join(lines), encoding="utf-8")
    try:
        found = faults(root)
        whole = [] if found else said(Library.load(root))
    finally:
        path.write_text(sound, encoding="utf-8")

    assert all(fault.startswith("content/") for fault in found)
    assert all(whole)


def test_bytes_that_are_not_utf_8_are_refused(root: Path) -> None:
    (root / PAIN).write_bytes(b'id = "pain_worst"\xff')

    assert f"content/{PAIN}: is not UTF-8" in faults(root)


def test_a_file_that_nothing_would_read_is_refused(root: Path, write: Write) -> None:
    write("content/snippets/new_tip.markdown", "A tip with a wrong ending.")

    assert faults(root) == [
        "content/snippets/new_tip.markdown: unexpected: only .md files belong here"
    ]


def test_an_id_that_is_too_long_is_refused(root: Path) -> None:
    text = (root / "habits/sleep.toml").read_text(encoding="utf-8")
    name = "a_habit_with_a_very_long_name"
    (root / f"habits/{name}.toml").write_text(text.replace('"sleep"\nv', f'"{name}"\nv'))

    assert faults(root) == [
        f"content/habits/{name}.toml:1: id '{name}' must be 1 to 24 of a-z, 0-9 and _"
    ]


@pytest.mark.parametrize(("length", "ok"), [(249, False), (250, True), (600, True), (601, False)])
def test_a_snippet_has_250_to_600_characters(root: Path, length: int, ok: bool) -> None:
    text = (root / NOTICE).read_text(encoding="utf-8")
    front = text[: text.rindex("+++") + 4]
    to_try = re.search(r'^try = "(.*)"$', front, re.MULTILINE)
    assert to_try is not None
    (root / NOTICE).write_text(front + "x" * (length - len(to_try[1])), encoding="utf-8")

    assert faults(root) == (
        []
        if ok
        else [f"content/{NOTICE}:13: has {length} characters of text, 250 to 600 are asked for"]
    )


def test_a_snippet_that_does_not_fit_with_its_disclaimers_is_refused(root: Path) -> None:
    path = root / "disclaimers/diet_elimination.toml"
    path.write_text(
        f'id = "diet_elimination"\nversion = 1\n[text]\nshort = "x"\nfull = "{"x" * 3500}"'
    )

    found = faults(root)

    assert f"content/{NOTICE}:13: is too long for a message with its disclaimers in en" in found


def test_a_tier_without_its_text_is_refused(root: Path) -> None:
    (root / "tiers/emergency.toml").unlink()

    assert faults(root) == ["content/tiers/emergency.toml: is missing"]


def test_an_empty_folder_is_refused_not_served(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()

    found = faults(tmp_path / "content")

    assert any(line.startswith("content/questions: ") for line in found)
    assert any(line.startswith("content/locales/en/language.toml: ") for line in found)


def test_english_words_of_things_stay_in_their_own_files(root: Path, write: Write) -> None:
    write("content/locales/en/questions.toml", 'pain_worst.ask = "Twice?"')

    found = faults(root)

    assert [line for line in found if line.startswith("content/locales/en/questions.toml: ")]


def test_a_library_without_the_routine_that_everybody_has_is_refused(root: Path) -> None:
    (root / "routines/evening.toml").unlink()

    assert "content/routines/evening.toml: is missing, or cannot be read" in faults(root)
