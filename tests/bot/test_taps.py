"""A tap says the same after the way through Telegram; anything else reads as nothing."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, time
from enum import Enum
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot.taps  # noqa: F401 - fills CODES
from bot.tap import CODES, MOST_BYTES, Tap, read, write

NUMBERS = st.integers(min_value=0, max_value=2**63 - 1)
WORDS = st.text("abcdefghijklmnopqrstuvwxyz0123456789_", min_size=1, max_size=8)


def any_value(kind: type[Any]) -> st.SearchStrategy[Any]:
    if issubclass(kind, Enum):
        return st.sampled_from(list(kind))
    if kind is date:
        return st.dates(date(2000, 1, 1), date(2999, 12, 31))
    if kind is time:
        return st.times().map(lambda t: t.replace(second=0, microsecond=0))
    return NUMBERS if kind is int else WORDS


def any_tap(kind: type[Tap]) -> st.SearchStrategy[Tap]:
    hints = get_type_hints(kind)
    return st.builds(kind, **{f.name: any_value(hints[f.name]) for f in fields(kind)})  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", CODES.values(), ids=lambda k: k.__name__)
@given(data=st.data())
def test_every_tap_survives_the_way_and_fits(kind: type[Tap], data: st.DataObject) -> None:
    tap = data.draw(any_tap(kind))

    text = write(tap)

    assert len(text.encode()) <= MOST_BYTES
    assert read(text) == tap


@given(st.text(max_size=64))
def test_whatever_comes_is_read_or_reads_as_nothing(data: str) -> None:
    tap = read(data)
    assert tap is None or isinstance(tap, Tap)


@pytest.mark.parametrize("data", ["", "zz9", "m1:extra", "a1:x", "a1:-5:q:v", "a1:5", "a1:٣:q:v"])
def test_a_button_that_is_not_ours_reads_as_nothing(data: str) -> None:
    assert read(data) is None
