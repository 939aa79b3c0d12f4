"""How reminders look: all in words, within Telegram's limits, with buttons that fit a phone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from actions.quiet_hours import QuietHours, TypeQuietHours
from actions.reminded import HabitAsked, OwnWords, Reminded
from actions.reminder_alike import Alike
from actions.reminder_change import PauseOne, PauseOneTyped, SoundSheet, TakenAway
from actions.reminder_list import A_PAGE, WishList
from actions.reminder_making import ThrownAway, Unsure
from actions.reminder_sheet import (
    AskWords,
    DaysSheet,
    Draft,
    HabitsToAsk,
    Last,
    NewWish,
    Sheet,
    TimesSheet,
    Today,
)
from actions.reminder_times import DayNumbers, TypeDays
from actions.reminders import Standing, Told
from bot.screen import MOST_TEXT, Button, Screen, plain
from bot.screens import render
from bot.tap import write
from bot.taps import (
    ResumeTap,
    TipsTap,
    WishDoneTap,
    WishHabitTap,
    WishKindTap,
    WishNudgesTap,
    WishOnTap,
    WishPauseTap,
    WishRemoveTap,
    WishResumeTap,
    WishRoutineTap,
    WishSavePausedTap,
    WishSaveTap,
    WishSkipTap,
    WishTimesTap,
    WishTimeTap,
    WishTodayTap,
    WishUndoTap,
    WishWordsTap,
)
from content.language import Typed
from content.library import Library
from domain.delivery import Reason, State
from domain.lines.asking import Why
from domain.pause import OPEN_END
from domain.recurrence import (
    EVERY_DAY,
    AtMoment,
    EveryDays,
    MonthDay,
    OnDay,
    Pattern,
    PatternKind,
    Schedule,
    SinceLast,
    Weekdays,
)
from domain.reminders import Kind

ZONE = ZoneInfo("America/Argentina/ComodRivadavia")
DAY = date(2025, 3, 3)
NOW = datetime(2025, 3, 3, 20, 15, tzinfo=UTC)
ID = 2**63 - 1
TIMES = tuple(time(hour, 59) for hour in range(8, 20))
PATTERNS: tuple[Pattern, ...] = (
    Weekdays(EVERY_DAY), Weekdays(frozenset({0, 2})), EveryDays(14, DAY), MonthDay(31),
    OnDay(DAY), SinceLast(3),
)  # fmt: skip
LONG = Typed("wide & <wild> " * 14)

TOLD = Told(
    id=ID, kind=Kind.OWN, standing=Standing.ON, days=PATTERNS[1], times=TIMES,
    next=tuple(NOW + timedelta(days=n) for n in range(3)), silent=True, nudges=2,
    paused_until=None, text=LONG, medicine=True,
)  # fmt: skip
MOMENT = replace(TOLD, days=AtMoment(NOW), times=(), next=(NOW,))
BARE = replace(TOLD, standing=Standing.DRAFT, days=None, times=(), next=(), text=None)
SHEET = Sheet(TOLD, ZONE, None, Today.AHEAD, in_quiet=True, undo=True, saved=True)
LAST = Last(NOW, State.SENT, None, done=True)

VIEWS = [
    *(replace(SHEET, told=replace(TOLD, days=days)) for days in PATTERNS),
    *(replace(SHEET, told=replace(TOLD, standing=standing)) for standing in Standing),
    *(replace(SHEET, today=today, last=LAST) for today in Today),
    replace(SHEET, told=MOMENT), Draft(TOLD, ZONE, in_quiet=True), Draft(MOMENT, ZONE, False),
    WishList((), 0, 1, 1, ZONE, None, None),
    WishList((TOLD,) * A_PAGE, 3, 7, 25, ZONE, OPEN_END, (time(22), time(7))),
    NewWish(0, ("evening",), ZONE), NewWish(ID, ("evening",), ZONE, replace(TOLD, text=None)),
    AskWords(BARE, 200), AskWords(TOLD, 200), HabitsToAsk(0, ("walk",)), HabitsToAsk(ID, ("walk",)),
    TimesSheet(TOLD, ZONE, True), TimesSheet(BARE, ZONE, False), TimesSheet(MOMENT, ZONE, False),
    DaysSheet(TOLD, ZONE, DAY), DaysSheet(BARE, ZONE, DAY), TypeDays(TOLD),
    *(DayNumbers(TOLD, kind, DAY) for kind in PatternKind),
    SoundSheet(TOLD), PauseOne(TOLD), PauseOneTyped(TOLD, DAY), TakenAway(TOLD), ThrownAway(),
    *(Unsure(why, ID, (Schedule(PATTERNS[0], TIMES),) * 2, ZONE, LONG) for why in Why),
    Unsure(Why.TOO_LONG, 0, (), ZONE, Typed("")),
    QuietHours(None, 0), QuietHours((time(22), time(7)), 10), TypeQuietHours(),
]  # fmt: skip


def buttons(screen: Screen) -> list[Button]:
    return [b for row in screen.rows for b in row if isinstance(b, Button)]


def taps(view: object, library: Library) -> set[type]:
    return {type(b.tap) for b in buttons(render(view, library.language("en")))}


def text(view: object, library: Library) -> str:
    return plain(render(view, library.language("en")))


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: type(view).__name__)
def test_every_screen_fits_telegram_and_a_phone(library: Library, view: object) -> None:
    screen = render(view, library.language("en"))

    assert 0 < len(plain(screen).encode("utf-16-le")) // 2 <= MOST_TEXT
    assert screen.rows
    for button in buttons(screen):
        assert write(button.tap)
    for row in screen.rows:
        assert sum(len(button.label) for button in row) <= 46
        assert len(row) > 1 or len(row[0].label) <= 30


@pytest.mark.parametrize(
    ("standing", "until", "words"),
    [
        (Standing.PAUSED, date(2025, 3, 9), "rests until Sun 9 Mar"),
        (Standing.PAUSED, OPEN_END, "rests until you say otherwise"),
        (Standing.ALL_PAUSED, None, "all reminders are paused"),
        (Standing.OFF, None, "switched off"),
        (Standing.NOT_AGREED, None, "does not come"),
        (Standing.OVER, None, "nothing comes any more"),
    ],
)
def test_how_it_stands_is_said_in_words_on_the_sheet_and_in_the_list(
    library: Library, standing: Standing, until: date | None, words: str
) -> None:
    told = replace(TOLD, standing=standing, paused_until=until)
    listed = WishList((told,), 0, 1, 1, ZONE, None, None)

    assert words in text(replace(SHEET, told=told), library)
    assert (words in text(listed, library)) is (standing is not Standing.ALL_PAUSED)


def test_that_all_are_paused_is_said_once_for_the_whole_list(library: Library) -> None:
    paused = (replace(TOLD, standing=Standing.ALL_PAUSED),) * 3
    listed = WishList(paused, 0, 1, 1, ZONE, date(2025, 3, 9), None)

    assert text(listed, library).count("paused") == 1


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("reason", [None, *Reason])
def test_what_became_of_the_last_message_is_said(
    library: Library, state: State, reason: Reason | None
) -> None:
    assert "Last: Mon 3 Mar 17:15, " in text(
        replace(SHEET, last=Last(NOW, state, reason, done=False)), library
    )


def test_a_sheet_offers_what_can_be_done_and_no_more(library: Library) -> None:
    def offered(today: Today, **about: object) -> set[type]:
        return taps(replace(SHEET, told=replace(TOLD, **about), today=today), library)  # type: ignore[arg-type]

    everything = offered(Today.AHEAD)
    assert {WishWordsTap, WishSkipTap, WishDoneTap, WishUndoTap, WishPauseTap} <= everything
    assert WishTodayTap in offered(Today.DONE)
    assert not {WishSkipTap, WishDoneTap, WishTodayTap} & offered(Today.NOTHING)
    assert not {WishWordsTap, WishDoneTap} & offered(Today.AHEAD, kind=Kind.CHECK_IN)
    assert WishResumeTap in offered(Today.NOTHING, standing=Standing.PAUSED)
    assert WishOnTap in offered(Today.NOTHING, standing=Standing.OFF)
    once = offered(Today.AHEAD, days=OnDay(DAY))
    assert not {WishPauseTap, WishSkipTap, WishDoneTap} & once
    assert WishRemoveTap in once
    tips = offered(Today.AHEAD, kind=Kind.TIP)
    assert TipsTap in tips
    assert not {WishTimesTap, WishRemoveTap} & tips


def test_what_would_fall_into_the_pause_is_saved_by_ending_it(library: Library) -> None:
    told = replace(MOMENT, standing=Standing.DRAFT, next=())
    paused = replace(told, all_paused_until=OPEN_END, in_pause=True)

    assert "its moment is over" in text(Draft(told, ZONE, False), library)
    assert "falls into the pause" in text(Draft(paused, ZONE, False), library)
    assert "over" not in text(Draft(paused, ZONE, False), library)
    assert WishSavePausedTap in taps(Draft(paused, ZONE, False), library)
    assert WishSaveTap not in taps(Draft(paused, ZONE, False), library)


def test_a_draft_named_like_a_kind_offers_that_kind(library: Library) -> None:
    kinds = (
        Alike("check_in", "evening"),
        Alike("habit", "walk"),
        Alike("summary"),
        Alike("medicine"),
    )
    view = Draft(TOLD, ZONE, False, alike=kinds)

    assert {WishRoutineTap, WishHabitTap, WishKindTap} <= taps(view, library)
    assert "in your own words" in text(view, library)
    assert "in your own words" not in text(replace(view, alike=()), library)


def test_a_pause_of_all_is_ended_from_the_list(library: Library) -> None:
    silent = WishList((TOLD,), 0, 1, 1, ZONE, OPEN_END, None)

    assert ResumeTap in taps(silent, library)
    assert ResumeTap not in taps(replace(silent, paused_until=None), library)


def test_what_was_put_off_comes_first_and_says_so(library: Library) -> None:
    told = replace(TOLD, put_off=NOW - timedelta(hours=1))

    assert "Mon 3 Mar 16:15 (put off)" in text(replace(SHEET, told=told), library)
    assert "Next: Mon 3 Mar 16:15 (put off)" in text(
        WishList((told,), 0, 1, 1, ZONE, None, None), library
    )


def test_a_single_time_in_quiet_hours_is_not_said_to_ring_or_to_be_asked_again(
    library: Library,
) -> None:
    told = replace(TOLD, silent=False, times=(time(23, 30),))
    quiet = text(replace(SHEET, told=told, in_quiet=True), library)

    assert "with a sound" not in quiet
    assert "more times" not in quiet
    assert "more times" in text(replace(SHEET, told=told, in_quiet=False), library)


def test_who_is_only_told_something_is_not_asked_again(library: Library) -> None:
    assert WishNudgesTap in taps(SoundSheet(TOLD), library)
    assert WishNudgesTap not in taps(SoundSheet(replace(TOLD, kind=Kind.SUMMARY)), library)


def test_a_chosen_time_is_in_the_text_and_its_button_takes_it_away(library: Library) -> None:
    told = replace(TOLD, times=(time(9),))
    screen = render(TimesSheet(told, ZONE, False), library.language("en"))

    assert "Chosen: 09:00" in plain(screen)
    nine, ten = (
        next(b for b in buttons(screen) if isinstance(b.tap, WishTimeTap) and b.tap.at == at)
        for at in (time(9), time(10))
    )
    assert (nine.label, nine.tap) == ("✓09:00", WishTimeTap(ID, time(9), 0))
    assert (ten.label, ten.tap) == ("10:00", WishTimeTap(ID, time(10), 1))


@pytest.mark.parametrize(
    ("kind", "view"), [(Kind.OWN, OwnWords(Typed("stretch"))), (Kind.HABIT, HabitAsked("walk"))]
)
def test_a_trial_says_so_and_has_no_buttons_that_answer(
    library: Library, kind: Kind, view: object
) -> None:
    trial = Reminded(0, kind, view, 0, discreet=True, trial=True)
    screen = render(trial, library.language("en"))

    assert "Only to try" in plain(screen)
    assert screen.rows == ()
    assert render(replace(trial, trial=False), library.language("en")).rows
