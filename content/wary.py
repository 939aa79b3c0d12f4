"""What no snippet says in a language, and what a text that names a thing must carry: `wording.toml`.

A safety file of each language's folder: a language without it is refused. What an operator lays over
ours is added to it. Patterns look at whole texts without vowel signs, and at no letter's case.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import NamedTuple

from content.loading import Table

STEM = "wording"
"""The name of the file, without its ending."""

FORBIDDEN = (
    "heal", "cure", "detox", "toxins", "leaky gut syndrome", "a dose", "a promise", "a shop", "fear",
)  # fmt: skip
"""What each language must have words for, as faults call it."""

NAMED = (
    "medication_nsaid", "diet_elimination", "mental_health", "supplement", "athlete", "lab_animal",
)  # fmt: skip
"""The disclaimers that a text asks for by what it names."""

_MARKS = re.compile(r"[\u0640\u064b-\u065f\u0670]")
"""Arabic's vowel signs and its lengthening stroke: the same word is written with and without."""

_SPACE = re.compile(r"\s+")

_ANYTHING = ("", "a tip")
"""Texts in which a pattern finds nothing, or a word."""

Pattern = tuple[str, re.Pattern[str]]


class Wary(NamedTuple):
    """The patterns of one language, each with what it stands for."""

    forbidden: tuple[Pattern, ...] = ()
    named: tuple[Pattern, ...] = ()

    def says(self, text: str) -> Iterator[str]:
        """Yield what *text* says that no snippet may say, with the words found."""
        seen = folded(text)
        for called, pattern in self.forbidden:
            if found := pattern.search(seen):
                yield f"{called} ('{found[0]}')"

    def names(self, text: str) -> dict[str, str]:
        """Return the disclaimers that *text* asks for, each with the first word that does."""
        seen = folded(text)
        found = ((key, pattern.search(seen)) for key, pattern in self.named)
        return {key: match[0] for key, match in found if match}

    def and_more(self, other: Wary) -> Wary:
        """Return the patterns of both."""
        return Wary(self.forbidden + other.forbidden, self.named + other.named)


def read(table: Table, *, adds: bool = False) -> Wary:
    """Read a file. *adds*: it is laid over ours, and need not be whole."""
    forbidden = _patterns(table, "forbidden", FORBIDDEN, adds=adds)
    named = _patterns(table, "named", NAMED, adds=adds)
    for key, _ in named:
        if key not in NAMED:
            table.fault(f"unknown disclaimer '{key}' in 'named'", "named", key)
    table.close()
    return Wary(forbidden, named)


def folded(text: str) -> str:
    """Return *text* as patterns see it: what cannot be seen is not there, and every space is one."""
    seen = unicodedata.normalize("NFC", text)
    if not seen.isascii():
        seen = "".join(one for one in seen if unicodedata.category(one) != "Cf")
        seen = _MARKS.sub("", seen).replace("\u2019", "'")
    return _SPACE.sub(" ", seen)


def _patterns(
    table: Table, name: str, needed: Collection[str], *, adds: bool
) -> tuple[Pattern, ...]:
    found = []
    within = table.table(name, required=not adds)
    if within is None:
        return ()
    for key in within.names():
        for text in within.texts(key):
            try:
                pattern = re.compile(folded(text), re.IGNORECASE)
            except re.error as error:
                table.fault(f"'{name}.{key}' is no pattern: {error}", name, key)
                continue
            if any(one and not one[0] for one in map(pattern.search, _ANYTHING)):
                table.fault(f"'{name}.{key}' must not match where nothing stands", name, key)
            else:
                found.append((key, pattern))
    for key in () if adds else needed:
        if key not in dict(found):
            table.fault(f"missing '{name}.{key}'", name)
    return tuple(found)
