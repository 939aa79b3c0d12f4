"""Content that is wrong is refused at start, with the file and what is wrong named."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.library import Library
from content.report import faults
from domain.checkin import Shape
from domain.errors import ContentError
from tests.content.conftest import Write


class Slip(NamedTuple):
    """A change to one file, and what the fault must say. file is below content/."""

    file: str
    old: str
    new: str
    says: str


PAIN = "questions/pain_worst.toml"
STOOL = "questions/stool_form.toml"
NOTICE = "snippets/notice_first.md"
PLANT = "snippets/start_with_a_plant.md"
TENSE = "snippets/tense_weeks.md"
SIGN = "redflags/fever.toml"

SLIPS = [
    Slip(PAIN, "version = 1", 'version = 1\ncolour = "red"', "unknown key 'colour'"),
    Slip(PAIN, 'low = "none"', 'low = "none"\nmiddle = "so"', "unknown key 'text.middle'"),
    Slip(PAIN, "order = 10", 'order = "ten"', "'order' must be a whole number"),
    Slip(PAIN, "order = 10", "order = true", "'order' must be a whole number"),
    Slip(
        PAIN, "on_by_default = true", "on_by_default = 1", "'on_by_default' must be true or false"
    ),
    Slip(PAIN, "columns = 6", "columns = 11", "'columns' must be from 1 to 8"),
    Slip(PAIN, 'id = "pain_worst"', 'id = "pain"', "id 'pain' is not the file's name"),
    Slip(PAIN, '"9", "10"]', '"9", "9"]', "'options' holds '9' twice"),
    Slip(PAIN, '"10"]', '"ten_out_of_ten"]', "option code 'ten_out_of_ten' must be 1 to 12"),
    Slip(PAIN, '"10"]', '"1:0"]', "option code '1:0' must be"),
    Slip(PAIN, 'calm = "0"', 'calm = "zero"', "calm 'zero' is not one of its options"),
    Slip(PAIN, 'shape = "scale"', 'shape = "slider"', "unknown shape 'slider'"),
    Slip(PAIN, 'low = "none"\n', "", "missing 'text.low'"),
    Slip(PAIN, '"evening"]', '"noon"]', "unknown routine 'noon'"),
    Slip(PAIN, '["evening"]', "[]", "'routines' needs at least one routine"),
    Slip(PAIN, 'short = "Pain"', "", "missing 'text.short'"),
    Slip(STOOL, '["evening"]', '["weekly"]', "'bm_count', which is not asked before it"),
    Slip("routines/weekly.toml", "days = 7", "days = 8", "'days' must be from 1 to 7"),
    Slip("routines/evening.toml", 'id = "evening"', 'id = "night"', "is not the file's name"),
    Slip(PAIN, '"Pain"', '""', "'questions.pain_worst.short' is empty"),
    Slip(PAIN, '"Pain"', '"Pain at its very worst today"', "has 28 characters, 24 at"),
    Slip(PAIN, '"Pain"', '"Pain of {name}"', "must be plain: no placeholders"),
    Slip(PAIN, '"Pain"', '{ other = "Pain" }', "'text.short' must be a text"),
    Slip(PAIN, '"Pain"', "{}", "'text.short' must be a text"),
    Slip(PAIN, "version = 1", "version = ", "line 2: not valid TOML"),
    Slip(STOOL, 'question = "bm_count"', 'question = "count"', "unknown question 'count'"),
    Slip(STOOL, 'unless = ["0"]', 'unless = ["none"]', "unknown option 'none' of 'bm_count'"),
    Slip(STOOL, "order = 40", "order = 5", "'bm_count', which is not asked before it"),
    Slip(STOOL, '"7" = "Watery"', "", "missing 'text.options.7'"),
    Slip(STOOL, '"7" = "Watery"', '"7" = "Watery"\n"8" = "Air"', "unknown key 'text.options.8'"),
    Slip("questions/warning.toml", '["no", "seen"]', '["no", "yes"]', "are 'no' and 'seen'"),
    Slip("questions/warning.toml", '"warning"\noptions', '"choice"\noptions', ""),
    Slip("habits/sleep.toml", '["sleep"]', '["sleeping"]', "unknown topic 'sleeping'"),
    Slip("routines/evening.toml", "grace_minutes = 120", "", "missing 'grace_minutes'"),
    Slip(SIGN, 'tier = "today"', 'tier = "tomorrow"', "unknown tier 'tomorrow'"),
    Slip(SIGN, 'label = "A high fever that stays"', "", "missing 'text.label'"),
    Slip("disclaimers/general.toml", "full =", "long =", "missing 'text.full'"),
    Slip(NOTICE, ', "diet_elimination"', "", "missing the disclaimer 'diet_elimination'"),
    Slip(NOTICE, '["general", ', "[", "missing the disclaimer 'general'"),
    Slip(NOTICE, '"diet_elimination"', '"diet"', "unknown disclaimer 'diet'"),
    Slip(NOTICE, 'topic = "trigger_foods"', 'topic = "triggers"', "unknown topic 'triggers'"),
    Slip(NOTICE, 'section = "longterm"', 'section = "later"', "unknown section 'later'"),
    Slip(NOTICE, 'section = "longterm"', 'section = "intro"', "'intro' is that of none of its"),
    Slip(NOTICE, 'section = "longterm"\n', "", "missing 'section'"),
    Slip(NOTICE, '["P086"]', '["P999"]', "unknown point 'P999'"),
    Slip(NOTICE, '["P086"]', '["P086", "P066"]', "point 'P066' is one to leave out"),
    Slip(NOTICE, '["P086"]', "[]", "'points' needs at least one point"),
    Slip(
        NOTICE, "references = []", 'references = ["R19"]', "'R19' is not one that its points name"
    ),
    Slip(
        NOTICE, 'evidence = "none"', 'evidence = "studies"', "'studies' does not fit 0 references"
    ),
    Slip(NOTICE, 'evidence = "none"', 'evidence = "strong"', "unknown evidence 'strong'"),
    Slip(NOTICE, "not to ban", "to heal your gut", "says heal ('heal')"),
    Slip(NOTICE, "not to ban", "to detoxify", "says detox ('detoxify')"),
    Slip(NOTICE, "not to ban", "not the toxins", "says toxins ('toxins')"),
    Slip(NOTICE, "not to ban", "a sure cure", "says cure ('cure')"),
    Slip(NOTICE, "not to ban", "to take 5 g of it", "says a dose ('5 g')"),
    Slip(NOTICE, "not to ban", "to take grams a day", "says a dose ('grams a day')"),
    Slip(NOTICE, "not to ban", "to see leaky gut syndrome", "says leaky gut syndrome"),
    Slip(NOTICE, "not to ban", "to buy our brand", "says a shop"),
    Slip(NOTICE, "+++\nid", "id", "no front matter between two lines of +++"),
    Slip(NOTICE, "version = 1", "version = = 1", "line 3: not valid TOML"),
    Slip(PLANT, "Go at your own pace", "Ask about ibuprofen", "the disclaimer 'medication_nsaid'"),
    Slip(PLANT, "Go at your own pace", "Try no gluten", "the disclaimer 'diet_elimination'"),
    Slip(PLANT, "Go at your own pace", "Take a supplement", "the disclaimer 'supplement'"),
    Slip(TENSE, '["R4"]', '["R3"]', "evidence must be 'listed': nobody opened R3"),
    Slip(TENSE, '"mental_health"', '"supplement"', "missing the disclaimer 'mental_health'"),
    Slip("points.toml", '"intro"', '"preface"', "P001: unknown section 'preface'"),
    Slip("points.toml", 'use = "rewrite"', 'use = "maybe"', "unknown use 'maybe'"),
    Slip("references.toml", '"https://pubmed', '"http://pubmed', "must begin with https://"),
    Slip("locales/en/dates.toml", "{city}", "{city", "has braces that are no placeholder"),
    Slip("locales/en/dates.toml", "{city}", "{city!r}", "has braces that are no placeholder"),
    Slip(
        "locales/en/dates.toml", 'moment = "', 'day = 3\nmoment = "', "'dates.day' must be a text"
    ),
    Slip("locales/en/language.toml", "en_GB", "xx_YY", "names no locale of Babel: 'xx_YY'"),
]


@pytest.mark.parametrize("slip", SLIPS, ids=lambda s: f"{s.file}-{s.says}")
def test_a_slip_is_refused_with_its_file_named(root: Path, slip: Slip) -> None:
    path = root / slip.file
    text = path.read_text(encoding="utf-8")
    assert slip.old in text
    path.write_text(text.replace(slip.old, slip.new, 1), encoding="utf-8")

    found = faults(root)

    # Without its warning list it is the routine that is wrong, not the question.
    file = slip.file if slip.says else "routines/evening.toml"
    assert any(line.startswith(f"content/{file}: ") and slip.says in line for line in found), found


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
        f"content/habits/{name}.toml: id '{name}' must be 1 to 24 of a-z, 0-9 and _"
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
        else [f"content/{NOTICE}: has {length} characters of text, 250 to 600 are asked for"]
    )


def test_a_snippet_that_does_not_fit_with_its_disclaimers_is_refused(root: Path) -> None:
    path = root / "disclaimers/diet_elimination.toml"
    path.write_text(
        f'id = "diet_elimination"\nversion = 1\n[text]\nshort = "x"\nfull = "{"x" * 3500}"'
    )

    found = faults(root)

    assert f"content/{NOTICE}: is too long for a message with its disclaimers in en" in found


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
