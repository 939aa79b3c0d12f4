"""An operator's folder is laid over ours: the same checks, and nothing that keeps people safe goes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from content.check import faults
from content.library import PACKAGE, Library
from domain.redflags import Tier

EXAMPLES = re.compile(r"^```\w+ file=(\S+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
OPERATIONS = Path("docs/operations.md")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The folder that docs/operations.md makes."""
    for name, text in EXAMPLES.findall(OPERATIONS.read_text(encoding="utf-8")):
        put(tmp_path / "own", name, text)
    return tmp_path / "own"


def put(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_the_example_of_the_manual_does_what_the_manual_says(own: Path) -> None:
    ours, library = Library.load(), Library.load(over=own)

    assert library.snippets["tea_at_four"].points == ("OWN1",)
    assert "a_gap_in_the_day" in ours.snippets
    assert "a_gap_in_the_day" not in library.snippets
    assert library.helplines["GB"].checked == "2026-11-24, Ana Souza"
    assert library.helplines["US"] == ours.helplines["US"]
    assert library.language("de")("snippets.tea_at_four.title") == "Tee um vier"
    assert library.language("fr")("snippets.tea_at_four.title") == "Tea at four"
    assert "snippets.tea_at_four.title" in library.texts_missing("fr")
    assert len(library.snippets) == len(ours.snippets)


def test_a_fault_names_the_operators_file_and_line(own: Path) -> None:
    put(own, "habits/sleep.toml", 'id = "sleep"\nversion = 2\norder = 1\ntopics = ["naps"]\n')
    put(own, "locales/de/snippets.toml", '[tea_at_four]\nbody = "Das heilt den Darm."')
    put(own, "snipets/tea.md", "")

    found = faults(over=own)

    assert f"{own}/habits/sleep.toml:4: unknown topic 'naps'" in found
    says = "'snippets.tea_at_four.body' says heal ('heilt')"
    assert f"{own}/locales/de/snippets.toml:2: {says}" in found
    assert f"{own}/snipets: unexpected: nothing reads this" in found
    assert all(line.startswith(str(own)) for line in found)


@pytest.mark.parametrize(
    "name",
    [
        "redflags/fever",
        "tiers/today",
        "disclaimers/general",
        "marks/kidney",
        "questions/warning",
        "questions/warning_week",
    ],
)
def test_what_keeps_people_safe_is_never_left_out(own: Path, name: str) -> None:
    put(own, f"{name}.toml", "left_out = true")

    says = "keeps people safe: it can be reworded, not left out"
    assert faults(over=own) == [f"{own}/{name}.toml:1: {says}"]


def laid(own: Path, file: str, *changes: tuple[str, str]) -> list[str]:
    """Return the faults of our file with *changes*, laid over ours."""
    text = (PACKAGE / file).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    put(own, file, text)
    return faults(over=own)


REWORDED = "rewords ours: 'version' must be higher than {}, and every language needs it"


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "says"),
    [
        ("tiers/emergency", "Do not drive yourself.", "All good.", 2, REWORDED.format(1)),
        ("disclaimers/supplement", "They can clash", "They clash", 2, REWORDED.format(2)),
        ("redflags/fever", "A high fever", "A fever", 2, REWORDED.format(1)),
        ("marks/kidney", "Kidney disease", "Kidneys", 2, REWORDED.format(1)),
        ("disclaimers/supplement", "version = 2", "version = 1", 2, "'version' must be 2 or higher, as ours is 2"),
        ("redflags/bleeding_heavy", '"emergency"', '"soon"', 3, "'tier' is 'emergency' in ours: it can only be made more urgent"),
        ("redflags/fever", '"today"', '"distress"', 3, "'tier' is 'today' in ours: it can only be made more urgent"),
        ("marks/pregnancy", '["supplement"]', '["athlete"]', 4, "'leaves_out' must keep 'supplement', as ours has it: it can only hold more"),
        ("snippets/fuel_for_the_lining", "+++\nid", "+++\ncaution_for = [\"pregnancy\", \"under_18\"]\nid", 2, "'caution_for' is not for the topic 'glutamine_basics'"),
        ("snippets/liver_or_kidneys", '"liver"]', '"liver", "under_18"]', 10, "'caution_for' has no 'under_18' in ours: its mark keeps this tip away"),
    ],
)  # fmt: skip
def test_what_keeps_people_safe_is_not_hollowed_out(
    own: Path, file: str, old: str, new: str, line: int, says: str
) -> None:
    name = f"{file}.md" if file.startswith("snippets") else f"{file}.toml"

    assert f"{own}/{name}:{line}: {says}" in laid(own, name, (old, new))


def test_a_sign_becomes_more_urgent_and_a_mark_leaves_out_more(own: Path) -> None:
    assert laid(own, "redflags/fever.toml", ('"today"', '"emergency"')) == []
    more = ('["supplement"]', '["supplement", "diet_elimination"]')
    assert laid(own, "marks/pregnancy.toml", more) == []

    library = Library.load(over=own)

    assert library.signs["fever"].tier is Tier.EMERGENCY
    assert library.marks["pregnancy"].leaves_out == {"supplement", "diet_elimination"}
    assert library.language("de")("redflags.fever.label") == "Hohes Fieber, das bleibt"


def test_a_reworded_sign_is_reworded_in_every_language_that_is_served(own: Path) -> None:
    found = laid(
        own, "redflags/fever.toml", ("version = 1", "version = 2"), ("A high fever", "A fever")
    )
    assert len(found) == 5
    assert all("redflags/fever.toml: missing safety text" in line for line in found)

    for tag in ("ar", "es", "fr", "pt"):
        put(own, f"locales/{tag}/language.toml", "left_out = true")
    put(own, "locales/de/redflags.toml", 'fever.label = "Fieber, das bleibt"')
    library = Library.load(over=own)
    assert sorted(library.languages) == ["de", "en"]
    assert library.language("en")("redflags.fever.label") == "A fever that stays"


def test_a_safety_text_is_not_reworded_in_one_language_alone(own: Path) -> None:
    put(own, "locales/de/tiers.toml", '[emergency]\ntext = "Alles gut."')

    says = "rewords ours: raise the 'version' in tiers/emergency.toml of your folder as well"
    assert faults(over=own) == [f"{own}/locales/de/tiers.toml:2: 'tiers.emergency.text' {says}"]


def test_words_of_distress_are_added_and_none_is_excused(own: Path) -> None:
    put(own, "locales/en/distress.toml", 'phrases = ["had it with everything"]')
    wording = Library.load(over=own).language("en").distress
    ours = Library.load().language("en").distress
    assert wording.phrases == ours.phrases | {("had", "it", "with", "everything")}
    assert wording.unless == ours.unless

    put(own, "locales/en/distress.toml", 'phrases = ["so done"]\nunless = ["want to die"]')
    says = "'unless' stays as ours is: only phrases can be added"
    assert faults(over=own) == [f"{own}/locales/en/distress.toml:2: {says}"]


def test_what_is_replaced_loses_our_translation(own: Path) -> None:
    path = PACKAGE / "snippets/how_much_sleep.md"
    put(own, "snippets/how_much_sleep.md", path.read_text(encoding="utf-8"))

    library = Library.load(over=own)

    assert "snippets.how_much_sleep.body" in library.texts_missing("de")


def test_a_question_can_be_left_out_with_all_its_words(own: Path) -> None:
    put(own, "questions/gas.toml", "left_out = true")

    library = Library.load(over=own)

    assert "gas" not in library.questions
    assert "questions.gas.ask" not in library.language("de")


def test_own_words_may_be_forbidden_and_ours_stay_so(own: Path) -> None:
    put(own, "locales/en/wording.toml", "[forbidden]\n\"a rival\" = ['\\bkettle\\b']")

    found = faults(over=own)

    assert f"{own}/snippets/tea_at_four.md:11: says a rival ('kettle')" in found
    assert all("says a rival" in fault for fault in found)


def test_an_english_text_that_nobody_shows_is_refused(own: Path) -> None:
    put(own, "locales/en/tips.toml", 'titel = "Reading"')
    assert faults(over=own) == [f"{own}/locales/en/tips.toml:1: unknown text 'tips.titel'"]

    put(own, "locales/en/tips.toml", 'title = "Reading"')
    assert Library.load(over=own).language("en")("tips.title") == "Reading"


def test_english_stays_and_leaving_out_what_is_not_there_is_told(own: Path) -> None:
    put(own, "locales/en/language.toml", "left_out = true")
    put(own, "habits/yoga.toml", "left_out = true")

    assert faults(over=own) == [
        f"{own}/habits/yoga.toml:1: leaves out what is not there",
        f"{own}/locales/en/language.toml:1: English cannot be left out",
    ]


def test_a_folder_of_nothing_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()

    assert Library.load(over=tmp_path / "own").snippets == Library.load().snippets
    assert faults(over=tmp_path / "none") == [f"{tmp_path}/none: is no folder"]
