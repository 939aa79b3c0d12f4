"""The week's screen: one message, in plain counts, and kind about little. Its buttons lead on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from actions.items import Item
from actions.summary import HabitDays, Mostly, Span, Week
from bot.screen import MOST_TEXT, plain
from bot.screens import render
from bot.taps import HistoryPageTap, WeekTap
from content.language import Typed
from content.library import Library
from content.wording import utf16_length
from domain.checkin import own_question
from domain.continuity import Rate

LAST = date(2025, 3, 10)
FIRST = LAST - timedelta(days=6)


@pytest.fixture
def view(library: Library) -> Week:
    ache, visits, tide = (Item(library.questions[n], True) for n in ("ache", "visits", "tide"))
    return Week(
        first=FIRST,
        last=LAST,
        today=LAST,
        days=5,
        rate=Rate(5, 6),
        spans=(Span(ache, 5, "1", "6"),),
        mostly=(Mostly(visits, 4, ("1", "2+")),),
        said=((tide, "high"),),
        habits=(HabitDays("walk", 4, 2, 1),),
        notes=1,
    )


def shown(library: Library, view: Week) -> str:
    return plain(render(view, library.language("en")))


def taps(library: Library, view: Week) -> list[object]:
    rows = render(view, library.language("en")).rows
    return [getattr(button, "tap", None) for row in rows for button in row]


def test_a_week_is_told_in_counts(library: Library, view: Week) -> None:
    text = shown(library, view)

    for line in (
        "Tue 4 Mar to Mon 10 Mar",
        "You checked in on 5 of 6 days that count.",
        "Ache: 1 to 6 · 5 days",
        "One and Two or more · 4 days",
        "Tide, the week: High",
        "yes on 2, partly on 1 of 4 days",
        "1 note",
    ):
        assert line in text


def test_nothing_in_it_blames_praises_or_judges(library: Library, view: Week) -> None:
    words = shown(library, view).lower()

    for word in ("streak", "missed", "only", "well done", "better", "worse", "should", "average"):
        assert word not in words


def test_little_is_said_kindly_and_nothing_else(library: Library, view: Week) -> None:
    some, none = replace(view, days=2), replace(view, days=0)

    assert "little to sum up" in shown(library, some)
    assert "Nothing is written down" in shown(library, none)
    assert "Ache" not in shown(library, some)


def test_many_answers_that_tie_are_not_listed(library: Library, view: Week) -> None:
    visits = view.mostly[0].item
    tied = replace(view, mostly=(Mostly(visits, 3, ("0", "1", "2+")),))

    assert "no answer more often than others" in shown(library, tied)


def test_a_scale_that_stood_still_is_one_number(library: Library, view: Week) -> None:
    ache = view.spans[0].item

    assert "Ache: 3 · 1 day" in shown(library, replace(view, spans=(Span(ache, 1, "3", "3"),)))


def test_it_fits_one_message_however_many_items_somebody_made(library: Library, view: Week) -> None:
    own = [Item(own_question(n), True, Typed("🙂" * 40)) for n in range(80)]
    full = replace(view, spans=tuple(Span(item, 7, "0", "10") for item in own))

    text = shown(library, full)

    assert utf16_length(text) <= MOST_TEXT - 300
    assert "The rest is under" in text


def test_buttons_lead_to_the_days_and_to_the_weeks_around(library: Library, view: Week) -> None:
    view = replace(view, older=True)
    earlier = replace(view, first=FIRST - timedelta(days=3), last=LAST - timedelta(days=3))

    assert taps(library, view)[:2] == [WeekTap(FIRST - timedelta(days=1)), HistoryPageTap(LAST)]
    assert WeekTap(LAST) in taps(library, earlier)
    assert taps(library, replace(view, older=False))[0] == HistoryPageTap(LAST)
