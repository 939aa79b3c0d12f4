"""Words of one meaning that people type where our texts say it otherwise: "celiac", "diarrhea".

Only finding a tip goes by them. Never more than a few a language, and never a guess at a misspelling.
"""

from __future__ import annotations

from content.loading import Table
from content.places.folding import fold

STEM = "synonyms"
"""The file of a language that they are in: a word of our texts, and what else people call it."""

Synonyms = tuple[frozenset[str], ...]
"""Groups of words of one meaning, each folded as names are compared."""


def read(table: Table) -> Synonyms:
    """Read a file. A word is one word, or it would never be found."""
    groups = []
    for name in table.names():
        words = [name, *table.texts(name)]
        for word in words:
            if len(fold(word).split()) != 1:
                table.fault(f"'{word}' must be one word", name)
        groups.append(frozenset(map(fold, words)))
    table.close()
    return tuple(groups)
