"""Reading the words in which a language's people say that they are in distress.

A safety file, `distress.toml` of each language's folder: a language without it is refused. What an operator
lays over ours is added to it. Here it is
only checked that the phrases can be found at all; what is done with them is for actions/distress.
"""

from __future__ import annotations

from collections.abc import Iterable

from content.loading import Table
from domain.distress import Phrase, Wording, words

STEM = "distress"
"""The name of the file, without its ending."""


def read(table: Table, ours: Wording | None = None) -> Wording:
    """Read a file's phrases. What is wrong with them is noted as faults.

    ours: what the file is laid over. It then adds phrases and can excuse none.
    """
    phrases = _phrases(table, "phrases", table.texts("phrases"))
    if ours is not None:
        if "unless" in table.names():
            table.texts("unless")
            table.fault("'unless' stays as ours is: only phrases can be added", "unless")
        table.close()
        return Wording(ours.phrases | phrases, ours.unless)
    unless = _phrases(table, "unless", table.texts("unless"))
    if not phrases:
        table.fault("'phrases' holds no phrase", "phrases")
    for phrase in sorted(unless):
        if not any(_holds(phrase, held) for held in phrases):
            table.fault(
                f"'unless' holds '{' '.join(phrase)}', which holds none of the phrases", "unless"
            )
    table.close()
    return Wording(phrases, unless)


def _phrases(table: Table, key: str, spellings: Iterable[str]) -> frozenset[Phrase]:
    found = set()
    for spelling in spellings:
        phrase = tuple(words(spelling))
        if not phrase or not all(word.isalnum() for word in phrase):
            table.fault(f"'{key}': '{spelling}' is not made of words", key)
        elif phrase in found:
            table.fault(f"'{key}' holds '{spelling}' twice, as it is compared", key)
        found.add(phrase)
    return frozenset(found)


def _holds(phrase: Phrase, held: Phrase) -> bool:
    most = len(phrase) - len(held)
    return any(phrase[n : n + len(held)] == held for n in range(most + 1))
