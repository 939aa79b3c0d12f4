"""Numbers to call, and words of distress: what is wrong with them is refused with the file and the key."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.check import faults
from content.helplines import called, countries, country_of, likely
from content.library import Library
from tests.content.conftest import Write

FILE = "content/helplines.toml"
WORDS = "content/locales/en/distress.toml"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[ZZ]\nemergency = ["112"]', "'ZZ' is no country's code that Babel knows"),
        ("[DE]\nemergency = []", "'DE.emergency' holds no number"),
        ('[DE]\nadvice = { "A" = "1" }', "missing 'DE.emergency'"),
        ('[DE]\nemergency = ["call us"]', "'call us' is no number to call"),
        (
            '[DE]\nemergency = ["112"]\ncrisis = { "A" = "0800/12" }',
            "'0800/12' is no number to call",
        ),
        ('[DE]\nemergency = ["112"]\nchecked = "yes"', "'DE.checked' must say when and by whom"),
        ('[DE]\nemergency = ["112"]\nchecked = "2026-02-31, A"', "'DE.checked' must say when"),
        ('[DE]\nemergency = ["112"]\npolice = "110"', "unknown key 'DE.police'"),
        ('DE = "112"', "'DE' must be a table"),
    ],
)
def test_a_wrong_table_is_refused_with_its_file_and_key(
    root: Path, write: Write, text: str, says: str
) -> None:
    write(FILE, text)

    assert any(line.startswith(FILE) and says in line for line in faults(root)), faults(root)


def test_an_operator_says_that_numbers_are_checked(root: Path, write: Write) -> None:
    write(FILE, '[DE]\nemergency = ["112"]\nchecked = "2026-11-24, Ana Souza"')

    assert Library.load(root).helplines["DE"].checked == "2026-11-24, Ana Souza"


def test_the_shipped_numbers_are_unchecked_and_every_country_is_one(shipped: Library) -> None:
    assert len(shipped.helplines) >= 40
    assert set(shipped.helplines) <= countries()
    assert not any(lines.checked for lines in shipped.helplines.values())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("phrases = []\nunless = []", "'phrases' holds no phrase"),
        ('phrases = ["so sad"]\nunless = ["not glad"]', "holds none of the phrases"),
        ('phrases = ["so. sad"]\nunless = []', "'so. sad' is not made of words"),
        ('phrases = ["so sad", "So  sád"]\nunless = []', "twice, as it is compared"),
        ('phrases = ["so sad"]\nunless = []\nscore = 3', "unknown key 'score'"),
    ],
)
def test_a_wrong_list_of_words_is_refused(root: Path, write: Write, text: str, says: str) -> None:
    write(WORDS, text)

    assert any(line.startswith(WORDS) and says in line for line in faults(root)), faults(root)


def test_a_language_without_its_list_is_refused(root: Path) -> None:
    (root / "locales" / "en" / "distress.toml").unlink()

    assert f"{WORDS}: missing safety file" in faults(root)


def test_a_review_says_when_and_by_whom(root: Path, write: Write) -> None:
    about = 'name = "English"\nconventions = "en_GB"\nreviewed = '
    write("content/locales/en/language.toml", f'{about}"soon"')
    assert any("'reviewed' must say when and by whom" in line for line in faults(root))

    write("content/locales/en/language.toml", f'{about}"2026-11-24, Dr Ana Souza"')
    assert Library.load(root).languages["en"].reviewed == "2026-11-24, Dr Ana Souza"


def test_a_zone_lies_in_a_country_or_in_none() -> None:
    zones = ("Europe/Berlin", "Asia/Calcutta", "America/Buenos_Aires", "Etc/UTC", "")
    assert [country_of(zone) for zone in zones] == ["DE", "IN", "AR", None, None]


def test_the_likely_countries_speak_the_language(shipped: Library) -> None:
    assert likely(shipped.helplines, shipped.languages["pt"])[:2] == ["BR", "PT"]
    assert "EG" in likely(shipped.helplines, shipped.languages["ar"])


def test_a_whole_name_comes_alone_and_a_beginning_needs_three_letters(shipped: Library) -> None:
    both = (shipped.languages["de"], shipped.languages["en"])
    assert called("Niger", both) == ["NE"]
    assert called("Frankreich", both) == ["FR"]
    assert called("ni", both) == ["NI"], "a code"
    assert called("zz", both) == called("", both) == []
