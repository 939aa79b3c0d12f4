"""How reminders and pauses look: what a locked phone shows first, and what can be tapped."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from actions.pause import AskDay, Pause
from actions.reminded import Reminded
from actions.snippets import NoTipToday, Tip
from actions.snooze import LeftOut, Snoozed
from bot.screen import Button, Screen, plain
from bot.screens import render
from bot.tap import write
from bot.taps import AskNowTap, LaterTap, ResumeTap, SkipDayTap, SnoozeTap
from content.library import Library
from domain.pause import OPEN_END
from domain.reminders import Kind, Snooze

ZONE = ZoneInfo("Europe/Berlin")
EVENING = datetime(2025, 3, 3, 20, 15, tzinfo=UTC)


def reminded(kind: Kind, *, missed: int = 0, discreet: bool = True) -> Reminded:
    return Reminded((1 << 63) - 1, kind, NoTipToday(), missed, discreet)


def taps(screen: Screen) -> list[object]:
    return [b.tap for row in screen.rows for b in row if isinstance(b, Button)]


@pytest.mark.parametrize("kind", list(Kind))
def test_the_first_lines_give_nothing_away(library: Library, kind: Kind) -> None:
    language = library.language("en")
    screen = render(reminded(kind), language)

    first, second = plain(screen).split("\n\n")[:2]
    assert first == language(f"reminders.{kind}.title")
    assert second == language(f"reminders.{kind}.discreet")
    assert len(first + second) > 100


def test_only_what_comes_in_the_evening_speaks_of_it(library: Library) -> None:
    language = library.language("en")
    by_day = Reminded(1, Kind.CHECK_IN, NoTipToday(), 0, discreet=True, evening=False)

    assert "evening" in plain(render(reminded(Kind.CHECK_IN), language))
    assert "evening" not in plain(render(by_day, language))
    assert plain(render(by_day, language)).startswith("Your daily check-in")


def test_who_wants_details_sees_them_sooner(library: Library) -> None:
    language = library.language("en")
    screen = render(reminded(Kind.CHECK_IN, discreet=False), language)

    assert plain(screen).split("\n\n")[1] == plain(render(NoTipToday(), language))


@pytest.mark.parametrize(("missed", "line"), [(1, "One reminder did"), (2, "2 reminders did")])
def test_what_was_missed_is_said_in_one_line(library: Library, missed: int, line: str) -> None:
    text = plain(render(reminded(Kind.CHECK_IN, missed=missed), library.language("en")))

    assert text.count("did not reach you") == 1
    assert line in text


def test_a_check_in_can_be_put_off_or_left_out_below_its_question(library: Library) -> None:
    view = reminded(Kind.CHECK_IN)
    found = taps(render(view, library.language("en")))

    id_ = view.occurrence_id
    assert found[-5:] == [*(SnoozeTap(id_, by) for by in Snooze), LaterTap(id_), SkipDayTap(id_)]
    assert all(write(tap) for tap in (SnoozeTap(id_, Snooze.TONIGHT), SkipDayTap(id_)))


def test_a_tip_cannot_be_put_off(library: Library) -> None:
    snippet = next(iter(library.snippets.values()))
    tip = Tip(snippet)
    view = Reminded(1, Kind.TIP, tip, 0, True)
    language = library.language("en")

    assert taps(render(view, language)) == taps(render(tip, language))


def test_putting_off_says_when_and_offers_a_way_back(library: Library) -> None:
    screen = render(Snoozed(5, EVENING, ZONE), library.language("en"))

    assert "21:15" in plain(screen)
    assert taps(screen) == [AskNowTap(5)]


def test_putting_off_to_another_day_or_by_another_clock_names_both(library: Library) -> None:
    language = library.language("en")
    screen = render(Snoozed(5, EVENING, ZONE, dated=True), language)

    assert language.dated_moment(EVENING, ZONE) in plain(screen)
    assert language.day(EVENING.astimezone(ZONE).date()) in plain(screen)
    assert taps(screen) == [AskNowTap(5)]


@pytest.mark.parametrize(("next_at", "told"), [(EVENING, True), (None, False)])
def test_a_day_left_out_says_what_comes_next(
    library: Library, next_at: datetime | None, told: bool
) -> None:
    screen = render(LeftOut(5, next_at, ZONE), library.language("en"))

    assert ("21:15" in plain(screen)) is told
    assert taps(screen) == [AskNowTap(5)]


@pytest.mark.parametrize(
    ("until", "words", "ends"),
    [
        (None, "at the times you chose", False),
        (date(2025, 3, 9), "Sun 9 Mar", True),
        (OPEN_END, "until you tell me", True),
    ],
)
def test_a_pause_says_until_when_and_how_to_end_it(
    library: Library, until: date | None, words: str, ends: bool
) -> None:
    screen = render(Pause(until, None, ZONE), library.language("en"))

    assert words in plain(screen)
    assert (ResumeTap() in taps(screen)) is ends


def test_asking_for_a_day_shows_one_that_would_do(library: Library) -> None:
    assert "2025-03-09" in plain(render(AskDay(date(2025, 3, 9)), library.language("en")))
