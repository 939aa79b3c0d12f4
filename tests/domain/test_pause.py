"""Which day somebody means who types one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.pause import LONGEST, day_named

TODAY = date(2025, 11, 24)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-12-24", date(2025, 12, 24)),
        (" 24.12. ", date(2025, 12, 24)),
        ("24.12", date(2025, 12, 24)),
        ("24/12/2025", date(2025, 12, 24)),
        ("24 12", date(2025, 12, 24)),
        ("1.2.", date(2026, 2, 1)),
        ("24.12.2025", date(2025, 12, 24)),
        ("24.11.", date(2026, 11, 24)),
    ],
)
def test_a_day_is_read(text: str, day: date) -> None:
    assert day_named(text, TODAY) == day


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "2025-11-24", "24.11.2025", "31.02.", "2027-01-01", "24.13.", "٢٤.١٢."]
)
def test_what_names_no_day_ahead_is_none(text: str) -> None:
    assert day_named(text, TODAY) is None


@given(st.text(max_size=30))
def test_any_text_is_a_day_ahead_or_none(text: str) -> None:
    day = day_named(text, TODAY)

    assert day is None or TODAY < day <= TODAY + LONGEST
