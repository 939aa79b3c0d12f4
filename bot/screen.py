"""A screen as a plain value, and the one renderer that turns it into Telegram's HTML.

This is the only place that escapes. Screens are made of blocks of plain text, so no
text of a person or of a language can carry markup of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from bot.tap import Tap

MOST_TEXT = 4096
"""Telegram's limit on a message, in UTF-16 units after its entities are parsed."""


@dataclass(frozen=True, slots=True)
class Title:
    """A line in bold."""

    text: str


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; its line breaks stay."""

    text: str


@dataclass(frozen=True, slots=True)
class Quiet:
    """A paragraph in italics: an aside, a hint, progress."""

    text: str


@dataclass(frozen=True, slots=True)
class Fold:
    """A quotation that the reader can open: shown in a few lines, whole on a tap."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A line that opens *url*."""

    text: str
    url: str


Block = Title | Para | Quiet | Fold | Link


@dataclass(frozen=True, slots=True)
class Button:
    """A button below a message. What it does is its tap."""

    label: str
    tap: Tap


@dataclass(frozen=True, slots=True)
class UrlButton:
    """A button that opens an address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class LocationKeyboard:
    """A keyboard in place of the phone's own, whose one button shares where the person is."""

    share: str


@dataclass(frozen=True, slots=True)
class NoKeyboard:
    """Take a keyboard of ours away again."""


Row = tuple[Button | UrlButton, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A file to send. The screen's text becomes its caption (1024 at most)."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Screen:
    """What a person sees: blocks of text, and rows of buttons or a keyboard.

    keep: always a new message, never an edit of the one that was tapped (it has to stay).
    """

    blocks: tuple[Block, ...] = field(repr=False)
    rows: tuple[Row, ...] = field(default=(), repr=False)
    keyboard: LocationKeyboard | NoKeyboard | None = None
    documents: tuple[Document, ...] = ()
    keep: bool = False


def html(screen: Screen) -> str:
    """Return the screen's text as Telegram's HTML, a blank line between blocks."""
    return "\n\n".join(_block(block) for block in screen.blocks if block.text)


def plain(screen: Screen) -> str:
    """Return the screen's text as a reader sees it, without markup."""
    return "\n\n".join(block.text for block in screen.blocks if block.text)


def grid(buttons: Sequence[Button], columns: int) -> tuple[Row, ...]:
    """Lay *buttons* out in rows of *columns*."""
    return tuple(tuple(buttons[i : i + columns]) for i in range(0, len(buttons), columns))


def _block(block: Block) -> str:
    text = escape(block.text, quote=False)
    match block:
        case Title():
            return f"<b>{text}</b>"
        case Quiet():
            return f"<i>{text}</i>"
        case Fold():
            return f"<blockquote expandable>{text}</blockquote>"
        case Link(url=url):
            return f'<a href="{escape(url)}">{text}</a>'
        case _:
            return text
