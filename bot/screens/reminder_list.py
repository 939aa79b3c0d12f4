"""How the list of reminders looks, and the sheet of one. State is in words, so that it can be heard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from actions.reminder_change import TakenAway
from actions.reminder_list import WishList
from actions.reminder_sheet import Draft, Sheet, Today
from actions.reminder_today import DOABLE
from actions.reminders import Standing, Told
from bot.screen import Block, Button, Para, Quiet, Row, Screen, Title
from bot.screens import render
from bot.screens.reminder_making import meant
from bot.screens.reminder_words import (
    how_sent,
    last_words,
    name,
    next_moments,
    notes,
    state,
    until_words,
    when,
)
from bot.screens.schedules import in_words
from bot.screens.travel import end_row, going_by
from bot.tap import Tap
from bot.taps import (
    HomeTap,
    NewWishTap,
    PauseTap,
    QuietHoursTap,
    ResumeTap,
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
    WishSavePausedTap,
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
from domain.recurrence import SinceLast
from domain.reminders import Kind

MOST_NAME = 20
"""Characters of a reminder's name on a button and in the list."""


@render.register
def wish_list(view: WishList, language: Language) -> Screen:
    """Each reminder with its days, its next moment and its state, and a button for each."""
    numbered = list(enumerate(view.wishes, start=view.first))
    blocks: list[Block] = [Title(language("wishes.title"))]
    if view.paused_until is not None:
        blocks.append(Para(until_words("all_paused", view.paused_until, language)))
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
            language("wishes.buttons.numbered", number=number, name=_short_name(told, language)),
            WishTap(told.id),
        )
        for number, told in numbered
    )
    end = (end_row(view.here, language),) if view.here is not None else ()
    return Screen(tuple(blocks), (*each, *_pages(view, language), *end, *_below(view, language)))


@render.register
def sheet(view: Sheet, language: Language) -> Screen:
    """One reminder: when, what comes next, what became of the last one, and what can be done."""
    told = view.told
    blocks: list[Block] = [Title(name(told, language))]
    if view.saved:
        blocks.append(Para(language("wishes.saved")))
    blocks.append(Para(when(told, view.zone, language)))
    standing = state(told, language)
    if view.today in (Today.LEFT_OUT, Today.DONE):
        blocks.append(Para(language(f"wishes.today.{view.today}")))
    elif standing:
        blocks.append(Para(standing))
    blocks += _next(told, view.zone, language)
    sent = how_sent(told, language, in_quiet=view.in_quiet)
    blocks.append(Para(f"{last_words(view.last, view.zone, language)}\n{sent}"))
    blocks += notes(told, view.in_quiet, language)
    return Screen(tuple(blocks), _sheet_rows(view, language))


@render.register
def draft(view: Draft, language: Language) -> Screen:
    """What was understood, with its next moments: to save or to change."""
    told = view.told
    lines, kinds = meant(view, language)
    blocks: list[Block] = [
        Title(name(told, language)),
        *lines,
        Para(when(told, view.zone, language)),
        *_next(told, view.zone, language),
        *_here(view, language),
        *notes(told, view.in_quiet, language),
        Quiet(language("wishes.draft")),
    ]
    return Screen(
        tuple(blocks),
        (
            _one("save_paused", WishSavePausedTap(told.id), language)
            if told.in_pause
            else _one("save", WishSaveTap(told.id), language),
            *kinds,
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


def _short_name(told: Told, language: Language) -> str:
    """Return a name for a button: that it is a medicine stands in the text."""
    return name(replace(told, medicine=False), language, MOST_NAME)


def _next(told: Told, zone: ZoneInfo, language: Language) -> list[Block]:
    """Return the next moments of a reminder that is on its way to come."""
    if told.standing in (Standing.OFF, Standing.NOT_AGREED):
        return []
    found: list[Block] = []
    if told.standing is Standing.DRAFT and told.all_paused_until is not None:
        found.append(Para(until_words("all_paused", told.all_paused_until, language)))
        if told.in_pause:
            found.append(Para(language("wishes.standing.in_pause")))
    if told.next or told.put_off is not None:
        found.append(Para(next_moments(told, zone, language)))
        if isinstance(told.days, SinceLast):
            found.append(Quiet(language("wishes.since_last")))
        return [*found, Quiet(language("wishes.zone", city=language.city(zone)))]
    if told.standing is Standing.DRAFT and told.comes_once and not told.in_pause:
        found.append(Para(language("wishes.none_next")))
    return found


def _here(view: Draft, language: Language) -> list[Block]:
    """Return when the next one comes where the person is, if that is another clock."""
    if view.here is None or not view.told.next:
        return []
    moment = language.dated_moment(view.told.next[0], view.here)
    return [Quiet(language("schedules.where_you_are", moment=moment))]


def _entry(number: int, told: Told, zone: ZoneInfo, language: Language) -> str:
    lines = [language("wishes.entry.title", number=number, name=name(told, language, 60))]
    if told.schedule is not None:
        lines.append(in_words(told.schedule, language, zone))
    said_above = told.standing is Standing.ALL_PAUSED and not told.in_pause
    if told.standing is not Standing.ON and not said_above:
        lines.append(state(told, language))
    comes = told.standing in (Standing.ON, Standing.PAUSED, Standing.ALL_PAUSED)
    if comes and (told.put_off is not None or told.next):
        lines.append(next_moments(told, zone, language, most=1))
    return "\n".join(lines)


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
        off = (
            [_button("off", WishOnTap(told.id, 0), language)]
            if told.standing is not Standing.OFF
            else []
        )
        key = "not_needed" if told.comes_once and told.standing is Standing.ON else "take_away"
        rows.append([*off, _button(key, WishRemoveTap(told.id), language)])
    rows.append([_button("all", WishesTap(), language)])
    return tuple(tuple(row) for row in rows)


def _today_rows(view: Sheet, language: Language) -> list[Sequence[Button]]:
    id_ = view.told.id
    if view.today is Today.AHEAD and not view.told.comes_once:
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
    if told.comes_once:
        return []
    return [_button("pause", WishPauseTap(told.id), language)]


def _pages(view: WishList, language: Language) -> tuple[Row, ...]:
    turns = []
    if view.page > 0:
        turns.append(_button("newer", WishesPageTap(view.page - 1), language))
    if view.page + 1 < view.pages:
        turns.append(_button("older", WishesPageTap(view.page + 1), language))
    return (tuple(turns),) if turns else ()


def _below(view: WishList, language: Language) -> tuple[Row, ...]:
    pause = _button("pause_all", PauseTap(), language)
    if view.paused_until is not None:
        pause = _button("resume", ResumeTap(), language)
    return (
        _one("new", NewWishTap(), language),
        (
            _button("quiet", QuietHoursTap(), language),
            pause,
        ),
        _one("menu", HomeTap(), language),
    )


def _button(key: str, tap: Tap, language: Language) -> Button:
    return Button(language(f"wishes.buttons.{key}"), tap)


def _one(key: str, tap: Tap, language: Language) -> Row:
    return (_button(key, tap, language),)


def _row(label: str, tap: Tap) -> Row:
    return (Button(label, tap),)
