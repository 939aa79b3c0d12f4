"""The shipped content can be served, and grows by files."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.check import faults, missing, summary
from content.library import Library
from domain.checkin import Shape
from domain.redflags import Tier
from tests.content.conftest import Write

DAY = (
    "pain_worst",
    "bloating",
    "bm_count",
    "stool_form",
    "stress",
    "sleep_hours",
    "sleep_quality",
    "warning",
)

COUGH = """
id = "cough"
version = 1
routines = ["evening"]
order = 15
shape = "choice"
options = ["no", "yes"]
columns = 2
on_by_default = false

[text]
ask = "Did you cough?"
short = "Cough"

[text.options]
no = "No"
yes = "Yes"
"""

HABIT = """
id = "tea"
version = 1
order = 25
topics = ["stress"]

[text]
name = "A cup of tea"
ask = "Did you have a quiet cup of tea?"
hint = "Any tea will do."
"""

TIP = """+++
id = "tea"
version = 1
topic = "stress"
section = "longterm"
points = ["P091"]
references = []
evidence = "none"
disclaimers = ["mental_health", "general"]
title = "A quiet cup"
+++
A quiet cup of something warm can be a small gap in a full day. Nothing needs to happen in it. You
sit, you hold the cup, you look out of the window, and after a while you get up again and go on with
your day. It costs little, it is easy to keep, and it is yours alone for as long as it lasts.
"""


def test_a_usual_evening_has_eight_questions_with_the_warning_list_last(shipped: Library) -> None:
    asked = [q for q in shipped.routines["evening"].questions if shipped.questions[q].on_by_default]

    assert tuple(asked) == DAY
    assert shipped.questions[asked[-1]].shape is Shape.WARNING


def test_a_calm_day_presets_only_pain_and_bloating_of_the_usual_evening(shipped: Library) -> None:
    preset = [name for name in DAY if shipped.questions[name].calm is not None]

    assert preset == ["pain_worst", "bloating"]


def test_optional_questions_are_switched_off(shipped: Library) -> None:
    off = {name for name, question in shipped.questions.items() if not question.on_by_default}

    assert off == {
        "urgency", "gas", "nausea", "heartburn", "energy", "mood", "water", "meals_on_time",
        "medicines", "period",
    }  # fmt: skip


def test_there_are_the_five_habits_and_tips_on_each(shipped: Library) -> None:
    assert len(shipped.habits) == 5
    assert {habit_topic for h in shipped.habits.values() for habit_topic in h.topics} < {
        snippet.topic for snippet in shipped.snippets.values()
    }


def test_every_tip_carries_the_general_disclaimer_first(shipped: Library) -> None:
    assert {snippet.disclaimers[0] for snippet in shipped.snippets.values()} == {"general"}


def test_every_cited_address_is_a_reference_of_the_library(shipped: Library) -> None:
    cited = {address for snippet in shipped.snippets.values() for address in snippet.references}

    assert cited
    assert cited <= shipped.references.keys()


def test_signs_come_most_urgent_first_and_every_tier_has_its_text(shipped: Library) -> None:
    tiers = [sign.tier for sign in shipped.signs.values()]

    assert tiers == sorted(tiers)
    assert set(tiers) == set(Tier)
    english = shipped.language("en")
    assert "watching this chat" in english("tiers.emergency.text")


def test_no_shown_section_names_a_contested_condition(shipped: Library) -> None:
    shown = " ".join(shipped.sections.values()).lower()

    assert "leaky" not in shown
    assert "syndrome" not in shown


def test_no_fixed_text_says_how_likely_it_is_that_nothing_is_wrong(shipped: Library) -> None:
    english = shipped.language("en")
    for tier in Tier:
        text = english(f"tiers.{tier.name.lower()}.text").lower()
        assert not {"harmless", "often", "usually", "probably", "rarely"} & set(text.split())


def test_nobody_is_told_to_go_on_eating_a_food_they_suspect(shipped: Library) -> None:
    text = shipped.language("en")("snippets.a_food_you_suspect.body")

    assert "eating it" not in text.lower()
    assert "stop eating that food and get medical help" in text


def test_no_button_of_ours_is_wider_than_its_columns_leave_room_for(shipped: Library) -> None:
    """A phone of 360 px shows about 40 characters across, less 4 a button for its edges."""
    english = shipped.language("en")
    for question in shipped.questions.values():
        room = 40 // question.columns - 4 + question.columns // 4
        for code in question.options:
            key = f"questions.{question.id}.options.{code}"
            label = english(key) if key in english else code
            assert len(label) <= room, (question.id, label)


def test_one_file_adds_a_question(root: Path, write: Write) -> None:
    write("content/questions/cough.toml", COUGH)

    library = Library.load(root)

    assert library.routines["evening"].questions[:3] == ("pain_worst", "cough", "bloating")
    assert library.language("en")("questions.cough.options.yes") == "Yes"


def test_one_file_adds_a_habit(root: Path, write: Write) -> None:
    write("content/habits/tea.toml", HABIT)

    library = Library.load(root)

    assert list(library.habits)[:3] == ["trigger_foods", "nourishing_food", "tea"]
    assert library.language("en")("habits.tea.name") == "A cup of tea"


def test_one_file_adds_a_tip(root: Path, write: Write) -> None:
    write("content/snippets/tea.md", TIP)

    tip = Library.load(root).snippets["tea"]

    assert (tip.references, tip.disclaimers) == ((), ("general", "mental_health"))
    assert Library.load(root).language("en")("snippets.tea.body").endswith("as long as it lasts.")


def test_a_tip_about_a_supplement_is_marked_so(root: Path, write: Write) -> None:
    about = TIP.replace("warm can", "warm, not a supplement, can")
    write("content/snippets/tea.md", about.replace('["mental', '["supplement", "mental'))

    assert Library.load(root).snippets["tea"].supplement


def test_one_file_adds_texts_for_a_screen(root: Path, write: Write) -> None:
    write(
        "content/locales/en/greeting.toml",
        'hello = "Hello {name}"\n[days]\none = "{count} day"\nother = "{count} days"',
    )

    english = Library.load(root).language("en")

    assert english("greeting.hello", name="you") == "Hello you"
    assert [english("greeting.days", count=n) for n in (1, 2)] == ["1 day", "2 days"]


def test_the_small_library_takes_its_screens_from_the_shipped_one(root: Path) -> None:
    library = Library.load(Path("tests/library"), root / "locales")

    assert library.routines["evening"].questions == ("ache", "visits", "shape", "glow", "warning")
    assert "common.buttons.back" in library.language("en")


@pytest.mark.parametrize("tag", [None, "", "en", "en-GB", "EN_us", "xx", "zh-Hant-TW"])
def test_a_language_that_is_not_there_is_english(shipped: Library, tag: str | None) -> None:
    assert shipped.language(tag).tag == "en"


def test_the_report_of_sound_content_is_empty(shipped: Library) -> None:
    assert faults() == []
    assert missing(shipped) == []
    assert summary(shipped).startswith("24 questions, 5 habits, 96 tips")


def test_every_routine_has_a_warning_list_of_its_own_and_the_evening_comes_first(
    shipped: Library,
) -> None:
    lists = [
        [q for q in routine.questions if shipped.questions[q].shape is Shape.WARNING]
        for routine in shipped.routines.values()
    ]

    assert list(shipped.routines) == ["evening", "morning", "weekly"]
    assert lists == [["warning"], ["warning_morning"], ["warning_week"]]
    assert [routine.days for routine in shipped.routines.values()] == [1, 1, 7]


def test_a_question_can_be_asked_in_several_routines(shipped: Library) -> None:
    assert "sleep_hours" in shipped.routines["evening"].questions
    assert shipped.routines["morning"].questions[:2] == ("sleep_hours", "sleep_quality")
