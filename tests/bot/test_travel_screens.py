"""What somebody reads who has travelled."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo, available_timezones

import pytest

from actions.reminder_list import WishList
from actions.settings import Settings
from actions.travel import LONGEST, Arrived, Placed
from bot.screen import Button, Screen, plain
from bot.screens import render
from bot.tap import MOST_BYTES, write
from bot.taps import MoveTimesTap, TravelBackTap
from content.language import Language
from content.library import Library
from domain.snippets import Pace

NOW = datetime(2025, 3, 3, 18, 10, tzinfo=UTC)
NEXT = datetime(2025, 3, 3, 19, 30, tzinfo=UTC)
BERLIN, TOKYO = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo")


@pytest.fixture
def english(library: Library) -> Language:
    return library.language("en")


def labels(screen: Screen) -> list[str]:
    return [button.label for row in screen.rows for button in row]


def test_the_question_says_what_each_answer_means_in_hours(english: Language) -> None:
    screen = render(Arrived(TOKYO, NOW, BERLIN, time(20, 30), NEXT, False), english)

    text = plain(screen)
    assert text.startswith("Tokyo time: it is 03:10 there now.")
    assert "what comes at 20:30 in Berlin comes at 04:30 in Tokyo" in text
    assert labels(screen) == [
        "Move with me: 20:30 here",
        "Keep home times: 04:30 here",
        "Change nothing",
    ]


def test_what_holds_is_said_with_the_next_message_in_local_time(english: Language) -> None:
    screen = render(Placed(TOKYO, NOW, BERLIN, NEXT, ("Europe/Berlin", "")), english)

    text = plain(screen)
    assert "Reminders go by Berlin time." in text
    assert "Tue 4 Mar 04:30, Tokyo time" in text
    assert labels(screen)[:2] == ["Undo", "Reminders by Tokyo time"]


def test_where_nothing_changed_there_is_nothing_to_undo(english: Language) -> None:
    screen = render(Placed(BERLIN, NOW, None, NEXT, unchanged=True), english)

    assert "Nothing has changed." in plain(screen)
    assert "Undo" not in labels(screen)


def test_settings_show_home_times_and_offer_to_end_them(english: Language) -> None:
    def settings(by: ZoneInfo | None) -> Screen:
        shown = (TOKYO, time(3), None, Pace.OFF, None, True, ())
        return render(Settings(*shown, reminder_zone=by), english)

    assert "Reminders go by Berlin time." in plain(settings(BERLIN))
    assert "Reminders by Tokyo time" in labels(settings(BERLIN))
    assert "Reminders go by" not in plain(settings(None))
    assert "Reminders by Tokyo time" not in labels(settings(None))


def test_the_list_of_reminders_shows_home_times_and_offers_to_end_them(english: Language) -> None:
    def listed(here: ZoneInfo | None) -> Screen:
        return render(WishList((), 0, 1, 1, BERLIN, None, None, here), english)

    assert "Reminders go by Berlin time." in plain(listed(TOKYO))
    assert "Reminders by Tokyo time" in labels(listed(TOKYO))
    assert "Reminders go by" not in plain(listed(None))


def test_every_zones_name_fits_a_button_twice() -> None:
    for name in available_timezones():
        if len(name) <= LONGEST:
            assert len(write(TravelBackTap(name, name)).encode()) <= MOST_BYTES
            assert Button("x", MoveTimesTap(name)).tap == MoveTimesTap(name)
    longer = {name for name in available_timezones() if len(name) > LONGEST}
    assert longer <= {"America/Argentina/ComodRivadavia"}  # an old name of Catamarca
