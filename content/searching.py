"""Finding tips by words, in one language: whatever case, accents or plural they are typed in.

A short word of Latin letters says little ("of", "mi", a letter): it counts only where nothing else is typed.

Never keeps what was searched for.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from content.language import Language
from content.places.folding import fold
from domain.snippets import Snippet

MOST_TYPED = 100
"""Characters of a search that are looked at."""

_ENDINGS = ("es", "en", "s", "n", "e")
"""Endings of a plural that a word is also looked for without, in the languages that we speak."""

_ARTICLE = "ال"
"""What Arabic words are looked for without."""

_LITTLE = 2
"""Latin letters of a word that says little, at most. By itself, one letter finds nothing."""

_SHORTEST = 4
"""Letters that have to be left of a word without its ending."""


class _Parts(NamedTuple):
    title: tuple[str, ...]
    topic: tuple[str, ...]
    text: tuple[str, ...]


class _Word(NamedTuple):
    """What to look for: words, and beginnings of words that are no mere syllables."""

    words: frozenset[str]
    beginnings: tuple[str, ...]


def search(language: Language, among: Iterable[Snippet], typed: str) -> list[Snippet]:
    """Return the tips that hold every word of *typed*, those with them in the title first."""
    words = [_meant(word, language) for word in _telling(fold(typed[:MOST_TYPED]).split())]
    if not words:
        return []
    scored = [(_score(_parts(language, snippet), words), snippet) for snippet in among]
    found = [(score, snippet) for score, snippet in scored if score]
    return [snippet for _, snippet in sorted(found, key=lambda one: -one[0])]


def _telling(words: list[str]) -> list[str]:
    """Return the words that say something, or if there are none those that are more than a letter."""
    told = [word for word in words if _letters(word) > _LITTLE]
    return told or [word for word in words if _letters(word) > 1]


def _letters(word: str) -> int:
    """Return how much a folded word says, in Latin letters; more than any where it is of others."""
    return len(word) if word.isascii() and word.isalpha() else MOST_TYPED


def _meant(word: str, language: Language) -> _Word:
    """Return what to look for instead of *word*: its variants, and those of the same meaning."""
    variants = _variants(word)
    same = (group for group in language.synonyms if not group.isdisjoint(variants))
    every = frozenset((*variants, *(_bare(other) for group in same for other in group)))
    return _Word(every, tuple(one for one in every if len(one) > _LITTLE))


def _score(parts: _Parts, words: list[_Word]) -> int:
    total = 0
    for word in words:
        weights = [
            weight
            for tokens, weight in ((parts.title, 4), (parts.topic, 2), (parts.text, 1))
            if any(token in word.words or token.startswith(word.beginnings) for token in tokens)
        ]
        if not weights:
            return 0
        total += sum(weights)
    return total


def _parts(language: Language, snippet: Snippet) -> _Parts:
    key = f"snippets.{snippet.id}"
    more = language(f"{key}.try") if f"{key}.try" in language else ""
    return _Parts(
        _tokens(language(f"{key}.title")),
        _tokens(language(f"topics.{snippet.topic}")),
        _tokens(f"{language(f'{key}.body')} {more}"),
    )


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[str, ...]:
    """Return the words of a text of the library, which is all that is kept here."""
    return tuple(_bare(word) for word in fold(text).split())


def _bare(word: str) -> str:
    """Return an Arabic word without its article; one that only begins like it stays as it is."""
    bare = word.removeprefix(_ARTICLE)
    return bare if len(bare) >= _SHORTEST - 1 else word


def _variants(word: str) -> tuple[str, ...]:
    bare = _bare(word)
    endless = [bare.removesuffix(end) for end in _ENDINGS if bare.endswith(end)]
    return (bare, *(stem for stem in endless if len(stem) >= _SHORTEST))
