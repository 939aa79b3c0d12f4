"""Which way a line runs: the invisible marks that a language written from right to left needs.

A line's direction follows its first strong character, so one that begins with a command, a name in
Latin letters or a number would turn around. Here, and nowhere else, such a line gets a mark, and what
runs from left to right within it is isolated; a line all in Latin letters as a whole. Commands stay what Telegram knows as commands: an
isolate is no part of a word. Never changes a letter, and never touches what is isolated already.
"""

from __future__ import annotations

import re
import unicodedata

RIGHT = "\u200f"
"""RIGHT-TO-LEFT MARK: begins a line that would else run the other way."""

FIRST, END = "\u2068", "\u2069"
"""FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE: what is between them runs its own way."""

ISOLATED = re.compile("[\u2066-\u2068][^\u2066-\u2069]*\u2069")
"""What runs its own way already: typed by a person, or brought by another text."""

_LATIN = r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9'’.&_-]*"
FOREIGN = re.compile(
    r"https?://[^\s\u2068\u2069]+"
    r"|/[A-Za-z0-9_]+"
    rf"|{_LATIN}(?:[ ,:]+{_LATIN})*(?<![.])"
    r"|[<>≤≥]?\d+(?:[.,:/–-]\d+)*[+%]?"
)
"""What runs from left to right: addresses, commands, words in Latin letters, numbers with their signs."""

_KEPT = "\ufdd0"
_HELD = re.compile(_KEPT)
"""A character that no text has: it holds the place of what is isolated already."""

_MARKS = re.compile(f"[{_KEPT}{FIRST}{END}{RIGHT}]")

_PLAIN_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
"""A number that no direction can turn around: it needs no isolate."""


def bidirectional(text: str) -> bool:
    """Say whether *text* holds a letter that runs from right to left."""
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)


def first_strong(line: str) -> str | None:
    """Return the class of the first strong character of *line* outside isolates, or None."""
    for character in ISOLATED.sub("", line):
        found = unicodedata.bidirectional(character)
        if found in ("L", "R", "AL"):
            return found
    return None


def directed(text: str) -> str:
    """Return *text* with what its lines need to be read from right to left. Twice is as once."""
    kept = ISOLATED.findall(text)
    lines = ISOLATED.sub(_KEPT, text).split("\n")
    marked = "\n".join(_line(line) for line in lines)
    return _HELD.sub(lambda _: kept.pop(0), marked) if kept else marked


def _line(line: str) -> str:
    if not bidirectional(line) and re.search("[A-Za-z]", line) and not _MARKS.search(line):
        return f"{RIGHT}{FIRST}{line}{END}"
    whole = FOREIGN.sub(_isolate, line)
    if not line.strip() or line.startswith(RIGHT) or first_strong(whole) in ("R", "AL"):
        return whole
    return RIGHT + whole


def _isolate(found: re.Match[str]) -> str:
    foreign = found.group()
    return foreign if _PLAIN_NUMBER.fullmatch(foreign) else f"{FIRST}{foreign}{END}"
