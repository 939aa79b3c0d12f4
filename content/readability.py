"""How easy a text is to read, by the formula that is usual in its language.

Counts of syllables are estimates by groups of vowels, with a list of English words where that is wrong.
Each formula is from its author's paper. For Arabic none is established: only lengths are given there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

_SENTENCE_END = re.compile(r"[.!?؟…]+(?=[\s\"”’»)\]]|$)")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_VOWELS: Mapping[str, str] = {
    "en": r"[aeiouy]+",
    "de": r"ie|au|eu|äu|ei|ai|aa|ee|oo|[aeiouyäöü]",
    "es": r"[iuü]?[aeoáéó][iuy]?(?![aeiouáéíóúü])|[iuü]?[aeoáéó]|[íú]|[iuü]+|y\b",
    "fr": r"[aeiouyàâäéèêëîïôöùûüÿœæ]+",
    "pt": r"[iu]?[aeoáéóâêôãõà][iuo]?(?![aeiouáéíóúâêôãõ])|[iu]?[aeoáéóâêôãõà]|[íú]|[iu]+",
}
_ENGLISH = {
    "being": 2, "doing": 2, "going": 2, "seeing": 2, "diary": 3, "science": 2, "trial": 2, "trials": 2,
    "quiet": 2, "diet": 2, "area": 3, "idea": 3, "ideas": 3, "people": 2, "something": 2, "everyone": 3,
    "everything": 3, "sometimes": 2, "someone": 2, "microbes": 2, "anyone": 3, "whoever": 3,
    "whatever": 3, "ibuprofen": 4, "every": 2, "evening": 2, "recipe": 3, "somebody": 3, "coeliac": 3,
    "dietitian": 4, "easiest": 3, "easier": 3, "earlier": 3, "permeability": 6, "react": 2,
    "scientists": 3, "enterocyte": 4, "enterocytes": 4, "nsaids": 2, "fuel": 2, "trying": 2, "create": 2, "creates": 2,
}  # fmt: skip


class Counts(NamedTuple):
    """What the formulas go by. long_words: of seven letters or more; many: of three syllables or more."""

    sentences: int
    words: int
    syllables: int
    long_words: int
    many: int
    single: int

    @property
    def words_a_sentence(self) -> float:
        return self.words / self.sentences

    @property
    def syllables_a_word(self) -> float:
        return self.syllables / self.words


class Formula(NamedTuple):
    """A measure of reading. easy: which of its values is the easier, said for a reader of the report."""

    name: str
    source: str
    easy: str
    of: Callable[[Counts], float]


FORMULAS: Mapping[str, Formula] = {
    "en": Formula(
        "Flesch–Kincaid grade",
        "Kincaid and others, 1975",
        "a school grade; lower is easier",
        lambda c: 0.39 * c.words_a_sentence + 11.8 * c.syllables_a_word - 15.59,
    ),
    "de": Formula(
        "Wiener Sachtextformel 1",
        "Bamberger and Vanecek, 1984",
        "a school grade from 4 to 15; lower is easier",
        lambda c: (
            19.35 * c.many / c.words
            + 0.1672 * c.words_a_sentence
            + 12.97 * c.long_words / c.words
            - 3.27 * c.single / c.words
            - 0.875
        ),
    ),
    "es": Formula(
        "Fernández-Huerta",
        "Fernández Huerta, 1959",
        "0 to 100; higher is easier, 60 to 70 is plain",
        lambda c: 206.84 - 60 * c.syllables_a_word - 1.02 * c.words_a_sentence,
    ),
    "fr": Formula(
        "Kandel–Moles",
        "Kandel and Moles, 1958",
        "0 to 100; higher is easier, 60 to 70 is plain",
        lambda c: 207 - 1.015 * c.words_a_sentence - 73.6 * c.syllables_a_word,
    ),
    "pt": Formula(
        "Flesch, adapted by Martins and others",
        "Martins and others, 1996",
        "0 to 100; higher is easier, 50 to 75 is plain",
        lambda c: 248.835 - 1.015 * c.words_a_sentence - 84.6 * c.syllables_a_word,
    ),
}
"""By language, without its country. A language that is not here has no formula that is established."""


def counts(text: str, tag: str) -> Counts:
    """Count what formulas go by. A text without a word counts as one of one syllable."""
    words = _WORD.findall(text.lower()) or ["a"]
    spoken = [syllables(word, tag) for word in words]
    return Counts(
        sentences=len(_SENTENCE_END.findall(text.strip())) or 1,
        words=len(words),
        syllables=sum(spoken),
        long_words=sum(len(word) > 6 for word in words),
        many=sum(n > 2 for n in spoken),
        single=sum(n == 1 for n in spoken),
    )


def grade(text: str, tag: str) -> float | None:
    """Return the value of the language's formula for *text*; None where there is none."""
    formula = FORMULAS.get(tag.partition("-")[0])
    return None if formula is None else formula.of(counts(text, tag))


def syllables(word: str, tag: str) -> int:
    """Return about how many syllables a word of lower case has, at least 1."""
    language = tag.partition("-")[0]
    if language == "en":
        return _english(word.replace("’", "'"))
    if language == "fr" and len(word) > 3:
        word = re.sub(r"(?<![éèêaiou])(es?|ent)$", "", word) or word
    return max(1, len(re.findall(_VOWELS.get(language, r"\w"), word)))


def _english(word: str) -> int:
    word = word.removesuffix("'s").replace("'", "")
    if word in _ENGLISH:
        return _ENGLISH[word]
    n = len(re.findall(_VOWELS["en"], word))
    n -= bool(re.search(r"[^aeiouyl]e$|[aeiouy]le$", word))
    n -= bool(re.search(r"[^aeiouytd]ed$|[^aeiouyscxzg](?<!sh)(?<!ch)es$", word))
    n += len(re.findall(r"i(?:a|o(?!n|us)|um)|[^gq]ua(?!rd)|eo(?!us)", word))
    return max(n, 1)
