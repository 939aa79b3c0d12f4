"""Words of distress are found, and figures of speech are not: every line of the corpus, in every language."""

from __future__ import annotations

from pathlib import Path

import pytest

from content import distress
from content.library import PACKAGE
from content.loading import Faults, read_toml
from domain.distress import Wording, fold, is_said, words

CORPUS = Path(__file__).parents[1] / "corpus"
TAGS = ("en", "de", "es", "fr", "pt", "ar")


def wording(tag: str) -> Wording:
    """The list of a language as it is shipped."""
    faults = Faults()
    table = read_toml(PACKAGE / "locales" / tag / "distress.toml", f"{tag}/distress.toml", faults)
    assert table is not None
    read = distress.read(table)
    assert faults.lines == []
    return read


def lines(tag: str, label: str) -> list[str]:
    rows = (CORPUS / f"distress_{tag}.tsv").read_text(encoding="utf-8").splitlines()
    return [row.partition("\t")[2] for row in rows if row.startswith(f"{label}\t")]


@pytest.mark.parametrize("tag", TAGS)
def test_every_line_of_distress_is_found(tag: str) -> None:
    own = wording(tag)

    assert len(lines(tag, "yes")) >= 40
    assert [line for line in lines(tag, "yes") if not is_said(line, (own,))] == []


@pytest.mark.parametrize("mark", "’‘ʼ`´")
@pytest.mark.parametrize("tag", TAGS)
def test_an_apostrophe_may_be_typed_in_any_way(tag: str, mark: str) -> None:
    own = wording(tag)
    typed = [line.replace("'", mark).replace("’", mark) for line in lines(tag, "yes")]

    assert [line for line in typed if not is_said(line, (own,))] == []


@pytest.mark.parametrize("tag", TAGS)
def test_no_other_line_is_taken_for_it_by_the_list_of_any_language(tag: str) -> None:
    every = [wording(other) for other in TAGS]

    assert len(lines(tag, "no")) >= 60
    assert [line for line in lines(tag, "no") if is_said(line, every)] == []


@pytest.mark.parametrize("tag", TAGS)
def test_no_list_excuses_what_another_one_finds(tag: str) -> None:
    every = [wording(other) for other in TAGS]

    assert [line for line in lines(tag, "yes") if not is_said(line, every)] == []


def test_a_language_of_the_library_without_a_corpus_is_noticed() -> None:
    assert {path.name for path in (PACKAGE / "locales").iterdir() if path.is_dir()} == set(TAGS)


WORDING = Wording(
    frozenset({tuple(words("I don't want to live"))}),
    frozenset({tuple(words("I don't want to live here"))}),
)


@pytest.mark.parametrize(
    "text",
    [
        "i dont want to live",
        "I DON’T WANT  TO\nLIVE",
        "Today: I don't want to live!",
        "Ｉ don't want to live",
        "I don't want to\u200b live",
        "I don't want to\u200blive",
        "I_don't_want_to_live",
        "I don´t want to live",
        "I don`t want to live",
        "I donʼt want to live",
        "I don't want to live here. I don't want to live",
    ],
)
def test_case_width_apostrophes_and_spaces_do_not_matter(text: str) -> None:
    assert is_said(text, (WORDING,))


@pytest.mark.parametrize(
    "text",
    ["", "I don't want to live here", "I don't want to lively", "I don't want. To live", "live"],
)
def test_only_whole_words_of_one_sentence_count_and_what_excuses_them_does(text: str) -> None:
    assert not is_said(text, (WORDING,))


def test_arabic_letters_are_compared_without_vowel_signs_and_in_one_form() -> None:
    assert fold("أُرِيدُ") == fold("اريد")
    assert fold("حياة") == fold("حياه")
    assert fold("أسـمى") == fold("اسمي")
