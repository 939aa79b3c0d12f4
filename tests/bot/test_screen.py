"""One renderer, one place that escapes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.screen import Fold, Link, Para, Quiet, Screen, Title, html, plain
from content.wording import utf16_length


def test_blocks_become_telegrams_html() -> None:
    screen = Screen(
        (
            Title("Day"),
            Para("a < b & c"),
            Quiet("3 of 8"),
            Fold("long"),
            Link("x", "https://e.org/?a=1&b=2"),
        )
    )

    assert html(screen) == (
        "<b>Day</b>\n\na &lt; b &amp; c\n\n<i>3 of 8</i>\n\n"
        "<blockquote expandable>long</blockquote>\n\n"
        '<a href="https://e.org/?a=1&amp;b=2">x</a>'
    )
    assert plain(screen) == "Day\n\na < b & c\n\n3 of 8\n\nlong\n\nx"


@given(st.text(min_size=1))
def test_no_text_carries_markup_of_its_own(text: str) -> None:
    written = html(Screen((Para(text),)))
    assert "<" not in written
    assert ">" not in written


def test_length_is_counted_as_telegram_counts_it() -> None:
    assert utf16_length("a😀") == 3
