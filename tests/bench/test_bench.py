"""Every measurement runs to its end, small, and gives figures that can be compared.

What the figures are is for `make bench`: a suite bounds no times.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from math import isfinite
from pathlib import Path

import pytest
import pytest_asyncio

from bench import pace, report, transport, updates
from bench.echo import Far, far_end
from bench.report import Row


@pytest_asyncio.fixture
async def far() -> AsyncIterator[Far]:
    async with far_end() as far:
        yield far


def are_finite(rows: list[Row], repeats: int) -> bool:
    return bool(rows) and all(
        len(row.ratios) == repeats and all(map(isfinite, row.ratios)) for row in rows
    )


@pytest.mark.asyncio
async def test_both_clients_send_and_are_compared(far: Far) -> None:
    rows = await transport.compare(far, repeats=2, seconds=0.1, at_once=4)

    assert are_finite(rows, repeats=2)
    assert all(min(row.ours) > 0 and min(row.theirs) > 0 for row in rows)


@pytest.mark.asyncio
async def test_each_bot_answers_all_updates_and_is_compared(far: Far) -> None:
    rows = await updates.compare_rates(far, repeats=1, updates=8)

    assert are_finite(rows, repeats=1)
    assert all(min(row.ours) > 0 and min(row.theirs) > 0 for row in rows)


@pytest.mark.asyncio
async def test_a_killed_bot_of_ours_answers_every_update_after_all(far: Far) -> None:
    never, twice = await updates.compare_kills(far, repeats=1, updates=20, slow=0.02)

    assert never.ours == [0]
    assert 0 < never.theirs[0] <= 10
    assert min(*twice.ours, *twice.theirs) >= 0


@pytest.mark.asyncio
async def test_both_limiters_let_every_message_through(far: Far) -> None:
    rows = await pace.compare(far, repeats=1, messages=10)

    assert are_finite(rows, repeats=1)
    assert all(1 <= figure <= 10 for row in rows[:2] for figure in (*row.ours, *row.theirs))


@pytest.mark.parametrize(
    ("moments", "most"),
    [([0.0], 1), ([0.0, 0.5, 0.9, 1.1], 3), ([0.0, 1.0, 2.0], 1), ([0.0, 0.9, 1.0, 1.1, 1.8], 4)],
)
def test_the_fullest_second_may_start_anywhere(moments: list[float], most: int) -> None:
    assert pace.fullest_second(moments) == most


def test_a_row_shows_medians_the_least_and_the_most_and_the_ratios_of_pairs() -> None:
    row = Row("speed", "a peer", [200, 400, 300], [100, 100, 100])

    assert row.cells() == ("speed", "a peer", "300 (200–400)", "100 (100–100)", "3 (2–4)")
    assert report.table([row]).splitlines()[2].startswith("| speed | a peer")


def test_counts_are_shown_without_a_ratio() -> None:
    assert Row("lost", "a peer", [0], [7], counts=True).cells()[-1] == "–"


def test_writing_replaces_the_last_figures_and_nothing_else(tmp_path: Path) -> None:
    page = tmp_path / "bench.md"
    page.write_text("before\n<!-- measured -->old\n<!-- /measured -->\nafter\n")

    for figures in ("first", "second \\1"):
        report.write(figures, page)

    assert page.read_text() == (
        "before\n<!-- measured -->\n\nsecond \\1\n\n<!-- /measured -->\nafter\n"
    )


def test_a_page_without_a_place_for_figures_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "bench.md"
    page.write_text("nothing here\n")

    with pytest.raises(ValueError, match=r"bench\.md"):
        report.write("figures", page)

    assert page.read_text() == "nothing here\n"
