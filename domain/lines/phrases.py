"""What the pieces of a line say together, and what is left over.

Pure. Whether all of it fits together, and what it means from now on, is for domain/patterns.
"""

from __future__ import annotations

from domain.lines.clock_phrases import times, window
from domain.lines.day_phrases import (
    count,
    date,
    day_ahead,
    moment,
    month_day,
    part,
    repeat,
    since_last,
    weekdays,
)
from domain.lines.grammar import Words
from domain.lines.lexing import Token
from domain.lines.said import Line, Reader, Said

READERS: tuple[Reader, ...] = (
    since_last, count, moment, date, month_day, part, day_ahead, weekdays, repeat, window, times,
)  # fmt: skip
"""In order: where two could begin at one place, the one that says more comes first."""


def read_phrases(tokens: list[Token], words: Words) -> Said:
    """Return what *tokens* say, phrase by phrase; what no phrase takes is left over."""
    line = Line(tokens, words)
    at = 0
    while at < len(tokens):
        for reader in READERS:
            end = reader(line, at)
            if end > at:
                at = end
                break
        else:
            line.said.left.append(tokens[at])
            at += 1
    return line.said
