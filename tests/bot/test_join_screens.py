"""Joining, home, settings and pages as they are drawn: in any language, and within Telegram's limits."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from actions import consents, home, joining, left_out, pages, settings, steps, zones
from actions.work import Policy
from bot.screen import Button, LocationKeyboard, NoKeyboard, Screen, plain
from bot.screens import render
from bot.tap import read, write
from bot.taps import (
    AgeTap,
    ConsentTap,
    ConsiderTap,
    HabitChoicesTap,
    MarksTap,
    MarkTap,
    PauseTap,
    ZoneTap,
)
from content import places, pseudo
from content.language import Language
from content.library import PACKAGE, Library
from content.wording import utf16_length
from domain.consent import CURRENT, JOINING, Purpose
from domain.snippets import Pace

BERLIN, EVENING = ZoneInfo("Europe/Berlin"), datetime(2025, 3, 3, 19, 31, tzinfo=UTC)
AT = time(20, 30)

VIEWS = (
    steps.Welcome(16),
    *(steps.AskConsent(purpose, again) for purpose in JOINING for again in (True, False)),
    steps.AskPlace(),
    steps.AskPlace(BERLIN),
    steps.AskTime(BERLIN, EVENING),
    joining.TooYoung(16),
    joining.Declined(),
    joining.TypeTime(),
    joining.Joined(True, EVENING, BERLIN),
    joining.Joined(False, None, BERLIN),
    zones.Understood(),
    zones.WhichPlace(tuple(places.find("paris")), False),
    zones.WhichPlace(tuple(places.find("san")), True),
    *(home.Home(standing, date(2025, 3, 3), EVENING, BERLIN, None) for standing in home.Standing),
    home.Home(home.Standing.OFF, date(2025, 3, 3), None, BERLIN, date(2025, 3, 9)),
    home.Home(home.Standing.OFF, date(2025, 3, 3), None, BERLIN, date.max),
    home.Cancelled(None),
    home.Edited(),
    home.Cancelled("note"),
    home.Stray(),
    settings.Settings(BERLIN, time(3), AT, Pace.DAILY, AT, True, ()),
    settings.Settings(BERLIN, time(3), None, Pace.OFF, None, False, ()),
    settings.DayStarts(time(3)),
    *(settings.Tips(pace, AT) for pace in Pace),
    consents.Consents({Purpose.KEEP: True, Purpose.TIPS: False}, Purpose.TIPS),
    consents.Consents({Purpose.KEEP: False, Purpose.TIPS: True}, Purpose.KEEP),
    *(view(p) for view in (consents.Withdraw, consents.Consider) for p in Purpose),
    consents.Consents(dict.fromkeys(Purpose, True), Purpose.FIT),
    consents.Consents(dict.fromkeys(Purpose, False), Purpose.MARKS),
    left_out.LeftOut(("kidney", "mania"), frozenset(), (), of_age=True),
    left_out.LeftOut(("kidney", "mania"), frozenset({"kidney"}), ("supplement",), of_age=False),
    *(consents.Noted(purpose, given) for purpose in JOINING for given in (True, False)),
    pages.Privacy(Policy()),
    pages.Privacy(Policy(), rest=True),
    pages.Developer("", "1.0"),
    pages.Help(""),
)


def buttons(screen: Screen) -> list[Button]:
    return [button for row in screen.rows for button in row if isinstance(button, Button)]


@pytest.fixture(scope="module")
def english() -> Language:
    return Library.load().language("en")


@pytest.fixture(scope="module")
def unreal(tmp_path_factory: pytest.TempPathFactory) -> Language:
    """A language whose every text shows that it came from a file."""
    library = Library.load()
    locales = tmp_path_factory.mktemp("content") / "locales"
    shutil.copytree(PACKAGE / "locales", locales)
    pseudo.write(library, locales)
    return Library.load(PACKAGE, locales).language("en-XA")


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: type(view).__name__)
def test_every_screen_is_whole_and_fits(view: object, english: Language) -> None:
    screen = render(view, english)

    assert 0 < utf16_length(plain(screen)) <= 4096
    assert not {"{", "}"} & set(plain(screen))
    for button in buttons(screen):
        assert 0 < len(button.label) <= 64
        assert read(write(button.tap)) == button.tap


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: type(view).__name__)
def test_no_sentence_is_in_the_code(view: object, unreal: Language, english: Language) -> None:
    translated, original = render(view, unreal), render(view, english)

    ours = {block.text for block in original.blocks} & {block.text for block in translated.blocks}
    assert ours == set()


@pytest.mark.parametrize(
    ("min_age", "labels"),
    [
        (13, ["Under 13", "13 to 17", "18 or older"]),
        (16, ["Under 16", "16 or 17", "18 or older"]),
        (17, ["Under 17", "17", "18 or older"]),
        (18, ["Under 18", "18 or older"]),
        (21, ["Under 21", "21 or older"]),
    ],
)
def test_the_age_is_asked_in_brackets(min_age: int, labels: list[str], english: Language) -> None:
    shown = buttons(render(steps.Welcome(min_age), english))

    assert [button.label for button in shown] == labels
    assert all(isinstance(button.tap, AgeTap) for button in shown)


def test_a_consent_has_a_yes_and_a_no_of_the_version_shown(english: Language) -> None:
    shown = buttons(render(steps.AskConsent(Purpose.KEEP, again=False), english))

    version = CURRENT[Purpose.KEEP]
    assert [b.tap for b in shown] == [ConsentTap(Purpose.KEEP, version, given) for given in (1, 0)]


def test_the_keyboard_that_shares_a_location_comes_and_goes(english: Language) -> None:
    assert isinstance(render(steps.AskPlace(), english).keyboard, LocationKeyboard)
    assert isinstance(render(zones.Understood(), english).keyboard, NoKeyboard)


def test_every_zone_fits_on_a_button() -> None:
    zones_known = {place.zone for place in places._largest_by_zone()}

    assert all(len(write(ZoneTap(zone)).encode()) <= 64 for zone in zones_known)


def test_the_settings_lead_to_the_pause_and_to_the_habits(english: Language) -> None:
    view = settings.Settings(BERLIN, time(3), AT, Pace.DAILY, AT, True, ())

    taps = [button.tap for button in buttons(render(view, english))]

    assert PauseTap() in taps
    assert HabitChoicesTap(0) in taps


def test_the_settings_lead_to_what_is_left_out_and_each_mark_says_whether_it_is_chosen(
    english: Language,
) -> None:
    view = settings.Settings(BERLIN, time(3), AT, Pace.DAILY, AT, True, ())
    assert MarksTap() in [button.tap for button in buttons(render(view, english))]

    marked = left_out.LeftOut(("kidney", "mania"), frozenset({"kidney"}), ("supplement",), True)
    shown = {button.tap: button.label for button in buttons(render(marked, english))}

    assert shown[MarkTap("kidney", 0)] == "Kidney disease (chosen)"
    assert shown[MarkTap("mania", 1)] == "Mania, now or in the past"
    assert ConsiderTap(Purpose.MARKS) in shown
