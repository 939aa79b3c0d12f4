"""A screen drawn in a terminal about as a phone shows it: a bubble, and its buttons as boxes below.

It is drawn from the screen that the bot itself would send. Never decides what is on it.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator, Sequence

from bot.screen import MOST_TEXT, Block, Fold, Link, Quiet, Screen, Title, plain
from content.language import Language
from content.wording import utf16_length

WIDTH = 38
"""Characters of a line on a small phone."""


def drawn(screen: Screen, language: Language) -> str:
    """Return the screen as lines of text. *Bold* and _italic_ are hinted so."""
    lines = [line for n, block in enumerate(screen.blocks) for line in _block(block, first=not n)]
    edge = "─" * (WIDTH + 2)
    bubble = [f"╭{edge}╮", *(f"│ {_set(line, language)} │" for line in lines), f"╰{edge}╯"]
    for row in screen.rows:
        bubble += _buttons([button.label for button in row])
    length = utf16_length(plain(screen))
    return "\n".join([*bubble, f"{length:,} of {MOST_TEXT:,} characters"])


def _block(block: Block, *, first: bool) -> Iterator[str]:
    if not block.text:
        return
    if not first:
        yield ""
    text = block.text
    match block:
        case Title():
            text = f"*{text}*"
        case Quiet():
            text = f"_{text}_"
        case Fold():
            text = f"▸ {text}"
        case Link(url=url):
            text = f"{text} <{url}>"
        case _:
            pass
    for line in text.split("\n"):
        yield from _wrapped(line)


def _wrapped(line: str) -> list[str]:
    return textwrap.wrap(line, WIDTH, break_long_words=True, break_on_hyphens=False) or [""]


def _set(line: str, language: Language) -> str:
    """Return the line filled up to the bubble's width, on the side where its language begins."""
    gap = " " * (WIDTH - _columns(line))
    return gap + line if language.right_to_left else line + gap


def _buttons(labels: Sequence[str]) -> list[str]:
    """Return a row of boxes, as wide together as the bubble; a label that is too long is cut."""
    whole = WIDTH + 4 - 2 * len(labels)
    widths = [whole // len(labels) + (n < whole % len(labels)) for n in range(len(labels))]
    named = [_centred(label, width) for label, width in zip(labels, widths, strict=True)]
    return [
        "".join(f"┌{'─' * width}┐" for width in widths),
        "".join(f"│{label}│" for label in named),
        "".join(f"└{'─' * width}┘" for width in widths),
    ]


def _centred(label: str, width: int) -> str:
    while _columns(label) > width:
        label = f"{label.removesuffix('…')[:-1]}…"
    gap = width - _columns(label)
    return " " * (gap // 2) + label + " " * (gap - gap // 2)


def _columns(text: str) -> int:
    """Return how many columns *text* takes: marks take none, wide characters two."""
    return sum(
        0
        if unicodedata.category(char) in ("Mn", "Me", "Cf")
        else 1 + (unicodedata.east_asian_width(char) in "WF")
        for char in text
    )
