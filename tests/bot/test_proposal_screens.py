"""A proposal is one kind line and its buttons; what a tap answers says what holds, with a way back."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from actions.cards import Card
from actions.proposals import Changed, Left, Offer, Proposing
from actions.reminded import OwnWords, Reminded
from actions.settings import Settings
from bot.screen import Button, Screen, plain
from bot.screens import render
from bot.taps import ProposedDaysTap, ProposedTimeTap, ProposingTap, WishUndoTap
from content.language import Language, Typed
from content.library import Library
from domain.proposals import Fewer, OtherTime
from domain.reminders import Kind
from domain.snippets import Pace

BERLIN, AT, DAILY = ZoneInfo("Europe/Berlin"), time(20, 30), frozenset(range(7))
NEXT = datetime(2025, 3, 4, 21, 45, tzinfo=UTC)


@pytest.fixture
def english(library: Library) -> Language:
    return library.language("en")


def buttons(screen: Screen) -> dict[str, object]:
    return {b.label: b.tap for row in screen.rows for b in row if isinstance(b, Button)}


def test_another_time_stands_on_the_card_with_three_answers(english: Language) -> None:
    offer = Offer(7, AT, DAILY, OtherTime(time(21, 45)))
    day = date(2025, 3, 3)
    card = Card(day, True, BERLIN, 5, (), (), (), (), True, False, offer=offer)

    screen = render(card, english)

    assert plain(screen).endswith("20:30 is not your best moment. Shall I ask at another?")
    assert list(buttons(screen))[:3] == ["Ask me at 21:45", "Leave it at 20:30", "Do not suggest"]
    assert buttons(screen)["Ask me at 21:45"] == ProposedTimeTap(7, time(21, 45))


@pytest.mark.parametrize(
    ("fewer", "label", "mask"),
    [
        ({0, 2, 4}, "Only on Mon, Wed and Fri", 21),
        ({5}, "Only on Sat", 32),
        ((), "Stop these reminders", 0),
    ],
)
def test_fewer_stands_below_the_reminder(
    english: Language, fewer: set[int], label: str, mask: int
) -> None:
    offer = Offer(7, AT, DAILY, Fewer(frozenset(fewer)))
    words = OwnWords(Typed("stretch"))

    screen = render(Reminded(9, Kind.OWN, words, 0, False, offer=offer), english)

    assert plain(screen).endswith("I can ask less often. Whatever suits you.")
    assert list(buttons(screen))[-3:] == [label, "Leave it at 20:30", "Do not suggest"]
    assert buttons(screen)[label] == ProposedDaysTap(7, mask)


@pytest.mark.parametrize(
    ("weekdays", "says"),
    [
        (DAILY, "every day at 21:45"),
        (frozenset({0, 2, 4}), "at 21:45 on Mon, Wed and Fri"),
        (frozenset(), "/reminders brings it back"),
    ],
)
@pytest.mark.parametrize("undo", [True, False])
def test_what_holds_is_said_with_a_way_back(
    english: Language, weekdays: frozenset[int], says: str, undo: bool
) -> None:
    view = Changed(7, "evening", time(21, 45), weekdays, undo, NEXT, BERLIN)

    screen = render(view, english)

    assert says in plain(screen)
    assert "Tue 4 Mar 22:45, Berlin time" in plain(screen)
    assert buttons(screen).get("Undo") == (WishUndoTap(7) if undo else None)


def test_suggestions_can_be_turned_off_and_on(english: Language) -> None:
    assert "stays at 20:30" in plain(render(Left("evening", AT), english))
    assert buttons(render(Proposing(False), english))["Suggest other times"] == ProposingTap(1)
    assert buttons(render(Proposing(True), english))["Do not suggest"] == ProposingTap(0)
    for on, label in ((True, "Suggestions: turn off"), (False, "Suggestions: turn on")):
        view = Settings(BERLIN, time(3), None, Pace.OFF, None, True, (), proposals=on)
        assert buttons(render(view, english))[label] == ProposingTap(0 if on else 1)
