"""Whether words say that somebody may be in distress: a short list of phrases, and nothing more.

Pure. Nothing is weighed, scored or guessed: a phrase stands in the words or it does not. The list is
short on purpose, so that most distress is not seen here; what follows is kind to who was misread.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Phrase = tuple[str, ...]

_LETTERS = str.maketrans(
    {"ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ـ": None, "ß": "ss", "œ": "oe"}
    | dict.fromkeys("'’‘ʼ`´", None)
)
_APART = str.maketrans(dict.fromkeys("_\u200b\u2060\ufeff", " "))
"""What stands between words without being seen as a space."""

_WORD = re.compile(r"\w+|[.!?;:…؟؛]+")
_JOINED = ("و", "ف")
"""What Arabic writes together with the word that follows it: "and", "so"."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a language's people say in distress. unless: what holds such a phrase and means no distress."""

    phrases: frozenset[Phrase] = frozenset()
    unless: frozenset[Phrase] = frozenset()


def fold(text: str) -> str:
    """Return *text* as it is compared: lower case, without accents, vowel signs and apostrophes."""
    # Before anything else: NFKC makes a space of the acute accent that many type for an apostrophe.
    whole = unicodedata.normalize("NFKC", text.translate(_APART).translate(_LETTERS))
    apart = unicodedata.normalize("NFKD", whole.translate(_LETTERS))
    plain = (c for c in apart.casefold() if unicodedata.category(c) not in ("Mn", "Cf"))
    return "".join(plain).translate(_LETTERS)


def words(text: str) -> list[str]:
    """Return the words of *text*, folded; the end of a sentence is a word of its own."""
    return _WORD.findall(fold(text))


def is_said(text: str, wordings: Iterable[Wording]) -> bool:
    """Say whether a phrase of one of *wordings* stands in *text*, outside of what excuses it."""
    said, known = words(text), list(wordings)
    excused = list(_spans(said, frozenset[Phrase]().union(*(one.unless for one in known))))
    return any(
        not any(first <= start and end <= last for first, last in excused)
        for start, end in _spans(said, frozenset[Phrase]().union(*(one.phrases for one in known)))
    )


def _spans(said: list[str], phrases: frozenset[Phrase]) -> Iterator[tuple[int, int]]:
    """Yield where one of *phrases* stands: its first word, and the one after its last."""
    lengths = {len(phrase) for phrase in phrases}
    first = {phrase[0] for phrase in phrases}
    for start, word in enumerate(said):
        begins = [word, *(word[1:] for joined in _JOINED if word.startswith(joined))]
        begins = [begin for begin in begins if begin in first]
        for length in lengths if begins else ():
            rest = said[start + 1 : start + length]
            if len(rest) == length - 1 and any((begin, *rest) in phrases for begin in begins):
                yield start, start + length
