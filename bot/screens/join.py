"""How joining looks: the welcome, the consents, the place, the time, and its ends."""

from __future__ import annotations

from datetime import time

from actions import steps
from actions.consents import Noted
from actions.joining import Declined, Joined, TooYoung, TypeTime
from actions.zones import Understood, WhichPlace
from bot.screen import (
    Block,
    Button,
    LocationKeyboard,
    NoKeyboard,
    Para,
    Quiet,
    Screen,
    Title,
    grid,
)
from bot.screens import render
from bot.taps import (
    AgeTap,
    ConsentTap,
    HomeTap,
    NoTimeTap,
    OtherTimeTap,
    PlaceTap,
    StartCheckInTap,
    TimeTap,
    ZoneTap,
)
from content.language import Language
from content.places import Place
from domain.consent import CURRENT
from domain.joining import ADULT_AT, Age, brackets

TIMES = (time(19), time(20), time(20, 30), time(21), time(21, 30), time(22))
"""The evening times that have a button: full rows, of two and of three."""


@render.register
def welcome(view: steps.Welcome, language: Language) -> Screen:
    """What this is and is not; nothing is stored yet."""
    return Screen(
        (
            Title(language("join.welcome.title")),
            Para(language("join.welcome.what")),
            Para(language("join.welcome.what_not")),
            Para(language("join.welcome.ask")),
        ),
        tuple(
            (Button(age_words(age, view.min_age, language), AgeTap(age)),)
            for age in brackets(view.min_age)
        ),
    )


@render.register
def too_young(view: TooYoung, language: Language) -> Screen:
    """A kind end."""
    return Screen(
        (
            Title(language("join.too_young.title")),
            Para(language("join.too_young.text", years=view.min_age)),
            Para(language("join.too_young.care")),
        )
    )


@render.register
def consent(view: steps.AskConsent, language: Language) -> Screen:
    """One consent with its own words, and yes and no of the same size."""
    again: tuple[Block, ...] = (Quiet(language("consent.again")),) if view.again else ()
    key = f"consent.{view.purpose}"
    version = CURRENT[view.purpose]
    return Screen(
        (*again, Title(language(f"{key}.title")), Para(language(f"{key}.text"))),
        (
            (Button(language(f"{key}.buttons.yes"), ConsentTap(view.purpose, version, 1)),),
            (Button(language(f"{key}.buttons.no"), ConsentTap(view.purpose, version, 0)),),
        ),
    )


@render.register
def noted(view: Noted, language: Language) -> Screen:
    """What was decided, without buttons any more."""
    key = f"consent.{view.purpose}"
    return Screen(
        (
            Title(language(f"{key}.title")),
            Para(language(f"{key}.{'given' if view.given else 'declined'}")),
        )
    )


@render.register
def declined(_view: Declined, language: Language) -> Screen:
    """A kind end, with nothing kept."""
    return Screen(
        (
            Title(language("join.declined.title")),
            Para(language("join.declined.text")),
            Para(language("join.declined.back")),
        )
    )


@render.register
def place(view: steps.AskPlace, language: Language) -> Screen:
    """Asks for a place or a time; the keyboard shares a location."""
    now: tuple[Block, ...] = ()
    keep: tuple[Block, ...] = ()
    if view.now_in is not None:
        now = (Para(language("join.place.change", city=language.city(view.now_in))),)
        keep = (Quiet(language("join.place.keep")),)
    return Screen(
        (
            *now,
            Para(language("join.place.ask")),
            Para(language("join.place.how")),
            Quiet(language("join.place.location")),
            *keep,
        ),
        keyboard=LocationKeyboard(language("join.place.share")),
    )


@render.register
def understood(view: Understood, language: Language) -> Screen:
    """A word of thanks that takes the keyboard away, with the town that was understood."""
    words = language("join.place.understood")
    if view.place is not None:
        words = language("join.place.understood_as", place=_called(view.place, language))
    return Screen((Para(words),), keyboard=NoKeyboard())


@render.register
def which(view: WhichPlace, language: Language) -> Screen:
    """The places to choose from."""
    ask = "join.place.by_clock" if view.by_clock else "join.place.which"
    return Screen(
        (Para(language(ask)), Quiet(language("join.place.other"))),
        tuple((Button(_called(place, language), ZoneTap(place.zone)),) for place in view.found),
    )


@render.register
def ask_time(view: steps.AskTime, language: Language) -> Screen:
    """What time it is there, to see that it is right; and when to ask of an evening."""
    times = [Button(language.time(at), TimeTap(at)) for at in TIMES]
    return Screen(
        (
            Para(_there(view, language)),
            Title(language("join.time.ask")),
            Para(language("join.time.how")),
        ),
        (
            *grid(times, 3),
            (Button(language("join.time.buttons.other"), OtherTimeTap()),),
            (Button(language("join.time.buttons.none"), NoTimeTap()),),
            (Button(language("join.time.buttons.wrong"), PlaceTap()),),
        ),
    )


@render.register
def type_time(_view: TypeTime, language: Language) -> Screen:
    """Asks for a typed time."""
    return Screen((Para(language("join.time.type")),))


@render.register
def joined(view: Joined, language: Language) -> Screen:
    """Says in plain words what happens next, and offers to begin."""
    comes = language("join.joined.none")
    if view.next_at is not None:
        comes = language("join.joined.next", moment=language.moment(view.next_at, view.zone))
    tips_only: tuple[Block, ...] = ()
    if not view.keeps:
        tips_only = (Para(language("join.joined.tips_only")),)
    menu = Button(language("join.joined.buttons.menu"), HomeTap())
    now = Button(language("join.joined.buttons.now"), StartCheckInTap())
    return Screen(
        (
            Title(language("join.joined.title")),
            Para(comes),
            *tips_only,
            Para(language("join.joined.more")),
        ),
        ((now,), (menu,)) if view.keeps else ((menu,),),
    )


def _there(view: steps.AskTime, language: Language) -> str:
    shown = language.time(view.now.astimezone(view.zone).time())
    return language("join.time.there", city=language.city(view.zone), time=shown)


def age_words(age: Age, min_age: int, language: Language) -> str:
    """Return what a bracket is called."""
    if age is Age.UNDER:
        return language("join.age.buttons.under", years=min_age)
    if age is Age.ADULT:
        return language("join.age.buttons.adult", years=max(min_age, ADULT_AT))
    last = {16: "sixteen", 17: "seventeen"}
    if min_age in last:
        return language(f"join.age.buttons.{last[min_age]}")
    return language("join.age.buttons.minor", years=min_age)


def _called(place: Place, language: Language) -> str:
    country = language.conventions.territories.get(place.country, place.country)
    if place.region:
        key = "join.place.candidate_region"
        return language(key, name=place.name, region=place.region, country=country)
    return language("join.place.candidate", name=place.name, country=country)
