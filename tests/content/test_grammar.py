"""The words in which a language says when: each there, each with one meaning, and other languages' too."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from content import grammar, pseudo
from content.check import faults, missing
from content.library import PACKAGE, Library
from content.loading import Faults, Table
from domain.lines.grammar import Meaning, Sense, Words
from domain.lines.reading import Understood, read
from tests.content.conftest import Write
from tests.corpus import NOW, ZONE, fits, meaning

FILE = "content/locales/en/grammar.toml"
GERMAN = PACKAGE / "locales" / "de" / "grammar.toml"


@pytest.fixture(scope="module")
def english(shipped: Library) -> Words:
    return shipped.language("en").words


def of_text(text: str, **changed: list[str]) -> tuple[Words, list[str]]:
    """Return the words of a grammar file in which lists of `[words]` are changed, and its faults."""
    found = Faults()
    values = tomllib.loads(text)
    values["words"] |= changed
    return grammar.read(Table(values, "grammar.toml", found)), found.lines


def test_words_are_known_with_their_meaning(english: Words) -> None:
    assert english.one("wed") == Meaning(Sense.WEEKDAY, 2)
    assert english.phrases["the", "day", "after", "tomorrow"] == Meaning(Sense.DAY_AHEAD, 2)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('noon = ["noon"', 'noonish = ["noon"', "unknown key 'words.noonish'"),
        ('noon = ["noon"', 'noonish = ["noon"', "missing 'words.noon'"),
        ('noon = ["noon"', 'noon = ["tonight"', "'tonight' has two meanings: 'words.tonight' and 'words.noon'"),
        ('monday = ["monday", "mon"]', 'monday = ["monday", "TUE"]', "'tue' has two meanings"),
        ('monday = ["monday", "mon"]', "monday = []", "'weekdays.monday' holds no word"),
        ('monday = ["monday", "mon"]', 'monday = ["mon.", "monday"]', "'mon.' is not made of letters"),
        ('monday = ["monday", "mon"]', 'monday = "monday"', "'weekdays.monday' must be a list"),
        ('1 = ["one"]', '99 = ["one"]', "'numbers.99' must be a number from 1 to 59"),
        ("[units]", "[unit]", "missing 'units'"),
        ("ordinal_dot = false", "ordinal_dot = 0", "'ordinal_dot' must be true or false"),
        ("[words]", "[words", "not valid TOML"),
    ],
)  # fmt: skip
def test_a_wrong_grammar_is_refused_by_name(
    root: Path, write: Write, old: str, new: str, says: str
) -> None:
    text = (root.parent / FILE).read_text(encoding="utf-8")
    assert old in text

    write(FILE, text.replace(old, new, 1))

    found = faults(root)
    assert any(line.startswith(FILE) and says in line for line in found), found


def test_english_must_have_a_grammar(root: Path) -> None:
    (root.parent / FILE).unlink()

    assert faults(root) == [f"{FILE}: is missing"]


def test_a_language_without_a_grammar_goes_by_english_and_it_is_reported(root: Path) -> None:
    folder = pseudo.write(Library.load(root), root / "locales")
    (folder / "grammar.toml").unlink()

    library = Library.load(root)

    assert library.language("en-XA").words == library.language("en").words
    assert missing(library) == ["en-XA: grammar"]


def test_a_language_brings_its_own_words(root: Path) -> None:
    folder = pseudo.write(Library.load(root), root / "locales")
    (folder / "grammar.toml").write_text(GERMAN.read_text(encoding="utf-8"), encoding="utf-8")

    library = Library.load(root)

    assert isinstance(read("täglich um 9", library.language("en-XA").words, NOW, ZONE), Understood)
    assert missing(library) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("every 2 hours from 9 à 13", "week:1234567 09:00 11:00 13:00"),
        ("every day à 9", "week:1234567 09:00"),
        ("every day à 9 à 13", "ask"),
    ],
)
def test_one_word_may_say_at_and_to(root: Path, line: str, expected: str) -> None:
    text = (root.parent / FILE).read_text(encoding="utf-8")
    words, found = of_text(text, at=["à"], a=["an"], to=[], until=[])

    assert found == []
    assert fits(expected, meaning(read(line, words, NOW, ZONE)))


def test_a_word_may_be_short_for_several(root: Path) -> None:
    text = (root.parent / FILE).read_text(encoding="utf-8")
    words, found = of_text(f'{text}\n[short_for]\n"twohrs" = "2 hours"\n')

    assert found == []
    assert fits("at:2025-11-26T12:01", meaning(read("in twohrs", words, NOW, ZONE)))


@pytest.mark.parametrize("wrong", ['"daily" = "2 hours"', '"twohrs" = "2 blinks"'])
def test_what_is_short_for_words_without_a_meaning_is_refused(root: Path, wrong: str) -> None:
    text = (root.parent / FILE).read_text(encoding="utf-8")
    _, found = of_text(f"{text}\n[short_for]\n{wrong}\n")

    assert len(found) == 1
    assert "has a meaning already, or" in found[0]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("every day at 8 plus 20", "ask"),
        ("every day at 8, 14 plus 20", "week:1234567 08:00 14:00 20:00"),
        ("every day at 8 and 20", "week:1234567 08:00 20:00"),
    ],
)
def test_an_and_that_may_add_minutes_is_asked(root: Path, line: str, expected: str) -> None:
    words, found = of_text((root.parent / FILE).read_text(encoding="utf-8"), and_minutes=["plus"])

    assert found == []
    assert fits(expected, meaning(read(line, words, NOW, ZONE)))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("every day الساعة ٩ و٢٠:٣٠", "week:1234567 09:00 20:30"),
        ("every monday وfriday الساعة ٩", "week:15 09:00"),
        ("every day الساعة ٩ اشرب الماء", "week:1234567 09:00 | اشرب الماء"),
        ("every day الساعة ٩ وجبة", "week:1234567 09:00 | وجبة"),
        ("every 3 hours between ٩ و١٨", "week:1234567 09:00 12:00 15:00 18:00"),
    ],
)
def test_and_may_be_written_onto_the_next_word(root: Path, line: str, expected: str) -> None:
    text = (root.parent / FILE).read_text(encoding="utf-8")
    text = text.replace("prefixes = []", 'prefixes = ["و"]')
    words, found = of_text(text, at=["الساعة"])

    assert found == []
    assert fits(expected, meaning(read(line, words, NOW, ZONE)))
