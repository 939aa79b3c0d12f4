"""What nobody sees is not kept in a name, and what is all unseen is empty."""

from __future__ import annotations

import pytest

from domain.wording import is_visible, one_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Knee \n pain\t", "Knee pain"),
        ("a\u200bb\u202ec\ufeff", "abc"),
        ("\u200f \u2066x\u2069", "x"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d⚕️ visit", "👩\u200d⚕️ visit"),
    ],
)
def test_a_name_is_one_line_of_what_can_be_seen(typed: str, kept: str) -> None:
    assert one_line(typed) == kept


@pytest.mark.parametrize(
    "text", ["", " ", "\u3164", "\u2800\u115f", "\u200d\u200c", "\u0301", "\u00a0"]
)
def test_what_nobody_can_see_is_empty(text: str) -> None:
    assert not is_visible(text)


@pytest.mark.parametrize("text", ["x", "膝", "🦵", "7", "?", "\u3164a"])
def test_what_can_be_seen_is_not(text: str) -> None:
    assert is_visible(text)
