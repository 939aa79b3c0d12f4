"""How the list of reminders looks, and the sheet of one. State is in words, so that it can be heard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from actions.tending import TakenAway
from actions.wish_list import WishList
from actions.wish_sheet import Draft, Last, Sheet, Today
from actions.wish_today import DOABLE
from actions.wishes import PUT_OFF, Standing, Told
from bot.screen import Block, Button, Para, Quiet, Row, Screen, Title
from bot.screens import render
from bot.screens.schedules import in_words
from bot.screens.travel import end_row, going_by
from bot.screens.words import short
from bot.tap import Tap
from bot.taps import (
    HomeTap,
    NewWishTap,
    PauseTap,
    QuietHoursTap,
    TipsTap,
    WishDaysTap,
    WishDoneTap,
    WishDropTap,
    WishesPageTap,
    WishesTap,
    WishOnTap,
    WishPauseTap,
    WishRemoveTap,
    WishRestoreTap,
    WishResumeTap,
    WishSaveTap,
    WishSkipTap,
    WishSoundTap,
    WishTap,
    WishTimesTap,
    WishTodayTap,
    WishTrialTap,
    WishUndoTap,
    WishWordsTap,
)
from content.language import Language
from domain.delivery import State
from domain.pause import OPEN_END
from domain.recurrence import AtMoment, EveryDays, OnDay
from domain.reminders import Kind

MOST_NAME = 28
"""Characters of a reminder's name on a button and in the list."""


@render.register
def wish_list(view: WishList, language: Language) -> Screen:
    """Each reminder with its days, its next moment and its state, and a button for each."""
    numbered = list(enumerate(view.wishes, start=view.first))
    blocks: list[Block] = [Title(language("wishes.title"))]
    if view.paused_until is not None:
        blocks.append(Para(_until("all_paused", view.paused_until, language)))
    if view.here is not None:
        blocks.append(Para(going_by(view.zone, language)))
    blocks += [Para(_entry(number, told, view.zone, language)) for number, told in numbered]
    if not numbered:
        blocks.append(Para(language("wishes.empty")))
    if view.quiet is not None:
        first, last = (language.time(at) for at in view.quiet)
        blocks.append(Quiet(language("wishes.quiet", first=first, last=last)))
    if view.pages > 1:
        blocks.append(Quiet(language("wishes.page", page=view.page + 1, pages=view.pages)))
    if numbered:
        blocks.append(Quiet(language("wishes.how", city=language.city(view.zone))))
    each = tuple(
        _row(
            language(
                "wishes.buttons.numbered",
                number=number,
                name=name(told, language, MOST_NAME),
            ),
            WishTap(told.id),
        )
        for number, told in numbered
    )
    end = (end_row(view.here, language),) if view.here is not None else ()
    return Screen(tuple(blocks), (*each, *_pages(view, language), *end, *_below(language)))


@render.register
def sheet(view: Sheet, language: Language) -> Screen:
    """One reminder: when, what comes next, what became of the last one, and what can be done."""
    told = view.told
    blocks: list[Block] = [Title(name(told, language))]
    if view.saved:
        blocks.append(Para(language("wishes.saved")))
    blocks.append(Para(when(told, view.zone, language)))
    state = _state(told, language)
    if view.today in (Today.LEFT_OUT, Today.DONE):
        blocks.append(Para(language(f"wishes.today.{view.today}")))
    elif state:
        blocks.append(Para(state))
    blocks += _next(told, view.zone, language)
    blocks.append(Para(f"{_last(view.last, view.zone, language)}\n{how_sent(told, language)}"))
    blocks += notes(told, view.in_quiet, language)
    return Screen(tuple(blocks), _sheet_rows(view, language))


@render.register
def draft(view: Draft, language: Language) -> Screen:
    """What was understood, with its next moments: to save or to change."""
    told = view.told
    blocks: list[Block] = [
        Title(name(told, language)),
        Para(when(told, view.zone, language)),
        *_next(told, view.zone, language),
        *notes(told, view.in_quiet, language),
        Quiet(language("wishes.draft")),
    ]
    return Screen(
        tuple(blocks),
        (
            _one("save", WishSaveTap(told.id), language),
            (
                _button("times", WishTimesTap(told.id), language),
                _button("days", WishDaysTap(told.id), language),
            ),
            *((_one("words", WishWordsTap(told.id), language),) if told.kind is Kind.OWN else ()),
            _one("throw_away", WishDropTap(told.id), language),
        ),
    )


@render.register
def taken_away(view: TakenAway, language: Language) -> Screen:
    """Taken away, with a way back."""
    text = language("wishes.taken_away", name=name(view.told, language, MOST_NAME))
    return Screen(
        (Para(text),),
        (
            _one("restore", WishRestoreTap(view.told.id), language),
            _one("all", WishesTap(), language),
        ),
    )


def name(told: Told, language: Language, most: int | None = None) -> str:
    """Return what a reminder is called: a person's own words, or what kind it is."""
    match told.kind:
        case Kind.CHECK_IN:
            key = f"routines.{told.routine}.name"
            return language(key if key in language else "wishes.check_in")
        case Kind.HABIT:
            key = f"habits.{told.habit}.name"
            return language(key if key in language else "wishes.habit_gone")
        case Kind.TIP | Kind.SUMMARY:
            return language(f"wishes.{told.kind}")
        case _ if told.text is None:
            return language("wishes.own_words")
        case _:
            text = told.text if most is None else short(told.text, most)
            return language("wishes.medicine" if told.medicine else "wishes.own", text=text)


def moment(at: datetime, zone: ZoneInfo, language: Language) -> str:
    """Return a moment in *zone* without naming it: "Tue 24 Nov 20:30"."""
    local = at.astimezone(zone)
    day, clock = language.day(local.date()), language.time(local.time())
    return language("wishes.moment", day=day, time=clock)


def when(told: Told, zone: ZoneInfo, language: Language) -> str:
    """Return a reminder's days and times in words."""
    schedule = told.schedule
    if schedule is None:
        return language("wishes.not_chosen")
    return language("wishes.when", when=in_words(schedule, language, zone, _named_day(told, zone)))


def next_moments(told: Told, zone: ZoneInfo, language: Language) -> str:
    """Return a reminder's next moments, each on a line."""
    lines = [moment(at, zone, language) for at in told.next]
    if len(lines) == 1:
        return language("wishes.next_one", moment=lines[0])
    return language("wishes.next", moments="\n".join(lines))


def how_sent(told: Told, language: Language) -> str:
    """Return with or without a sound, and how often it is asked again."""
    sound = language(f"wishes.how_sent.{'silent' if told.silent else 'loud'}")
    if not told.nudges or told.kind not in PUT_OFF:
        return sound
    return f"{sound}\n{language('wishes.nudges', count=told.nudges)}"


def notes(told: Told, in_quiet: bool, language: Language) -> list[Block]:
    """Return what has to be said beside a reminder."""
    found: list[Block] = []
    if in_quiet:
        found.append(Quiet(language("wishes.in_quiet")))
    if told.medicine:
        found.append(Quiet(language("wishes.medicine_note")))
    return found


def _next(told: Told, zone: ZoneInfo, language: Language) -> list[Block]:
    """Return the next moments of a reminder that is on its way to come."""
    if told.standing in (Standing.OFF, Standing.NOT_AGREED):
        return []
    if told.next:
        city = language("wishes.zone", city=language.city(zone))
        return [Para(next_moments(told, zone, language)), Quiet(city)]
    if told.standing is Standing.DRAFT and told.schedule is not None:
        return [Para(language("wishes.none_next"))]
    return []


def _named_day(told: Told, zone: ZoneInfo) -> date | None:
    """Return the next day, where the pattern alone does not say which days are meant."""
    if not isinstance(told.days, EveryDays) or not told.next:
        return None
    return told.next[0].astimezone(zone).date()


def _entry(number: int, told: Told, zone: ZoneInfo, language: Language) -> str:
    lines = [language("wishes.entry.title", number=number, name=name(told, language, 60))]
    if told.schedule is not None:
        lines.append(in_words(told.schedule, language, zone))
    if told.standing not in (Standing.ON, Standing.ALL_PAUSED):  # that one is said once, above
        lines.append(_state(told, language))
    if told.next and told.standing in (Standing.ON, Standing.PAUSED, Standing.ALL_PAUSED):
        lines.append(language("wishes.next_one", moment=moment(told.next[0], zone, language)))
    return "\n".join(lines)


def _state(told: Told, language: Language) -> str:
    match told.standing:
        case Standing.ON:
            return ""
        case Standing.PAUSED:
            return _until("paused", told.paused_until or OPEN_END, language)
        case Standing.ALL_PAUSED:
            return language("wishes.standing.all_paused")
        case _:
            return language(f"wishes.standing.{told.standing}")


def _until(key: str, day: date, language: Language) -> str:
    if day == OPEN_END:
        return language(f"wishes.standing.{key}_open")
    return language(f"wishes.standing.{key}_until", day=language.day(day))


def _last(last: Last | None, zone: ZoneInfo, language: Language) -> str:
    if last is None:
        return language("wishes.last.never")
    key = f"wishes.last.{_became(last)}"
    became = language(key if key in language else "wishes.last.skipped")
    return language("wishes.last.line", moment=moment(last.due_at, zone, language), became=became)


def _became(last: Last) -> str:
    if last.state is State.SKIPPED:
        return last.reason.value if last.reason else "skipped"
    if last.state is State.SENT and last.done:
        return "done"
    if last.state in (State.DUE, State.CLAIMED):
        return "on_its_way"
    return last.state.value


def _sheet_rows(view: Sheet, language: Language) -> tuple[Row, ...]:
    told = view.told
    rows: list[Sequence[Button]] = []
    if told.kind is Kind.TIP:
        rows.append([_button("tips", TipsTap(), language)])
    else:
        rows.append(
            [
                _button("times", WishTimesTap(told.id), language),
                _button("days", WishDaysTap(told.id), language),
            ]
        )
    if told.kind is Kind.OWN:
        rows.append([_button("words", WishWordsTap(told.id), language)])
    rows += _today_rows(view, language)
    rows.append([_button("sound", WishSoundTap(told.id), language)])
    trial = _button("trial", WishTrialTap(told.id), language)
    rows.append([*_rest_buttons(told, language), trial])
    if view.undo:
        rows.append([_button("undo", WishUndoTap(told.id), language)])
    if told.kind is not Kind.TIP:
        rows.append([_button("take_away", WishRemoveTap(told.id), language)])
    rows.append([_button("all", WishesTap(), language)])
    return tuple(tuple(row) for row in rows)


def _today_rows(view: Sheet, language: Language) -> list[Sequence[Button]]:
    id_ = view.told.id
    if view.today is Today.AHEAD:
        left_out = _button("leave_out", WishSkipTap(id_), language)
        doable = view.told.kind in DOABLE
        done = [_button("done", WishDoneTap(id_), language)] if doable else []
        return [[left_out, *done]]
    if view.today in (Today.LEFT_OUT, Today.DONE):
        return [[_button("after_all", WishTodayTap(id_), language)]]
    return []


def _rest_buttons(told: Told, language: Language) -> list[Button]:
    """Return what lets it rest or come again; what comes once has no rest, it is taken away."""
    if told.standing is Standing.OFF:
        return [_button("on", WishOnTap(told.id, 1), language)]
    if told.standing is Standing.PAUSED:
        return [_button("resume", WishResumeTap(told.id), language)]
    if isinstance(told.days, OnDay | AtMoment):
        return []
    return [_button("pause", WishPauseTap(told.id), language)]


def _pages(view: WishList, language: Language) -> tuple[Row, ...]:
    turns = []
    if view.page > 0:
        turns.append(_button("newer", WishesPageTap(view.page - 1), language))
    if view.page + 1 < view.pages:
        turns.append(_button("older", WishesPageTap(view.page + 1), language))
    return (tuple(turns),) if turns else ()


def _below(language: Language) -> tuple[Row, ...]:
    return (
        _one("new", NewWishTap(), language),
        (
            _button("quiet", QuietHoursTap(), language),
            _button("pause_all", PauseTap(), language),
        ),
        _one("menu", HomeTap(), language),
    )


def _button(key: str, tap: Tap, language: Language) -> Button:
    return Button(language(f"wishes.buttons.{key}"), tap)


def _one(key: str, tap: Tap, language: Language) -> Row:
    return (_button(key, tap, language),)


def _row(label: str, tap: Tap) -> Row:
    return (Button(label, tap),)
